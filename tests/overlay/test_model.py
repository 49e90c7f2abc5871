"""What many changes come to: the last one wins by key, an undone one counts no more, an undone undo counts again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ccm_data import raw
from ccm_data.overlay.model import Change, ChangeKind, Floor, Op, Overlay, Through, merged
from tests.overlay.conftest import SHIPPED
from tests.overlay.made import act, change, deposit

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def overlay(*given: Change) -> Overlay:
    return Overlay(tuple(replace(one, seq=seq, at=AT) for seq, one in enumerate(given, start=1)))


def test_the_last_one_wins_by_key() -> None:
    first, second = (
        change(act("KEN", "ratification", "2026-03-01")),
        change(act("KEN", "ratification", "2026-03-01", "un")),
    )
    held = overlay(first, second)
    ((row, by),) = held.rows.values()
    assert row is not None
    assert row["source_id"] == "un"
    assert by.seq == 2


def test_what_is_undone_counts_no_more_and_an_undone_undo_again() -> None:
    first = change(act("KEN", "ratification", "2026-03-01"))
    undo = Change("u1", ChangeKind.UNDO, "Ana", "wrong", undoes=first.id)
    again = Change("u2", ChangeKind.UNDO, "Ana", "right after all", undoes="u1")
    assert [c.seq for c in overlay(first, undo).standing] == []
    assert overlay(first, undo).digest == ""
    assert [c.seq for c in overlay(first, undo, again).standing] == [1]
    assert overlay(first, undo, again).digest == overlay(first).digest


def test_rows_are_replaced_added_and_taken_out() -> None:
    shipped = {"treaty": "CCM", "action": "signature", "date": "2008-12-03", "source_id": "a"}
    rows = [{**shipped, "iso3": iso3} for iso3 in ("AAA", "BBB")]
    held = overlay(
        change(
            act("AAA", "signature", "2008-12-03", "b"),
            Op("treaty_actions", act("BBB", "signature", "2008-12-03").key, None),
            act("CCC", "signature", "2009-01-01"),
        )
    )
    found = [(row["iso3"], row["source_id"], by and by.seq) for row, by in held.over("treaty_actions", rows)]
    assert found == [("AAA", "b", 1), ("CCC", "untc_2026_02_03", 1)]


def test_merged_tables_say_which_rows_a_change_set() -> None:
    raw_facts = raw.read(SHIPPED)
    held = overlay(deposit())
    tables = merged(raw_facts, held)
    acts, floors = tables["treaty_actions"], tables["floors"].to_pylist()
    assert acts.num_rows == raw_facts["treaty_actions"].num_rows + 1
    assert [acts["iso3"][-1].as_py(), acts["date"][-1].as_py(), acts["effective_date"][-1].as_py()] == [
        "KEN", "2026-11-17", "2027-05-01",
    ]  # fmt: skip
    assert {(one["file"], one["line"], one["seq"], one["floor"]) for one in floors} == {
        ("treaty_actions.csv", acts["line"][-1].as_py(), 1, Floor.PROVISIONAL),
        ("sources_treaties.csv", tables["sources_treaties"]["line"][-1].as_py(), 1, Floor.PROVISIONAL),
    }
    assert len(set(acts["line"].to_pylist())) == acts.num_rows


def test_without_a_change_nothing_is_touched() -> None:
    raw_facts = raw.read(SHIPPED)
    tables = merged(raw_facts, Overlay())
    assert all(tables[name] is table for name, table in raw_facts.items())
    assert tables["floors"].num_rows == 0


def test_a_whole_table_moves_the_horizon_of_its_treaty_alone() -> None:
    rows = raw.rows(SHIPPED, "horizons")
    compared = replace(change(), through=(Through("treaty_actions", "CCM", "2026-11-20"),))
    found = {(row["file"], row.get("scope", "")): row for row, _by in overlay(compared).over("horizons", rows)}
    assert found["treaty_actions.csv", "CCM"]["known_complete_through"] == "2026-11-20"
    assert found["treaty_actions.csv", ""]["known_complete_through"] == "2026-02-03"
    assert len(found) == len(rows) + 1
    earlier = replace(change(), through=(Through("treaty_actions", "CCM", "2024-01-01"),))
    assert len(overlay(earlier).over("horizons", rows)) == len(rows)


def test_news_waits_until_a_later_change_sets_its_row() -> None:
    heard = deposit()
    assert [c.id for c in overlay(heard).awaiting()] == [heard.id]
    confirmed = overlay(heard, change(act("KEN", "ratification", "2026-11-17", effective_date="2027-05-01")))
    assert confirmed.awaiting() == ()
    assert confirmed.rows["treaty_actions", act("KEN", "ratification", "2026-11-17").key][1].seq == 2
