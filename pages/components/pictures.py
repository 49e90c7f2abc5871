"""Pictures for slides: what is on the screen as PNG, SVG or PowerPoint, titled, dated, with sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import altair as alt
import pandas as pd
import streamlit as st

from ccm_data.documents import pictures, slides
from ccm_data.scheme import Scheme
from pages.components.frame import Context


def of_map(context: Context, drawn: Scheme, states: pd.DataFrame, figures: Mapping[str, int | str]) -> None:
    """A menu with the current map as SVG, PNG and one PowerPoint slide with the headline figures."""
    sources = pictures.publishers(context.sources_of(states["status_source_ids"], states["vote_source_id"]))
    name = f"ccm-map-{context.as_of}"

    def svg() -> str:
        return pictures.map_svg(drawn, context.as_of, sources)

    with st.popover("Picture", icon=":material/image:"):
        st.download_button("PNG", lambda: pictures.png(svg()), f"{name}.png", "image/png", on_click="ignore")
        st.download_button("SVG", svg, f"{name}.svg", "image/svg+xml", on_click="ignore")
        st.download_button(
            "PowerPoint slide", lambda: slides.map_slide(drawn, context.as_of, sources, figures), f"{name}.pptx",
            on_click="ignore",
        )  # fmt: skip


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
