"""What stands on the desk on Monday morning, with values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ccm_data import clock, desk
from ccm_data.call import CHAMPION, IN_OFFICE, NOBODY, OWNER, call, first_calls
from ccm_data.forum import next_forum
from ccm_data.log import Activity, Create, Delete, Edit, Entry, Store, open_store, parse
from ccm_data.log.since import revision_before, written
from ccm_data.overlay.model import Change, ChangeKind, Overlay
from ccm_data.reading import Reading, read
from ccm_data.visit import Mark
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace

TODAY = date(2026, 11, 24)
INTERNAL, PUBLIC = Confidentiality.INTERNAL, Confidentiality.PUBLIC


def activity(**values: Any) -> Activity:
    made = parse("activity", {"type": "bilateral_geneva", "status": "done", "title": "Talk", **values})
    assert isinstance(made, Activity)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is TODAY, for what is written too."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))


@pytest.fixture
def on(store: Store, workspace: Workspace) -> Callable[..., Reading]:
    """A reading of a day by the coordinators, of today by default."""
    return lambda day=TODAY, audience=INTERNAL: read(workspace, store, as_of=day, audience=audience, today=TODAY)


On = Callable[..., Reading]


def save(store: Store, *activities: Activity, author: str = "Ana") -> list[Entry]:
    return store.save([Create(one) for one in activities], author)


class TestNews:
    def test_facts_are_told_by_their_dates(self, on: On) -> None:
        found = desk.news(on(date(2025, 3, 10)), Mark(date(2025, 3, 3), 0, 0))
        assert [(one.iso3, one.heading, one.line) for one in found.told] == [
            ("LTU", "Withdrew", "Lithuania: effective 6 March 2025")
        ]
        assert len(found) == 1

    def test_the_same_day_tells_no_facts(self, on: On) -> None:
        assert desk.news(on(), Mark(TODAY, 0, 0)).told == ()

    def test_entries_by_others_are_new_changed_or_deleted(self, store: Store, on: On) -> None:
        old, gone = save(store, activity(start="2026-11-01", title="Old"), activity(start="2026-11-02", title="Gone"))
        since = desk.here(on())
        save(store, activity(start="2026-11-23", title="Mine"), author="Ben")
        save(store, activity(start="2026-11-23", title="New"))
        store.save([Edit(old.subject, 1, {"outcome": "They agreed"})], "Ana")
        store.save([Delete(gone.subject, 1)], "Ana", "Written twice")
        found = desk.news(on(), since, "Ben").written
        assert [(one.entry.title, one.what) for one in found] == [
            ("Gone", "deleted"), ("Old", "changed"), ("New", "new"),
        ]  # fmt: skip
        assert [one.entry.title for one in desk.news(on(), since).written][-1] == "Mine", "nobody's name is nobody"
        assert desk.news(on(), desk.here(on()), "Ben").written == ()

    def test_a_reader_sees_no_more_than_it_may(self, store: Store, on: On) -> None:
        save(store, activity(start="2026-11-23", title="Secret"))
        save(store, activity(start="2026-11-23", title="Said in public", confidentiality="public"))
        found = desk.news(on(audience=PUBLIC), Mark(TODAY, 0, 0)).written
        assert [one.entry.title for one in found] == ["Said in public"]

    def test_the_first_change_of_a_shipped_plan_item_is_no_new_entry(self, store: Store) -> None:
        item = store.entries("plan_item")[0]
        store.save([Edit(item.subject, 0, {"note": "Begun"})], "Ana")
        (found,) = written(store, 0, store.last_seq(), max_confidentiality=INTERNAL)
        assert found.what == "changed"
        assert not written(store, 0, store.last_seq(), max_confidentiality=PUBLIC), "the plan is for the team"

    def test_what_was_hidden_then_or_is_deleted_now_is_for_the_team(self, store: Store) -> None:
        was, gone = save(
            store, activity(start="2026-11-20", title="Names a source"),
            activity(start="2026-11-20", title="Slip", confidentiality="public"),
        )  # fmt: skip
        then = store.last_seq()
        store.save([Edit(was.subject, 1, {"title": "Talk", "confidentiality": "public"})], "Ana")
        store.save([Delete(gone.subject, 1)], "Ana", "Was not for the public")
        assert len(written(store, 0, then, max_confidentiality=INTERNAL)) == 2
        assert not written(store, 0, then, max_confidentiality=PUBLIC)
        (now,) = written(store, 0, store.last_seq(), max_confidentiality=PUBLIC)
        assert now.entry.title == "Talk"

    def test_changes_of_the_facts_by_others(self, workspace: Workspace, store: Store) -> None:
        at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        made = [
            Change(
                f"{seq}", ChangeKind.ACKNOWLEDGEMENT, author, "Seen", about="x", seq=seq, at=at + timedelta(days=seq)
            )
            for seq, author in ((1, "Ana"), (2, "Ben"), (3, "Ana"))
        ]
        held = Workspace(workspace.facts_dir, overlay=Overlay(tuple(made)))
        given = read(held, store, as_of=TODAY, audience=INTERNAL, today=TODAY)
        assert desk.here(given) == Mark(TODAY, 0, 3)
        assert [one.seq for one in desk.news(given, Mark(TODAY, 0, 1), "Ben").changes] == [3]
        assert not desk.news(replace(given, audience=PUBLIC), Mark(TODAY, 0, 1)).changes, (
            "who changed them is for the team"
        )
        assert desk.week_before(given) == Mark(date(2026, 11, 17), 0, 0)
        earlier = replace(given, as_of=date(2026, 11, 22), log_day=date(2026, 11, 22))
        assert [one.seq for one in desk.news(earlier, Mark(TODAY, 0, 0)).changes] == [2, 1]

    def test_without_a_visit_a_week_is_looked_back(self, store: Store, on: On) -> None:
        save(store, activity(start="2026-11-01"))
        assert desk.week_before(on()).day == date(2026, 11, 17)
        assert revision_before(store, date(2000, 1, 1)) == 0
        assert revision_before(store, date(2100, 1, 1)) == 1


class TestDue:
    def test_next_steps_mine_first_then_the_oldest(self, store: Store, on: On) -> None:
        save(
            store,
            activity(start="2026-11-01", next_step="Send the law", owner="Ana", due_date="2026-11-10",
                     states=[{"iso3": "KEN"}]),
            activity(start="2026-11-02", next_step="Call the mission", owner="Ben", due_date="2026-11-20"),
            activity(start="2026-12-01", status="planned", title="Visit", owner="Ben"),
            activity(start="2026-12-02", status="planned", title="Too far", owner="Ben"),
            activity(start="2026-11-25", next_step="Not yet done", due_date="2026-11-26"),
        )  # fmt: skip
        found = [(one.what, one.who, one.late) for one in desk.steps(on(), "Ben")]
        assert found == [("Call the mission", "Ben", 4), ("Visit", "Ben", -7), ("Send the law", "Ana", 14)]
        assert [one.what for one in desk.steps(on())] == ["Send the law", "Call the mission", "Visit"]
        assert desk.steps(on())[0].iso3s == ("KEN",)

    def test_a_step_that_was_followed_up_is_no_longer_due(self, store: Store, on: On) -> None:
        (first,) = save(store, activity(start="2026-11-01", next_step="Send the law", due_date="2026-11-10"))
        save(store, activity(start="2026-11-12", follows=first.subject))
        assert desk.steps(on()) == []

    def test_promises_of_the_facts(self, on: On) -> None:
        found = [(one.iso3s, one.day, one.entry) for one in desk.promises(on())]
        assert found == [(("AGO",), date(2018, 12, 31), ""), (("UGA",), date(2012, 8, 31), "")]

    def test_the_last_promise_of_a_state_counts_and_joining_keeps_it(self, store: Store, on: On) -> None:
        def promised(day: str, iso3: str, due: str) -> Activity:
            return activity(start=day, states=[{"iso3": iso3, "promise": "To join", "promise_due": due}])

        save(
            store,
            promised("2026-10-01", "UGA", "2026-11-20"),
            promised("2026-10-01", "AGO", "2027-12-31"),
            promised("2026-10-01", "KEN", "2026-12-01"),
            promised("2024-10-01", "VUT", "2025-06-30"),
            promised("2026-12-01", "JAM", "2026-11-25"),
        )
        found = [(one.iso3s[0], one.day, one.late) for one in desk.promises(on())]
        assert found == [("KEN", date(2026, 12, 1), -7), ("UGA", date(2026, 11, 20), 4)]
        assert all(one.entry for one in desk.promises(on()))


class TestWithoutOutcome:
    def test_what_i_did_and_nobody_wrote_up(self, store: Store, on: On) -> None:
        save(
            store,
            activity(start="2026-11-10", title="First", owner="Ana"),
            activity(start="2026-11-12", title="Second", owner="Ana", summary="What was said is no outcome"),
            activity(start="2026-11-11", title="Written up", owner="Ana", outcome="They will ask the capital"),
            activity(start="2026-11-11", title="Planned", owner="Ana", status="planned"),
            activity(start="2026-11-11", title="Another's", owner="Ben"),
            activity(start="2026-11-30", title="Later", owner="Ana"),
        )
        assert [entry.title for entry in desk.without_outcome(on(), "Ana")] == ["Second", "First"]
        assert desk.without_outcome(on(), "") == []


class TestCaller:
    def test_the_first_on_record_calls(self, on: On, store: Store) -> None:
        (first,) = first_calls(on(), 1)
        assert [one.name for one in first.callers] == [IN_OFFICE, CHAMPION]
        assert first.callers[0].words == NOBODY
        assert desk.caller(first) == first.callers[1]
        assert desk.caller(replace(first, callers=first.callers[:1])) is None
        save(store, activity(start="2026-01-01", owner="Ana", next_step="Call again", states=[{"iso3": first.iso3}]))
        owned = desk.caller(call(on(), first.iso3))
        assert owned is not None
        assert (owned.name, owned.words) == (OWNER, "Ana")


class TestForum:
    def test_nothing_lies_ahead(self, on: On) -> None:
        assert next_forum(on()) is None

    def test_a_meeting_of_the_convention_is_known_from_the_day_of_its_source(self, on: On) -> None:
        early = next_forum(on(date(2026, 2, 26)))
        assert early is None or early.source_id != "EV-XINHUA-FEB26"
        found = next_forum(on(date(2026, 9, 18)))
        assert found is not None
        assert (found.title, found.place) == ("Third Review Conference", "Vientiane")
        assert (found.start, found.end) == (date(2026, 9, 14), date(2026, 9, 18))
        targets = on(date(2026, 9, 18)).targets()
        came = targets[targets["last_attendance_date"] >= "2023-09-18"]
        assert found.iso3s == tuple(came["iso3"])
        assert 0 < len(found.iso3s) < len(targets)
        assert next_forum(on(date(2026, 9, 19))) is None

    def test_the_states_and_bodies_that_a_planned_activity_names(self, store: Store, on: On) -> None:
        plain = {"type": "regional_workshop", "status": "planned"}
        save(
            store,
            activity(**plain, start="2027-03-01", title="Later"),
            activity(**plain, start="2027-02-01", title="Workshop with CARICOM", place="Georgetown",
                     states=[{"iso3": "KEN"}, {"iso3": "FRA"}]),
            activity(start="2027-01-01", status="planned", title="A bilateral is no forum"),
        )  # fmt: skip
        given = on()
        found = next_forum(given)
        assert found is not None
        assert found.title == "Workshop with CARICOM"
        assert found.basis == "named in the entry or member of Caribbean Community"
        targets = given.targets()
        members = targets["organizations"].map(lambda held: "CARICOM" in held)
        assert found.iso3s == tuple(targets.loc[members | (targets["iso3"] == "KEN"), "iso3"])
        assert "FRA" not in found.iso3s, "a State Party is no target"
        assert "JAM" in found.iso3s

    def test_a_body_is_named_by_its_code_or_its_whole_name(self, store: Store, on: On) -> None:
        plain = {"type": "regional_meeting", "status": "planned", "start": "2027-02-01"}
        (first,) = save(store, activity(**plain, title="Réunion au Palais", partners=["African Union"]))
        found = next_forum(on())
        assert found is not None
        assert found.basis == "member of African Union"
        assert found.entry == first.subject

    def test_a_room_without_names_is_empty(self, store: Store, on: On) -> None:
        save(store, activity(type="side_event", status="planned", start="2026-11-24", title="Lunch"))
        found = next_forum(on())
        assert found is not None
        assert (found.iso3s, found.basis) == ((), "")

    def test_a_reader_hears_of_no_internal_plan(self, store: Store, on: On) -> None:
        save(store, activity(type="side_event", status="planned", start="2026-12-01", title="Lunch"))
        assert next_forum(on(audience=PUBLIC)) is None
