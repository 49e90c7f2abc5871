"""Any sequence of commands replays to the same current view; export then import is the identity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccm_data.log import Create, Delete, Edit, Record, Restore, Store, import_history, lines, parse, verify
from ccm_data.log.projection import differences, rebuild
from tests.thorough import tries

COMMON = settings(
    max_examples=tries(10, 25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def played(store: Store, activity_values: st.SearchStrategy[dict[str, Any]], data: st.DataObject) -> dict[str, Any]:
    """Save random commands; what the log must then hold, by entry: its record, or None when deleted."""
    model: dict[str, list[tuple[Record, bool]]] = {}
    for step in range(data.draw(st.integers(1, 14), label="steps")):
        possible = ["create"]
        live = sorted(subject for subject, versions in model.items() if not versions[-1][1])
        gone = sorted(subject for subject, versions in model.items() if versions[-1][1])
        possible += ["edit", "delete", "restore"] * bool(live) + ["undelete"] * bool(gone)
        match data.draw(st.sampled_from(possible), label="action"):
            case "create":
                record = parse("activity", data.draw(activity_values))
                subject = str(UUID(int=step))
                model[subject] = [(record, False)]
                store.save([Create(record, subject)], "Ana")
            case "edit":
                subject = data.draw(st.sampled_from(live))
                values = data.draw(activity_values)
                wanted = {name: values[name] for name in sorted(values)[: data.draw(st.integers(1, 6))]}
                was = model[subject][-1][0]
                record = parse("activity", was.model_dump() | wanted)
                (entry,) = store.save([Edit(subject, len(model[subject]), wanted)], "Bo", "because")
                if entry.version > len(model[subject]):
                    model[subject].append((record, False))
                else:
                    assert sorted(record.states, key=str) == sorted(was.states, key=str)  # at most their order differs
            case "delete":
                subject = data.draw(st.sampled_from(live))
                store.save([Delete(subject, len(model[subject]))], "Bo")
                model[subject].append((model[subject][-1][0], True))
            case "restore":
                subject = data.draw(st.sampled_from(live))
                version = data.draw(st.integers(1, len(model[subject])))
                store.save([Restore(subject, len(model[subject]), version)], "Bo")
                model[subject].append((model[subject][version - 1][0], False))
            case "undelete":
                subject = data.draw(st.sampled_from(gone))
                store.save([Restore(subject, len(model[subject]))], "Bo")
                model[subject].append((model[subject][-1][0], False))
    for subject, versions in model.items():
        assert [(e.record, e.deleted) for e in store.history(subject)] == versions
    return {subject: versions[-1] for subject, versions in model.items()}


def view(store: Store) -> dict[str, Any]:
    return {entry.subject: entry for entry in store.activities()}


@COMMON
@given(data=st.data())
def test_any_sequence_replays_to_the_same_view(
    new_store: Callable[[], Store], activity_values: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    store = new_store()
    expected = played(store, activity_values, data)
    live = {subject: record for subject, (record, deleted) in expected.items() if not deleted}
    before = view(store)
    assert {subject: entry.record for subject, entry in before.items()} == live
    assert {entry.subject: entry.record for entry in store.as_of(date(2200, 1, 1))} == live
    with store.database.write() as connection:
        assert list(differences(connection)) == []
        rebuild(connection)
    assert view(store) == before
    assert verify(store).ok


@COMMON
@given(data=st.data())
def test_export_then_import_is_the_identity(
    new_store: Callable[[], Store], activity_values: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    store, other = new_store(), new_store()
    played(store, activity_values, data)
    exported = list(lines(store))
    done = import_history(other, exported)
    assert done.added == store.last_seq() == len(exported)
    assert list(lines(other)) == exported
    assert view(other) == view(store)
    assert verify(other) == verify(store)
    assert verify(other).head == done.head
