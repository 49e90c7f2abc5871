"""The same log and facts give the same answer on the page, on the command line and in the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from ccm_data.cli.rank import rank
from ccm_data.cli.targets import state, targets
from ccm_data.dates import words
from ccm_data.documents.briefing import Desk
from ccm_data.log import Store
from ccm_data.paths import ROOT
from ccm_data.reading import Reading, read
from ccm_data.vocab import CATEGORY_SHORT, Category, Confidentiality, label
from ccm_data.workspace import Workspace
from tests.thorough import sample

DAYS = [date(2021, 11, 30), date(2022, 8, 30), date(2024, 6, 30), date(2025, 12, 31), None]
"""The last one is today."""
LEVELS = list(Confidentiality)
SHOWN = ["KEN", "UGA", "JAM"]

Page = Callable[..., AppTest]


@dataclass(frozen=True)
class Target:
    """What somebody is told of a target."""

    rank: int
    score: float
    last_contact: str | None
    next_step: str
    owner: str
    categories: tuple[str, ...]


@pytest.fixture
def page(home: object, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Opens a page as a reader of some level sees it."""

    def opened(name: str, level: Confidentiality, **params: str) -> AppTest:
        from pages.components import meeting

        st.cache_resource.clear()  # the log of another test's home
        monkeypatch.setattr(meeting, "audience", lambda: level)
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        at.session_state["_waiting"] = (name, {key: [value] for key, value in params.items()})
        at.session_state["columns"] = ["Score"]  # not among those that are shown by themselves
        at.run()
        assert not at.exception, at.exception
        return at

    return opened


def on_the_page(page: Page, day: date | None, level: Confidentiality) -> dict[str, Target]:
    table = page("targets", level, **({"as_of": day.isoformat()} if day else {})).dataframe[0].value
    return {
        str(iso3): Target(
            int(row["Rank"]), round(float(row["Score"]), 6),
            None if pd.isna(row["Last contact"]) else row["Last contact"].date().isoformat(),
            row["Next step"], row["Owner"], tuple(c.value for c in Category if row[CATEGORY_SHORT[c]]),
        )
        for iso3, row in table.iterrows()
    }  # fmt: skip


def answer(command: Any, *arguments: str, day: date | None, level: Confidentiality) -> Any:
    asked = [*arguments, "--audience", level.value, "--format", "json", *(["--as-of", str(day)] if day else [])]
    return json.loads(CliRunner().invoke(command, asked, catch_exceptions=False).stdout)


def on_the_command_line(day: date | None, level: Confidentiality) -> tuple[dict[str, Target], dict[str, list[str]]]:
    rows = answer(targets, day=day, level=level)["states"]
    told = {
        row["iso3"]: Target(
            row["rank"], round(row["score"], 6), row["last_contact"], row["next_step"], row["owner"],
            tuple(row["categories"]),
        )
        for row in rows
    }  # fmt: skip
    return told, {row["iso3"]: [one["words"] for one in row["evidence"]] for row in rows}


def reading_of(workspace: Workspace, store: Store, day: date | None, level: Confidentiality) -> Reading:
    return read(workspace, store, as_of=day, audience=level)


@pytest.mark.parametrize(("day", "level"), sample([(day, level) for day in DAYS for level in LEVELS], 7))
def test_rank_score_contact_step_evidence_and_neighbours_agree(
    page: Page, workspace: Workspace, store: Store, day: date | None, level: Confidentiality
) -> None:
    given = reading_of(workspace, store, day, level)
    seen = on_the_page(page, day, level)
    told, evidence = on_the_command_line(day, level)
    assert seen == told
    rows = given.states().query("is_target").set_index("iso3")
    assert set(seen) == set(rows.index)
    assert evidence == {iso3: [one["words"] for one in held] for iso3, held in rows["evidence"].items()}

    desk, peers = Desk(given, list(seen)), given.about("peers", list(seen))
    for iso3, target in seen.items():
        note = desk.briefing(iso3)
        (met,) = note.section("Target categories")
        expected = [label(Category, code) for code in target.categories]
        assert [part.split(" (")[0] for part in met.text.split("; ")] == (expected or ["Meets none of the four."])
        labels = [row.label for row in note.sections]
        steps = [item.text for item in note.section("Next step")] if "Next step" in labels else []
        assert [step.split(" (")[0] for step in steps] == ([target.next_step] if target.next_step else [])
        dated = [item.strong.replace(", log:", ":") for item in note.section("Last contact") if item.strong]
        if target.last_contact is None:
            assert dated == []
        else:  # the public record may know the month only
            last = date.fromisoformat(target.last_contact)
            assert dated[0] in (f"{words(last)}:", f"{words(last, 'month')}:", f"{words(last, 'year')}:")
        named = [item.text for item in note.section("Peers that joined") if item.strong == "Nearest and latest:"]
        near = peers.loc[peers["iso3"] == iso3].head(4)
        expected = [f"{name} ({words(day)})" for name, day in zip(near["name_short"], near["joined_date"], strict=True)]
        assert named == (["; ".join(expected)] if expected else [])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_command_that_ranks_gives_the_order_of_the_targets(
    workspace: Workspace, store: Store, day: date | None
) -> None:
    given = reading_of(workspace, store, day, Confidentiality.INTERNAL)
    told = {row["iso3"]: row["p12"] for row in answer(rank, day=day, level=Confidentiality.INTERNAL)["states"]}
    expected = given.targets(method="likelihood").set_index("iso3")["p12"]
    assert list(told) == list(expected.index)
    assert told == pytest.approx(expected.to_dict())


@pytest.mark.parametrize("iso3", SHOWN)
def test_a_state_page_and_the_command_name_the_same_neighbours_and_contacts(
    page: Page, workspace: Workspace, store: Store, iso3: str
) -> None:
    level = Confidentiality.INTERNAL
    given = reading_of(workspace, store, None, level)
    tables = [one.value for one in page("state", level, state=iso3).dataframe]
    nearby = next(table for table in tables if "State Party" in table.columns)
    told = answer(state, iso3, day=None, level=level)
    assert list(nearby["State Party"]) == [row["name_short"] for row in told["peers"]]
    assert list(nearby["State Party"]) == list(given.about("peers", [iso3])["name_short"])
    contacts = next(table for table in tables if "What it said" in table.columns)
    assert [day.isoformat() for day in contacts["Date"]] == [one["day"] for one in told["contacts"]]
    assert list(contacts["Activity"]) == [one["title"] for one in told["contacts"]]


def test_readers_see_what_they_may_and_no_more(workspace: Workspace, store: Store) -> None:
    last = {level: reading_of(workspace, store, None, level).contacts_by_state()["KEN"] for level in LEVELS}
    assert last[Confidentiality.INTERNAL].last == date(2026, 11, 20)
    assert last[Confidentiality.INTERNAL].next_step == "Bring the draft instrument"
    assert (last[Confidentiality.PARTNERS].last, last[Confidentiality.PARTNERS].owner) == (date(2024, 2, 1), "Ben")
    public = last[Confidentiality.PUBLIC]  # the dialogue of Abuja, of the public record, is later than the public entry
    assert (public.last, public.origin, public.next_step) == (date(2022, 3, 24), "facts", "")
