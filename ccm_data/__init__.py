"""Domain library of the CCM universalization dashboard: facts, snapshots, queries, geometry. No user interface."""

__version__ = "0.2.0.dev0"
