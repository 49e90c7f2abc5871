"""The frame around every page: navigation, the shared workspace, one slim bar with title and settings, notices."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import NoReturn, ParamSpec
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ccm_data import campaign as campaigns
from ccm_data import escape, palette, wording
from ccm_data.dates import EARLIEST, words
from ccm_data.errors import CcmError, FactsError, Unreachable
from ccm_data.log import ClosedStore, Store, Unreadable, open_store
from ccm_data.log.database import configured_url
from ccm_data.opening import current_or_shipped
from ccm_data.reading import Reading, read
from ccm_data.server import RELOAD
from ccm_data.workspace import Workspace
from pages.components import address, link, meeting, sign_in
from pages.components.parameters import Scene

LOGGER = logging.getLogger("ccm_data.pages")

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
    """The reading that a page shows, and where its title, filters and settings go.

    head: where the title stands, left in the bar.
    bar: the bar itself, for filters and other things that a page opens on demand.
    side: the settings that all pages share, a small panel that opens on demand.
    """

    head: DeltaGenerator
    bar: DeltaGenerator
    side: DeltaGenerator

    def title(self, text: str, beside: str = "") -> None:
        """The page's one title, as plain text, and how far the facts go; `beside` takes that remark's place."""
        with self.head:
            st.title(escape.markdown(text), anchor=False, width="content")
            if said := beside or horizon(self):
                st.caption(said, width="content")


ROOM = f"""<style>
[data-testid=stMainBlockContainer]{{padding:4.2rem 1.1rem 1.5rem}}
[data-testid=stMain] .st-key-bar{{gap:.5rem 1rem}}
[data-testid=stMain] .st-key-head{{gap:0 1rem}}
[data-testid=stMain] h1{{padding:0}}
button[kind=primary]{{color:light-dark({palette.WATER},{palette.INK})}}
</style>"""
"""The page begins right under the navigation and uses the width there is; what stands on the accent can be read.

Streamlit writes white on the dark theme's light accent.
"""


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Freeze what the imports made, once per process: else every click pays for a full garbage collection."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner="Opening the activity log …", on_release=Store.close)
def _opened(place: str) -> Store:
    """The log of a place, kept open for all sessions."""
    return open_store(place)


RETRY = 10.0
"""Seconds after which a log that could not be read is tried again."""

_closed: dict[str, tuple[float, ClosedStore]] = {}
"""By place a log that could not be read, and since when that is known."""


def _place() -> str:
    """The database of the log, with its password; what the environment says where that is none."""
    try:
        return configured_url().render_as_string(hide_password=False)
    except CcmError:
        return os.environ["CCM_DATABASE_URL"]


def _store(place: str, written_to: bool) -> Store:
    """The log of a place; one that cannot be read stands there closed, with the reason, until it can.

    Where it is `written_to`, a database that is away for a while closes nothing: a form that is open stays.
    """
    since, held = _closed.get(place, (0.0, None))
    if held and time.monotonic() - since < RETRY:
        return held
    try:
        store = _opened(place)
    except CcmError as error:
        return _close(place, error)
    try:
        store.last_seq()  # it may have gone since it was opened
    except Unreachable as error:
        return store if written_to else _close(place, error)
    except CcmError as error:
        return _close(place, error)
    if _closed.pop(place, None):
        LOGGER.info("The log can be read again: %s", store.place)
    return store


def _close(place: str, error: CcmError) -> ClosedStore:
    held = _closed.get(place, (0.0, None))[1]
    if held is None or held.closed != str(error):
        LOGGER.error("The log is closed: %s", error)
        held = ClosedStore(str(error))
    _closed[place] = (time.monotonic(), held)
    return held


P = ParamSpec("P")


def guarded(draw: Callable[P, None]) -> Callable[P, None]:
    """A page or a fragment of one as a function that shows no traceback: what breaks in the log beneath it closes the
    log, and the page is drawn anew without it; any other refusal is shown as its sentence."""

    @wraps(draw)
    def show(*given: P.args, **named: P.kwargs) -> None:
        try:
            draw(*given, **named)
            return
        except Unreadable as error:
            _close(_place(), error)
        except CcmError as error:
            st.error(escape.markdown(error), icon=":material/error:")
            st.button("Try again", icon=":material/refresh:")
            st.stop()  # which keeps what the widgets hold, those too that were not drawn
        st.rerun()

    return show


BARE = "-"
"""Name of the page of the bare address, which Streamlit wants to be unlike all others; nobody asks for it."""


def _asked() -> str:
    """The page in the address bar, whether there is one of that name or not; empty for the bare address."""
    run = get_script_run_ctx()
    where = run.context_info.url if run and run.context_info else ""  # st.context.url trims names that end like a page
    return unquote(urlsplit(where).path.strip("/").removeprefix(st.get_option("server.baseUrlPath").strip("/")))


_SERVED: list[bool] = []
"""Whether this process has made the navigation before; until then Streamlit has its own word about unknown pages."""


def _unknown(name: str, reload: bool) -> StreamlitPage:
    """The page that an unknown address shows: one sentence. Without one Streamlit opens a dialog, and the map."""

    def show() -> None:
        if reload:
            st.html(f"<script>{RELOAD}</script>", unsafe_allow_javascript=True)
            st.stop()
        link.notify(f"There is no page {name!r}; possible: {', '.join(PAGES)}.")
        require(name).title("Page not found")

    return st.Page(show, title="Page not found", url_path=name, visibility="hidden")


def _opens(name: str) -> bool:
    return sign_in.opens(name) and (not meeting.is_on() or name in meeting.PAGES)


def navigation() -> dict[str, list[StreamlitPage]]:
    """All pages by heading, in a meeting those it may see; the bare address shows the map, once signed in the desk."""
    address.begin()
    in_meeting = meeting.is_on()
    asked = _asked()
    pages = {
        name: st.Page(
            file, title=title, icon=icon, url_path=name,
            visibility="visible" if _opens(name) else "hidden",
        )
        for name, (file, title, icon) in PAGES.items()
    }  # fmt: skip
    first = "desk" if sign_in.is_signed_in() and _opens("desk") else "map"
    home = st.Page(PAGES[first][0], title=PAGES[first][1], url_path=BARE, default=True, visibility="hidden")
    strange = st.session_state.setdefault("_strange", [])  # kept, for going back to one
    if asked and asked not in (*PAGES, *strange, BARE) and "/" not in asked:
        strange.append(asked)
    hidden = [home, *(_unknown(name, not _SERVED) for name in strange)]
    _SERVED.append(True)
    if in_meeting:
        return {"": [*pages.values(), *hidden]}
    grouped = {heading: [pages[name] for name in names] for heading, names in GROUPS.items()}
    return {**grouped, "": [*grouped[""], *hidden]}


def enter() -> None:
    """Mark the session as framed, and go on to the page that a deep link asked for (see `require`)."""
    st.session_state["_framed"] = True
    if waiting := st.session_state.pop("_waiting", None):
        name, params = waiting
        st.switch_page(PAGES[name][0], query_params=params)


def require(name: str) -> Context:
    """First line of every page: the frame is there and the bar is drawn.

    Until app.py has run once in a server process, Streamlit runs a deep link's page file on its own, without
    navigation; then app.py is run first and comes back here with the link's parameters.
    """
    if not st.session_state.get("_framed"):
        st.session_state["_waiting"] = (name, address.current())
        st.switch_page("app.py", query_params=address.current())
    sign_in.gate()
    workspace, unread = current_or_shipped()
    store = _store(_place(), name in OF_THE_LOG)
    address.read(name, workspace, store)
    st.html(ROOM)
    if meeting.is_on():
        meeting.chrome()
    bar = st.container(horizontal=True, vertical_alignment="center", key="bar")
    head = bar.container(horizontal=True, vertical_alignment="bottom", key="head")
    side = bar.container(width="content", key="settings").popover(_settings(workspace), icon=":material/event:")
    with side:
        context = _setting(workspace, store, head, bar, side)
        if meeting.is_on():
            meeting.way_out()
        else:
            meeting.way_in()
            sign_in.panel()
    sign_in.offer(bar)
    if name in PAGES and not _opens(name):
        context.title(PAGES[name][1])
        st.info(f"{PAGES[name][1]} is not shown {sign_in.to_whom(name) or 'in meeting mode'}.", icon=":material/lock:")
        st.stop()
    link.show_notices()
    _show_state_of_facts(context)
    _show_unread(context, name, unread)
    return context


OF_THE_LOG = ("desk", "log", "plan")
"""Pages that are nothing without the log."""


def _show_unread(context: Context, name: str, unread: str) -> None:
    """Why the changes of the facts or the log cannot be read; a page of the log ends with that."""
    closed = context.store.closed
    told = unread if closed and closed in unread else " ".join(filter(None, (unread, closed)))  # of one database, once
    if not told:
        return
    if meeting.is_on() and closed:
        told = f"{wording.LOG_UNREAD.capitalize()}."  # a projector shows no place
    st.error(escape.markdown(told), icon=":material/report:")
    if closed and name in OF_THE_LOG:
        context.title(PAGES[name][1])
        st.stop()
    if closed:
        st.caption(wording.LOG_UNREAD_HERE)


def _settings(workspace: Workspace) -> str:
    """What the settings' button says: the as-of date, in a meeting that it is one."""
    day = st.session_state.get("as_of") or workspace.latest
    return "Meeting mode" if meeting.is_on() else f"As known on {words(day)}"


def _setting(
    workspace: Workspace, store: Store, head: DeltaGenerator, bar: DeltaGenerator, side: DeltaGenerator
) -> Context:
    """As-of date and campaign, where the caller has opened a container."""
    as_of = st.date_input(
        "As-of date",
        value=workspace.latest,
        min_value=EARLIEST,
        max_value=workspace.latest,
        format="YYYY-MM-DD",
        key="as_of",
        help="Every figure shows what was known and in effect on this day.",
    )
    possible = campaigns.possible(store, workspace, as_of, meeting.audience())
    names, usual = [c.name for c in possible], campaigns.holding(as_of, possible)
    if st.session_state.get("campaign", usual.name) not in names:  # it was the period of another day
        st.session_state["campaign"] = usual.name
    chosen = st.selectbox(
        "Campaign", names, index=possible.index(usual),
        key="campaign", help="Sets the baseline and the target.",
    )  # fmt: skip
    campaign = campaigns.find(chosen, possible)
    address.settle(Scene(workspace, as_of, possible, campaign))
    reading = read(workspace, store, as_of=as_of, campaign=campaign, audience=meeting.audience())
    if not reading.log_campaign and sign_in.may_write() and not meeting.is_on():
        st.page_link(PAGES["plan"][0], label="Make it a campaign", icon=":material/flag_circle:")
    known = {field.name: getattr(reading, field.name) for field in fields(Reading)}
    return Context(**known, head=head, bar=bar, side=side)


def _show_state_of_facts(context: Context) -> None:
    workspace = context.workspace
    if workspace.findings:
        st.error(escape.markdown(workspace.facts_error()), icon=":material/report:")
    if warning := workspace.snapshot(context.as_of).warning:
        st.warning(escape.markdown(warning), icon=":material/history:")


def horizon(context: Context) -> str:
    """How far the facts go, in one quiet line; empty where they reach the as-of date."""
    workspace = context.workspace
    if context.as_of <= workspace.horizon:
        return ""
    acts = [] if workspace.findings else workspace.held("treaty_actions")
    later = sum(f"{workspace.horizon}" < row["date"] <= f"{context.as_of}" for row, _change in acts)
    told = f"{later} later on record" if later else "nothing later is on record"
    return f"Treaty actions known through {words(workspace.horizon)}; {told}."


def stop_without_facts(error: FactsError) -> NoReturn:
    """Say that this part needs sound facts, and end the page there."""
    st.info(f"This part needs the facts themselves. {escape.markdown(error)}", icon=":material/report:")
    st.stop()
