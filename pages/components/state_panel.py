"""One state in brief: status, categories with their evidence, and what stands behind each fact."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data import escape, log
from ccm_data.dates import words
from ccm_data.documents import wording
from ccm_data.vocab import (
    Category,
    MunitionsAttribute,
    MunitionsValue,
    Stage,
    Status,
    TreatyAction,
    label,
)
from pages.components.frame import Context


def status_words(row: pd.Series) -> str:
    """Status with the dates that make it."""
    if row["status"] == Status.STATE_PARTY:
        return f"State Party since {words(row['joined_date'])} ({label(TreatyAction, row['joined_by']).lower()})"
    if row["status"] == Status.WITHDRAWN:
        return f"Withdrew, effective {words(row['withdrawal_effective_date'])}"
    if row["status"] == Status.SIGNATORY:
        return f"Signed {words(row['signature_date'])}, not ratified"
    return Status.NOT_PARTY.label


def vote_words(row: pd.Series) -> str:
    """The latest vote with its basis, or that none is recorded."""
    return "No vote recorded" if pd.isna(row["vote"]) else wording.vote(row)


def evidence(row: pd.Series) -> dict[str, str]:
    """For each target category the state meets, what shows it."""
    acts = row["support_acts"]
    latest = f"{words(acts[0]['date'], acts[0]['precision'])}: {acts[0]['summary']}" if len(acts) else ""
    shown = {
        Category.FIRST_COMMITTEE_YES: vote_words(row),
        Category.MINE_BAN_PARTY: " ".join(
            (
                label(TreatyAction, row["mine_ban_joined_by"]),
                words(row["mine_ban_joined_date"], row["mine_ban_joined_precision"]),
            )
        ),
        Category.SIGNATORY: f"Signed {words(row['signature_date'])}",
        Category.DECLARED_SUPPORT: latest + (f" (and {len(acts) - 1} more)" if len(acts) > 1 else ""),
    }
    return {category.label: text for category, text in shown.items() if category.value in row["categories"]}


def show(context: Context, row: pd.Series) -> None:
    """The panel beside the map."""
    st.subheader(row["name_short"], anchor=False)
    st.markdown(f"**{status_words(row)}**")
    if pd.notna(row["withdrawal_notified_date"]) and row["status"] == Status.STATE_PARTY:
        st.warning(f"Withdrawal notified {words(row['withdrawal_notified_date'])}")
    shown = evidence(row)
    for name, text in shown.items():
        st.markdown(f":material/check_circle: **{name}**  \n{escape.markdown(text)}")
    if row["is_target"] and not shown:
        st.markdown("No target category is met on this day.")
    if pd.notna(row["vote"]) and Category.FIRST_COMMITTEE_YES.value not in row["categories"]:
        st.markdown(f"**Latest vote**  \n{vote_words(row)}")
    if pd.notna(row["stage"]):
        st.markdown(
            f"**Stage reached**  \n{label(Stage, row['stage'])}, {words(row['stage_date'], row['stage_precision'])}"
        )
    if pd.notna(row["promise_due"]):
        due = row["promise_due"].date()
        late = f"; overdue by {(context.as_of - due).days:,} days" if due < context.as_of and row["is_target"] else ""
        st.markdown(f"**Promise**  \nto join by {words(row['promise_due'])}{late}")
    _from_the_log(context, row["iso3"])
    st.markdown(f"**Munitions profile**  \n{munitions_words(row)}")
    st.page_link(
        "pages/state.py", label="Everything known, with sources", icon=":material/arrow_forward:",
        query_params={**st.query_params.to_dict(), "state": row["iso3"]},
    )  # fmt: skip


def _from_the_log(context: Context, iso3: str) -> None:
    """The latest stage, promise and contact that the activity log holds, marked as coming from it."""
    told = log.contacts(context.store, [iso3], as_of=context.log_day, max_confidentiality=context.audience)
    if not told:
        return
    latest = max(told, key=lambda one: one.day)
    st.markdown(f"**Last contact** (log)  \n{words(latest.day)}: {escape.markdown(latest.title)}")
    if staged := [one for one in told if one.stage]:
        reached = max(staged, key=lambda one: one.day)
        st.markdown(f"**Stage reached** (log)  \n{reached.stage.label}, told {words(reached.day)}")
    if promised := [one for one in told if one.promise or one.promise_due]:
        made = max(promised, key=lambda one: one.day)
        due = f", by {words(made.promise_due)}" if made.promise_due else ""
        st.markdown(f"**Promise** (log)  \n{escape.markdown(made.promise)}{due}, told {words(made.day)}")


def munitions_words(row: pd.Series) -> str:
    """Production, stocks and contamination with their years; a missing one says so."""
    said = []
    for term in (MunitionsAttribute.PRODUCER, MunitionsAttribute.STOCKPILER, MunitionsAttribute.CONTAMINATED):
        value = row[term.value]
        said.append(
            f"{term.label}: no source" if pd.isna(value)
            else f"{term.label}: {label(MunitionsValue, value).lower()} ({row[f'{term.value}_year']})"
        )  # fmt: skip
    return "; ".join(said)
