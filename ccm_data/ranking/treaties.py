"""Standing evidence: the same method walked forward on other treaties, where many more states joined in the same years.

It learns each year from that treaty's own past and from what the frozen specification pools; nothing of it flows back
into the chances of the Convention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ccm_data.factbase import Factbase
from ccm_data.ranking import evaluation
from ccm_data.ranking.ceiling import Race, ceiling
from ccm_data.ranking.evaluation import FIGURES, LIKELIHOOD, SIGNATORIES
from ccm_data.ranking.likelihood import order
from ccm_data.ranking.specification import Specification
from ccm_data.vocab import Treaty

TOGETHER = "+"
"""What stands between the codes of treaties that are taken together."""
OTHERS = (Treaty.ATT, Treaty.TPNW)
"""Treaties that the specification does not read, still young enough for many joiners in the test years."""


@dataclass(frozen=True)
class Walked:
    """One treaty's test years: one row per joiner and order (year, iso3, method, rank, figures), and each year's
    list."""

    treaty: str
    rows: pd.DataFrame
    races: Sequence[Race]


def order_before(facts: Factbase, treaty: str, year: int, spec: Specification) -> pd.DataFrame:
    """States outside the treaty on 1 January of a year by ISO code: signatory and log_odds, from facts before it."""
    return order(facts, date(year - 1, 12, 31), spec.asked_about(treaty)).set_index("iso3")


def walked(facts: Factbase, treaty: str, sizes: Mapping[int, int], spec: Specification) -> Walked:
    """The treaty's joiners in the years of `sizes`, each year ordered from facts dated before it.

    `sizes` says of each year how many states are outside the Convention: the first N are taken from a list twice as
    long as the first 2 N.
    """
    found, races = [], []
    for year, size in sizes.items():
        outside = order_before(facts, treaty, year, spec)
        until = {"treaty": treaty, "as_of": f"{year - 1}-12-31", "until": f"{year}-12-31"}
        joined = pd.Index(facts.frame("ranking/joiners", until)["iso3"]).intersection(outside.index)
        if joined.empty:
            continue
        scale = len(outside) / size
        races.append(Race(outside["log_odds"], len(joined), scale))
        for method, scores in ((LIKELIHOOD, outside["log_odds"]), (SIGNATORIES, outside["signatory"].astype(float))):
            found.append(evaluation.joiner_rows(scores, joined, scale).assign(year=year, method=method))
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["iso3", *FIGURES, "year", "method"])
    return Walked(treaty, rows, races)


def evidence(given: Sequence[Walked], seed: int) -> pd.DataFrame:
    """One row per treaty, and one for the treaties of OTHERS together: treaty (their codes, joined by a plus),
    joiners, each figure of the method, of signatories first (`_plain`) and of a perfect list (`_ceiling`), and the
    lead in concordance with the interval of a bootstrap by state (`lead`, `lead_low`, `lead_high`).
    """
    found = []
    for group in [*([one] for one in given), [one for one in given if one.treaty in OTHERS]]:
        own = pd.concat([one.rows.assign(treaty=one.treaty) for one in group]) if group else pd.DataFrame()
        if own.empty:
            continue
        wide = own.pivot(index=["treaty", "year", "iso3"], columns="method", values=list(FIGURES))
        lead = pd.DataFrame({"lead": wide["concordance", LIKELIHOOD] - wide["concordance", SIGNATORIES]})
        spread = evaluation.bootstrap_by(lead, pd.Series(wide.index.get_level_values("iso3")), seed)
        best = ceiling([race for one in group for race in one.races], seed, unseen=(0.0,)).to_dict("records")[0]
        found.append(
            {
                "treaty": TOGETHER.join(one.treaty for one in group),
                "joiners": len(wide),
                **{figure: float(wide[figure, LIKELIHOOD].mean()) for figure in FIGURES},
                **{f"{figure}_plain": float(wide[figure, SIGNATORIES].mean()) for figure in FIGURES},
                **{f"{figure}_ceiling": best[figure] for figure in FIGURES},
                "lead": float(lead["lead"].mean()),
                "lead_low": float(spread["low"].iloc[0]),
                "lead_high": float(spread["high"].iloc[0]),
            }
        )
    return pd.DataFrame(found)
