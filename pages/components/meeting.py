"""Meeting mode: what a projector may show. Large type, map first, public entries and facts only.

It is on while the session says so and the address repeats it (pages/components/address.py): going back cannot leave
it, because the session still says so and the address is put right; reloading cannot, because the address says so.
Leaving takes a typed word.
"""

from __future__ import annotations

import streamlit as st

from ccm_data.access import narrower
from ccm_data.scheme import ColourBy
from ccm_data.vocab import Confidentiality
from pages.components import sign_in

PARAMETER, ON = "meeting", "on"
WORD = "leave"
PAGES = ("map", "state", "votes", "changes")
"""Pages that a meeting may see: none of them scores or ranks a state."""
NOT_COLOURED = (ColourBy.CONTACT,)
"""What a meeting's map is not coloured by."""


def is_on() -> bool:
    """Whether this session is in meeting mode; an address that says so turns it on."""
    if st.query_params.get(PARAMETER) != ON:
        st.session_state["_left"] = False
    elif not st.session_state.get("_left"):  # else this is the address from before the word was typed
        st.session_state["_meeting"] = True
    return bool(st.session_state.get("_meeting"))


def audience() -> Confidentiality:
    """The most confidential entries that may be sent to this browser now."""
    return narrower(sign_in.audience(), Confidentiality.PUBLIC if is_on() else Confidentiality.INTERNAL)


def is_shared() -> bool:
    """Whether others than those who work with it see what is shown: in a meeting, and at a server for the public.

    They see facts and public entries; no advice, no order of states, nothing that accuses.
    """
    return is_on() or sign_in.is_public()


def way_in() -> None:
    """A button that turns meeting mode on."""
    st.button(
        "Meeting mode", icon=":material/co_present:", on_click=_enter, width="stretch",
        help="For a projector: large type, public entries only. Leaving takes a typed word.",
    )  # fmt: skip


def _enter() -> None:
    st.session_state["_meeting"] = True


def chrome() -> None:
    """Large type."""
    st.html("<style>html{font-size:19px}[data-testid=stMetricValue]{font-weight:700;font-size:2.6rem}</style>")


def way_out() -> None:
    """A field that leaves meeting mode when the word is typed into it."""
    st.text_input(f"Type “{WORD}” to leave meeting mode", key="_leave", on_change=_leave)


def _leave() -> None:
    if st.session_state["_leave"].strip().lower() == WORD:
        st.session_state["_meeting"] = False
        st.session_state["_left"] = True
