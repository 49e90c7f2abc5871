"""What a server's operator reads: one line an event on stderr. Never the content of an entry of the activity log."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DEFAULT = "INFO"
FORMATS = ("text", "json")


class OneLine(logging.Formatter):
    """Local time, level, module and message on one line; the line breaks of a traceback are written as \\n."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\n", "\\n")


class OneObject(logging.LogRecord):
    """An event that any formatter can write as one JSON object, by `%(json)s`: Streamlit's too, which keeps its own.

    The object has time (UTC), level, logger, message, pid and, after an error, its traceback as exception.
    """

    def __init__(self, name: str, level: int, path: str, line: int, msg: object, args: Any, exc_info: Any,
                 func: str | None = None, sinfo: str | None = None, **_more: Any) -> None:  # fmt: skip
        super().__init__(name, level, path, line, msg, args, None, func, sinfo)  # else its traceback follows, in lines
        self.json = _Json(self, exc_info)


class _Json:
    """The text of an event, made when it is written."""

    def __init__(self, record: logging.LogRecord, exc_info: Any) -> None:
        self.record, self.exc_info = record, exc_info

    def __str__(self) -> str:
        record = self.record
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "message": record.getMessage(), "pid": record.process,
        }  # fmt: skip
        if self.exc_info and self.exc_info[0]:
            told["exception"] = logging.Formatter().formatException(self.exc_info)
        return json.dumps(told, ensure_ascii=False)


def configure() -> None:
    """Let the loggers of the program (`logging.getLogger(__name__)` in a module) write from the level that
    `CCM_LOG_LEVEL` names, as `CCM_LOG_FORMAT` says. What is none is said, and the default holds: a server does not stay
    down for it.
    """
    level, strange_level = _chosen("CCM_LOG_LEVEL", LEVELS, DEFAULT, str.upper)
    form, strange_form = _chosen("CCM_LOG_FORMAT", FORMATS, FORMATS[0], str.lower)
    logger = logging.getLogger("ccm_data")
    logger.setLevel(level)
    if any(isinstance(handler, _Handler) for handler in logger.handlers):
        return
    handler = _Handler()
    if form == "json":
        logging.setLogRecordFactory(OneObject)
        os.environ.setdefault("STREAMLIT_LOGGER_MESSAGE_FORMAT", "%(json)s")  # read when Streamlit is imported
        os.environ.setdefault("STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE", "true")
        handler.setFormatter(logging.Formatter("%(json)s"))
    else:
        handler.setFormatter(OneLine())
    logger.addHandler(handler)
    logger.propagate = False
    for sentence in filter(None, (strange_level, strange_form)):
        logger.warning("%s", sentence)


class _Handler(logging.StreamHandler[Any]):
    """Ours, which is added once."""


def _chosen(variable: str, possible: tuple[str, ...], default: str, written: Any) -> tuple[str, str]:
    """What a variable says, and a sentence where that is not possible."""
    asked = os.environ.get(variable) or default
    if written(asked) in possible:
        return written(asked), ""
    return default, f"{variable} is {asked!r}; possible are {', '.join(possible)}. {default} is used."
