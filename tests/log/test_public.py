"""The facts' outreach events as read-only history."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ccm_data.errors import CcmError
from ccm_data.history import public_history
from ccm_data.log import Delete, Edit, Store
from ccm_data.paths import facts_dir
from ccm_data.vocab import Confidentiality, Role


def test_every_event_of_the_facts_is_there_with_its_source() -> None:
    with (facts_dir() / "outreach_events.csv").open(encoding="utf-8", newline="") as file:
        events = {row["event_id"]: row for row in csv.DictReader(file)}
    entries = public_history()
    assert {entry.subject for entry in entries} == set(events)
    for entry in entries:
        event = events[entry.subject]
        assert (entry.origin, entry.version, entry.activity.confidentiality) == ("facts", 0, Confidentiality.PUBLIC)
        assert entry.source_ids[0] == event["source_id"]
        assert (entry.title, entry.precision) == (event["title"], event["precision"])
        assert entry.as_json()["source_ids"]
    starts = [entry.activity.start for entry in entries]
    assert starts == sorted(starts, reverse=True)


def test_states_and_the_first_of_their_roles() -> None:
    kampala = next(entry for entry in public_history() if entry.subject == "OE-2008-09-KAMPALA")
    roles = {state.iso3: state.role for state in kampala.activity.states}
    assert roles["UGA"] is Role.HOST  # also a target of the event
    assert roles["AGO"] is Role.TARGET
    assert kampala.activity.partners == ("UNDP", "ICRC", "CMC")


def test_public_history_cannot_be_written(store: Store) -> None:
    event = public_history()[0]
    for command in (Edit(event.subject, 0, {"title": "x"}), Delete(event.subject, 0)):
        with pytest.raises(CcmError, match="There is no entry with the id"):
            store.save([command], "Eve")


def test_another_facts_folder(tmp_path: Path) -> None:
    (tmp_path / "outreach_events.csv").write_text(
        "event_id,type,title,start_date,end_date,precision,place,hosts,partners,summary,source_id\n"
        "X,other,T,2020-01-01,2020-01-03,day,,,,,S1\n"
    )
    (tmp_path / "outreach_event_states.csv").write_text("event_id,iso3,role,source_id\nX,FJI,target,S2\n")
    (entry,) = public_history(tmp_path)
    assert (entry.source_ids, str(entry.activity.end)) == (("S1", "S2"), "2020-01-03")


def test_an_edit_of_the_facts_is_seen(tmp_path: Path) -> None:
    events, parts = tmp_path / "outreach_events.csv", tmp_path / "outreach_event_states.csv"
    head = "event_id,type,title,start_date,end_date,precision,place,hosts,partners,summary,source_id\n"
    events.write_text(head + "X,other,Before,2020-01-01,2020-01-01,day,,,,,S1\n")
    parts.write_text("event_id,iso3,role,source_id\n")
    assert [entry.title for entry in public_history(tmp_path)] == ["Before"]
    events.write_text(head + "X,other,Afterwards,2020-01-01,2020-01-01,day,,,,,S1\n")
    assert [entry.title for entry in public_history(tmp_path)] == ["Afterwards"]
    parts.unlink()
    with pytest.raises(CcmError, match=r"outreach_event_states\.csv cannot be read"):
        public_history(tmp_path)
