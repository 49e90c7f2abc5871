"""What an import proposes beside the facts: nothing where they agree, what is missing, questions for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ccm_data import opening, paths, raw
from ccm_data.importers import untc, votes
from ccm_data.importers.model import Parsed, Proposed, Whole, Withdrawn
from ccm_data.overlay.compare import Verdict, compare
from ccm_data.overlay.model import Overlay, Row
from ccm_data.overlay.store import ChangeStore
from tests.importers.given import COMMITTEE, record
from tests.importers.untc_shapes import as_html, as_xml, printable
from tests.overlay.conftest import SHIPPED
from tests.overlay.made import deposit

DAY = date(2026, 2, 3)
SAMPLES = paths.ROOT.parent / "shared" / "samples"
ACTS = raw.rows(SHIPPED, "treaty_actions")
TREATIES = sorted({row["treaty"] for row in ACTS} & untc.TREATIES.keys())

Rows = Callable[[str], Sequence[tuple[Row, None]]]


def shipped(name: str) -> list[tuple[Row, None]]:
    return [(row, None) for row in raw.rows(SHIPPED, name)]


def without(*gone: tuple[str, str, str]) -> Rows:
    """The facts without the acts of these treaties, states and actions."""

    def rows(name: str) -> list[tuple[Row, None]]:
        kept = shipped(name)
        if name == "treaty_actions":
            kept = [(r, c) for r, c in kept if (r["treaty"], r["iso3"], r["action"]) not in gone]
        return kept

    return rows


@pytest.mark.parametrize("treaty", TREATIES)
@pytest.mark.parametrize("write", [as_html, as_xml])
def test_the_facts_as_the_depositary_would_print_them_bring_no_change(treaty: str, write: Callable[..., bytes]) -> None:
    acts = [row for row in ACTS if row["treaty"] == treaty and (printable(row) or row["action"] == "withdrawal")]
    found = compare(untc.parse(write(treaty, acts, date(2026, 11, 24)), treaty), shipped)
    assert found.items == ()
    assert found.same == sum(map(printable, acts))
    inexact = {row["iso3"] for row in ACTS if row["treaty"] == treaty and not printable(row)}
    assert {question.iso3 for question in found.questions} <= inexact  # these the page cannot print


@pytest.mark.parametrize(
    "page", sorted(SAMPLES.glob("untc-*.html")) or [Path(__file__).parents[1] / "importers" / "pages" / "ccm.html"],
    ids=lambda page: page.name,
)  # fmt: skip
def test_a_page_as_a_browser_saved_it(page: Path) -> None:
    if page.parent != SAMPLES:
        assert untc.parse(page.read_bytes(), "CCM").rows
        return
    found = compare(untc.parse(page.read_bytes(), "CCM" if "ccm" in page.name else "APMBC"), shipped)
    assert (found.items, found.questions) == ((), ())
    assert found.same == (221 if "ccm" in page.name else 299)


def test_exactly_the_acts_that_were_missing() -> None:
    gone = (("CCM", "VUT", "accession"), ("CCM", "LAO", "signature"))
    acts = [row for row in ACTS if row["treaty"] == "CCM"]
    found = compare(untc.parse(as_html("CCM", acts, DAY), "CCM"), without(*gone))
    assert {(i.iso3, i.row["action"]) for i in found.of(Verdict.ADDED)} == {("VUT", "accession"), ("LAO", "signature")}
    assert (found.of(Verdict.CHANGED), found.of(Verdict.CONFLICT), found.questions) == ([], [], ())
    vanuatu = next(item for item in found.items if item.iso3 == "VUT")
    assert vanuatu.row["effective_date"] == "2026-03-01"  # Article 17
    assert "5 Sep 2025" in vanuatu.text
    assert found.as_json()["added"][0].keys() >= {"iso3", "row", "text"}


def test_a_date_known_to_the_year_is_made_exact_and_another_day_is_a_conflict() -> None:
    acts = [row for row in ACTS if row["treaty"] == "CCM" and printable(row)]

    def rows(name: str) -> list[tuple[Row, None]]:
        kept = shipped(name)
        if name == "treaty_actions":
            changes = {"VUT": {"date": "2025-01-01", "precision": "year"}, "LKA": {"date": "2018-02-28"}}
            kept = [
                ({**r, **changes[r["iso3"]]} if r["treaty"] == "CCM" and r["iso3"] in changes else r, c)
                for r, c in kept
            ]
        return kept

    found = compare(untc.parse(as_html("CCM", acts, DAY), "CCM"), rows)
    assert [(i.iso3, i.said.split(";")[0]) for i in found.of(Verdict.CHANGED)] == [
        ("VUT", "date: 2025-01-01 → 2025-09-05")
    ]
    assert [i.iso3 for i in found.of(Verdict.CONFLICT)] == ["LKA"]
    ops = list(found.of(Verdict.CHANGED)[0].ops())
    assert [(dict(op.key)["date"], op.row is None) for op in ops] == [("2025-01-01", True), ("2025-09-05", False)]
    change = found.change("id", "Ana", "page")
    assert {dict(op.key).get("iso3") for op in change.ops if op.file == "treaty_actions"} == {"VUT"}


def test_who_is_no_longer_listed_or_stands_in_brackets_is_a_question() -> None:
    rows = [Proposed("treaty_actions", row, "") for row in ACTS if row["treaty"] == "CCM" and printable(row)]
    page = Parsed("sources_treaties", {}, tuple(r for r in rows if r.row["iso3"] != "NOR"), (Withdrawn("LTU", "[x]"),),
                  Whole("treaty_actions", {"treaty": "CCM"}, DAY))  # fmt: skip
    found = compare(page, shipped)
    assert found.items == ()
    assert [(q.iso3, q.said) for q in found.questions] == [
        ("NOR", "signature of 2008-12-03 is in the facts, not in the source"),
        ("NOR", "ratification of 2008-12-03 is in the facts, not in the source"),
    ]
    bracketed = compare(
        replace(page, rows=tuple(rows), withdrawn=(Withdrawn("LTU", "[x]"), Withdrawn("FJI", "[y]"))), shipped
    )
    assert [(q.iso3, q.text) for q in bracketed.questions] == [("FJI", "[y]")]
    back = compare(replace(page, rows=tuple(rows), withdrawn=()), shipped)
    assert [q.said for q in back.questions] == [
        "the facts hold a withdrawal of 2024-09-06; the source lists the state without brackets"
    ]


def test_an_import_confirms_news_and_moves_the_horizon(own_home_here: Path) -> None:
    opening.apply(deposit("KEN", "2026-11-17"))
    kenya = {"treaty": "CCM", "iso3": "KEN", "action": "ratification", "date": "2026-11-18", "precision": "day"}
    acts = [*(r for r in ACTS if r["treaty"] == "CCM"), kenya]
    parsed = untc.parse(as_html("CCM", acts, date(2026, 11, 23)), "CCM")
    found = compare(parsed, opening.current().held)
    assert [(i.iso3, i.verdict) for i in found.items] == [("KEN", Verdict.CHANGED)]
    assert found.items[0].said.startswith("confirms news of Ana")
    stored = opening.apply(found.change("import-1", "Ben", "Status page of 23 November"))
    assert stored is not None
    after = opening.current()
    assert after.overlay.awaiting() == ()
    assert after.horizon == date(2026, 11, 23)
    row = next(row for row in after.state_records(date(2026, 11, 24)) if row["iso3"] == "KEN")
    assert (str(row["joined_date"])[:10], row["status_provisional"]) == ("2026-11-18", False)
    assert compare(parsed, after.held).items == ()  # the same page again: nothing to do
    assert opening.apply(found.change("import-2", "Ben", "again")) is None
    opening.undo(stored.id, "Ben", "wrong file")
    assert [c.reason for c in opening.current().overlay.awaiting()] == ["Ministry of Foreign Affairs says so"]
    opening.undo("1", "Ana", "was none")
    assert opening.current().overlay.digest == ""
    assert opening.current().horizon == DAY


def test_a_committee_vote_finds_its_resolution_in_the_totals(changes: ChangeStore) -> None:
    found = compare(votes.parse(record(COMMITTEE)), shipped)
    assert {item.row["resolution"] for item in found.items} == {"A/RES/79/58"} or {
        item.row["resolution"] for item in found.items
    } == {next(r["resolution"] for r in raw.rows(SHIPPED, "unga_vote_totals") if r["session"] == "79")}
    assert changes.overlay() == Overlay()
