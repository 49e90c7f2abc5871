"""Status and categories of all 197 states against a second implementation: plain Python over the CSV files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from ccm_data import paths
from ccm_data.dates import EARLIEST
from ccm_data.factbase import Factbase
from ccm_data.raw import SOURCE_FILES
from tests.thorough import tries

HORIZON = date(2026, 2, 3)
EDGES = [
    EARLIEST, date(2010, 8, 1), date(2015, 11, 3), date(2015, 11, 4), date(2015, 12, 6), date(2015, 12, 7),
    date(2016, 12, 4), date(2016, 12, 5), date(2021, 11, 30), date(2024, 9, 6), date(2025, 3, 5), date(2025, 3, 6),
    date(2025, 12, 26), date(2025, 12, 27), date(2026, 1, 9), date(2026, 1, 10), HORIZON,
]  # fmt: skip
_random = random.Random(20081203)
DAYS = sorted(EARLIEST + timedelta(n) for n in _random.sample(range((HORIZON - EARLIEST).days + 1), tries(12, 50)))


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (paths.PACKAGE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def rows_by(name: str, *columns: str) -> dict[tuple[str, ...], list[dict[str, str]]]:
    grouped: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows(name):
        grouped.setdefault(tuple(row[column] for column in columns), []).append(row)
    return grouped


RowsOn = Callable[[date], list[dict[str, Any]]]


class Standing(NamedTuple):
    party: bool
    left: bool
    signed: str | None


def standing(treaty: str, iso3: str, day: str) -> Standing:
    """Acts in order of date: each joining makes a party, each withdrawal ends it once it is effective."""
    party = left = False
    signed = None
    acts = [r for r in rows_by("treaty_actions", "treaty", "iso3").get((treaty, iso3), []) if r["date"] <= day]
    for act in sorted(acts, key=lambda r: r["date"]):
        if act["action"] == "signature":
            signed = signed or act["date"]
        elif act["action"] == "withdrawal":
            if act["effective_date"] <= day:
                party, left = False, True
        else:
            party, left = True, False
    return Standing(party, left, signed)


def latest_vote(iso3: str, day: str) -> dict[str, str] | None:
    """The vote of the latest session in which the state voted by the day: in the First Committee, else the plenary."""
    sessions: dict[int, dict[str, dict[str, str]]] = {}
    for row in rows_by("unga_votes", "iso3").get((iso3,), []):
        if row["vote_date"] <= day and row["vote"] != "absent":
            sessions.setdefault(int(row["session"]), {})[row["stage"]] = row
    if not sessions:
        return None
    stages = sessions[max(sessions)]
    return stages.get("first_committee") or stages["plenary"]


def expected(iso3: str, day: str) -> dict[str, Any]:
    ccm, mine_ban = standing("CCM", iso3, day), standing("APMBC", iso3, day)
    status = "state_party" if ccm.party else "withdrawn" if ccm.left else "signatory" if ccm.signed else "not_party"
    vote = latest_vote(iso3, day)
    support = sorted(
        (r["date"], r["summary"], r["source_id"])
        for r in rows_by("commitments", "iso3").get((iso3,), [])
        if r["date"] <= day and r["counts_for_category_4"] == "true"
    )
    held = {
        "first_committee_yes": vote is not None and vote["vote"] == "yes",
        "mine_ban_party": mine_ban.party,
        "signatory": status == "signatory",
        "declared_support": bool(support),
    }
    return {
        "status": status,
        "categories": [name for name, holds in held.items() if holds and status != "state_party"],
        "vote": vote and (vote["vote"], int(vote["session"]), vote["stage"], vote["vote_date"], vote["source_id"]),
        "support": support,
    }


def found(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": row["status"],
        "categories": row["categories"],
        "vote": row["vote"]
        and (row["vote"], row["vote_session"], row["vote_stage"], row["vote_date"].isoformat(), row["vote_source_id"]),
        "support": sorted((a["date"].isoformat(), a["summary"], a["source_id"]) for a in row["support_acts"]),
    }


def test_the_days_are_the_same_each_time() -> None:
    assert len(DAYS) == tries(12, 50)
    assert EARLIEST <= DAYS[0] < DAYS[-1] <= HORIZON


@pytest.mark.parametrize("day", sorted({*DAYS, *EDGES}), ids=str)
def test_status_categories_and_evidence_agree_with_a_second_implementation(rows_on: RowsOn, day: date) -> None:
    shown = rows_on(day)
    existing = [r["iso3"] for r in rows("states") if r["exists_from"] <= day.isoformat()]
    assert [row["iso3"] for row in shown] == sorted(existing)
    assert len(existing) == 197 - (day < date(2011, 7, 9))
    for row in shown:
        assert found(row) == expected(row["iso3"], day.isoformat()), row["iso3"]


@pytest.mark.parametrize("day", sorted({*DAYS, *EDGES}), ids=str)
def test_each_category_stands_on_the_evidence_shown_beside_it(rows_on: RowsOn, day: date) -> None:
    for row in rows_on(day):
        assert row["is_target"] == (row["status"] != "state_party")
        mine_ban = row["mine_ban_joined_date"] is not None and not (
            row["mine_ban_withdrawal_effective_date"] and row["mine_ban_withdrawal_effective_date"] <= day
        )
        evidence = {
            "first_committee_yes": row["vote"] == "yes" and row["vote_date"] <= day and row["vote_source_id"],
            "mine_ban_party": mine_ban and row["mine_ban_joined_date"] <= day and row["mine_ban_source_id"],
            "signatory": row["signature_date"]
            and row["signature_date"] <= day
            and not row["joined_date"]
            and row["signature_source_id"],
            "declared_support": row["support_acts"]
            and all(act["date"] <= day and act["source_id"] for act in row["support_acts"]),
        }
        assert row["categories"] == [name for name, shown in evidence.items() if row["is_target"] and shown], row[
            "iso3"
        ]
        assert row["category_count"] == len(row["categories"])
        assert [one["category"] for one in row["evidence"]] == row["categories"]
        for one in row["evidence"]:
            assert one["day"] <= day
            assert one["words"]
            assert one["source_ids"]


@pytest.mark.parametrize("day", [date(2010, 8, 1), date(2021, 11, 30), HORIZON], ids=str)
def test_every_shown_attribute_names_a_source_that_exists(rows_on: RowsOn, day: date) -> None:
    sources = {row["source_id"] for name in SOURCE_FILES for row in rows(name)}
    pairs = {
        "name": "identity_source_id", "un_group": "un_group_source_id", "population": "population_source_id",
        "area_km2": "area_source_id", "label_lat": "label_source_id", "signature_date": "signature_source_id",
        "joined_date": "joined_source_id", "withdrawal_notified_date": "withdrawal_source_id",
        "vote": "vote_source_id", "mine_ban_joined_date": "mine_ban_source_id", "stage": "stage_source_id",
        "promise_date": "promise_source_id", "stance": "stance_source_id", "producer": "producer_source_id",
        "stockpiler": "stockpiler_source_id", "contaminated": "contaminated_source_id", "used": "used_source_id",
        "used_recent": "used_recent_source_id", "transferred": "transferred_source_id",
        "last_outreach_date": "last_outreach_source_id",
    }  # fmt: skip
    for row in rows_on(day):
        for attribute, source in pairs.items():
            assert row[attribute] is None or row[source] in sources, (row["iso3"], attribute)
        for attribute, ids in {
            "organizations": "organization_source_ids", "treaties_joined": "treaties_source_ids",
            "status_since": "status_source_ids",
        }.items():  # fmt: skip
            assert bool(row[attribute]) <= bool(row[ids]), (row["iso3"], attribute)
            assert set(row[ids]) <= sources
        assert {one["source_id"] for one in [*row["support_acts"], *row["posts"]]} <= sources
        assert {source for one in row["evidence"] for source in one["source_ids"]} <= sources


class TestDecidingRollCall:
    """Session 70 (2015) has both: the First Committee voted on 4 November, the plenary on 7 December.

    Twelve states were absent in the First Committee and voted yes in the plenary, Gambia and Equatorial Guinea among
    them.
    """

    LATE = frozenset({"CAF", "DMA", "GMB", "GNQ", "KNA", "LCA", "LSO", "MUS", "SLV", "TLS", "TUV", "VUT"})

    def at(self, rows_on: RowsOn, day: date) -> dict[str, dict[str, Any]]:
        return {row["iso3"]: row for row in rows_on(day)}

    def test_no_vote_is_known_before_the_first_roll_call(self, rows_on: RowsOn) -> None:
        assert {row["vote"] for row in self.at(rows_on, date(2015, 11, 3)).values()} == {None}

    @pytest.mark.parametrize("day", [date(2015, 11, 4), date(2015, 12, 7), date(2016, 12, 4)], ids=str)
    def test_the_first_committee_decides_for_who_voted_there(self, rows_on: RowsOn, day: date) -> None:
        known = [row for row in self.at(rows_on, day).values() if row["vote"] and row["iso3"] not in self.LATE]
        assert {(r["vote_stage"], r["vote_session"], r["vote_date"]) for r in known} == {
            ("first_committee", 70, date(2015, 11, 4))
        }
        assert len(known) == 172

    @pytest.mark.parametrize("iso3", ["GMB", "GNQ"])
    def test_who_was_absent_there_has_the_vote_of_the_plenary_from_its_day(self, rows_on: RowsOn, iso3: str) -> None:
        before, after = (self.at(rows_on, day)[iso3] for day in (date(2015, 12, 6), date(2015, 12, 7)))
        assert before["vote"] is None
        assert [after[f"vote{part}"] for part in ("", "_stage", "_session", "_date")] == [
            "yes", "plenary", 70, date(2015, 12, 7),
        ]  # fmt: skip

    def test_absent_in_the_first_committee_is_shown_until_the_plenary_votes(self, facts: Factbase) -> None:
        def entry(day: date) -> tuple[str, str]:
            votes = facts.frame("votes/grid", {"as_of": day}).set_index(["iso3", "session"])
            return votes.loc[("GNQ", 70), "stage"], votes.loc[("GNQ", 70), "vote"]

        assert entry(date(2015, 12, 6)) == ("first_committee", "absent")
        assert entry(date(2015, 12, 7)) == ("plenary", "yes")

    def test_the_plenary_decides_the_sessions_that_have_no_other(self, rows_on: RowsOn) -> None:
        known = [row for row in self.at(rows_on, date(2016, 12, 5)).values() if row["vote"]]
        assert {(r["vote_stage"], r["vote_session"]) for r in known if r["iso3"] not in self.LATE} == {
            ("first_committee", 70), ("plenary", 71),
        }  # fmt: skip

    def test_absence_is_no_information(self, rows_on: RowsOn) -> None:
        """Who was absent keeps the vote it cast before."""
        kept = 0
        for earlier, later in pairwise(date(year, 12, 31) for year in range(2015, 2026)):
            before, after = self.at(rows_on, earlier), self.at(rows_on, later)
            session = str(later.year - 1945)
            for vote in rows("unga_votes"):
                if vote["session"] == session and vote["stage"] == "plenary" and vote["vote"] == "absent":
                    old, new = before[vote["iso3"]], after[vote["iso3"]]
                    assert (old["vote"], old["vote_session"]) == (new["vote"], new["vote_session"])
                    kept += old["vote"] is not None
        assert kept > 50, "the rule would not show"
