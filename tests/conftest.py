"""What all tests share: a home of their own, the shipped facts opened once, repeatable property tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, settings

from ccm_data import factbase, paths
from ccm_data import raw as raw_facts
from ccm_data.campaign import Campaign
from ccm_data.factbase import Factbase
from ccm_data.log import Create, Entry, Store, open_store
from ccm_data.reading import Reading, read
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace
from tests.cluster import Cluster

SHIPPED = paths.PACKAGE / "facts"
IN_BROWSER = "tests/e2e/"

_shared = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("local", _shared)
settings.register_profile("ci", _shared, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI", "").lower() == "true" else "local")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the home, the facts or the database that the environment names."""
    home = tmp_path_factory.mktemp("ccm_home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(home))
        patch.delenv("CCM_FACTS", raising=False)
        patch.delenv("CCM_DATABASE_URL", raising=False)
        yield home


@pytest.fixture(scope="session")
def raw() -> dict[str, pa.Table]:
    """The shipped facts as text, by file."""
    return raw_facts.read(SHIPPED)


@pytest.fixture(scope="session")
def facts() -> Factbase:
    """The shipped facts, validated, in DuckDB."""
    return factbase.load(SHIPPED)


@pytest.fixture(scope="session")
def workspace(own_home: Path) -> Workspace:
    """The shipped facts and snapshots as pages open them."""
    return Workspace(facts_dir=SHIPPED)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `-n`, a file has one worker, and all tests in a browser have one: one server, one Chromium.

    Two browsers at once, drawn by software, take longer on two cores than one after the other.
    """
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return IN_BROWSER if nodeid.startswith(IN_BROWSER) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # else files with many tests go first, however short
    return OneBrowser(config, log)


Open = Callable[..., Reading]


@pytest.fixture(scope="session")
def reading(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Makes a reading of a day over a log that holds these activities: `reading(day, [entry], audience="internal")`.

    By default of today, for public readers and the campaign that holds the day; `today` is when it is made.
    """
    folder = tmp_path_factory.mktemp("readings")
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(open_store(f"sqlite:///{folder}/{len(stores)}.sqlite"))
        return stores[-1]

    empty = opened()

    def make(
        as_of: date | None = None, activities: Iterable[Entry] = (), *, audience: str = "public",
        campaign: Campaign | str | None = None, today: date | None = None,
    ) -> Reading:  # fmt: skip
        store = empty
        if records := [entry.record for entry in activities]:
            store = opened()
            store.save([Create(record) for record in records], "Test")
        level = next(one for one in Confidentiality if one == audience)
        return read(workspace, store, as_of=as_of, campaign=campaign, audience=level, today=today)

    yield make
    for store in stores:
        store.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A worker takes the tests in a browser first: they take longest, and other files fill the other workers."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(IN_BROWSER))


def pytest_unconfigure() -> None:
    """Let go of what the app froze for its speed; else each library reports at exit what it thinks has leaked."""
    gc.unfreeze()
    gc.collect()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server on which databases can be made: `CCM_TEST_POSTGRES`, else a throwaway cluster."""
    if given := os.environ.get("CCM_TEST_POSTGRES"):
        yield given
        return
    with Cluster() as cluster:
        yield cluster.url
