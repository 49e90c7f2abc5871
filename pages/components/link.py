"""What was wrong in a link, said as plain text until it is closed; and the states by name."""

from __future__ import annotations

import streamlit as st

from ccm_data import escape
from ccm_data.workspace import Workspace


def notify(notice: str) -> None:
    """Show a sentence, as plain text, on top of the page until it is closed."""
    st.session_state.setdefault("_notices", [])
    if notice not in st.session_state["_notices"]:
        st.session_state["_notices"].append(notice)


def state_names(workspace: Workspace) -> dict[str, str]:
    """ISO3 code and short name of all states, by name."""
    table = workspace.snapshot(workspace.latest).table
    pairs = zip(table["iso3"].to_pylist(), table["name_short"].to_pylist(), strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1]))


def show_notices() -> None:
    """What was wrong in the link, until it is closed."""
    notices = st.session_state.get("_notices", [])
    for place, notice in enumerate(notices):
        said, close = st.columns([20, 1], vertical_alignment="center")
        said.warning(escape.markdown(notice), icon=":material/link_off:")
        if close.button("", icon=":material/close:", key=f"_close_{place}", help="Close this notice", type="tertiary"):
            st.session_state["_notices"] = [n for n in notices if n != notice]
            st.rerun()
