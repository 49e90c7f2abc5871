"""What the first viewer would wait for is made while the server starts: imports, facts, the day's snapshot."""

from __future__ import annotations

import logging
from threading import Thread

from ccm_data.errors import CcmError

LOGGER = logging.getLogger(__name__)


def begin() -> None:
    """Begin aside; the server answers meanwhile."""
    Thread(target=_warm, name="warm", daemon=True).start()


def _warm() -> None:
    from ccm_data.opening import current
    from pages.components import frame, pictures, state_panel, state_table, world_map  # noqa: F401 - for the first page

    workspace = current()
    try:
        workspace.states(workspace.latest)
        workspace.options  # noqa: B018 - kept for the filters
    except CcmError as error:  # each page says it
        LOGGER.warning("Not made ready: %s", error)
