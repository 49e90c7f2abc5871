"""Saving from the pages: one way in, signed; a conflict is asked about field by field; the last save can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ccm_data import escape
from ccm_data.errors import CcmError, Unreachable
from ccm_data.log import ENTRY, Clash, Command, Conflict, Entry, FieldClash, changes, merge
from pages.components.frame import Context
from pages.components.log import who, wording

_SAVES, _CONFLICT, _TOLD = "_log_saves", "_log_conflict", "_log_told"


UNSAVED = "Nothing is saved yet; what you wrote is kept."
UNKNOWN = "What you wrote is kept: save it again, it is stored once."
"""After a save whose answer was lost, which may have been stored or not."""


def _nothing() -> None:
    """What follows a save by default."""


@dataclass(frozen=True)
class Waiting:
    """A save that met newer versions, until somebody has chosen. `then` is called once it is stored."""

    conflict: Conflict
    reason: str
    then: Callable[[], None]


def saves() -> int:
    """How many saves this session has made: what was read before the last one is stale."""
    return int(st.session_state.get(_SAVES, 0))


def refuse(error: CcmError | str) -> None:
    """Say what is wrong; the sentence may quote what somebody wrote."""
    st.error(escape.markdown(error), icon=":material/error:")


def commit(
    context: Context, commands: Sequence[Command], reason: str = "", then: Callable[[], None] = _nothing
) -> None:
    """Store the commands and draw the page anew; a refusal or a missing name is said in place, nothing is lost."""
    if not (author := who.signs()):
        return
    try:
        entries = context.store.save(commands, author, reason) if commands else []
    except Conflict as conflict:
        st.session_state[_CONFLICT] = Waiting(conflict, reason, then)
        st.rerun()
    except CcmError as error:
        refuse(f"{error} {UNKNOWN if isinstance(error, Unreachable) else UNSAVED}")
        return
    tell(_stored(entries))
    then()
    st.rerun()


def tell(sentence: str) -> None:
    """A sentence to show once, when the page is drawn anew; everything read before is read again."""
    st.session_state[_SAVES] = saves() + 1
    st.session_state[_TOLD] = sentence


def _stored(entries: Sequence[Entry]) -> str:
    if not entries:
        return "Nothing to change; the log is as it was."
    if len(entries) == 1:
        return f"Saved: {escape.markdown(entries[0].title)}"
    counted = Counter(entry.action for entry in entries)
    return "Saved: " + ", ".join(f"{count} × {action}" for action, count in counted.items())


def settle(context: Context) -> None:
    """What the last save left to say or to ask; call it once per page."""
    if told := st.session_state.pop(_TOLD, ""):
        st.toast(told, icon=":material/check_circle:")
    if _CONFLICT in st.session_state:
        _conflict_dialog(context)


def _forget_conflict() -> None:
    st.session_state.pop(_CONFLICT, None)


@st.dialog("Somebody else changed this in the meantime", width="large", on_dismiss=_forget_conflict)
def _conflict_dialog(context: Context) -> None:
    waiting: Waiting = st.session_state[_CONFLICT]
    st.markdown(f"{UNSAVED} Choose what each field shall be; what only one of you changed is kept.")
    choices: dict[str, dict[str, Any]] = {}
    for place, clash in enumerate(waiting.conflict.clashes):
        choices[clash.command.subject] = _ask(clash, place)
    with st.container(horizontal=True):
        if st.button("Save the choices", type="primary", icon=":material/merge:"):
            try:
                commands = merge(waiting.conflict, choices)
            except CcmError as error:
                refuse(error)
            else:
                _forget_conflict()
                commit(context, commands, waiting.reason, waiting.then)
        if st.button("Back to my changes"):
            _forget_conflict()
            st.rerun()


def _ask(clash: Clash, place: int) -> dict[str, Any]:
    """The fields of one entry; the choice for each that both sides changed."""
    st.subheader(escape.markdown(clash.theirs.title), anchor=False, divider="gray")
    made = "deleted it" if clash.theirs.deleted else "saved it"
    st.caption(
        f"{escape.markdown(clash.theirs.author)} {made} at {wording.at(clash.theirs.at)}"
        + (f": {escape.markdown(clash.theirs.reason)}" if clash.theirs.reason else "")
    )
    chosen: dict[str, Any] = {}
    for row, field in enumerate(clash.fields):
        if field.open or field.field == ENTRY:
            chosen[field.field] = _choice(field, f"_choice_{place}_{row}_{clash.theirs.version}")
        else:
            by = escape.markdown(field.by) if field.by else "you"
            kept = escape.markdown(_shown(field.field, field.theirs if field.by else field.yours)[:200]) or "blank"
            st.caption(f"{escape.markdown(wording.field(field.field))}: {kept} (changed by {by} only, kept)")
    return {name: side for name, side in chosen.items() if side}


def _choice(field: FieldClash, key: str) -> str | None:
    """Before, theirs and yours side by side, and which one it shall be; none until chosen."""
    st.markdown(f"**{escape.markdown(wording.field(field.field))}**")
    before, theirs, yours = st.columns(3)
    sides = (
        (before, "When you began", field.base),
        (theirs, f"Theirs: {escape.markdown(field.by)}, {wording.at(field.at)}", field.theirs),
        (yours, "Yours", field.yours),
    )
    for column, head, shown in sides:
        column.caption(head)
        column.text(_shown(field.field, shown) or "(blank)")
    options = {"theirs": "Keep theirs", "yours": "Take yours"}
    return st.segmented_control(
        f"Choice for {escape.markdown(wording.field(field.field))}", list(options), format_func=options.__getitem__,
        key=key, label_visibility="collapsed",
    )  # fmt: skip


def _shown(name: str, given: Any) -> str:
    """A clash's value in words; the entry as a whole is deleted, changed or to be edited."""
    return str(given) if name == ENTRY else wording.value(name, given)


def undo_button(context: Context) -> None:
    """Take back one's own last save, after a sentence about what that is."""
    if st.button(
        "Undo my last save", icon=":material/undo:", disabled=not who.name(),
        help="Shows what it would take back first. Nothing is erased: undoing is a new revision.",
    ):  # fmt: skip
        _undo_dialog(context)


@st.dialog("Undo my last save")
def _undo_dialog(context: Context) -> None:
    last = context.store.last_save(who.name())
    if not last:
        st.info(f"{escape.markdown(who.name())} has no save to undo.", icon=":material/undo:")
        return
    st.markdown(f"Your save of {wording.at(last[0].at)} is taken back:")
    for entry in last[:10]:
        st.markdown(f"- {_taken_back(context, entry)}")
    if len(last) > 10:
        st.markdown(f"- and {len(last) - 10} more")
    if st.button("Undo it", type="primary", icon=":material/undo:") and (author := who.signs()):
        try:
            undone = context.store.undo_last(author)
        except CcmError as error:
            refuse(error)
        else:
            tell(f"Undone: {len(undone)} {'entry is' if len(undone) == 1 else 'entries are'} as before that save.")
            st.rerun()


def _taken_back(context: Context, entry: Entry) -> str:
    """What undoing one revision does, in words."""
    title = f"**{escape.markdown(entry.title)}**"
    match entry.action:
        case "create":
            return f"{title} is removed again."
        case "delete":
            return f"{title} is brought back."
    before = next((e for e in context.store.history(entry.subject) if e.version == entry.version - 1), None)
    if before is None or (entry.action == "restore" and before.deleted):
        return f"{title} is removed again."
    named = [escape.markdown(wording.field(change.field)) for change in changes(before.record, entry.record)]
    return f"{title} gets back its former {', '.join(named)}."
