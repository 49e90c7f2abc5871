"""What an operator reads of the log: that it opened, changed shape, refused or failed; never what an entry says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from ccm_data.errors import CcmError
from ccm_data.log import Activity, Conflict, Create, Edit, migrate_store, open_store


def test_the_log_is_followed_without_its_content(
    tmp_path: Path, activity: Callable[..., Activity], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="ccm_data.log")
    url = f"sqlite:///{tmp_path / 'log.sqlite'}"
    store = open_store(url)
    (entry,) = store.save([Create(activity(title="Sekrit", summary="Sekrit"))], "Sekrit", "Sekrit")
    store.save([Edit(entry.subject, 1, {"outcome": "Sekrit"})], "Sekrit")
    with pytest.raises(Conflict):
        store.save([Edit(entry.subject, 1, {"outcome": "Sekrit too"})], "Sekrit")
    with store.database.write() as connection:
        connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON log_current BEGIN SELECT RAISE(ABORT, "
                                "'database or disk is full'); END"))  # fmt: skip
    with pytest.raises(CcmError, match="The disk is full"):
        store.save([Create(activity(title="Sekrit"))], "Sekrit")
    migrate_store(url)
    assert [(record.levelname, record.getMessage().split(":")[0]) for record in caplog.records] == [
        ("INFO", "Log brought to schema version 1"),
        ("INFO", "The current view of the log was made anew"),
        ("INFO", "A new log was made, there was none"),
        ("INFO", "Save refused"),
        ("ERROR", "The disk is full"),
        ("INFO", "The current view of the log was made anew"),
    ]
    assert "sekrit" not in caplog.text.casefold()
