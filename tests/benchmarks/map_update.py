"""What the map costs: this app beside the plain pydeck app with the same shapes, in one run.

    python -m tests.benchmarks.map_update

Drives Chromium; needs what the tests in a browser need. Prints for both: from the start of loading to the painted map,
first and with a warm browser cache; and for a change of the filter the bytes that the browser receives and the time
from the click until the map has the new colours (medians).
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ccm_data.paths import ROOT
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace
from tests.e2e.driver import CHROMIUM_FLAGS, Tab
from tests.e2e.server import running

LEAST = 5  # states that a change must recolour, so that it can be seen
ROUNDS = 5  # warm loads
LOOK = """
const getContext = HTMLCanvasElement.prototype.getContext
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  return getContext.call(this, kind, kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options)
}
const small = Object.assign(document.createElement("canvas"), { width: 400, height: 200 })
const drawn = () => {  // our map: the fills of its shapes; the other: its pixels
  for (const place of document.querySelectorAll("[data-testid^=stBidiComponent],[data-testid^=stBidiComponent] *")) {
    const paths = place.shadowRoot?.querySelectorAll(".land path[fill]")
    if (paths?.length) return [...paths].map(path => path.getAttribute("fill")).join()
  }
  const canvas = document.querySelector("[data-testid=stDeckGlJsonChart] canvas")
  if (!canvas) return ""
  const pen = small.getContext("2d", { willReadFrequently: true })
  pen.clearRect(0, 0, 400, 200)
  pen.drawImage(canvas, 0, 0, 400, 200)
  const pixels = pen.getImageData(0, 0, 400, 200).data
  return pixels.some(value => value > 0 && value < 250) ? pixels.join() : ""
}
window.drawn = drawn
window.painted = 0
const wait = () => requestAnimationFrame(drawn() ? () => window.painted = performance.now() : wait)
wait()
"""
CLICK_TO_REPAINT = """
async (name) => {
  const before = window.drawn()
  const pill = [...document.querySelectorAll("button")].find((button) => button.innerText.trim() === name)
  const start = performance.now()
  pill.click()
  while (window.drawn() === before) {
    if (performance.now() - start > 60000) throw new Error("the map did not change within a minute")
    await new Promise(requestAnimationFrame)
  }
  await new Promise(requestAnimationFrame)
  return performance.now() - start
}
"""


@dataclass
class Cost:
    """One app. Milliseconds from the start of loading to the painted map and from a click to new colours; bytes over
    the websocket by change of the filter, and by what they hold."""

    first: float = 0
    warm: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)


def changes() -> list[Category]:
    """Which pill to press next, so that the map is each time another one: Streamlit sends a repeated one as a hash."""
    workspace = Workspace()
    held = workspace.states(workspace.horizon)["categories"].map(set)
    everyone = frozenset(held.index)

    def matching(asked: frozenset[str]) -> frozenset[int]:
        return frozenset(held.index[held.map(lambda has: bool(has & asked))]) if asked else everyone

    def longest(asked: frozenset[str], seen: frozenset[frozenset[int]]) -> list[Category]:
        best: list[Category] = []
        for pill in Category:
            after = asked ^ {pill.value}
            shown = matching(after)
            if shown not in seen and len(shown ^ matching(asked)) >= LEAST:
                best = max(best, [pill, *longest(after, seen | {shown})], key=len)
        return best

    return longest(frozenset(), frozenset({everyone}))


def measure(browser: Browser, script: Path, path: str, home: Path) -> Cost:
    """Load the map first and warm, then change the target categories asked for, each time to others than before."""
    cost = Cost()
    with running(home, script) as server, browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        cost.first = _painted(context, server.url + path)
        cost.warm = [_painted(context, server.url + path) for _ in range(ROUNDS)]
        tab = Tab(context, server.url)
        tab.page.add_init_script(LOOK)
        frames: list[bytes] = []
        tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
        tab.open(path)
        tab.page.wait_for_function("window.painted")
        opener = tab.page.get_by_role("button", name="Filter")
        if opener.count():
            opener.first.click()
            tab.settle()
        for pill in changes():
            tab.page.wait_for_timeout(500)
            frames.clear()
            cost.click.append(tab.page.evaluate(CLICK_TO_REPAINT, pill.label))
            tab.settle()
            cost.received.append(sum(map(len, frames)))
            cost.parts += _parts(frames)
    return cost


def _painted(context: BrowserContext, url: str) -> float:
    page: Page = context.new_page()
    page.add_init_script(LOOK)
    page.goto(url)
    page.wait_for_function("window.painted", timeout=120_000)
    took = float(page.evaluate("window.painted"))
    page.close()
    return took


def _parts(frames: list[bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    for frame in frames:
        message = ForwardMsg.FromString(frame)
        name = message.WhichOneof("type")
        if name == "delta":
            name = message.delta.WhichOneof("type")
            if name == "new_element":
                name = message.delta.new_element.WhichOneof("type")
        found[str(name)] += len(frame)
    return found


def report(costs: dict[str, Cost]) -> str:
    """Both side by side, and how many times less this app takes."""
    rows = {
        "first load to painted map, ms": [cost.first for cost in costs.values()],
        "warm load to painted map, ms": [statistics.median(cost.warm) for cost in costs.values()],
        "filter click to new colours, ms": [statistics.median(cost.click) for cost in costs.values()],
        "bytes of a filter click": [statistics.median(cost.received) for cost in costs.values()],
    }
    lines = [f"{'':<34}" + "".join(f"{name:>16}" for name in costs) + f"{'times less':>12}"]
    for name, (ours, other) in rows.items():
        lines.append(f"{name:<34}{ours:>16,.0f}{other:>16,.0f}{other / ours:>12.1f}")
    for name, cost in costs.items():
        most = ", ".join(f"{part} {size // len(cost.click):,}" for part, size in cost.parts.most_common(8))
        lines.append(f"{name}, bytes of a click by element: {most}")
    return "\n".join(lines)


def main() -> int:
    """Measure both and print. Returns the exit status."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium was found; install it by `apt-get install chromium libegl-mesa0 libegl1 libgl1-mesa-dri`.")
        return 2
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        costs = {
            "this app": measure(browser, ROOT / "app.py", "/map", Path(home) / "app"),
            "plain pydeck": measure(browser, here / "inline_map.py", "/", Path(home) / "inline"),
        }
        browser.close()
    print(report(costs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
