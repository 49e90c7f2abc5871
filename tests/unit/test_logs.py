"""The server's log: one line an event, as text or as JSON, whatever is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime

import pytest

PROGRAM = """
import logging
from ccm_data import logs
logs.configure()
logs.configure()
logger = logging.getLogger("ccm_data.room")
logger.debug("silent")
logger.info("two\\nlines and a %s", "'\\"word\\"'")
try:
    raise ValueError("broken")
except ValueError:
    logger.exception("Failed")
"""


def written(**variables: str) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_LOG", "STREAMLIT_"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=kept | variables, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_as_text_an_event_is_a_line() -> None:
    first, second = written()
    assert first.endswith(""" INFO ccm_data.room: two\\nlines and a '"word"'""")
    assert " ERROR ccm_data.room: Failed\\nTraceback" in second


def test_as_json_an_event_is_an_object() -> None:
    first, second = map(json.loads, written(CCM_LOG_FORMAT="JSON"))
    assert datetime.fromisoformat(first["time"]).utcoffset() is not None
    assert (first["level"], first["logger"], first["message"]) == (
        "INFO",
        "ccm_data.room",
        "two\nlines and a '\"word\"'",
    )
    assert set(second) - set(first) == {"exception"}
    assert second["exception"].endswith("ValueError: broken")
    assert first["pid"] == second["pid"] > 0


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ("CCM_LOG_FORMAT", "CCM_LOG_FORMAT is 'loud'; possible are text, json. text is used."),
        ("CCM_LOG_LEVEL", "CCM_LOG_LEVEL is 'loud'; possible are DEBUG, INFO, WARNING, ERROR. INFO is used."),
    ],
)
def test_what_is_not_possible_is_said_and_the_default_holds(variable: str, sentence: str) -> None:
    first, *others = written(**{variable: "loud"})
    assert first.endswith(f"WARNING ccm_data: {sentence}")
    assert len(others) == 2
