"""A store of changes of its own for each test, over the shipped facts or a copy of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccm_data import paths
from ccm_data.overlay.store import ChangeStore

SHIPPED = paths.PACKAGE / "facts"


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[ChangeStore]:
    store = ChangeStore(tmp_path / "facts" / "changes.sqlite")
    yield store
    store.close()


@pytest.fixture
def own_home_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without changes: what `opening` reads and writes."""
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def january(tmp_path: Path) -> Path:
    """A copy of the shipped facts to take rows out of."""
    folder = tmp_path / "facts-copy"
    shutil.copytree(SHIPPED, folder)
    return folder
