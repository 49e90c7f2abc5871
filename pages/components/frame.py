"""The frame around every page: navigation, the shared workspace, as-of date and campaign in the sidebar, notices."""

from __future__ import annotations

import gc
from dataclasses import dataclass, fields
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from ccm_data import campaign as campaigns
from ccm_data.dates import EARLIEST, words
from ccm_data.errors import FactsError
from ccm_data.log import Store, open_store
from ccm_data.opening import current
from ccm_data.reading import Reading, read
from ccm_data.workspace import Workspace
from pages.components import link, meeting
from pages.components.log import who

PAGES = {
    "desk": ("pages/desk.py", "Desk", ":material/desk:"),
    "map": ("pages/map.py", "Map", ":material/public:"),
    "targets": ("pages/targets.py", "Targets", ":material/target:"),
    "state": ("pages/state.py", "State", ":material/flag:"),
    "log": ("pages/log.py", "Activity log", ":material/edit_note:"),
    "plan": ("pages/plan.py", "Work plan", ":material/view_timeline:"),
    "meetings": ("pages/meetings.py", "Regional meetings", ":material/groups:"),
    "votes": ("pages/votes.py", "Votes", ":material/how_to_vote:"),
    "changes": ("pages/changes.py", "Changes", ":material/difference:"),
    "evaluation": ("pages/evaluation.py", "Ranking on trial", ":material/balance:"),
    "documents": ("pages/documents.py", "Documents", ":material/description:"),
    "data": ("pages/data.py", "Data", ":material/database:"),
}
"""Name in the URL: file, title, icon."""

GROUPS = {
    "": ("desk", "map", "targets", "state"),
    "Campaign": ("log", "plan", "meetings", "documents"),
    "Analysis": ("votes", "changes", "evaluation", "data"),
}
"""Pages by heading of the navigation."""


@dataclass(frozen=True)
class Context(Reading):
    """The reading that a page shows, and where its settings and filters go.

    side: the sidebar, in a meeting a small panel that opens on demand.
    """

    side: DeltaGenerator


ROOM = "<style>[data-testid=stMainBlockContainer]{padding:3.9rem 2.4rem 2rem}</style>"
"""The page begins right under the navigation and uses the width there is."""


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Freeze what the imports made, once per process: else every click pays for a full garbage collection."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner="Opening the activity log …", on_release=Store.close)
def _store() -> Store:
    return open_store()


def _home() -> None:
    """The bare address leads who has signed in to the desk, all others to the map; so does any unknown address."""
    asked = urlsplit(st.context.url or "").path.rstrip("/").rsplit("/", 1)[-1]
    if asked and asked != "home":
        link.notify(f"There is no page {asked!r}; possible: {', '.join(PAGES)}.")
    first = "desk" if who.is_signed_in() and not meeting.is_on() else "map"
    st.switch_page(PAGES[first][0], query_params=link.current())


def navigation() -> dict[str, list[StreamlitPage]]:
    """All pages by heading, in a meeting those it may see; the bare address leads on (see `_home`)."""
    in_meeting = meeting.is_on()
    pages = {
        name: st.Page(
            file, title=title, icon=icon, url_path=name,
            visibility="visible" if not in_meeting or name in meeting.PAGES else "hidden",
        )
        for name, (file, title, icon) in PAGES.items()
    }  # fmt: skip
    home = st.Page(_home, title="Home", url_path="home", default=True, visibility="hidden")
    if in_meeting:
        return {"": [home, *pages.values()]}
    grouped = {heading: [pages[name] for name in names] for heading, names in GROUPS.items()}
    return {**grouped, "": [home, *grouped[""]]}


def enter() -> None:
    """Mark the session as framed, and go on to the page that a deep link asked for (see `require`)."""
    st.session_state["_framed"] = True
    if waiting := st.session_state.pop("_waiting", None):
        name, params = waiting
        st.switch_page(PAGES[name][0], query_params=params)


def require(name: str) -> Context:
    """First line of every page: the frame is there and the sidebar is drawn.

    Until app.py has run once in a server process, Streamlit runs a deep link's page file on its own, without
    navigation; then app.py is run first and comes back here with the link's parameters.
    """
    if not st.session_state.get("_framed"):
        st.session_state["_waiting"] = (name, link.current())
        st.switch_page("app.py", query_params=link.current())
    workspace = current()
    store = _store()
    params = link.put_right(workspace, store)
    if params is not None:
        st.switch_page(PAGES[name][0], query_params=params)
    if meeting.is_on():
        if name not in meeting.PAGES:
            link.notify(f"{PAGES[name][1]} is not shown in meeting mode.")
            st.switch_page(PAGES["map"][0], query_params=link.current())
        meeting.hold_address()
        meeting.chrome()
        with st.container(horizontal=True, horizontal_alignment="right"):
            side: DeltaGenerator = st.popover("Meeting mode", icon=":material/co_present:")
    else:
        meeting.forget_address()
        st.html(ROOM)
        side = st.sidebar
    with side:
        context = _setting(workspace, store, side)
        _horizon_note(context)
        if meeting.is_on():
            meeting.way_out()
        else:
            meeting.way_in()
    link.show_notices()
    _show_state_of_facts(context)
    return context


def _setting(workspace: Workspace, store: Store, side: DeltaGenerator) -> Context:
    """As-of date and campaign, where the caller has opened a container."""
    as_of = st.date_input(
        "As-of date",
        value=workspace.latest,
        min_value=EARLIEST,
        max_value=workspace.latest,
        format="YYYY-MM-DD",
        key="as_of",
        bind="query-params",
        help="Every figure shows what was known and in effect on this day.",
    )
    possible = campaigns.possible(store, workspace, as_of)
    names, usual = [c.name for c in possible], campaigns.holding(as_of, possible)
    if st.session_state.get("campaign", usual.name) not in names:  # the period of another day stays in the address else
        st.session_state["campaign"] = usual.name
    chosen = st.selectbox(
        "Campaign", names, index=possible.index(usual),
        key="campaign", bind="query-params", help="Sets the baseline and the target.",
    )  # fmt: skip
    reading = read(
        workspace, store, as_of=as_of, campaign=campaigns.find(chosen, possible), audience=meeting.audience()
    )
    if not reading.log_campaign and not meeting.is_on():
        st.page_link(PAGES["plan"][0], label="Make it a campaign", icon=":material/flag_circle:")
    return Context(**{field.name: getattr(reading, field.name) for field in fields(Reading)}, side=side)


def _show_state_of_facts(context: Context) -> None:
    workspace = context.workspace
    if workspace.findings:
        st.error(str(workspace.facts_error()), icon=":material/report:")
    if warning := workspace.snapshot(context.as_of).warning:
        st.warning(warning, icon=":material/history:")


def _horizon_note(context: Context) -> None:
    """How far the facts go, in one quiet line beside the as-of date."""
    workspace = context.workspace
    if context.as_of <= workspace.horizon:
        return
    acts = [] if workspace.findings else workspace.held("treaty_actions")
    later = sum(f"{workspace.horizon}" < row["date"] <= f"{context.as_of}" for row, _change in acts)
    told = f"{later} later on record" if later else "nothing later is on record"
    st.caption(f"Treaty actions known through {words(workspace.horizon)}; {told}.")


def stop_without_facts(error: FactsError) -> NoReturn:
    """Say that this part needs sound facts, and end the page there."""
    st.info(f"This part needs the facts themselves. {error}", icon=":material/report:")
    st.stop()
