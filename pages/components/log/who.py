"""Who is writing: the signed-in person, else the name that this browser remembers. Every save needs it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ccm_data.log import LINE_LIMIT
from pages.components import browser

KEPT = "author"
"""Under this name the browser keeps the writer's."""

NAMELESS = "Write your name first: every entry says who made it. What you typed is kept."


def ask(side: DeltaGenerator) -> str:
    """Show who is writing at the side; while nobody said so, ask for the name on the page itself. Blank until given.

    Connects the page with what the browser keeps.
    """
    browser.connect("who")
    if signed_in := _signed_in():
        side.text(f"Writing as {signed_in}")
        return signed_in
    if not st.session_state.get("author") and (kept := browser.read(KEPT)):
        st.session_state["author"] = kept[:LINE_LIMIT]
    unknown = browser.is_known() and not name()
    given = (st.container() if unknown else side).text_input(
        "Your name", key="author", persist_state="session", placeholder="Signs what you write; this browser keeps it",
        icon=":material/person:", max_chars=LINE_LIMIT, autocomplete="name", on_change=_remember,
        width=340 if unknown else "stretch",
    )  # fmt: skip
    return given.strip()


def _remember() -> None:
    browser.write(KEPT, name())


def name() -> str:
    """Who is writing, as last asked; blank while nobody said so."""
    return _signed_in() or str(st.session_state.get("author") or "").strip()


def _signed_in() -> str:
    """Name of the person who signed in, here or at the proxy in front."""
    if not (st.user.get("is_logged_in") or st.get_option("server.trustedUserHeaders")):
        return ""
    return str(st.user.get("name") or st.user.get("email") or "").strip()


def is_signed_in() -> bool:
    """Whether whoever looks has signed in, here or at the proxy in front."""
    return bool(_signed_in())
