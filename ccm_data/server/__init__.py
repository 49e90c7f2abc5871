"""Many people on one installation: processes of the app behind nginx, and whether an installation is ready for them."""

RELOAD = "window.location.reload()"
"""The one script that a page sends in its HTML; the policy of the server in front allows it by what it says."""
