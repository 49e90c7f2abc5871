"""What a change of the filter sends: what changed, and of all else a name that the browser knows it by."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from ccm_data.vocab import Category
from tests.benchmarks.viewer import Answer, Viewer
from tests.e2e.server import Server

MOST = 12_000
"""Bytes over the websocket by a change of the filter (DESIGN section 9)."""
WIDGETS = {"selectbox", "multiselect", "checkbox", "number_input", "text_input", "button", "button_group"}


async def press(address: str, *pressed: list[Category]) -> list[Answer]:
    """Open a page and choose these target categories one after the other."""
    viewer = Viewer(address)
    await viewer.enter()
    answers = [
        await viewer.change("category", string_array_value=[term.label for term in categories])
        for categories in pressed
    ]
    await viewer.leave()
    assert viewer.failed == []
    return answers


@pytest.mark.parametrize("path", ["/map", "/map?meeting=on"])
def test_a_filter_sends_no_more_than_its_budget(server: Server, path: str) -> None:
    pressed = press(server.url + path, [Category.SIGNATORY], [Category.MINE_BAN_PARTY], [Category.SIGNATORY])
    with ThreadPoolExecutor(1) as aside:  # the browser's driver has the loop of this thread
        first, second, again = aside.submit(asyncio.run, pressed).result()
    assert 0 < second.size <= MOST, second.parts
    assert second.parts["bidi_component"] > 0, "the map is another one"
    sent = Counter({kind: size for kind, size in second.parts.items() if kind in WIDGETS})
    assert not sent, "what the browser has is not sent again"
    assert again.size < second.size
    assert again.parts["bidi_component"] == 0, "a map that was seen is named"
    assert first.size >= again.size
