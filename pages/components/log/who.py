"""Who is writing: the signed-in person, else the name that this browser remembers. Every save needs it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ccm_data.log import LINE_LIMIT
from pages.components import browser, meeting, sign_in

KEPT = "author"
"""Under this name the browser keeps the writer's."""

NAMELESS = "Write your name first: every entry says who made it. What you typed is kept."
READS_ONLY = "You may read here and not write; ask an administrator for the role of an editor."


def ask(side: DeltaGenerator) -> str:
    """Who is looking, for the work that is theirs: `called`. While nobody said so, ask on the page itself.

    Connects the page with what the browser keeps.
    """
    browser.connect("who")
    if sign_in.is_signed_in():
        return called()
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
    """How whoever looks signs: who signed in by name and e-mail, else the name last typed; blank while nobody did."""
    return sign_in.signature() or _typed()


def called() -> str:
    """What whoever looks is called, as the owner of work; no e-mail, since others than the team read owners."""
    return sign_in.name() or _typed()


def _typed() -> str:
    return "" if sign_in.is_signed_in() else str(st.session_state.get("author") or "").strip()


def may_write() -> bool:
    """Whether whoever looks may write now; in a meeting nobody does."""
    return sign_in.may_write() and not meeting.is_on()


def signs(nameless: str = NAMELESS) -> str:
    """The author of what is about to be written; blank where nothing may be, after a sentence that says why.

    Asked at every place that writes, whatever the page has drawn.
    """
    sign_in.look()
    if not may_write():
        st.error(READS_ONLY, icon=":material/lock:")
        return ""
    if not name():
        st.error(nameless, icon=":material/person:")
    return name()
