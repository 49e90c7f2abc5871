"""The world map's place on a page: what `ccm_data.mapping` says, painted by `static/map.js`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import escape, geometry, mapping, palette
from ccm_data.errors import CcmError
from ccm_data.mapping import View
from ccm_data.scheme import ColourBy, scheme
from pages.components import meeting

OVER = """<style>
.st-key-map_room{position:relative;background:GROUND}
.st-key-map_panel{position:absolute;left:0;bottom:5.9rem;width:15.5rem;max-height:calc(100% - 9rem);overflow:auto;
  padding:.5rem .7rem;border-radius:6px;gap:.15rem;z-index:2;background:GROUNDEE;font-size:.9rem}
.st-key-map_panel p,.st-key-map_panel button{font-size:.92rem;line-height:1.3;min-height:0;text-align:left}
.st-key-map_panel [data-testid=stCaptionContainer] p{font-size:.82rem}
@media(max-width:700px){.st-key-map_panel{position:static;width:auto;max-height:none}}
</style>"""
"""A panel lies over the empty southern Pacific, on a phone below the map."""

_MAP = st.components.v2.component(
    "ccm_map",
    html="<div class='place'></div>",
    js="""
export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".place")
  import(new URL(data.script, document.baseURI)).then(map => map.show(place, data, i => setTriggerValue("picked", i)))
}
""",
)
"""The code itself is fetched once by URL: what stands here travels with every message."""


def show(message: Mapping[str, Any], *, selected: str | None = None, height: str = "", key: str = "world") -> None:
    """Draw the map of a message (`mapping.message`) in its place; a click selects the state.

    height: CSS length of a picture; blank for a room, which takes what the window leaves. `key` tells several maps
    apart.
    """
    told = {**message, "selected": mapping.place(selected), "script": mapping.script(), "height": height}
    _MAP(key=key, data=told, on_picked_change=lambda: _picked(key))


def of_view(seen: View, selected: str | None) -> None:
    """Draw the map of a room; without shapes the sentence that says so, and what the map would count."""
    if seen.message is not None:
        show(seen.message, selected=selected)
        return
    st.error(escape.markdown(seen.missing), icon=":material/map:")
    st.markdown("  \n".join(f"{escape.markdown(one['name'])}: **{one['alone']}**" for one in seen.figures))


def of_status(states: pd.DataFrame, as_of: date, *, height: str, key: str) -> None:
    """Draw the map of states, as `Reading.states` gives them, coloured by status and without figures."""
    colours = scheme(ColourBy.STATUS, states)
    try:
        told = mapping.message(states, colours, (), as_of=as_of, ground=ground(), meeting=meeting.is_on())
        show(told, height=height, key=key)
    except CcmError as error:  # the shapes are missing
        st.error(escape.markdown(error), icon=":material/map:")


def overlay() -> None:
    """Lay the container `map_panel` over the sea of the container `map_room`."""
    st.html(OVER.replace("GROUND", ground()))


def ground() -> str:
    """The colour of the page that the map lies on."""
    return palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER


def _picked(key: str) -> None:
    st.session_state["state"] = geometry.load().index[int(st.session_state[key].picked)]
