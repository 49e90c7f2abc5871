"""`ccm ready`: what a health check is told, and that asking changes nothing."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from ccm_data import cli, paths
from ccm_data.log import migrate_store, open_store
from ccm_data.server.ready import checks


@pytest.fixture
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CCM_DATABASE_URL", raising=False)
    return tmp_path / "home"


def told(url: str | None = None) -> dict[str, tuple[bool, str]]:
    return {check.name: (check.ok, check.said) for check in checks(url)}


def test_a_fresh_place_is_ready_and_stays_empty(own_place: Path) -> None:
    assert told()["log"] == (True, f"There is no log yet; the first start makes it in {own_place}/activities.sqlite.")
    assert told()["facts"][0]
    assert not (own_place / "activities.sqlite").exists()
    open_store().close()
    assert told()["log"] == (True, f"{own_place}/activities.sqlite answers and has schema version 1.")


def test_broken_facts_are_named(own_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(paths.PACKAGE / "facts", facts)
    (facts / "states.csv").write_text("iso3\nXXX\n", encoding="utf-8")
    monkeypatch.setenv("CCM_FACTS", str(facts))
    ok, said = told()["facts"]
    assert not ok
    assert said.startswith("The facts are broken: ")


def test_a_database_without_the_log_or_without_a_server_is_not_ready(
    own_place: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create database ready"))
    url = postgres.rsplit("/", 1)[0] + "/ready"
    monkeypatch.setenv("CCM_DATABASE_URL", url)
    assert told()["log"] == (
        False, "The log has schema version 0 and this program needs 1; run `ccm log migrate` once."
    )  # fmt: skip
    migrate_store(url)
    assert told()["log"][0]
    with engine.connect() as connection:
        connection.execute(text("drop database ready with (force)"))
    engine.dispose()
    monkeypatch.setenv("CCM_DATABASE_URL", "postgresql://ccm@127.0.0.1:9/ccm")
    assert [ok for ok, _said in told().values()] == [False, False]


def test_the_command_says_it_in_json_and_by_its_status(
    own_place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ccm", "ready", "--url", "http://127.0.0.1:9", "--format", "json"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    answer = json.loads(capsys.readouterr().out)
    assert (left.value.code, answer["ready"]) == (1, False)
    assert [(check["name"], check["ok"]) for check in answer["checks"]] == [
        ("log", True), ("facts", True), ("app", False),
    ]  # fmt: skip
