"""Bad input: one sentence on stderr that names what was wrong and what is possible, exit status 2, no traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ccm_data import paths

ORGS = (
    "ASEAN, AU, BRICS, CARICOM, CELAC, CIS, COE, COMMONWEALTH, CPLP, EAC, ECCAS, ECOWAS, EU, G77, GCC, IGAD, LAS, "
    "NATO, OAS, OIC, OIF, OSCE, PIF, SAARC, SADC, SCO, SEGIB"
)
CATEGORIES = "first_committee_yes, mine_ban_party, signatory, declared_support"
DAYS = f"2008-12-03 and {date.today()}"

CASES = {
    "state XXX": "'XXX' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN.",
    "state Kenya": "'Kenya' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN.",
    "state LIT": "'LIT' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as LIE.",
    "states --as-of 2021-02-30": f"'2021-02-30' is not a date; write it as YYYY-MM-DD, between {DAYS}.",
    "states --as-of 20211130": f"'20211130' is not a date; write it as YYYY-MM-DD, between {DAYS}.",
    "state KEN --as-of soon": f"'soon' is not a date; write it as YYYY-MM-DD, between {DAYS}.",
    "targets --as-of 2008-12-02": "The as-of date 2008-12-02 is outside what is possible: 2008-12-03 (opening for "
    f"signature) to {date.today()}.",
    "states --as-of 2999-01-01": "The as-of date 2999-01-01 is outside what is possible: 2008-12-03 (opening for "
    f"signature) to {date.today()}.",
    "snapshot diff 2021-11-30 never": f"'never' is not a date; write it as YYYY-MM-DD, between {DAYS}.",
    "snapshot build": "No day was named; give --as-of YYYY-MM-DD, or --all for every shipped day.",
    "targets --org FOO": f"'FOO' is not a known organization; possible: {ORGS}.",
    "targets --category yes": f"'yes' is not a known category; possible: {CATEGORIES}.",
    "targets --without yes": f"'yes' is not a known category to leave out; possible: {CATEGORIES}.",
    "targets --status joined": "'joined' is not a known status; possible: state_party, signatory, not_party, "
    "withdrawn.",
    "targets --group Africa": "'Africa' is not a known UN regional group; possible: African, Asia-Pacific, "
    "Eastern European, GRULAC, WEOG.",
    "targets --region African": "'African' is not a known region; possible: Africa, Americas, Asia, Europe, Oceania.",
}


@pytest.mark.parametrize("command", CASES)
@pytest.mark.parametrize("output", [[], ["--format", "json"]], ids=["table", "json"])
def test_one_sentence_and_exit_status_2(ccm: Callable, command: str, output: list[str]) -> None:
    done = ccm(*command.split(), *([] if "build" in command else output))
    assert (done.status, done.out) == (2, "")
    assert done.err == f"ccm: {CASES[command]}\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("targets --match none", "'none' is not one of 'any', 'all'"),
        ("states --format xml", "'xml' is not one of 'table', 'json'"),
        ("targets --population-limit many", "'many' is not a valid integer"),
        ("nothing", "No such command 'nothing'"),
        ("state", "Missing argument 'ISO3'"),
        ("states --facts /nowhere/facts", "Directory '/nowhere/facts' does not exist"),
    ],
)
def test_wrong_usage_says_what_is_possible(ccm: Callable, command: str, said: str) -> None:
    done = ccm(*command.split())
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_place_that_cannot_be_written_to_is_a_sentence(ccm: Callable, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    place = tmp_path / "file" / "out"
    done = ccm("snapshot", "build", "--as-of", "2021-11-30", "--to", str(place))
    assert (done.status, done.out) == (2, "")
    assert done.err == f"ccm: The snapshot of 2021-11-30 cannot be written to {place}: Not a directory.\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The shipped facts with a state that is none in one line."""
    folder = tmp_path / "facts"
    shutil.copytree(paths.PACKAGE / "facts", folder)
    file = folder / "treaty_actions.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("CCM,LTU,withdrawal,", "CCM,XKX,withdrawal,"), encoding="utf-8")
    return folder


def test_broken_facts_show_the_last_good_snapshot_with_a_warning(ccm: Callable, broken: Path) -> None:
    done = ccm("states", "--as-of", "2021-12-15", "--facts", str(broken), "--format", "json")
    assert done.status == 0
    assert done.err == "ccm: The facts are broken; this is the last good snapshot, of 2021-11-30.\n"
    assert sum(state["status"] == "state_party" for state in done.json["states"]) == 110


def test_what_needs_sound_facts_says_where_they_are_broken(ccm: Callable, broken: Path) -> None:
    line = next(
        number
        for number, text in enumerate((broken / "treaty_actions.csv").read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith("CCM,XKX,")
    )
    done = ccm("state", "LTU", "--facts", str(broken))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"ccm: The facts are broken: treaty_actions.csv:{line}: ")
    assert "XKX" in done.err
    assert done.err.count("\n") == 1


def test_facts_check_exits_1_and_lists_each_finding(ccm: Callable, broken: Path) -> None:
    done = ccm("facts", "check", "--facts", str(broken))
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("treaty_actions.csv:")
    found = ccm("facts", "check", "--facts", str(broken), "--format", "json")
    assert found.status == 1
    assert found.json["findings"] == done.out.splitlines()
