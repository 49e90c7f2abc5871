"""A log of entries for every kind of reader, where the app and the command look for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccm_data.log import Activity, Create, Store, open_store, parse
from ccm_data.paths import ROOT

if str(ROOT) not in sys.path:  # the pages are no installed package
    sys.path.insert(0, str(ROOT))

PLAIN = {"type": "bilateral_geneva", "status": "done"}
ENTRIES = (
    {"start": "2021-10-15", "title": "Coffee", "states": [{"iso3": "KEN"}], "confidentiality": "public"},
    {"start": "2021-11-02", "title": "Call on the bill", "states": [{"iso3": "UGA"}], "confidentiality": "internal",
     "next_step": "Send the model law", "owner": "Ana", "due_date": "2021-12-15"},
    {"start": "2022-05-05", "title": "Lunch", "states": [{"iso3": "JAM"}, {"iso3": "HTI"}],
     "confidentiality": "partners", "next_step": "Ask the capital", "owner": "Ben"},
    {"start": "2024-02-01", "title": "Visit", "states": [{"iso3": "KEN"}], "confidentiality": "partners",
     "next_step": "Invite to the workshop", "owner": "Ben"},
    {"start": "2026-11-20", "title": "Meeting at the mission", "confidentiality": "internal", "owner": "Ana",
     "next_step": "Bring the draft instrument",
     "states": [{"iso3": "KEN", "position": "The bill is before the cabinet", "promise": "To join in 2027",
                 "promise_due": "2027-12-31"}]},
)  # fmt: skip
"""The last one is later than the facts' horizon."""


def activity(**values: object) -> Activity:
    """An activity that was done, a bilateral in Geneva unless said otherwise."""
    made = parse("activity", {**PLAIN, **values})
    assert isinstance(made, Activity)
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of the app and of the command, with this log in it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(folder))
        store = open_store()
        store.save([Create(activity(**entry)) for entry in ENTRIES], "Ana")
        store.close()
        yield folder


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The log of that home."""
    opened = open_store()
    yield opened
    opened.close()
