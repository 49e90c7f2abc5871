"""What a change of the filter costs: this app, and the same map with its shapes inside the chart, in one run.

    python -m tests.benchmarks.map_update

Drives Chromium; needs what the tests in a browser need. Prints for both the bytes that the browser receives over the
websocket for one change, for the map and for the whole page, and the time from the click until the map has the new
colours (medians). Exit status 1 when the app's map does not receive at least FEWER times fewer bytes.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ccm_data.paths import ROOT
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace
from tests.e2e.driver import CHROMIUM_FLAGS, Tab
from tests.e2e.server import running

FEWER = 100
CHART = "deck_gl_json_chart"
LEAST = 5  # states that a change must recolour, so that it can be seen
READABLE = """
const getContext = HTMLCanvasElement.prototype.getContext
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  return getContext.call(this, kind, kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options)
}
"""
CLICK_TO_REPAINT = """
async (name) => {
  const small = Object.assign(document.createElement("canvas"), { width: 400, height: 200 })
  const pen = small.getContext("2d", { willReadFrequently: true })
  const look = () => {
    pen.clearRect(0, 0, 400, 200)
    pen.drawImage(document.querySelector("[data-testid=stDeckGlJsonChart] canvas"), 0, 0, 400, 200)
    return pen.getImageData(0, 0, 400, 200).data
  }
  const before = look()
  const changed = () => {
    const now = look()
    let found = 0
    for (let i = 0; i < now.length; i++) if (Math.abs(now[i] - before[i]) > 24) found++
    return found > 12
  }
  const pill = [...document.querySelectorAll("button")].find((button) => button.innerText.trim() === name)
  const start = performance.now()
  pill.click()
  while (!changed()) {
    if (performance.now() - start > 60000) throw new Error("the map did not change within a minute")
    await new Promise(requestAnimationFrame)
  }
  return performance.now() - start
}
"""


@dataclass(frozen=True)
class Cost:
    """One change of the filter."""

    received: int
    """Bytes over the websocket."""
    milliseconds: float
    """From the click to the new colours, read at each frame."""
    parts: Counter[str]
    """Bytes by what they hold."""


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


def measure(browser: Browser, script: Path, path: str, home: Path) -> list[Cost]:
    """Change the target categories asked for, each time to others than before."""
    with running(home, script) as server:
        tab = Tab(browser.new_context(viewport={"width": 1440, "height": 900}), server.url)
        tab.page.add_init_script(READABLE)
        frames: list[bytes] = []
        tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
        tab.open(path).painted()
        costs = []
        for pill in changes():
            tab.page.wait_for_timeout(500)
            frames.clear()
            took = tab.page.evaluate(CLICK_TO_REPAINT, pill.label)
            tab.settle()
            costs.append(Cost(sum(map(len, frames)), took, _parts(frames)))
        tab.page.context.close()
    return costs


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


def report(costs: dict[str, list[Cost]]) -> str:
    """Both side by side."""
    lines = [f"{'one change of the filter':<26}{'map':>12}{'whole page':>14}{'click to repaint':>20}"]
    for name, measured in costs.items():
        chart, page = median_bytes(measured, CHART), median_bytes(measured)
        took = statistics.median(cost.milliseconds for cost in measured)
        lines.append(f"{name:<26}{chart:>10,} B{page:>12,} B{took:>17,.0f} ms")
    for name, measured in costs.items():
        largest = sum((cost.parts for cost in measured), Counter()).most_common(6)
        said = ", ".join(f"{part} {size // len(measured):,}" for part, size in largest)
        lines.append(f"{name}, bytes by element: {said}")
    return "\n".join(lines)


def median_bytes(measured: list[Cost], part: str | None = None) -> int:
    """Bytes of one change, of everything or of one kind of element."""
    return round(statistics.median(cost.parts[part] if part else cost.received for cost in measured))


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
            "map with inline shapes": measure(browser, here / "inline_map.py", "/", Path(home) / "inline"),
        }
        browser.close()
    print(report(costs))
    ours, inline = (median_bytes(measured, CHART) for measured in costs.values())
    print(f"The map receives {inline / ours:,.0f} times fewer bytes (at least {FEWER} expected).")
    return 0 if inline / ours >= FEWER else 1


if __name__ == "__main__":
    sys.exit(main())
