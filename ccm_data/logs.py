"""What a server's operator reads: one line an event on stderr. Never the content of an entry of the activity log."""

from __future__ import annotations

import logging
import os

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DEFAULT = "INFO"


class OneLine(logging.Formatter):
    """Local time, level, module and message on one line; the line breaks of a traceback are written as \\n."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\n", "\\n")


def configure() -> None:
    """Let the loggers of the program (`logging.getLogger(__name__)` in a module) write from the level that
    `CCM_LOG_LEVEL` names. A level that is none is said, and INFO holds: a server does not stay down for it.
    """
    asked = os.environ.get("CCM_LOG_LEVEL") or DEFAULT
    known = asked.upper() in LEVELS
    logger = logging.getLogger("ccm_data")
    logger.setLevel(asked.upper() if known else DEFAULT)
    if any(isinstance(handler.formatter, OneLine) for handler in logger.handlers):
        return
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logger.addHandler(handler)
    logger.propagate = False
    if not known:
        logger.warning("CCM_LOG_LEVEL is %r; possible are %s. %s is used.", asked, ", ".join(LEVELS), DEFAULT)
