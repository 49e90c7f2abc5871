"""One entry in full: what it says, what can be done with it, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import campaign as campaigns
from ccm_data import escape
from ccm_data.access import narrower
from ccm_data.errors import CcmError, FactsError
from ccm_data.log import Change, Delete, Entry, Restore, changes
from ccm_data.log.fields import Kind, ModelField, fields
from ccm_data.log.model import Activity, StateEntry, known_states
from pages.components.frame import Context
from pages.components.log import form, listing, save, wording
from pages.components.log.filters import may_write

_HEADING = ("title", "start", "end", "type", "status", "confidentiality", "place", "channel")


def find(context: Context, subject: str) -> Entry | None:
    """The entry of an id, from the log or the public record, as this browser may see it; None when there is none.

    A deleted one is for who may restore it: it may have been deleted because others saw it.
    """
    held = context.store.find(subject) or next(
        (e for e in context.workspace.public_record if e.subject == subject), None
    )
    if held is None or held.kind != "activity" or (held.deleted and not may_write(context)):
        return None
    if narrower(held.activity.confidentiality, context.audience) != held.activity.confidentiality:
        return None
    return next(campaigns.named_to(context.audience, context.store, [held]))


def _title(context: Context, subject: str) -> str:
    """The title of another entry or of a plan item, for who may see it; blank for others."""
    items = campaigns.plan_items(context.store, context.audience)
    seen = find(context, subject) or next((item for item in items if item.subject == subject), None)
    return seen.title if seen else ""


def show(context: Context, entry: Entry) -> None:
    """Draw the entry."""
    activity = entry.activity
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="top", horizontal_alignment="distribute"):
            st.markdown(f"#### {escape.markdown(activity.title)}")
            st.button(
                "Close",
                icon=":material/close:",
                type="tertiary",
                on_click=listing.open_entry,
                args=("",),
                key="detail_close",
            )
        said = [wording.when(entry), activity.type.label, activity.status.label, activity.confidentiality.label]
        said += [escape.markdown(part) for part in (activity.place, activity.channel) if part]
        st.markdown(" · ".join([*said, "**deleted**"] if entry.deleted else said))
        if entry.ahead:
            st.caption(
                f":material/schedule: Its last change is stamped {wording.at(entry.at)}, after the present: a clock "
                "was ahead when it was written."
            )
        if entry.origin == "facts":
            _sources(context, entry)
        elif may_write(context):
            _actions(context, entry)
        about, states, history = st.tabs(
            ["What came of it", f"States ({len(activity.states)})", "History"], key=f"detail_{entry.subject}",
            on_change="rerun",
        )  # fmt: skip
        if about.open:
            with about:
                _about(context, entry)
        if states.open:
            with states:
                _states(entry)
        if history.open:
            with history:
                _history(context, entry)


def _about(context: Context, entry: Entry) -> None:
    """Every field that the heading and the states do not show."""
    activity, facts, links = entry.activity, [], pd.DataFrame()
    for name, field in fields(Activity).items():
        value = getattr(activity, name)
        if name in _HEADING or field.kind is Kind.STATES or value in ("", (), None):
            continue
        match field.kind:
            case Kind.TEXT:
                st.caption(field.label)
                st.text(value)
            case Kind.LINKS:
                links = pd.DataFrame([{"Document": each.title or each.url, "Address": each.url} for each in value])
            case Kind.IDENTITY:
                facts.append((field.label, _title(context, value) or "an entry that is not here"))
            case _:
                facts.append((field.label, wording.value(name, value)))
    if facts:
        st.dataframe(pd.DataFrame(facts, columns=["Field", "Value"]), hide_index=True, width="content")
    if len(links):
        st.dataframe(links, hide_index=True, column_config={"Address": st.column_config.LinkColumn()})
    if not facts and links.empty and not any(getattr(activity, name) for name in texts()):
        st.caption("Nothing more is recorded.")


def texts() -> list[str]:
    """The long fields."""
    return [name for name, field in fields(Activity).items() if field.kind is Kind.TEXT]


def _states(entry: Entry) -> None:
    known = fields(StateEntry)
    table = pd.DataFrame(
        [{field.label: _cell(field, getattr(state, name)) for name, field in known.items()}
         for state in entry.activity.states],
        columns=[field.label for field in known.values()],
    )  # fmt: skip
    days = [field.label for field in known.values() if field.kind is Kind.DAY]
    st.dataframe(
        table.sort_values(known["iso3"].label), hide_index=True, placeholder="",
        column_config={name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in days},
    )  # fmt: skip


def _cell(field: ModelField, value: Any) -> Any:
    """A value for a table: a state by its name, a day as one, everything else in words."""
    if field.kind is Kind.STATE:
        return known_states().get(value, value)
    return value if field.kind is Kind.DAY else wording.value(field.name, value)


def _sources(context: Context, entry: Entry) -> None:
    """A public event's sources."""
    try:
        known = context.workspace.sources
    except FactsError:
        st.caption("Public record, read-only. Its sources cannot be read while the facts are broken.")
        return
    st.caption("Public record, read-only. Sources:")
    rows = known.loc[[i for i in entry.source_ids if i in known.index], ["title", "publisher", "url", "source_date"]]
    rows.columns = ["Source", "Publisher", "Address", "Date"]
    st.dataframe(rows, hide_index=True, placeholder="", column_config={"Address": st.column_config.LinkColumn()})


def _actions(context: Context, entry: Entry) -> None:
    with st.container(horizontal=True):
        if entry.deleted:
            if st.button("Restore", icon=":material/restore_from_trash:", key="detail_restore"):
                save.commit(context, [Restore(entry.subject, entry.version)])
            return
        st.button("Edit", icon=":material/edit:", on_click=form.edit, args=(entry,), key="detail_edit")
        st.button(
            "Follow up", icon=":material/subdirectory_arrow_right:", on_click=form.follow_up, args=(entry,),
            key="detail_follow", help="A new activity that follows this one; when it is done, so is the next step.",
        )  # fmt: skip
        st.button(
            "Duplicate", icon=":material/content_copy:", on_click=form.duplicate, args=(entry,), key="detail_copy"
        )
        if st.button("Plan a series", icon=":material/repeat:", key="detail_series"):
            form.series_dialog(context, entry)
        if st.button("Delete", icon=":material/delete:", key="detail_delete"):
            _delete_dialog(context, entry)


def _changes(before: Entry | None, version: Entry) -> Sequence[Change | None]:
    """What a version changed; None alone when it changed no field."""
    return changes(before.record if before else None, version.record) or [None]


@st.dialog("Delete this entry")
def _delete_dialog(context: Context, entry: Entry) -> None:
    st.text(entry.title)
    st.caption("It leaves every list and count. Its history stays, and it can be restored.")
    reason = st.text_input("Reason", key="delete_reason", placeholder="Why it is deleted")
    if st.button("Delete", type="primary", icon=":material/delete:", key="delete_commit"):
        if not reason.strip():
            st.error("Say why it is deleted; the reason is kept in the history.")
        else:
            save.commit(context, [Delete(entry.subject, entry.version)], reason)


def _history(context: Context, entry: Entry) -> None:
    """Every version, the newest first, each with what it changed."""
    if entry.origin == "facts":
        st.caption("The public record keeps its history in the facts.")
        return
    if not may_write(context):
        st.caption("Earlier versions may say more than this one; only the team sees them.")
        return
    try:
        versions = context.store.history(entry.subject)
    except CcmError as error:
        save.refuse(error)
        return
    rows = [
        {
            "Version": version.version, "When": wording.at(version.at), "Who": version.author, "What": version.action,
            "Reason": version.reason, "Field": wording.field(change.field) if change else "",
            "Before": wording.value(change.field, change.before) if change else "",
            "After": wording.value(change.field, change.after) if change else "",
        }
        for before, version in zip([None, *versions], versions, strict=False)
        for change in _changes(before, version)
    ][::-1]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="")
    earlier = [version.version for version in versions[:-1] if not version.deleted]
    if earlier and may_write(context) and not entry.deleted:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.selectbox("Bring back version", earlier[::-1], key=f"bring_{entry.subject}", width=160)
            if st.button("Bring back", icon=":material/history:", key="detail_bring"):
                save.commit(context, [Restore(entry.subject, entry.version, number)], f"Version {number} brought back")
