"""The frame around every page: navigation, the shared workspace, as-of date and campaign in the sidebar, notices."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ccm_data import campaign as campaigns
from ccm_data.campaign import Campaign
from ccm_data.dates import EARLIEST, words
from ccm_data.errors import FactsError
from ccm_data.workspace import Workspace
from pages.components import link

PAGES = {
    "map": ("pages/map.py", "Map", ":material/public:"),
    "targets": ("pages/targets.py", "Targets", ":material/target:"),
    "state": ("pages/state.py", "State", ":material/flag:"),
    "about": ("pages/about.py", "About the data", ":material/info:"),
}
"""Name in the URL: file, title, icon."""


@dataclass(frozen=True)
class Context:
    """What a page is about: the facts, the as-of date and the campaign."""

    workspace: Workspace
    as_of: date
    campaign: Campaign


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Freeze what the imports made, once per process: else every click pays for a full garbage collection."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner="Reading the facts …")
def _workspace() -> Workspace:
    return Workspace()


def _home() -> None:
    """The bare address, and any unknown one, leads to the map."""
    asked = urlsplit(st.context.url or "").path.rstrip("/").rsplit("/", 1)[-1]
    if asked and asked != "home":
        link.notify(f"There is no page {asked!r}; possible: {', '.join(PAGES)}.")
    st.switch_page(PAGES["map"][0], query_params=link.current())


def navigation() -> list[StreamlitPage]:
    """All pages; the bare address leads to the map."""
    home = st.Page(_home, title="Home", url_path="home", default=True, visibility="hidden")
    shown = [st.Page(file, title=title, icon=icon, url_path=name) for name, (file, title, icon) in PAGES.items()]
    return [home, *shown]


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
    workspace = _workspace()
    params = link.put_right(workspace)
    if params is not None:
        st.switch_page(PAGES[name][0], query_params=params)
    context = _sidebar(workspace)
    link.show_notices()
    _show_state_of_facts(context)
    return context


def _sidebar(workspace: Workspace) -> Context:
    with st.sidebar:
        as_of = st.date_input(
            "As-of date",
            value=workspace.horizon,
            min_value=EARLIEST,
            max_value=workspace.latest,
            format="YYYY-MM-DD",
            key="as_of",
            bind="query-params",
            help="Every figure shows what was known and in effect on this day.",
        )
        known = campaigns.shipped()
        chosen = st.selectbox(
            "Campaign", [c.id for c in known], key="campaign", bind="query-params", help="Sets the baseline and target."
        )
    return Context(workspace, as_of or workspace.horizon, campaigns.find(chosen, known))


def _show_state_of_facts(context: Context) -> None:
    workspace = context.workspace
    if workspace.findings:
        st.error(str(workspace.facts_error()), icon=":material/report:")
    if warning := workspace.snapshot(context.as_of).warning:
        st.warning(warning, icon=":material/history:")
    late = [row for row in workspace.horizons.itertuples() if row.known_complete_through.date() < context.as_of]
    core = workspace.horizon
    with st.sidebar:
        if context.as_of > core:
            st.warning(f"Treaty actions are known complete through {words(core)} only.", icon=":material/event_busy:")
        elif late:
            st.caption(
                f"Treaty actions are complete through {words(core)}. "
                f"{len(late)} of {len(workspace.horizons)} fact files end before the as-of date: see About the data."
            )


def stop_without_facts(error: FactsError) -> None:
    """Say that this part needs sound facts, and end the page there."""
    st.info(f"This part needs the facts themselves. {error}", icon=":material/report:")
    st.stop()
