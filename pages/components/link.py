"""Links: every view's state is in the URL. Widgets bind themselves and write words; here links are put right.

A link may use words (`?category=Signatory, not ratified`) or codes (`?category=signatory`, `?state=KEN`). A value
that is neither is named in a notice and left out, and the rest of the link works.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ccm_data import campaign, dates, filters
from ccm_data.campaign import Campaign
from ccm_data.errors import CcmError
from ccm_data.vocab import Term, label
from ccm_data.workspace import Workspace

LISTS = {
    "category": "categories",
    "without": "without",
    "status": "statuses",
    "group": "groups",
    "region": "regions",
    "org": "orgs",
    "producer": "producer",
    "stockpiler": "stockpiler",
    "contaminated": "contaminated",
}
"""URL parameter and widget key: field of the filter."""


Params = dict[str, list[str]]


def current() -> Params:
    """The parameters of the address, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def put_right(workspace: Workspace, campaigns: Sequence[Campaign]) -> Params | None:
    """The address's parameters in the widgets' words, without the unknown ones; None when they are so already."""
    raw = current()
    if raw == st.session_state.get("_url_seen"):
        return None
    st.session_state["_url_seen"] = raw
    right: Params = {}
    for key, values in raw.items():
        try:
            right[key] = _words(workspace, campaigns, key, values)
        except CcmError as error:
            notify(str(error))
    return right if right != raw else None


def _words(workspace: Workspace, campaigns: Sequence[Campaign], key: str, values: list[str]) -> list[str]:
    """The values of one parameter as its widget writes them. Raises CcmError for one that is not possible."""
    if key in LISTS:
        vocabulary = filters.words(LISTS[key])
        codes = [_code(vocabulary, value) for value in values]
        filters.check(LISTS[key], codes, workspace.options)
        return [label(vocabulary, code) for code in codes] if vocabulary else codes
    if key == "as_of":
        return [dates.parse_as_of(values[0], workspace.latest).isoformat()]
    if key == "state":
        names = state_names(workspace)
        return values if values[0] in names.values() else [names[workspace.iso3(values[0], workspace.horizon)]]
    if key == "campaign":
        return [campaign.find(values[0], campaigns).name]
    return values


def _code(vocabulary: type[Term] | None, value: str) -> str:
    """The code for words or a code; the value itself when it is neither, so that checking names it."""
    return next((term.value for term in vocabulary or () if value in (term.value, term.label)), value)


def notify(notice: str) -> None:
    """Show a sentence on top of the page until it is closed."""
    st.session_state.setdefault("_notices", [])
    if notice not in st.session_state["_notices"]:
        st.session_state["_notices"].append(notice)


def state_names(workspace: Workspace) -> dict[str, str]:
    """ISO3 code and short name of all states, by name."""
    table = workspace.snapshot(workspace.horizon).table
    pairs = zip(table["iso3"].to_pylist(), table["name_short"].to_pylist(), strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1]))


def show_notices() -> None:
    """What was wrong in the link, until it is closed."""
    notices = st.session_state.get("_notices", [])
    for place, notice in enumerate(notices):
        said, close = st.columns([20, 1], vertical_alignment="center")
        said.warning(notice, icon=":material/link_off:")
        if close.button("", icon=":material/close:", key=f"_close_{place}", help="Close this notice", type="tertiary"):
            st.session_state["_notices"] = [n for n in notices if n != notice]
            st.rerun()
