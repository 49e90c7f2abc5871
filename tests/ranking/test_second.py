"""A second implementation, written from the documentation, agrees on the rank of every joiner of the test years."""

from __future__ import annotations

from ccm_data import paths
from ccm_data.ranking.backtest import Backtest
from tests.ranking.second import Record, order


def test_ranks_of_all_joiners_agree(tested: Backtest) -> None:
    rows = tested.predictions.query("method == 'likelihood'")
    record = Record(paths.PACKAGE / "facts")
    found = {year: order(record, year) for year in sorted(set(rows["year"]))}
    ranks = {(row.year, row.iso3): found[row.year].index(row.iso3) + 1 for row in rows.itertuples()}
    assert ranks == {(row.year, row.iso3): row.rank for row in rows.itertuples()}
    assert len(ranks) == 15
