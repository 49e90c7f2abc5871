"""The map and charts as pictures and slides."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import altair as alt
import pandas as pd
import pptx
import pytest

from ccm_data import geometry, palette
from ccm_data.documents import pictures, slides
from ccm_data.scheme import ColourBy, Scheme
from ccm_data.scheme import scheme as make
from ccm_data.workspace import Workspace

DAY = date(2026, 2, 3)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def scheme(workspace: Workspace) -> Scheme:
    return make(ColourBy.STATUS, workspace.states(DAY))


@pytest.fixture(scope="module")
def drawing(scheme: Scheme) -> ET.Element:
    return ET.fromstring(pictures.map_svg(scheme, DAY, "UN <Treaty> & Collection"))


def test_all_states_are_drawn_in_the_colour_of_their_status(workspace: Workspace, drawing: ET.Element) -> None:
    fills: dict[str, set[str]] = {}
    for mark in drawing.iter():
        kind, _, iso3 = mark.get("id", "").partition("-")
        if kind in ("shape", "marker"):
            fills.setdefault(iso3, set()).add(mark.get("fill", ""))
    states = workspace.states(DAY)
    assert len(states) == 197
    for row in states.itertuples():
        assert fills[row.iso3] == {palette.STATUS[row.status]}, row.iso3
    neutral = [fill for iso3, fill in fills.items() if iso3.isdigit()]
    assert neutral
    assert all(fill == {palette.NO_STATUS} for fill in neutral)
    assert sum(mark.get("id", "").startswith("marker-") for mark in drawing.iter(f"{SVG}circle")) == 39


def test_title_legend_day_disclaimer_and_sources(drawing: ET.Element) -> None:
    said = [text.text or "" for text in drawing.iter(f"{SVG}text")]
    for words in ("State Party: 112", "Signatory: 12", "State not party: 72", "Withdrawn: 1", "no status"):
        assert words in said
    flat = " ".join(said)
    assert "As of 3 February 2026." in flat
    assert geometry.load().disclaimer in flat
    assert "Sources: UN <Treaty> & Collection" in flat


def test_north_is_up_and_nothing_leaves_the_drawing(drawing: ET.Element) -> None:
    wide, high = (float(drawing.get(name, "0")) for name in ("width", "height"))
    group = next(g for g in drawing.iter(f"{SVG}g") if list(g.iter(f"{SVG}circle")))
    x, y = map(float, group.get("transform", "").removeprefix("translate(").removesuffix(")").split())
    at = {c.get("id"): (x + float(c.get("cx", "")), y + float(c.get("cy", ""))) for c in group.iter(f"{SVG}circle")}
    assert all(0 < px < wide and 0 < py < high for px, py in at.values())
    assert at["marker-MLT"][1] < at["marker-MUS"][1]  # Malta lies north of Mauritius
    assert at["marker-BRB"][0] < at["marker-MUS"][0]  # and Barbados west of it


def test_a_filter_makes_the_others_paler(scheme: Scheme) -> None:
    filtered = replace(scheme, matches=frozenset({"KEN"}))
    svg = pictures.map_svg(filtered, DAY, "x", title="Only <Kenya>")
    assert "Signatory: 1 of 12" in svg
    assert "Paler: the 196 states outside the filter." in svg
    assert "Only &lt;Kenya&gt;" in svg
    assert filtered.fill("KEN") == palette.STATUS["signatory"]
    assert filtered.fill("FRA") == palette.paler(palette.STATUS["state_party"])


def test_a_state_that_did_not_exist_yet_carries_no_status(scheme: Scheme) -> None:
    without = replace(scheme, classes={k: v for k, v in scheme.classes.items() if k != "KEN"})
    assert without.fill("KEN") == palette.NO_STATUS
    assert "Signatory: 11" in pictures.map_svg(without, DAY, "x")


def test_png_has_the_width_asked_for(scheme: Scheme) -> None:
    data = pictures.png(pictures.map_svg(scheme, DAY, "x"), 1200)
    assert data.startswith(b"\x89PNG")
    assert abs(struct.unpack(">I", data[16:20])[0] - 1200) <= 1


def test_any_chart_carries_title_day_and_sources() -> None:
    rows = pd.DataFrame({"year": [2020, 2021], "states": [3, 5]})
    chart = alt.Chart(rows).mark_bar().encode(x="year:O", y="states:Q")
    svg = pictures.chart_svg(chart, "Joiners by year", DAY, "UN Treaty Collection")
    said = " ".join(ET.fromstring(svg).itertext())
    assert "Joiners by year" in said
    assert "As of 3 February 2026. Sources: UN Treaty Collection" in said
    assert pictures.chart_png(chart, "Joiners by year", DAY, "UN Treaty Collection", 1.0).startswith(b"\x89PNG")


def test_a_slide_with_figures_map_and_notes(scheme: Scheme) -> None:
    data = slides.map_slide(scheme, DAY, "UN Treaty Collection", {"States Parties": 112, "Signatories": 12})
    (slide,) = pptx.Presentation(io.BytesIO(data)).slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts == [f"{scheme.headline}, 3 February 2026", "112\nStates Parties", "12\nSignatories"]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture.image.size[0] >= 3000
    assert "Withdrawn: 1 of 1" in picture._element.nvPicPr.cNvPr.get("descr")
    assert picture.left >= 0
    assert picture.top + picture.height <= pptx.Presentation(io.BytesIO(data)).slide_height
    notes = slide.notes_slide.notes_text_frame.text
    assert geometry.load().disclaimer in notes
    assert "Sources: UN Treaty Collection" in notes
