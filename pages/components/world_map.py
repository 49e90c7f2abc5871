"""The world map's place on a page: what `ccm_data.mapping` says, painted by `static/map.js`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from ccm_data import escape, geometry, mapping, palette
from ccm_data.errors import CcmError
from ccm_data.mapping import Figure
from ccm_data.scheme import Scheme
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


def show(
    states: pd.DataFrame,
    colours: Scheme,
    as_of: date,
    *,
    figures: Sequence[Figure] = (),
    selected: str | None = None,
    view: str = mapping.WORLD,
    height: str = "",
    key: str = "world",
) -> None:
    """Draw the map in its place; a click selects the state. `key` tells several maps apart.

    height: CSS length of a picture; blank for a room, which takes what the window leaves.
    """
    try:
        told = mapping.message(
            states, colours, figures, as_of=as_of, selected=selected, view=view, ground=ground(),
            meeting=meeting.is_on(),
        )  # fmt: skip
        told |= {"script": mapping.script(), "height": height}
    except CcmError as error:  # the shapes are missing; what the map would say stays
        st.error(escape.markdown(error), icon=":material/map:")
        st.markdown("  \n".join(f"{escape.markdown(one['name'])}: **{one['alone']}**" for one in figures))
        return
    _MAP(key=key, data=told, on_picked_change=lambda: _picked(key))


def overlay() -> None:
    """Lay the container `map_panel` over the sea of the container `map_room`."""
    st.html(OVER.replace("GROUND", ground()))


def ground() -> str:
    """The colour of the page that the map lies on."""
    return palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER


def _picked(key: str) -> None:
    st.session_state["state"] = geometry.load().index[int(st.session_state[key].picked)]
