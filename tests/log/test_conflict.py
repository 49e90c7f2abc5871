"""Two people editing one entry: the second is told who changed what, and chooses per field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ccm_data.errors import CcmError
from ccm_data.log import ENTRY, Activity, Conflict, Create, Delete, Edit, Entry, Restore, Store, merge

MakeActivity = Callable[..., Activity]


@pytest.fixture
def entry(store: Store, activity: MakeActivity) -> Entry:
    """An entry at version 1."""
    return store.save([Create(activity(states=[{"iso3": "FJI"}, {"iso3": "VUT"}]))], "Ana")[0]


def conflict(store: Store, *commands: Edit | Delete | Restore) -> Conflict:
    before = store.last_seq()
    with pytest.raises(Conflict) as met:
        store.save(commands, "Cy")
    assert store.last_seq() == before
    return met.value


def test_each_field_with_base_theirs_and_yours(store: Store, entry: Entry) -> None:
    store.save([Edit(entry.subject, 1, {"outcome": "theirs", "place": "Geneva"})], "Ana")
    store.save([Edit(entry.subject, 2, {"outcome": "later"})], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"outcome": "yours", "owner": "Cy"}))
    (clash,) = met.clashes
    fields = {field.field: field for field in clash.fields}
    outcome = fields["outcome"]
    assert (outcome.base, outcome.theirs, outcome.yours, outcome.by, outcome.open) == ("", "later", "yours", "Bo", True)
    assert outcome.at == store.get(entry.subject).at
    assert (fields["place"].theirs, fields["place"].by, fields["place"].open) == ("Geneva", "Ana", False)
    assert (fields["owner"].yours, fields["owner"].by, fields["owner"].open) == ("Cy", "", False)
    assert set(fields) == {"outcome", "place", "owner"}
    assert "Bo changed place, outcome at 20" in str(met)
    assert (clash.base.version, clash.theirs.version) == (1, 3)


def test_disjoint_edits_are_reported_and_merge_without_a_choice(store: Store, entry: Entry) -> None:
    store.save([Edit(entry.subject, 1, {"place": "Geneva"})], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"owner": "Cy"}))
    (merged,) = store.save(merge(met, {}), "Cy")
    assert (merged.version, merged.activity.place, merged.activity.owner) == (3, "Geneva", "Cy")


@pytest.mark.parametrize(("side", "outcome"), [("theirs", "theirs"), ("yours", "yours")])
def test_open_fields_need_a_choice(store: Store, entry: Entry, side: str, outcome: str) -> None:
    store.save([Edit(entry.subject, 1, {"outcome": "theirs"})], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"outcome": "yours", "place": "Suva"}))
    with pytest.raises(CcmError, match="choose theirs or yours for outcome"):
        merge(met, {})
    (merged,) = store.save(merge(met, {entry.subject: {"outcome": side}}), "Cy")  # type: ignore[dict-item]
    assert (merged.activity.outcome, merged.activity.place) == (outcome, "Suva")


def test_states_are_merged_one_by_one(store: Store, entry: Entry) -> None:
    theirs = [{"iso3": "FJI", "stage": "intent"}, {"iso3": "VUT"}, {"iso3": "TON"}]
    store.save([Edit(entry.subject, 1, {"states": theirs})], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"states": [{"iso3": "FJI"}, {"iso3": "NRU"}]}))
    (merged,) = store.save(merge(met, {}), "Cy")
    assert {state.iso3: state.stage for state in merged.activity.states} == {"FJI": "intent", "TON": None, "NRU": None}


def test_one_clash_holds_back_the_whole_save(store: Store, entry: Entry, activity: MakeActivity) -> None:
    (other,) = store.save([Create(activity(title="Other"))], "Ana")
    store.save([Edit(entry.subject, 1, {"outcome": "theirs"})], "Bo")
    edits = (Edit(entry.subject, 1, {"outcome": "yours"}), Edit(other.subject, 1, {"outcome": "good"}))
    met = conflict(store, *edits)
    assert [clash.command.subject for clash in met.clashes] == [entry.subject]
    saved = store.save(merge(met, {entry.subject: {"outcome": "theirs"}}), "Cy")
    assert [(e.activity.outcome, e.version) for e in saved] == [("theirs", 2), ("good", 2)]


def test_editing_what_was_deleted(store: Store, entry: Entry) -> None:
    store.save([Delete(entry.subject, 1)], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"outcome": "yours"}))
    assert "Bo deleted it" in str(met)
    assert merge(met, {entry.subject: {ENTRY: "theirs"}}) == []
    with pytest.raises(CcmError, match="choose theirs or yours for entry"):
        merge(met, {})
    saved = store.save(merge(met, {entry.subject: {ENTRY: "yours"}}), "Cy")
    assert [(e.action, e.activity.outcome) for e in saved] == [("restore", ""), ("edit", "yours")]


def test_deleting_what_was_edited(store: Store, entry: Entry) -> None:
    store.save([Edit(entry.subject, 1, {"outcome": "theirs"})], "Bo")
    met = conflict(store, Delete(entry.subject, 1))
    assert merge(met, {entry.subject: {ENTRY: "theirs"}}) == []
    (gone,) = store.save(merge(met, {entry.subject: {ENTRY: "yours"}}), "Cy")
    assert gone.deleted


def test_a_repeated_edit_is_no_conflict(store: Store, entry: Entry) -> None:
    edit = Edit(entry.subject, 1, {"outcome": "x"})
    first = store.save([edit], "Ana")
    assert store.save([edit], "Ana") == first


def test_a_version_that_never_was(store: Store, entry: Entry) -> None:
    with pytest.raises(CcmError, match="has no version 9; the newest is 1"):
        store.save([Edit(entry.subject, 9, {"outcome": "x"})], "Ana")


def test_a_second_conflict_is_told_again(store: Store, entry: Entry) -> None:
    store.save([Edit(entry.subject, 1, {"outcome": "one"})], "Bo")
    met = conflict(store, Edit(entry.subject, 1, {"outcome": "yours"}))
    store.save([Edit(entry.subject, 2, {"outcome": "two"})], "Bo")
    merged = merge(met, {entry.subject: {"outcome": "yours"}})
    again = conflict(store, *merged)  # type: ignore[arg-type]
    assert [(field.field, field.theirs) for field in again.clashes[0].fields] == [("outcome", "two")]
