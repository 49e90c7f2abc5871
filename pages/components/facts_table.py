"""Facts in rows, each with the source that shows it, as text and link."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data.dates import words
from ccm_data.vocab import (
    ActKind,
    Category,
    MunitionsAttribute,
    MunitionsValue,
    Obstacle,
    OrganizationKind,
    Role,
    Stage,
    Stance,
    Term,
    Treaty,
    TreatyAction,
    Unaffected,
    Vote,
    VoteStage,
    label,
)  # fmt: skip
from pages.components import state_panel

NO_SOURCE = "no source"


def show(facts: list[dict[str, Any]], sources: pd.DataFrame) -> None:
    """A table of facts; `source_ids` of each becomes its sources' titles and the first one's link."""
    if not facts:
        st.info("Nothing is recorded by this day.")
        return
    rows = []
    for fact in facts:
        ids = [i for i in fact.pop("source_ids") if isinstance(i, str)]
        known = sources.loc[[i for i in dict.fromkeys(ids) if i in sources.index]]
        titled = [
            f"{row.title} ({', '.join(filter(None, [row.publisher, row.source_date]))})" for row in known.itertuples()
        ]
        links = [url for url in known["url"] if url]
        rows.append({**fact, "Link": links[0] if links else None, "Source": "; ".join(titled) or NO_SOURCE})
    st.dataframe(
        pd.DataFrame(rows), placeholder="",
        hide_index=True, height="content" if len(rows) < 26 else 620, row_height=36,
        column_config={
            "Link": st.column_config.LinkColumn("Link", display_text="open", width="small"),
            "Fact": st.column_config.TextColumn("Fact", width="medium"),
            "Value": st.column_config.TextColumn("Value", width=420),
            "What": st.column_config.TextColumn("What", width=380),
            "Source": st.column_config.TextColumn("Source", width="large"),
        },
    )  # fmt: skip


def _fact(name: str, value: str, *source_ids: Any) -> dict[str, Any]:
    flat = [i for ids in source_ids for i in (ids if isinstance(ids, list) or hasattr(ids, "tolist") else [ids])]
    return {"Fact": name, "Value": value or NO_SOURCE, "source_ids": flat}


def of_state(row: pd.Series) -> list[dict[str, Any]]:
    """The attributes of a snapshot row in words."""
    facts = [
        _fact("Status", state_panel.status_words(row), row["status_source_ids"]),
        _fact("Latest vote on the resolution", state_panel.vote_words(row), row["vote_source_id"]),
        _fact("Mine Ban Convention", _mine_ban(row), row["mine_ban_source_id"]),
    ]
    facts += [
        _fact(f"Category: {name}", text, _category_sources(row, name))
        for name, text in state_panel.evidence(row).items()
    ]
    for act in row["support_acts"]:
        facts.append(_fact(
            f"{label(ActKind, act['kind'])}, {words(act['date'], act['precision'])}", act["summary"], act["source_id"]
        ))  # fmt: skip
    if pd.notna(row["stage"]):
        facts.append(
            _fact(
                "Stage reached",
                f"{label(Stage, row['stage'])}, {words(row['stage_date'], row['stage_precision'])}",
                row["stage_source_id"],
            )
        )
    for name, day in (("Signed", "signature"), ("Joined", "joined")):
        if pd.notna(row[f"{day}_date"]):
            facts.insert(1, _fact(name, words(row[f"{day}_date"]), row[f"{day}_source_id"]))
    if pd.notna(row["promise_due"]):
        facts.append(_fact(
            "Promise", f"to join by {words(row['promise_due'])}: {row['promise_summary']}", row["promise_source_id"]
        ))  # fmt: skip
    if pd.notna(row["stance"]):
        facts.append(
            _fact(
                "Latest stance",
                f"{label(Stance, row['stance'])}, {words(row['stance_date'], row['stance_precision'])}",
                row["stance_source_id"],
            )
        )
    if len(row["obstacles"]):
        facts.append(
            _fact(
                "Obstacles it has named",
                ", ".join(label(Obstacle, o) for o in row["obstacles"]),
                row["stance_source_id"],
            )
        )
    for term in MunitionsAttribute:
        value = row[term.value]
        text = f"{label(MunitionsValue, value)} (as of {row[f'{term.value}_year']})" if pd.notna(value) else ""
        facts.append(_fact(term.label, text, row[f"{term.value}_source_id"]))
    facts += [
        _fact("Small unaffected state", label(Unaffected, row["small_unaffected"]), row["producer_source_id"],
              row["stockpiler_source_id"], row["contaminated_source_id"], row["population_source_id"]),
        _fact("Population", _number(row["population"], row["population_year"]), row["population_source_id"]),
        _fact("UN regional group", row["un_group"] if pd.notna(row["un_group"]) else "", row["un_group_source_id"]),
        _fact("Region", f"{row['region']}, {row['subregion']}", row["identity_source_id"]),
        _fact("Least developed country", "Yes" if row["ldc"] else "No", row["ldc_source_id"]),
        _fact("Small island developing state", "Yes" if row["sids"] else "No", row["identity_source_id"]),
        _fact("Party to other treaties of the facts", ", ".join(row["treaties_joined"]), row["treaties_source_ids"]),
        _fact("Last recorded outreach event", _outreach(row), row["last_outreach_source_id"]),
    ]  # fmt: skip
    return facts


def _mine_ban(row: pd.Series) -> str:
    if pd.notna(row["mine_ban_withdrawal_effective_date"]):
        return f"Withdrawal effective {words(row['mine_ban_withdrawal_effective_date'])}"
    if pd.notna(row["mine_ban_joined_date"]):
        return f"State Party since {words(row['mine_ban_joined_date'], row['mine_ban_joined_precision'])}"
    return "Not party"


def _category_sources(row: pd.Series, name: str) -> list[Any]:
    columns = {
        Category.FIRST_COMMITTEE_YES.label: [row["vote_source_id"]],
        Category.MINE_BAN_PARTY.label: [row["mine_ban_source_id"]],
        Category.SIGNATORY.label: [row["signature_source_id"]],
        Category.DECLARED_SUPPORT.label: [act["source_id"] for act in row["support_acts"]],
    }
    return columns[name]


def _number(value: Any, year: Any) -> str:
    return f"{int(value):,} ({int(year)})" if pd.notna(value) else ""


def _outreach(row: pd.Series) -> str:
    if pd.isna(row["last_outreach_date"]):
        return "None recorded"
    return f"{words(row['last_outreach_date'])}: {row['last_outreach_title']}"


_KINDS: dict[str, str] = {
    **{k.value: k.label for k in ActKind},
    "treaty": "Treaty",
    "vote": "Vote",
    "outreach": "Outreach",
}


def of_timeline(timeline: pd.DataFrame) -> list[dict[str, Any]]:
    """Dated facts, latest first."""
    return [
        {
            "Date": words(r.date, r.precision), "Kind": _KINDS[r.kind], "What": _what(r.kind, r.what),
            "Detail": _detail(r.kind, r.detail), "source_ids": [r.source_id],
        }
        for r in timeline.itertuples()
    ]  # fmt: skip


def _what(kind: str, what: str) -> str:
    if kind == "treaty":
        treaty, action = what.split(": ")
        return f"{label(Treaty, treaty)}: {label(TreatyAction, action).lower()}"
    return f"Voted: {label(Vote, what).lower()}" if kind == "vote" else what


def _detail(kind: str, detail: str | None) -> str:
    if not isinstance(detail, str):
        return ""
    vocabulary: list[type[Term]] = {"vote": [VoteStage], "outreach": [Role]}.get(kind, [Stage])
    for terms in vocabulary:
        for term in terms:
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
        for r in votes.itertuples()
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
        for r in treaties.itertuples()
    ]  # fmt: skip


def of_memberships(memberships: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per organization."""
    return [
        {
            "Organization": r.name, "Kind": label(OrganizationKind, r.kind),
            "Since": words(r.since, r.precision) if pd.notna(r.since) else NO_SOURCE, "source_ids": [r.source_id],
        }
        for r in memberships.itertuples()
    ]  # fmt: skip


def of_posts(row: pd.Series) -> list[dict[str, Any]]:
    """The mission in Geneva and the coordinators' embassies that a source shows."""
    posts = {
        "Mission in Geneva": ("geneva_mission", "geneva_note", "geneva_source_id"),
        "Philippine embassy in the capital": ("philippines_embassy", None, "philippines_source_id"),
        "Spanish embassy in the capital": ("spain_embassy", None, "spain_source_id"),
        "New Zealand embassy in the capital": ("new_zealand_embassy", None, "new_zealand_source_id"),
    }
    facts = []
    for name, (present, note, source) in posts.items():
        noted = row[note] if note and pd.notna(row[note]) else ""
        if pd.notna(row[present]) or noted:
            facts.append(
                {
                    "Post": name,
                    "Shown": "yes" if pd.notna(row[present]) else "",
                    "Note": noted,
                    "source_ids": [row[source]],
                }
            )
    return facts
