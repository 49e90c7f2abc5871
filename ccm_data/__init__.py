"""Domain library of the CCM universalization dashboard: facts, snapshots, queries, geometry. No user interface."""

import logging

__version__ = "0.2.0.dev0"

logging.getLogger(__name__).addHandler(logging.NullHandler())  # quiet, unless a program configures it
