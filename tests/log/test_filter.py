"""The filter means the same in SQL and in Python, on both backends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccm_data.history import public_history
from ccm_data.log import COUNT_CAP, Activity, Create, Delete, Filter, Store, parse
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from tests.thorough import tries

MakeActivity = Callable[..., Activity]

filters = st.builds(
    Filter,
    text=st.sampled_from(["", "fiji", "CLICK", "ço", "fij alert", "10msp", "!", "ana"]),
    types=st.lists(st.sampled_from(list(ActivityType)), max_size=8).map(tuple),
    statuses=st.lists(st.sampled_from(list(ActivityStatus)), max_size=2).map(tuple),
    iso3s=st.lists(st.sampled_from(["FJI", "VUT", "KEN"]), max_size=2).map(tuple),
    since=st.none() | st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    until=st.none() | st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    owner=st.sampled_from(["", "Ana"]),
    campaign=st.sampled_from(["", "10MSP"]),
    max_confidentiality=st.sampled_from(list(Confidentiality)),
    deleted=st.booleans(),
)


@settings(
    max_examples=tries(8, 15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_sql_and_python_agree(
    new_store: Callable[[], Store], activity_values: st.SearchStrategy[dict[str, Any]], data: st.DataObject
) -> None:
    held = new_store()
    records = data.draw(st.lists(activity_values, min_size=5, max_size=15))
    entries = held.save([Create(parse("activity", values)) for values in records], "Ana")
    gone = data.draw(st.sets(st.sampled_from([entry.subject for entry in entries]), max_size=3))
    held.save([Delete(subject, 1) for subject in sorted(gone)], "Ana")
    everything = [held.get(entry.subject) for entry in entries]
    for wanted in data.draw(st.lists(filters, min_size=10, max_size=10)):
        expected = [entry for entry in everything if wanted.matches(entry)]
        page = held.current(wanted)
        assert set(page.entries) == set(expected)
        assert page.total == len(expected)
        days = [entry.activity.start for entry in page.entries]
        assert days == sorted(days, reverse=True)
        assert list(held.activities(wanted)) == expected


def test_paging_and_the_cap_of_the_count(store: Store, activity: MakeActivity, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save([Create(activity(start=date(2022, 1, day))) for day in range(1, 31)], "Ana")
    whole = store.current(limit=100).entries
    pages = [store.current(limit=7, offset=offset).entries for offset in range(0, 35, 7)]
    assert [entry for page in pages for entry in page] == list(whole)
    assert store.current(limit=7).total == 30
    monkeypatch.setattr("ccm_data.log.store.COUNT_CAP", 10)
    page = store.current(limit=7)
    assert (page.total, page.capped, len(page.entries)) == (10, True, 7)
    assert len(store.current(limit=50).entries) == 30
    assert COUNT_CAP == 10_000


def test_search_finds_states_by_name_and_words_by_beginning(store: Store, activity: MakeActivity) -> None:
    store.save([Create(activity(title="Démarche", states=[{"iso3": "CIV", "promise": "cabinet next year"}]))], "Ana")
    for text in ("demarche", "DÉM", "ivoire", "civ", "cab year"):
        assert store.current(Filter(text=text)).total == 1, text
    for text in ("marche", "ivoire fiji", "!?", "*"):
        assert store.current(Filter(text=text)).total == 0, text


def test_public_history_is_filtered_alike() -> None:
    found = [entry for entry in public_history() if Filter(text="kampala", iso3s=("UGA",)).matches(entry)]
    assert {entry.activity.place for entry in found} == {"Kampala"}
