"""The shipped facts, opened once, and copies in memory that a test may mutate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from ccm_data import factbase, paths
from ccm_data import raw as raw_facts
from ccm_data.factbase import Factbase
from ccm_data.ranking.backtest import Backtest, backtest

SHIPPED = paths.PACKAGE / "facts"
Mutation = Callable[[str, pa.Table], pa.Table]


@pytest.fixture(scope="session")
def facts() -> Factbase:
    return factbase.load(SHIPPED)


@pytest.fixture(scope="session")
def mutated() -> Callable[[Mutation], Factbase]:
    raw = raw_facts.read(SHIPPED)

    def make(mutation: Mutation) -> Factbase:
        changed = {name: mutation(name, table) for name, table in raw.items()}
        return Factbase(Path("mutated"), "mutated", factbase.connect(changed))

    return make


@pytest.fixture(scope="session")
def tested(facts: Factbase) -> Backtest:
    return backtest(facts)
