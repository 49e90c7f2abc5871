"""News in one form: it counts at once as provisional, until it is confirmed, or withdrawn with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import wording
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.overlay import news as told
from ccm_data.overlay.model import Change
from ccm_data.overlay.news import NewsKind
from ccm_data.treaty_rules import RULES, effective
from ccm_data.vocab import (
    ActKind,
    PostKind,
    Precision,
    Scope,
    Stage,
    Stance,
    Term,
    Treaty,
    TreatyAction,
    Vote,
    VoteStage,
)
from pages.components import link
from pages.components.data import changes
from pages.components.frame import Context

HAS: dict[TreatyAction, str] = {
    TreatyAction.RATIFICATION: "has ratified",
    TreatyAction.ACCESSION: "has acceded",
    TreatyAction.SIGNATURE: "has signed",
    TreatyAction.WITHDRAWAL: "has notified its withdrawal",
    TreatyAction.ACCEPTANCE: "has accepted",
    TreatyAction.APPROVAL: "has approved",
    TreatyAction.SUCCESSION: "has succeeded",
}
"""What a state has done, as the form says it."""


def show(context: Context) -> None:
    """News that waits for a confirmation, and the form for more."""
    awaiting = context.workspace.overlay.awaiting()
    if awaiting:
        _awaiting(context, awaiting)
    with st.expander("Enter news", expanded=not awaiting, icon=":material/campaign:"):
        _form(context)


def _form(context: Context) -> None:
    kind = st.segmented_control(
        "What happened", list(NewsKind), format_func=lambda one: one.label, default=NewsKind.TREATY, required=True,
        key=changes.key("news_kind"),
    )  # fmt: skip
    names = link.state_names(context.workspace)
    cells = FIELDS[kind or NewsKind.TREATY](context, names)
    left, middle, right = st.columns([1.2, 1.4, 1.4])
    said_by = left.text_input("Who says so", key=changes.key("news_by"), placeholder="Ministry, mission, newspaper")
    address = middle.text_input("Link", key=changes.key("news_link"), placeholder="https://…")
    note = right.text_input("Document or note", key=changes.key("news_note"), placeholder="Note verbale of …")
    if st.button("Enter as provisional", type="primary", icon=":material/add:", key="news_add"):
        if not cells:
            st.error("News is of a state: choose one.", icon=":material/error:")
            return
        given, today = kind or NewsKind.TREATY, context.workspace.latest
        changes.commit(
            lambda author: told.news(given, cells, said_by, address, author, today, note),
            "The news counts, marked as provisional",
        )


def _one(place: Any, label: str, vocabulary: type[Term] | list[Any], key: str, **more: Any) -> Any:
    return place.selectbox(
        label, list(vocabulary), format_func=lambda one: getattr(one, "label", one), key=changes.key(key), **more
    )


def _state(place: Any, names: dict[str, str], key: str, label: str = "State") -> str | None:
    chosen: str | None = place.selectbox(
        label, list(names), index=None, format_func=names.__getitem__, key=changes.key(key), placeholder="Type a name"
    )
    return chosen


def _day(place: Any, context: Context, key: str, label: str = "Date") -> date:
    latest = context.workspace.latest
    chosen: date = place.date_input(
        label, latest, min_value=date(1990, 1, 1), max_value=latest, format="YYYY-MM-DD", key=changes.key(key)
    )
    return chosen


def _treaty(context: Context, names: dict[str, str]) -> dict[str, str]:
    first, second, third, fourth = st.columns([1.3, 1.2, 1, 1.5])
    iso3 = _state(first, names, "news_state")
    act = second.selectbox("Act", list(HAS), format_func=HAS.__getitem__, key=changes.key("news_act"))
    day = _day(third, context, "news_day", "Date of the act")
    treaty = _one(fourth, "Treaty", Treaty, "news_treaty")
    if iso3 and (derived := effective(treaty, act, day)):
        verb = (
            "The withdrawal takes effect" if act is TreatyAction.WITHDRAWAL else "The treaty enters into force for it"
        )
        st.caption(f"{verb} on {words(derived)} ({RULES[treaty]}).")
    if not iso3:
        return {}
    return {
        "treaty": treaty.value, "iso3": iso3, "action": act.value, "date": day.isoformat(),
        "precision": Precision.DAY.value,
    }  # fmt: skip


def _vote(context: Context, names: dict[str, str]) -> dict[str, str]:
    first, second, third, fourth, fifth = st.columns([1.3, 0.8, 1, 0.7, 1.1])
    iso3 = _state(first, names, "news_state")
    vote = _one(second, "Vote", Vote, "news_vote")
    stage = _one(third, "Body", VoteStage, "news_body")
    day = _day(fifth, context, "news_day", "Day of the vote")
    session = int(fourth.number_input("Session", 60, 200, day.year - 1945, key=changes.key("news_session")))
    resolution = st.text_input("Resolution", key=changes.key("news_resolution"), placeholder=f"A/RES/{session}/…")
    if not iso3:
        return {}
    return {
        "session": str(session), "year": str(session + 1945), "stage": stage.value, "resolution": resolution.strip(),
        "vote_date": day.isoformat(), "iso3": iso3, "vote": vote.value,
    }  # fmt: skip


def _act(context: Context, names: dict[str, str]) -> dict[str, str]:
    first, second, third, fourth = st.columns([1.3, 1, 1, 1.2])
    iso3 = _state(first, names, "news_state")
    kind = second.selectbox(
        "Kind", [one for one in ActKind if one is not ActKind.OBSERVER], format_func=lambda one: one.label,
        key=changes.key("news_act_kind"),
    )  # fmt: skip
    day = _day(third, context, "news_day")
    stance = _one(fourth, "Stance", Stance, "news_stance", index=list(Stance).index(Stance.SUPPORTS_NORM))
    summary = st.text_input("What it did or said", key=changes.key("news_summary"))
    left, right = st.columns(2)
    stage = _one(left, "Stage of ratification", Stage, "news_stage", index=None, placeholder="none named")
    due = right.date_input(
        "Promised by", None, min_value=day, max_value=day + timedelta(days=7300), format="YYYY-MM-DD",
        key=changes.key("news_due"),
    )  # fmt: skip
    if not iso3:
        return {}
    return {
        "iso3": iso3, "kind": kind.value, "date": day.isoformat(), "precision": Precision.DAY.value,
        "summary": summary.strip(), "scope": Scope.UNILATERAL.value, "stance": stance.value,
        "promise_due": due.isoformat() if due else "", "stage": stage.value if stage else "",
        "counts_for_category_4": told.counts_for_category_4(kind, stance),
    }  # fmt: skip


def _post(context: Context, names: dict[str, str]) -> dict[str, str]:
    first, second, third, fourth = st.columns(4)
    sender = _state(first, names, "news_sender", "Whose post")
    kind = _one(second, "Kind", PostKind, "news_post_kind")
    host = None
    if kind is not PostKind.MISSION:
        host = _state(third, names, "news_host", "In or to which state")
    city = fourth.text_input("City", key=changes.key("news_city"))
    left, middle, right = st.columns(3)
    phone = left.text_input("Phone", key=changes.key("news_phone"))
    email = middle.text_input("E-mail", key=changes.key("news_email"))
    day = _day(right, context, "news_day", "As of")
    if not sender or not (host or kind is PostKind.MISSION):
        return {}
    missions = (row for row in context.workspace.rows("posts") if row["kind"] == PostKind.MISSION)
    geneva = next((row["host"] for row in missions), "")
    return {
        "sender": sender, "host": host or geneva, "kind": kind.value, "city": city.strip(),
        "phone": phone.strip(), "email": email.strip(), "as_of": day.isoformat(),
    }  # fmt: skip


FIELDS = {NewsKind.TREATY: _treaty, NewsKind.VOTE: _vote, NewsKind.ACT: _act, NewsKind.POST: _post}


def _awaiting(context: Context, awaiting: tuple[Change, ...]) -> None:
    names = link.state_names(context.workspace)
    st.markdown(
        f"**{len(awaiting)} not confirmed yet** · an import of the source, or somebody with a source, confirms it"
    )
    rows = [(told.fact_of(change), told.source_of(change), change) for change in awaiting]
    picked = st.dataframe(
        pd.DataFrame([
            {
                "State": names.get(row.get("iso3") or row.get("host") or "", ""), "What": _what(row),
                "Date": row.get("date") or row.get("vote_date") or row.get("as_of"),
                "Effective": row.get("effective_date") or "", "Who says so": source["publisher"],
                "Link": source["url"] or None, "Entered by": change.author, "Status": wording.PROVISIONAL,
            }
            for row, source, change in rows
        ]),
        hide_index=True, placeholder="", height="content", key=changes.key("news_list"), on_select="rerun",
        selection_mode="single-row",
        column_config={"Link": st.column_config.LinkColumn("Link", display_text="open")},
    ).selection.rows  # fmt: skip
    if not picked:
        st.caption("Select one to confirm or to withdraw it.")
        return
    change = awaiting[picked[0]]
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Confirm it**, with a source")
        title = st.text_input("Title of the source", key=changes.key("confirm_title"))
        publisher = st.text_input("Publisher", key=changes.key("confirm_publisher"))
        address = st.text_input("Link", key=changes.key("confirm_link"))
        day = _day(st, context, "confirm_day", "Date of the source")
        reason = st.text_input("Reason", key=changes.key("confirm_reason"), placeholder="Seen at the depositary")
        if st.button("Confirm", type="primary", icon=":material/verified:", key="news_confirm"):
            source = {
                "source_id": f"confirmed-{change.id[:8]}", "title": title.strip(), "publisher": publisher.strip(),
                "url": address.strip(), "source_date": day.isoformat(),
            }  # fmt: skip
            changes.commit(
                lambda author: told.confirmation(context.workspace.overlay, change.id, source, author, reason),
                "The news is confirmed",
            )
    with right:
        st.markdown("**Withdraw it**, with a reason")
        changes.undo_button(context, change, "Withdraw")


def _what(row: Any) -> str:
    if row.get("action"):
        return f"{row['treaty']}: {HAS.get(_action(row['action']), row['action'])}"
    return str(row.get("vote") or row.get("summary") or row.get("city") or row.get("kind") or "")


def _action(code: str) -> TreatyAction:
    found = next((one for one in TreatyAction if one == code), None)
    if found is None:
        raise CcmError(f"{code!r} is no act towards a treaty.")
    return found
