"""Domain library of the CCM universalization dashboard: facts, snapshots, queries, geometry. No user interface."""
