"""What the map costs beside the usual ways to build it, on the same shapes, states and filter, in one run.

    python -m tests.benchmarks.side_by_side

Drives Chromium; needs what the tests in a browser need, and Dash (the extra `bench`). Prints for each app: from the
start of loading to the painted map, first and with a warm browser cache; and for a change of the filter the bytes that
the browser receives and the time from the click until the map has the new colours (medians), and how many times that
of this app it is.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ccm_data.paths import ROOT
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace
from tests.e2e.driver import CHROMIUM_FLAGS
from tests.e2e.server import STREAMLIT, running

LEAST = 5  # states that a change must recolour, so that it can be seen
ROUNDS = 5  # warm loads
SETTLED = 700  # milliseconds after which nothing more comes of a change
LOOK = """
const getContext = HTMLCanvasElement.prototype.getContext
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  return getContext.call(this, kind, kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options)
}
const small = Object.assign(document.createElement("canvas"), { width: 400, height: 200 })
const drawn = () => {  // drawings: the fills of their shapes; canvases: their pixels
  for (const place of document.querySelectorAll("[data-testid^=stBidiComponent],[data-testid^=stBidiComponent] *")) {
    const paths = place.shadowRoot?.querySelectorAll(".land path[fill]")
    if (paths?.length) return [...paths].map(path => path.getAttribute("fill")).join()
  }
  const plotted = document.querySelectorAll(".choroplethlayer path, [data-testid=stVegaLiteChart] path[fill]")
  if (plotted.length > 100) return [...plotted].map(path => path.style.fill || path.getAttribute("fill")).join()
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
  const pill = [...document.querySelectorAll("button, label")].find((one) => one.innerText.trim() === name)
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
    """One app. Milliseconds from the start of loading to the painted map and from a click to new colours; bytes that
    the browser receives by change of the filter."""

    first: float = 0
    warm: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)

    def figures(self) -> tuple[float, float, float, float]:
        """First load, and the medians of warm loads, clicks and bytes: the columns of the table."""
        return self.first, statistics.median(self.warm), statistics.median(self.click), statistics.median(self.received)


COLUMNS = ("first load, ms", "warm load, ms", "click to repaint, ms", "bytes of a click")
RIVALS = Path(__file__).parent / "rivals"
APPS = {
    "this app": (ROOT / "app.py", "/map", STREAMLIT),
    "Streamlit, pydeck inline": (RIVALS / "pydeck_inline.py", "/", STREAMLIT),
    "Streamlit, Altair inline": (RIVALS / "altair_inline.py", "/", STREAMLIT),
    "Streamlit, Altair by address": (RIVALS / "altair_url.py", "/", STREAMLIT),
    "Streamlit, Plotly": (RIVALS / "plotly_inline.py", "/", STREAMLIT),
    "Dash, Plotly": (RIVALS / "dash_app.py", "/", ()),
}
"""Script, path of the map, and what starts it, by the name in the table."""


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


def measure(browser: Browser, home: Path, script: Path, path: str, by: Sequence[str]) -> Cost:
    """Load the map first and warm, then change the target categories asked for, each time to others than before."""
    cost = Cost()
    home.mkdir()
    if script.parent == RIVALS:  # a copy, beside which it may write what it serves
        shutil.copytree(RIVALS, home / "rivals")
        script = home / "rivals" / script.name
    with (
        running(home, script, by=by) as server,
        browser.new_context(viewport={"width": 1440, "height": 900}) as context,
    ):
        cost.first = _painted(context, server.url + path)
        cost.warm = [_painted(context, server.url + path) for _ in range(ROUNDS)]
        page = context.new_page()
        page.add_init_script(LOOK)
        received = [0]
        _count(page, received)
        page.goto(server.url + path)
        page.wait_for_function("window.painted", timeout=120_000)
        page.wait_for_timeout(SETTLED)
        opener = page.get_by_role("button", name="Filter")
        if opener.count():
            opener.first.click()
        for pill in changes():
            page.wait_for_timeout(SETTLED)
            received[0] = 0
            cost.click.append(page.evaluate(CLICK_TO_REPAINT, pill.label))
            page.wait_for_timeout(SETTLED)
            cost.received.append(received[0])
    return cost


def _count(page: Page, received: list[int]) -> None:
    """Add up what the browser receives: frames of websockets, and answers as they come over the network."""
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: _add(received, len(frame))))
    watch = page.context.new_cdp_session(page)
    watch.send("Network.enable")
    watch.on("Network.loadingFinished", lambda event: _add(received, int(event["encodedDataLength"])))


def _add(received: list[int], size: int) -> None:
    received[0] += size


def _painted(context: BrowserContext, url: str) -> float:
    page: Page = context.new_page()
    page.add_init_script(LOOK)
    page.goto(url)
    page.wait_for_function("window.painted", timeout=120_000)
    took = float(page.evaluate("window.painted"))
    page.close()
    return took


def compare(wanted: Sequence[str] = tuple(APPS)) -> dict[str, Cost]:
    """The costs of these apps, by name. Raises RuntimeError where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError(
            "No Chromium was found; install it by `apt-get install chromium libegl-mesa0 libegl1 libgl1-mesa-dri`."
        )
    costs = {}
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for number, name in enumerate(wanted):
            script, path, by = APPS[name]
            costs[name] = measure(browser, Path(home) / str(number), script, path, by)
            print(f"{name}: {', '.join(f'{figure:,.0f}' for figure in costs[name].figures())}", flush=True)
        browser.close()
    return costs


def table(costs: dict[str, Cost]) -> str:
    """All side by side as a table in Markdown, with how many times the first one's cost each is."""
    ours = next(iter(costs.values())).figures()
    lines = ["| app | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name, cost in costs.items():
        cells = [f"{one:,.0f} (× {one / own:.1f})" for one, own in zip(cost.figures(), ours, strict=True)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Measure all and print. Returns the exit status."""
    try:
        print(table(compare()))
    except RuntimeError as error:
        print(error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
