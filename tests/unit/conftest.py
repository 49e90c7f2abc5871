"""Snapshots of facts that a test changed in memory, without the validation that would stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from ccm_data import factbase, snapshot, sql
from ccm_data import raw as raw_facts
from ccm_data.factbase import Factbase


@pytest.fixture(scope="session")
def fresh(facts: Factbase) -> Callable[[date], pa.Table]:
    """The snapshot of a day, built from the shipped facts now, never read from a file."""
    return cache(lambda day: snapshot.build(facts, day).table)


@pytest.fixture(scope="session")
def rows_on(fresh: Callable[[date], pa.Table]) -> Callable[[date], list[dict[str, Any]]]:
    """The same as rows."""
    return cache(lambda day: fresh(day).to_pylist())


class Changeable:
    """The shipped facts in a connection of its own, where single files are replaced, whatever they then say."""

    def __init__(self, raw: dict[str, pa.Table]) -> None:
        self._now = dict(raw)
        self.facts = Factbase(Path("mutated"), "mutated", factbase.connect(raw))

    def holding(self, raw: dict[str, pa.Table]) -> Factbase:
        """The facts as these raw tables have them; until the next call."""
        connection = self.facts.connection
        for name in raw_facts.FILES:
            if raw[name] is not self._now[name]:
                connection.execute(f"drop table {name}")
                connection.register(f"raw_{name}", raw[name])
                connection.execute(sql.text(f"facts/{name}"))
                self._now[name] = raw[name]
        return self.facts


@pytest.fixture(scope="session")
def opened(raw: dict[str, pa.Table]) -> Callable[[dict[str, pa.Table]], Factbase]:
    """Facts from raw tables, whatever they say (of the sources, the shipped ones); valid until the next call."""
    return Changeable(raw).holding
