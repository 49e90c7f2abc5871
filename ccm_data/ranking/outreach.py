"""Did outreach matter: who joined after a workshop, beside how many would have by their chances, and a negative
control.

The states of a workshop were chosen, so the difference is not the effect of the workshop. The control asks the same of
other treaties, which a workshop on this one cannot move: a surplus there too speaks of the states and not of the
workshop.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from ccm_data.factbase import Factbase
from ccm_data.ranking import level as levels
from ccm_data.ranking.likelihood import two_years

MONTHS = 24
CAUTION = "The states were chosen, so this is not the effect of the workshop."
RATE_YEARS = 5


def outreach(facts: Factbase, chances: Mapping[int, pd.Series], target: str, through: date) -> pd.DataFrame:
    """One row per recorded regional workshop or meeting with targets, the latest first, and a last one of all together.

    Columns: event_id, title, place, start_date, precision, source_id, targets (attendances of states outside), joined
    within MONTHS, expected by their chances; other_joined and other_expected the same of other treaties, each state and
    treaty that it was outside counted, expected by the plain rate of the last years.

    `chances` are those within 24 months on 1 January of each year by ISO code. Workshops of these years count whose
    months were over on `through`, the day through which joining is known.
    """
    rule, last = levels.rules(), pd.Timestamp(through) - pd.DateOffset(months=MONTHS)
    asked = {
        "target": target, "others": [name for name in rule.treaties if name != target], "months": MONTHS,
        "since": f"{min(chances)}-01-01",
        "until": min(pd.Timestamp(max(chances), 12, 31), last).date().isoformat(),
    }  # fmt: skip
    rows = facts.frame("ranking/attended", asked)
    if rows.empty:
        return pd.DataFrame()
    year = rows["start_date"].dt.year
    own = rows["treaty"] == target
    rows["joined"] = rows["joins_on"].notna().astype(float)
    rows["expected"] = [
        chances[y].get(iso3, 0.0) if mine else 0.0 for y, iso3, mine in zip(year, rows["iso3"], own, strict=True)
    ]
    rates = pd.concat([_rates(facts, y) for y in sorted(set(year))])
    plain = rows.assign(year=year).merge(rates, on=["year", "treaty", "signatory"], how="left")["rate"].fillna(0.0)
    rows.loc[~own, "expected"] = two_years(plain[~own].to_numpy(dtype=float))
    names = ["event_id", "title", "place", "start_date", "precision", "source_id"]
    counted = rows[own].groupby(names, dropna=False, sort=False)
    found = counted.agg(targets=("iso3", "size"), joined=("joined", "sum"), expected=("expected", "sum")).reset_index()
    others = rows[~own].groupby("event_id")[["joined", "expected"]].sum().add_prefix("other_")
    found = found.merge(others, on="event_id", how="left")
    total = found[["targets", "joined", "expected", "other_joined", "other_expected"]].sum()
    return pd.concat([found.iloc[::-1], pd.DataFrame([total])], ignore_index=True)


def said(found: pd.DataFrame) -> str:
    """What all workshops together show, in two sentences."""
    total = found.iloc[-1]
    return (
        f"At {len(found) - 1} recorded regional workshops and meetings targets attended {total['targets']:.0f} times; "
        f"{total['joined']:.0f} of these joined within {MONTHS} months, {total['expected']:.1f} were to be expected by "
        f"their chances. As a control: other treaties they joined {total['other_joined']:.0f} times, "
        f"{total['other_expected']:.1f} expected. {CAUTION}"
    )


def _rates(facts: Factbase, year: int) -> pd.DataFrame:
    """The plain yearly rate of joining each treaty, of signatories and others, as known on 1 January of a year."""
    asked = {"as_of": f"{year - 1}-12-31", "treaties": list(levels.rules().treaties), "years": RATE_YEARS}
    past = facts.frame("ranking/levels", asked).dropna(subset="joined")
    sums = past.groupby(["treaty", "signatory"])[["joined", "outside"]].sum()
    return (sums["joined"] / sums["outside"]).rename("rate").reset_index().assign(year=year)
