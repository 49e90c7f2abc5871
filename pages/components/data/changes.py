"""What users changed in the facts: the list, undo, the patch; and the one way in for every form of this page."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ccm_data import escape, factfiles, opening
from ccm_data.errors import CcmError
from ccm_data.overlay import patch
from ccm_data.overlay.model import Change, Overlay, newest
from ccm_data.overlay.rows import whose
from pages.components import sign_in
from pages.components.frame import Context
from pages.components.log import who

_ROUND, _TOLD = "_data_round", "_data_told"
NAMELESS = "Write your name first: every change says who made it. What you typed is kept."


def key(name: str) -> str:
    """A form's widgets are new after each change."""
    return f"{name}_{st.session_state.get(_ROUND, 0)}"


def told() -> None:
    """What the last change came to."""
    if said := st.session_state.pop(_TOLD, ""):
        st.success(escape.markdown(said), icon=":material/check:")


def commit(make: Callable[[str], Change], done: str) -> None:
    """Apply a change that `make` builds of the author's name; what is wrong is said in place, and nothing is lost."""
    if not (author := who.signs(NAMELESS)):
        return
    try:
        with st.spinner("Checking every rule of the facts …"):
            stored = opening.apply(make(author))
    except CcmError as error:
        st.error(escape.markdown(error), icon=":material/error:")
        return
    _finish(f"{done} (change {stored.seq})" if stored else "The facts say all of it already; nothing was changed.")


def _finish(said: str) -> None:
    st.session_state[_TOLD] = said
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def undo_button(context: Context, change: Change, label: str = "Undo this change") -> None:
    """A reason, and the button that takes a change back; another's is taken back by an administrator."""
    if not (sign_in.administers() or change.author == who.name()):
        st.caption(f"{escape.markdown(change.author)} or an administrator can take it back.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input("Reason", key=key(f"undo_reason_{change.seq}"), placeholder="Why it is taken back")
        pressed = st.button(label, icon=":material/undo:", key=key(f"undo_{change.seq}"))
    if not pressed:
        return
    if not (author := who.signs(NAMELESS)):
        return
    try:
        with st.spinner("Checking every rule of the facts …"):
            stored = opening.undo(change.id, author, reason)
    except CcmError as error:
        st.error(escape.markdown(error), icon=":material/error:")
        return
    _finish(f"Change {change.seq} is undone, as change {stored.seq}.")


def show(context: Context) -> None:
    """All changes, the latest first; a selected one with its rows and its undo."""
    overlay = context.workspace.overlay
    held = newest(overlay.changes)
    if not held:
        st.info("Nobody has changed the facts that came with the program.", icon=":material/inventory_2:")
        return
    picked = st.dataframe(
        pd.DataFrame([
            {
                "No.": c.seq, "When": c.at, "What": c.kind.label, "By": c.author, "Reason": c.reason,
                "About": _about(c, overlay), "Undone by": _undone(overlay.undone_by.get(c.id)),
            }
            for c in held
        ]),
        hide_index=True, placeholder="", key=key("changes"), on_select="rerun", selection_mode="single-row",
        height="content" if len(held) < 12 else 420,
        column_config={
            "When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", timezone="UTC"),
            "Reason": st.column_config.TextColumn(width="large"),
        },
    ).selection.rows  # fmt: skip
    st.download_button(
        "Patch for the repository", lambda: patch.unified(context.workspace.facts_dir, overlay),
        f"ccm-facts-{context.workspace.latest}.patch", "text/x-diff", icon=":material/download:", on_click="ignore",
        help="All that stands over the shipped facts, for `git apply`.",
    )  # fmt: skip
    if picked:
        change = held[picked[0]]
        for op in change.ops:
            st.markdown(f"{'Set' if op.row else 'Taken out'} in **{factfiles.words(op.file)}**")
            st.dataframe(pd.DataFrame([op.row or dict(op.key)]), hide_index=True, placeholder="")
        if change.id not in overlay.undone_by:
            undo_button(context, change)


def _about(change: Change, overlay: Overlay) -> str:
    if undone := overlay.change(change.undoes):
        return f"Change {undone.seq}"
    states = list(dict.fromkeys(filter(None, (whose(op.row or dict(op.key)) for op in change.ops))))
    files = list(dict.fromkeys(factfiles.words(op.file) for op in change.ops if not op.file.startswith("sources_")))
    listed = ", ".join(states[:6]) + (f" and {len(states) - 6} more" if len(states) > 6 else "")
    return ": ".join(filter(None, (", ".join(files), listed)))


def _undone(by: Change | None) -> str:
    return f"{by.author}, change {by.seq}: {by.reason}" if by else ""
