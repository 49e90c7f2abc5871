"""Facts in rows, each with the source that shows it, as text and link."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import charts, wording
from ccm_data.dates import words
from ccm_data.records import each
from ccm_data.vocab import (
    OrganizationKind,
    PostKind,
    Role,
    Stage,
    Term,
    Treaty,
    TreatyAction,
    Vote,
    VoteStage,
    label,
)
from ccm_data.wording import NO_SOURCE
from pages.components import meeting, provenance
from pages.components.frame import Context


def show(context: Context, iso3: str, facts: list[dict[str, Any]], key: str) -> None:
    """A table of facts of a state; `source_ids` of each becomes its sources' titles and the first one's link.

    A click on a value says where it comes from.
    """
    sources = context.workspace.sources
    if not facts:
        st.info("Nothing is recorded by this day.")
        return
    rows, cited = [], []
    for fact in facts:
        ids = [i for i in fact.pop("source_ids") if isinstance(i, str)]
        cited.append(ids)
        known = sources.loc[[i for i in dict.fromkeys(ids) if i in sources.index]]
        titled = [f"{row.title} ({', '.join(filter(None, [row.publisher, row.source_date]))})" for row in each(known)]
        links = [url for url in known["url"] if url]
        rows.append({**fact, "Link": links[0] if links else None, "Source": "; ".join(titled) or NO_SOURCE})
    _origin(context, iso3, rows, cited, f"{key}_{iso3}")
    st.dataframe(
        pd.DataFrame(rows), placeholder="", key=f"{key}_{iso3}", on_select="rerun", selection_mode="single-cell",
        hide_index=True, height="content" if len(rows) < 26 else 620, row_height=36,
        column_config={
            "Link": st.column_config.LinkColumn("Link", display_text="open", width="small"),
            "Fact": st.column_config.TextColumn("Fact", width="medium"),
            "Value": st.column_config.TextColumn("Value", width=420),
            "What": st.column_config.TextColumn("What", width=380),
            "Source": st.column_config.TextColumn("Source", width="large"),
        },
    )  # fmt: skip


def _origin(context: Context, iso3: str, rows: list[dict[str, Any]], cited: list[list[str]], key: str) -> None:
    """Where the value that was clicked comes from, above the table; a hint before."""
    place = provenance.clicked(key)
    if place is None or place[0] >= len(rows):
        st.caption(provenance.HINT)
        return
    named = [str(cell) for name, cell in rows[place[0]].items() if name not in ("Link", "Source")]
    provenance.show(context, iso3, ": ".join(filter(None, named[:2])), cited[place[0]])


def of_state(row: pd.Series[Any], as_of: date) -> list[dict[str, Any]]:
    """The attributes of a snapshot row in words; where others see them too, without those that accuse."""
    said = wording.profile(row, as_of)
    return [
        {"Fact": one.name, "Value": one.words or NO_SOURCE, "source_ids": one.source_ids}
        for one in (wording.for_meeting(said) if meeting.is_shared() else said)
    ]


def of_timeline(timeline: pd.DataFrame) -> list[dict[str, Any]]:
    """Dated facts, latest first."""
    return [
        {
            "Date": words(r.date, r.precision), "Kind": charts.KINDS[r.kind], "What": _what(r.kind, r.what),
            "Detail": _detail(r.kind, r.detail), "source_ids": [r.source_id],
        }
        for r in each(timeline)
    ]  # fmt: skip


def _what(kind: str, what: str) -> str:
    if kind == "treaty":
        treaty, action = what.split(": ")
        return f"{label(Treaty, treaty)}: {label(TreatyAction, action).lower()}"
    return f"Voted: {label(Vote, what).lower()}" if kind == "vote" else what


def _detail(kind: str, detail: str | None) -> str:
    if not isinstance(detail, str):
        return ""
    vocabularies: dict[str, type[Term]] = {"vote": VoteStage, "outreach": Role}
    for term in vocabularies.get(kind, Stage):
        if detail.startswith(term.value) or detail.endswith(term.value):
            return detail.replace(term.value, term.label)
    return detail


def of_votes(votes: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per roll call, latest first."""
    return [
        {
            "Date": words(r.vote_date), "Session": r.session, "Body": label(VoteStage, r.stage),
            "Vote": label(Vote, r.vote), "Counts for the category": "yes" if r.decides else "",
            "Resolution": r.resolution, "source_ids": [r.source_id],
        }
        for r in each(votes)
    ]  # fmt: skip


def of_treaties(treaties: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per treaty the state signed or joined."""
    return [
        {
            "Treaty": label(Treaty, r.treaty), "Signed": words(r.signature_date, r.signature_precision),
            "Joined": words(r.joined_date, r.joined_precision),
            "By": label(TreatyAction, r.joined_by) if isinstance(r.joined_by, str) else "",
            "Withdrawal effective": words(r.withdrawal_effective_date), "Party": "yes" if r.is_party else "no",
            "source_ids": [r.source_id],
        }
        for r in each(treaties)
    ]  # fmt: skip


def of_memberships(memberships: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per organization."""
    return [
        {
            "Organization": r.name, "Kind": label(OrganizationKind, r.kind),
            "Since": words(r.since, r.precision) if pd.notna(r.since) else NO_SOURCE, "source_ids": [r.source_id],
        }
        for r in each(memberships)
    ]  # fmt: skip


def of_posts(row: pd.Series[Any]) -> list[dict[str, Any]]:
    """The posts that a source shows: its mission in Geneva, embassies in it or accredited to it."""
    return [
        {
            "Post": label(PostKind, post["kind"]), "Of": post["sender"], "City": post["city"] or "",
            "Phone": post["phone"] or "", "E-mail": post["email"] or "", "Note": post["note"] or "",
            "source_ids": [post["source_id"]],
        }
        for post in row["posts"]
    ]  # fmt: skip
