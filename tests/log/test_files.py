"""The log as files: its owner's alone, whole in the one file, and a new one said to be new."""

from __future__ import annotations

import logging
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccm_data.cli.log import log as command
from ccm_data.log import Activity, Create, open_store, verify


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_but_its_owner_may_read_it(tmp_path: Path, activity: Callable[..., Activity]) -> None:
    place = tmp_path / "log.sqlite"
    store = open_store(f"sqlite:///{place}")
    store.save([Create(activity())], "Ana")
    assert {name.name: mode(name) for name in tmp_path.iterdir()} == {name.name: 0o600 for name in tmp_path.iterdir()}
    store.close()
    os.chmod(place, 0o644)  # as an earlier version left it
    open_store(f"sqlite:///{place}").close()
    assert mode(place) == 0o600


def test_a_copy_of_the_one_file_holds_what_was_saved(tmp_path: Path, activity: Callable[..., Activity]) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    store.save([Create(activity(title="Said today"))], "Ana")
    shutil.copy(tmp_path / "log.sqlite", tmp_path / "copy.sqlite")  # while the log is open
    copy = open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    assert [entry.title for entry in copy.activities()] == ["Said today"]
    assert verify(copy).ok
    store.close()
    copy.close()


def test_a_new_log_is_said_to_be_new_and_an_empty_one_is_not_called_proved(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path))
    monkeypatch.setattr(logging.getLogger("ccm_data"), "propagate", True)
    with caplog.at_level(logging.INFO, "ccm_data"):
        open_store().close()
        open_store().close()
    told = [record.message.split(":")[0] for record in caplog.records if record.name == "ccm_data.log.store"]
    assert list(dict.fromkeys(told)) == ["A new log was made, there was none", "Log opened"]
    answer = CliRunner().invoke(command, ["verify"], catch_exceptions=False)
    assert f"The log in {tmp_path / 'activities.sqlite'} is empty: there is nothing to prove." in answer.stderr
    assert answer.exit_code == 0
