"""The evaluation in a coordinator's words: what the order of the targets got right, what it cannot do, how to use it.

Every sentence follows by a rule from the figures of the backtest; none holds a figure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ccm_data.ranking.backtest import MISSED, Backtest
from ccm_data.ranking.evaluation import LIKELIHOOD, RANDOM, SIGNATORIES, TOPS
from ccm_data.ranking.treaties import TOGETHER
from ccm_data.vocab import Treaty, label

SAME = 1.0
"""Two orders that differ by fewer joiners than this are called as good as each other."""
FAR = 1.25
"""Chances whose sum is this many times what happened, or the inverse, are called too high or too low."""


def placed(found: Backtest, method: str, top: int) -> float:
    """How many of the joiners stood among the first `top` of their year's list; of a tie the expected number."""
    return float(found.methods[f"top{top}"].loc[method]) * found.joiners


def headline(found: Backtest) -> str:
    """What a coordinator reads first: what the order got right, beside the plainest order and beside a perfect list."""
    return f"{_right(found)} {_best(found)}"


def told(found: Backtest, names: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences for somebody who has to choose whom to call; `names` are the states' by ISO code."""
    said = (_first(found), _missed(found, names), _elsewhere(found), _chances(found), _use(found))
    return tuple(sentence for sentence in said if sentence)


def _count(number: float) -> str:
    """A number of joiners; of a tie the expected one, rounded."""
    whole = round(number)
    return f"{whole}" if abs(number - whole) < 0.01 else f"about {whole}"


def _right(found: Backtest) -> str:
    longest = max(TOPS)
    model, plain, chance = (_count(placed(found, method, longest)) for method in (LIKELIHOOD, SIGNATORIES, RANDOM))
    return (
        f"Of the {found.joiners} states that joined in {found.years[0]} to {found.years[1]}, {model} stood among the "
        f"first {longest} of the list made on 1 January of their year; calling signatories first would have caught "
        f"{plain}, chance {chance}."
    )


def _best(found: Backtest) -> str:
    """What a perfect list would have caught, without and with something lasting that no record shows."""
    figure = f"top{max(TOPS)}"
    plain, informed = found.ceiling.iloc[0], found.ceiling.iloc[-1]
    best, low, high = (plain[f"{figure}{end}"] * found.joiners for end in ("", "_low", "_high"))
    knowing = round(informed[figure] * found.joiners)
    known = f", or {knowing} if it also knew what no record shows" if knowing > round(best) else ""
    return (
        f"A perfect list could not be expected to do better than {_count(best)} ({low:.0f} to {high:.0f} by luck alone)"
        f"{known}."
    )


def _first(found: Backtest) -> str:
    shortest = min(TOPS)
    model, plain = (placed(found, method, shortest) for method in (LIKELIHOOD, SIGNATORIES))
    said = f"{_count(model)} stood among the first {shortest}"
    if model - plain >= SAME:
        return f"It also says who comes first: {said}, more than with signatories first ({_count(plain)})."
    against = "no better than" if plain - model < SAME else "fewer than with"
    return f"It is weaker at saying who comes first: {said}, {against} signatories first ({_count(plain)})."


def _missed(found: Backtest, names: Mapping[str, str]) -> str:
    if found.missed.empty:
        return f"No state that joined stood below place {MISSED}."
    late = found.missed.sort_values(["year", "rank"])
    said = "; ".join(
        f"{names[iso3]} {year} (place {rank:.0f})"
        for iso3, year, rank in zip(late["iso3"], late["year"], late["rank"], strict=True)
    )
    return f"It did not see every joiner coming: {said}."


def _chances(found: Backtest) -> str:
    expected = float(found.calibration["expected"].sum())
    ratio = expected / found.joiners
    word = "too high" if ratio >= FAR else "too low" if ratio <= 1 / FAR else "about right"
    return (
        f"Its chances were {word}: together they expected {expected:.0f} joiners and {found.joiners} came "
        f"({found.levels['five_years'].sum():.0f} were expected before the chances were set by their own record), so "
        "read a chance as a comparison between states."
    )


def _elsewhere(found: Backtest) -> str:
    """What the same method reaches on treaties that many more states joined; blank where none was walked."""
    together = found.treaties[found.treaties["treaty"].str.contains(TOGETHER, regex=False)]
    if together.empty:
        return ""
    row = together.iloc[0]
    treaties = " and ".join(label(Treaty, name) for name in row["treaty"].split(TOGETHER))
    if row["lead_low"] > 0:
        lead = f"ahead of signatories first ({100 * row['concordance_plain']:.0f})"
    else:
        lead = f"which cannot be told from signatories first ({100 * row['concordance_plain']:.0f})"
    return (
        f"The same method on {treaties}, which states joined {row['joiners']} times in these years: of 100 states that "
        f"stayed outside, {100 * row['concordance']:.0f} stood below one that joined, {lead}."
    )


def _use(found: Backtest) -> str:
    """By the longest list on which it is clearly ahead: the interval of its lead lies above zero."""
    ahead = [top for top in TOPS if found.lead["low"].get(f"top{top}", 0.0) > 0]
    if not ahead:
        return "Use it as one opinion beside signatories first: on no list is it clearly ahead."
    return (
        f"Use it to choose the {max(ahead)} states to work with this year; whom of them to call first, what you know "
        "of each decides."
    )


def places(found: Backtest, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per joiner and order for the picture: state (name and year), place, order (`likelihood` or
    `signatories_first`), in the order of time."""
    rows = found.predictions[found.predictions["method"].isin([LIKELIHOOD, SIGNATORIES])].sort_values(["year", "iso3"])
    return pd.DataFrame({
        "state": rows["iso3"].map(names) + " " + rows["year"].astype(str), "place": rows["rank"].astype(float),
        "order": rows["method"].astype(str),
    }).reset_index(drop=True)  # fmt: skip
