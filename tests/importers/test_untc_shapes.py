"""There and back: the facts' acts printed as status pages, and read from them without a difference."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data import paths
from ccm_data.errors import CcmError
from ccm_data.importers import untc
from ccm_data.importers.model import Whole
from tests.importers.untc_shapes import BINDING, NAMES, SIGNING, Action, as_html, as_xml, printable, withdrawn

DAY = date(2026, 11, 24)
with (paths.PACKAGE / "facts" / "treaty_actions.csv").open(encoding="utf-8", newline="") as _file:
    FACTS = list(csv.DictReader(_file))
NOT_DEPOSITED = {"BWC"}
"""Treaties of the facts whose depositaries are governments, so that no status page exists."""

Write = Callable[[str, list[Action], date], bytes]
writers = pytest.mark.parametrize("write", [as_html, as_xml])


def shown(actions: list[Action]) -> set[tuple[str, str, str]]:
    return {
        (action["iso3"], action["action"], action["date"]) for action in actions if action["action"] != "withdrawal"
    }


@writers
@pytest.mark.parametrize("treaty", sorted({row["treaty"] for row in FACTS} - NOT_DEPOSITED))
def test_the_facts_come_back_from_a_page(treaty: str, write: Write) -> None:
    facts = [row for row in FACTS if row["treaty"] == treaty]
    actions = [row for row in facts if printable(row) or row["action"] == "withdrawal"]
    # What a page cannot print stays out of the comparison for that reason only.
    assert {row["precision"] for row in facts if row not in actions} <= {"month", "year"}
    parsed = untc.parse(write(treaty, actions, DAY), treaty)
    assert {(row.row["iso3"], row.row["action"], row.row["date"]) for row in parsed.rows} == shown(actions)
    assert len(parsed.rows) == len(shown(actions))
    assert {left.iso3 for left in parsed.withdrawn} == withdrawn(actions)
    assert {row.row["treaty"] for row in parsed.rows} == {treaty}
    assert parsed.whole == Whole("treaty_actions", {"treaty": treaty}, DAY)
    assert all(row.row["precision"] == "day" and NAMES[row.row["iso3"]] in row.text for row in parsed.rows)


def test_a_treaty_without_a_status_page_is_named() -> None:
    for treaty in NOT_DEPOSITED:
        with pytest.raises(CcmError, match=f"'{treaty}' is no treaty of the UN Treaty Collection"):
            untc.parse(b"", treaty)


@writers
@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_page_cannot_print_less_than_a_day(precision: str, write: Write) -> None:
    action = {"treaty": "CCM", "iso3": "CHL", "action": "ratification", "date": "2010-01-01", "precision": precision}
    assert not printable(action)
    with pytest.raises(ValueError, match="cannot print a date known to the"):
        write("CCM", [action], DAY)


def test_xml_that_does_not_say_as_at_when() -> None:
    actions = [row for row in FACTS if row["treaty"] == "CCM"]
    parsed = untc.parse(as_xml("CCM", actions, None), "CCM")
    assert parsed.whole is None
    assert {(row.row["iso3"], row.row["action"], row.row["date"]) for row in parsed.rows} == shown(actions)


@writers
@settings(max_examples=50)
@given(
    treaty=st.sampled_from(sorted(untc.TREATIES)),
    drawn=st.dictionaries(
        st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from([*SIGNING, *BINDING])),
        st.dates(date(1950, 1, 1), DAY),
        min_size=1,
        max_size=12,
    ),
    left=st.sets(st.sampled_from(sorted(NAMES))),
)
def test_any_acts_come_back_from_a_page(
    write: Write, treaty: str, drawn: dict[tuple[str, str], date], left: set[str]
) -> None:
    actions: list[Action] = [
        {"iso3": iso3, "action": action, "date": day.isoformat(), "precision": "day"}
        for (iso3, action), day in drawn.items()
    ]
    gone = left & {action["iso3"] for action in actions}
    actions += [
        {"iso3": iso3, "action": "withdrawal", "date": DAY.isoformat(), "precision": "day"} for iso3 in sorted(gone)
    ]
    parsed = untc.parse(write(treaty, actions, DAY), treaty)
    assert {(row.row["iso3"], row.row["action"], row.row["date"]) for row in parsed.rows} == shown(actions)
    assert {iso3.iso3 for iso3 in parsed.withdrawn} == gone
