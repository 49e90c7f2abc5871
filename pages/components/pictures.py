"""Pictures for slides: what is on the screen as PNG, SVG or PowerPoint, titled, dated, with sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from ccm_data.documents import pictures
from ccm_data.mapping import View
from pages.components.frame import Context

if TYPE_CHECKING:
    import altair as alt


def of_map(context: Context, seen: View) -> None:
    """A menu with the current map as SVG, PNG and one PowerPoint slide with the headline figures."""
    name = f"ccm-map-{context.as_of}"

    def sources() -> str:
        of_status, of_votes = seen.states["status_source_ids"], seen.states["vote_source_id"]
        return pictures.publishers(context.sources_of(of_status, of_votes))

    def svg() -> str:
        return pictures.map_svg(seen.colours, context.as_of, sources())

    def slide() -> bytes:
        from ccm_data.documents import slides  # slow to import

        figures = {one["name"]: one["alone"] for one in seen.figures}
        return slides.map_slide(seen.colours, context.as_of, sources(), figures)

    with st.popover("Picture", icon=":material/image:"):
        st.download_button("PNG", lambda: pictures.png(svg()), f"{name}.png", "image/png", on_click="ignore")
        st.download_button("SVG", svg, f"{name}.svg", "image/svg+xml", on_click="ignore")
        st.download_button("PowerPoint slide", slide, f"{name}.pptx", on_click="ignore")


def of_chart(context: Context, chart: alt.TopLevelMixin, title: str, source_ids: Iterable[object], key: str) -> None:
    """A menu with a chart as PNG and SVG."""
    sources = pictures.publishers(context.sources_of(source_ids))
    name = f"ccm-{key}-{context.as_of}"
    with st.popover("Picture", icon=":material/image:", key=f"_picture_{key}"):
        st.download_button(
            "PNG", lambda: pictures.chart_png(chart, title, context.as_of, sources), f"{name}.png", "image/png",
            on_click="ignore", key=f"_png_{key}",
        )  # fmt: skip
        st.download_button(
            "SVG", lambda: pictures.chart_svg(chart, title, context.as_of, sources), f"{name}.svg", "image/svg+xml",
            on_click="ignore", key=f"_svg_{key}",
        )  # fmt: skip
