"""`ccm import` and `ccm facts`: shown, applied, listed, compared, undone, written as a patch."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ccm_data import opening, paths, raw
from tests.importers.given import RELEASE, VOTES_SHEET
from tests.importers.untc_shapes import as_html
from tests.overlay.made import deposit

SHIPPED = paths.PACKAGE / "facts"
ROLLCALL = ("import", "rollcall", "FILE", "--session", "79", "--date", "soon", "--resolution", "r", "--url", "u")
KENYA = {"treaty": "CCM", "iso3": "KEN", "action": "ratification", "date": "2026-11-17", "precision": "day"}

CCM_ACTS = [row for row in raw.rows(SHIPPED, "treaty_actions") if row["treaty"] == "CCM"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CCM_AUTHOR", "Ana")
    return tmp_path / "home"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The Convention's status page of 23 November 2026 with one act more than the facts hold."""
    file = tmp_path / "page.html"
    file.write_bytes(as_html("CCM", [*CCM_ACTS, KENYA], date(2026, 11, 23)))
    return file


def compared(ccm: Callable[..., Any]) -> list[str]:
    """The days through which treaties were compared in whole."""
    changed = ccm("facts", "diff", "--format", "json").json
    return [one["after"]["known_complete_through"] for one in changed if one["key"].get("scope")]


def test_from_the_page_to_the_facts_and_back(ccm: Callable[..., Any], home: Path, page: Path, tmp_path: Path) -> None:
    shown = ccm("import", "untc", str(page), "--treaty", "CCM", "--dry-run", "--format", "json").json
    assert {name: len(shown[name]) for name in ("added", "changed", "conflicts", "questions")} == {
        "added": 1, "changed": 0, "conflicts": 0, "questions": 0,
    }  # fmt: skip
    assert (shown["added"][0]["iso3"], shown["added"][0]["row"]["effective_date"]) == ("KEN", "2027-05-01")
    assert shown["applied"] is None
    assert ccm("facts", "list", "--format", "json").json == []
    done = ccm("import", "untc", str(page), "--treaty", "CCM")
    assert "221 rows the same, 1 added, 0 changed, 0 conflict, 0 questions." in done.out
    assert "Applied as change 1" in done.out
    again = ccm("import", "untc", str(page)).out
    assert "222 rows the same, 0 added" in again
    assert "Nothing to apply." in again
    kenya = next(row for row in ccm("states", "--format", "json").json["states"] if row["iso3"] == "KEN")
    assert (kenya["status"], kenya["status_provisional"]) == ("state_party", False)
    assert "(provisional)" not in ccm("states").out
    listed = ccm("facts", "list", "--format", "json").json
    assert [(one["number"], one["kind"], one["author"], one["undone_by"]) for one in listed] == [
        (1, "import", "Ana", None)
    ]
    assert {one["file"] for one in ccm("facts", "diff", "--format", "json").json} == {
        "treaty_actions", "sources_treaties", "horizons",
    }  # fmt: skip
    assert ccm("facts", "diff", "now", "1", "--format", "json").json == []
    patch = ccm("facts", "patch").out
    assert "+CCM,KEN,ratification,2026-11-17,day,2027-05-01," in patch
    repository = tmp_path / "repository"
    for path in SHIPPED.glob("*.csv"):
        target = repository / "ccm_data" / "facts" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=repository)
    assert ccm("facts", "diff", str(repository / "ccm_data" / "facts"), "now", "--format", "json").json == []
    assert ccm("facts", "check", "--facts", str(repository / "ccm_data" / "facts")).status == 0
    assert "Change 1 is undone, as change 2." in ccm("facts", "undo", "1", "--reason", "wrong page").out
    assert ccm("facts", "diff", "--format", "json").json == []


def test_a_page_without_a_difference_moves_the_horizon(ccm: Callable[..., Any], home: Path, page: Path) -> None:
    page.write_bytes(as_html("CCM", CCM_ACTS, date(2026, 11, 23)))
    done = ccm("import", "untc", str(page))
    assert (done.status, "Applied as change 1" in done.out) == (0, True)
    assert compared(ccm) == ["2026-11-23"]
    assert ccm("facts", "check").status == 0


def test_a_page_of_a_day_ahead_is_refused(ccm: Callable[..., Any], home: Path, page: Path) -> None:
    ahead = date.today() + timedelta(days=30)
    page.write_bytes(as_html("CCM", CCM_ACTS, ahead))
    refused = ccm("import", "untc", str(page))
    assert (refused.status, f"it is of {ahead}, which lies ahead" in refused.err) == (2, True)


def test_a_proposal_looked_through_by_hand(ccm: Callable[..., Any], home: Path, page: Path, tmp_path: Path) -> None:
    shown = ccm("import", "untc", str(page), "--dry-run", "--format", "json").json
    file = tmp_path / "proposed.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert ccm("facts", "apply", str(file), "--reason", "checked by hand").out == "Applied as change 1.\n"
    assert compared(ccm) == ["2026-11-23"]
    ccm("facts", "undo", "1", "--reason", "not all of it")
    file.write_text(json.dumps({**shown, "added": shown["added"][1:]}), encoding="utf-8")
    assert ccm("facts", "apply", str(file), "--reason", "without the first").status == 0
    assert compared(ccm) == []  # a table of which a new row is left out says nothing of the rest
    file.write_text("{}", encoding="utf-8")
    refused = ccm("facts", "apply", str(file), "--reason", "x")
    assert (refused.status, "is not what `ccm import … --dry-run --format json` prints" in refused.err) == (2, True)


def test_a_roll_call_and_a_sheet(ccm: Callable[..., Any], home: Path, tmp_path: Path) -> None:
    text, sheet = tmp_path / "call.txt", tmp_path / "votes.csv"
    text.write_text(RELEASE, encoding="utf-8")
    sheet.write_bytes(VOTES_SHEET)
    call = ccm(
        "import", "rollcall", str(text), "--session", "79", "--date", "2024-11-01", "--resolution", "A/RES/79/58",
        "--url", "https://press.un.org/en/2024/gadis3756.doc.htm", "--dry-run", "--format", "json",
    ).json  # fmt: skip
    votes = {one["iso3"]: one["row"]["vote"] for one in call["added"] if one["file"] == "unga_votes"}
    assert (votes["AFG"], votes["RUS"], votes["IND"], votes["BEN"]) == ("yes", "no", "abstain", "absent")
    found = ccm("import", "csv", str(sheet), "--into", "unga_votes", "--dry-run", "--format", "json").json
    assert found["same"] + len(found["conflicts"]) + len(found["changed"]) == 2


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("import", "untc", "FILE", "--treaty", "XXX"), "'XXX' is not one of"),
        (("import", "votes", "FILE"), "The voting data lacks the column ms_code"),
        (ROLLCALL, "'soon' is not a date"),
        (("facts", "undo", "7", "--reason", "x"), "There is no change '7' of the facts"),
        ((*ROLLCALL[:2], "BINARY", *ROLLCALL[3:6], "2024-11-01", *ROLLCALL[7:]), "is not UTF-8 text"),
        (("facts", "diff", "nowhere", "now"), "'nowhere' is no facts"),
        (("facts", "diff", "FOLDER", "now"), "is no facts: possible are a folder that holds their CSV files"),
        (("facts", "diff", "7", "now"), "There is no change 7"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence(
    ccm: Callable[..., Any], home: Path, tmp_path: Path, command: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "noise.csv"
    file.write_bytes(b"noise")
    binary = tmp_path / "call.txt"
    binary.write_bytes(b"In favour: \xff")
    places = {"FILE": str(file), "BINARY": str(binary), "FOLDER": str(tmp_path)}
    done = ccm(*(places.get(word, word) for word in command))
    assert done.status == 2
    assert told in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) <= 3


def test_what_is_provisional_is_marked_on_the_command_line(ccm: Callable[..., Any], home: Path) -> None:
    opening.apply(deposit())
    assert (
        "Kenya on 2026-11-24: state_party (provisional); categories:"
        in ccm("state", "KEN", "--as-of", "2026-11-24").out
    )
    line = next(one for one in ccm("states").out.splitlines() if one.startswith("KEN"))
    assert "state_party (provisional)" in line
    assert "Kenya" not in ccm("targets").out
