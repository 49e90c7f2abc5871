"""Links: every view's state is in the URL. Widgets bind themselves and write words; here links are put right.

A link may use words (`?category=Signatory, not ratified`) or codes (`?category=signatory`, `?state=KEN`). A value
that is neither is named in a notice and left out, and the rest of the link works. What an address says is shown as
text, never read as Markdown.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from ccm_data import campaign, dates, escape, filters
from ccm_data.errors import CcmError
from ccm_data.filters import Field
from ccm_data.log import Store
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace
from pages.components import choices, meeting

Params = dict[str, list[str]]


def current() -> Params:
    """The parameters of the address, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def put_right(workspace: Workspace, store: Store) -> Params | None:
    """The address's parameters in the widgets' words, without the unknown ones; None when they are so already."""
    raw = current()
    if raw == st.session_state.get("_url_seen"):
        return None
    st.session_state["_url_seen"] = raw
    right: Params = {}
    for key, values in raw.items():
        if field := filters.by_parameter(key):
            right.setdefault(field.parameter, []).extend(_known(field, values, workspace))
        elif key in choices.CHOICES:
            right[key] = _chosen(key, values)
        else:
            try:
                right[key] = _words(workspace, store, key, values)
            except CcmError as error:
                notify(str(error))
    right = {key: values for key, values in right.items() if values}
    return right if right != raw else None


def _known(field: Field, values: list[str], workspace: Workspace) -> list[str]:
    """The possible ones among a filter's values, as its widget writes them; the others are named."""
    known = []
    for value in values:
        try:
            known.append(field.words(field.read(value, workspace.options)))
        except CcmError as error:
            notify(str(error))
    return known


def _chosen(key: str, values: list[str]) -> list[str]:
    """The possible ones among the values of a choice, as its widget writes them; the others are named."""
    known = []
    for value in values:
        try:
            known.append(choices.words(key, value))
        except CcmError as error:
            notify(str(error))
    return known


def _words(workspace: Workspace, store: Store, key: str, values: list[str]) -> list[str]:
    """The values of one other parameter as its widget writes them. Raises CcmError for one that is not possible."""
    if key == "as_of":
        return [dates.parse_as_of(values[0], workspace.latest).isoformat()]
    if key == "state":
        names = state_names(workspace)
        return values if values[0] in names.values() else [names[workspace.iso3(values[0], workspace.latest)]]
    if key == "campaign" and values[0] != st.session_state.get("campaign"):  # what the widget holds the frame checks
        audience = meeting.audience()
        possible = campaign.possible(store, workspace, _day(workspace), audience)
        return [campaign.find(values[0], possible, quote=audience is Confidentiality.INTERNAL).name]
    return values


def _day(workspace: Workspace) -> date:
    """The day of the address, or today."""
    try:
        return dates.parse_as_of(st.query_params.get("as_of", ""), workspace.latest)
    except CcmError:
        return workspace.latest


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
