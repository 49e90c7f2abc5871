"""The statistician's tables of the evaluation: orders beside their ceiling, other treaties, expected and actual
joiners."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ccm_data.dates import words
from ccm_data.ranking import level
from ccm_data.ranking.backtest import Backtest
from ccm_data.ranking.evaluation import COVER, TOPS
from ccm_data.ranking.outreach import CAUTION, MONTHS, RATE_YEARS, said
from ccm_data.ranking.specification import specification
from ccm_data.ranking.treaties import TOGETHER
from ccm_data.vocab import Treaty, label

CONCORDANCE = "How often a joiner stood above one that did not join that year; half is chance."


def orders(found: Backtest, names: Mapping[str, str]) -> None:
    """Every order's figures with their intervals, below them what a perfect list would score."""
    best = found.ceiling.assign(method=[_perfect(unseen) for unseen in found.ceiling["unseen"]])
    shown = pd.concat([found.methods.reset_index().assign(method=lambda rows: rows["method"].map(names)), best])
    st.dataframe(
        pd.DataFrame({
            "Order": shown["method"],
            "Concordance": shown["concordance"].astype(float),
            "Interval": _interval(shown, "concordance"),
            **{f"In top {n}": shown[f"top{n}"].astype(float) for n in TOPS},
            f"Interval of top {max(TOPS)}": _interval(shown, f"top{max(TOPS)}"),
        }),
        hide_index=True, height="content",
        column_config={
            "Concordance": st.column_config.NumberColumn(format="%.2f", help=CONCORDANCE),
            **{f"In top {n}": st.column_config.NumberColumn(format="percent", help="Share of the year's joiners")
               for n in TOPS},
        },
    )  # fmt: skip
    st.caption(
        "Perfect list: simulated histories in which as many states join each year as did, by the chances of the "
        f"likelihood; its interval holds {COVER:.0%} of the scores that {found.joiners} joiners give. Brier score of "
        f"the likelihood as frozen {found.brier:.4f}; of the rate of the last {specification().level_years} years for "
        f"every state {found.brier_base_rate:.4f}; skill {found.brier_skill:+.3f}, of the printed chances "
        f"{found.brier_skill_printed:+.3f} (above zero beats the plain rate)."
    )


def treaties(found: Backtest) -> None:
    """The same method on other treaties, beside the Convention."""
    rows = found.treaties
    st.subheader("The same method on other treaties", anchor=False)
    st.dataframe(
        pd.DataFrame({
            "Treaty": [_treaty(names) for names in rows["treaty"]],
            "Joiners": rows["joiners"],
            "Concordance": rows["concordance"],
            "Signatories first": rows["concordance_plain"],
            "Lead": rows["lead"],
            "Interval of the lead": [f"{low:+.2f} to {high:+.2f}" for low, high in
                                     zip(rows["lead_low"], rows["lead_high"], strict=True)],
            "Perfect list": rows["concordance_ceiling"],
            **{f"In top {n}": rows[f"top{n}"] for n in TOPS[1:]},
        }),
        hide_index=True, height="content",
        column_config={
            **{name: st.column_config.NumberColumn(format="%.2f", help=CONCORDANCE)
               for name in ("Concordance", "Signatories first", "Perfect list")},
            "Lead": st.column_config.NumberColumn(format="%+.2f", help="In concordance, over signatories first"),
            **{f"In top {n}": st.column_config.NumberColumn(
                format="percent", help="Of a list twice as long, the first places are twice as many."
            ) for n in TOPS[1:]},
        },
    )  # fmt: skip
    st.caption(
        "Learned anew each year from that treaty's past and from what the frozen specification pools; the Convention's "
        "chances read nothing of it. Intervals draw states anew, each with all that it joined."
    )


def levels(found: Backtest) -> None:
    """Joiners expected in each year by both levels and by the printed chances, and who came."""
    rows = found.levels
    total = pd.DataFrame([{"year": "All", **rows.drop(columns="year").sum()}])
    shown = pd.concat([rows.assign(year=rows["year"].astype(str)), total])
    numbers = {"five_years": "Rate of five years", "decayed": "Rate that falls with age", "printed": "As printed"}
    st.dataframe(
        pd.DataFrame({
            "Year": shown["year"],
            **{name: shown[column].astype(float) for column, name in numbers.items()},
            "Joined": shown["joined"].astype(int),
        }),
        hide_index=True, height="content",
        column_config={name: st.column_config.NumberColumn(format="%.1f") for name in numbers.values()},
    )  # fmt: skip
    rule = level.rules()
    st.caption(
        "Expected on 1 January of each year. The printed chances add up to the mean of both rates times what such "
        f"forecasts achieved in the {rule.record_years} years before. Counts of joiners vary {rule.dispersion:g} times "
        "as much as independent chances would, and the gauge counts with that."
    )


def outreach(found: Backtest) -> None:
    """Who joined after each recorded workshop, beside how many were to be expected."""
    if found.outreach.empty:
        st.info("No regional workshop or meeting of these years is on record.")
        return
    st.markdown(said(found.outreach))
    rows = found.outreach
    days = [words(day, precision) if pd.notna(day) else "" for day, precision in
            zip(rows["start_date"], rows["precision"], strict=True)]  # fmt: skip
    st.dataframe(
        pd.DataFrame({
            "Workshop or meeting": rows["title"].fillna("All together"),
            "Began": days,
            "Targets": rows["targets"].astype(int),
            "Joined": rows["joined"].astype(int),
            "Expected": rows["expected"].astype(float),
            "Other treaties joined": rows["other_joined"].fillna(0).astype(int),
            "Other treaties expected": rows["other_expected"].astype(float),
        }),
        hide_index=True, height="content",
        column_config={
            "Workshop or meeting": st.column_config.TextColumn(width="large"),
            **{name: st.column_config.NumberColumn(format="%.1f") for name in ("Expected", "Other treaties expected")},
        },
    )  # fmt: skip
    st.caption(
        f"Targets: attendances of states outside the Convention that a source names. Joined within {MONTHS} months; "
        f"expected by the chances printed on 1 January of the year. Other treaties: the negative control, by the plain "
        f"rate of the {RATE_YEARS} years before. {CAUTION}"
    )


def _perfect(unseen: float) -> str:
    return f"A perfect list, with what no record shows ({unseen:g})" if unseen else "A perfect list"


def _treaty(names: str) -> str:
    parts = names.split(TOGETHER)
    return label(Treaty, parts[0]) if len(parts) == 1 else f"{' and '.join(parts)} together"


def _interval(rows: pd.DataFrame, figure: str) -> list[str]:
    return [f"{a:.2f} to {b:.2f}" for a, b in zip(rows[f"{figure}_low"], rows[f"{figure}_high"], strict=True)]
