"""The address bar and the widgets say the same: codes in, codes out, one step of the browser's history per change.

`begin` runs before the navigation, `read` and `settle` at the start of each page; a fragment that holds widgets of the
address calls `sync`. All parameters (pages/components/parameters.py) hold on all pages: what is set on one is in the
address of the next, as its default is not. That makes a change of page one step too, because of how Streamlit works:

* A click in the navigation sends no parameters, while the bar still shows those of the page that is left. What is
  written before the navigation is therefore in the bar already, and goes along to the new page without a step.
* What a script writes is a step of its own, except while the browser goes back or forward: then it replaces one.
* Values of widgets that a page does not draw are dropped; they are kept here.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ccm_data import campaign
from ccm_data.errors import CcmError
from ccm_data.log import Store
from ccm_data.workspace import Workspace
from pages.components import link, meeting, parameters
from pages.components.parameters import CAMPAIGN, DAY, Parameter, Scene

Params = dict[str, list[str]]

LATE = 2.0
"""Seconds within which a click may still send the address from before the last change."""


def current() -> Params:
    """The parameters of the address, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def to(**changes: str) -> Params:
    """The parameters of a link to a page that shows the same, but for these codes."""
    held: Params = st.session_state.get("_address", {})
    return held | {name: [code] for name, code in changes.items()}


def begin() -> None:
    """Before the navigation: a click in it, or on a link without parameters, takes those there are along."""
    if st.session_state.get("_address") and not current() and not _goes_back_or_forward():
        st.query_params.from_dict(st.session_state["_address"])


def read(page: str, workspace: Workspace, store: Store) -> None:
    """Give the widgets the values of the address where it is news, else those they had on another page."""
    now, held = current(), st.session_state.get("_address")
    moved, st.session_state["_page"] = page != st.session_state.get("_page"), page
    st.session_state["_linked"] = held not in (None, now) and (moved or not _late(now))
    if held is None or _goes_back_or_forward() or st.session_state["_linked"]:
        for name, value in _values(now, workspace, store).items():
            st.session_state[name] = value
    else:
        kept = st.session_state["_kept"]
        for name, parameter in parameters.every().items():
            if parameter.page and parameter.page != page:
                st.session_state.pop(name, None)
            elif moved and name in st.session_state:  # of the widget of another page: given anew, else it is dropped
                st.session_state[name] = st.session_state[name]
            elif name in kept:
                st.session_state.setdefault(name, kept[name])


def settle(at: Scene) -> None:
    """Write what the widgets hold into the address, given the day and the campaign that the page shows."""
    st.session_state["_scene"] = at
    sync()


def sync() -> None:
    """Write what the widgets hold into the address, where it differs; for a fragment, which runs without its page."""
    at: Scene = st.session_state["_scene"]
    every = parameters.every()
    values = {name: st.session_state.get(name) for name in every}
    kept = {name: value for name, value in values.items() if value is not None and value != every[name].default(at)}
    told = {name: _codes(every[name], value, at) for name, value in kept.items()}
    if meeting.is_on():
        told[meeting.PARAMETER] = [meeting.ON]
    told = {name: codes for name, codes in told.items() if codes}
    now = current()
    if told != now or st.session_state.pop("_linked", False):  # the bar does not follow a link to the same page
        st.query_params.from_dict(told)
    if told != now:
        st.session_state["_left_address"] = (now, time.monotonic())
    st.session_state["_kept"], st.session_state["_address"] = kept, told


def limit(name: str, most: Any) -> None:
    """Before a widget is drawn: a value kept from another day or page is no greater than the widget takes."""
    if (held := st.session_state.get(name)) is not None and held > most:
        st.session_state[name] = most


def _goes_back_or_forward() -> bool:
    run = get_script_run_ctx()
    return bool(run and run.is_history_navigation)


def _late(now: Params) -> bool:
    """Whether this is the address from before the last change, sent by a click that was faster than its writing."""
    left, at = st.session_state.get("_left_address", (None, 0.0))
    return bool(now == left and time.monotonic() - at < LATE)


def _codes(parameter: Parameter, value: Any, at: Scene) -> list[str]:
    return [parameter.write(one, at) for one in (value if parameter.several else [value])]


def _values(told: Mapping[str, list[str]], workspace: Workspace, store: Store) -> dict[str, Any]:
    """The value of every parameter by an address; what is unknown in it is named, and its default stands."""
    every = parameters.every()
    given: Params = {}
    for name, codes in told.items():
        known = parameters.renamed(name)
        if known in every:
            given.setdefault(known, []).extend(codes)
        elif name != meeting.PARAMETER:
            link.notify(f"There is no parameter {name!r} of an address; possible: {', '.join(every)}.")
        elif codes != [meeting.ON]:
            link.notify(f"{codes[0]!r} is not a known answer on meeting mode; possible: {meeting.ON}.")
    at = parameters.scene(workspace, store, workspace.latest)
    day = _value(DAY, given, at)
    if day != at.as_of:
        at = parameters.scene(workspace, store, day)
    chosen = _value(CAMPAIGN, given, at)
    at = replace(at, campaign=campaign.find(chosen, at.possible))
    rest = {name: _value(one, given, at) for name, one in every.items() if one not in (DAY, CAMPAIGN)}
    return {DAY.name: day, CAMPAIGN.name: chosen, **rest}


def _value(parameter: Parameter, given: Params, at: Scene) -> Any:
    known = []
    for code in given.get(parameter.name, []):
        try:
            known.append(parameter.read(code, at))
        except CcmError as error:
            link.notify(str(error))
    if not known:
        return parameter.default(at)
    return list(dict.fromkeys(known)) if parameter.several else known[0]
