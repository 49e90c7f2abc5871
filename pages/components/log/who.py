"""Who is writing: the signed-in person, else the name given once per session. Every save needs it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ccm_data.log import LINE_LIMIT

NAMELESS = "Write your name in the sidebar first: every entry says who made it. What you typed is kept."


def ask(side: DeltaGenerator) -> str:
    """Show who is writing at the side, or ask for it; blank until it is given."""
    with side:
        if signed_in := _signed_in():
            st.text(f"Writing as {signed_in}")
            return signed_in
        given = st.text_input(
            "Your name", key="author", persist_state="session", placeholder="Signs what you write",
            icon=":material/person:", max_chars=LINE_LIMIT, autocomplete="name",
        )  # fmt: skip
    return given.strip()


def name() -> str:
    """Who is writing, as last asked; blank while nobody said so."""
    return _signed_in() or str(st.session_state.get("author") or "").strip()


def _signed_in() -> str:
    """Name of the person who signed in, here or at the proxy in front."""
    if not (st.user.get("is_logged_in") or st.get_option("server.trustedUserHeaders")):
        return ""
    return str(st.user.get("name") or st.user.get("email") or "").strip()
