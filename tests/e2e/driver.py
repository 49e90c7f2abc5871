"""A browser tab that knows this app: waits for its runs, reads the map's pixels, clicks states, notes all it asked."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page

from ccm_data import geometry, palette

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",  # pages are drawn by the processor, a third faster than by a graphics library that it imitates
    "--enable-unsafe-swiftshader",  # and the one map that needs such a library has one
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PROBES = re.compile(r"/[^/]+/_stcore/(health|host-config)")
"""Streamlit looks for itself below a deep link's path first, gets 404, and then finds itself at the root."""
PATIENCE = 20.0  # seconds that any wait lasts at most
IDLE = "() => new Promise(done => requestIdleCallback(() => setTimeout(done), { timeout: 5000 }))"
STEADY = 0.4  # seconds without a run after which the page counts as settled


def eventually(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until it is true. Raises AssertionError saying what did not happen."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, f"not within {patience:.0f} s: {what}"
        time.sleep(0.1)


class Tab:
    """One page of a browser context at one server."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.requests: list[str] = []
        self.errors: list[str] = []
        context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        self.page.on("console", lambda said: said.type == "error" and self._console(said.text, said.location["url"]))

    def _console(self, text: str, url: str) -> None:
        if not ("404" in text and PROBES.fullmatch(urlsplit(url).path)):
            self.errors.append(f"console: {text} ({url})")

    def outside(self) -> list[str]:
        """Requests that left the machine."""
        hosts = {"localhost", "127.0.0.1"}
        return [
            url
            for url in self.requests
            if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname not in hosts
        ]

    def verify(self) -> None:
        """What must hold for every page at any time."""
        assert not self.errors, self.errors
        assert not self.outside(), self.outside()
        exceptions = self.page.get_by_test_id("stException").all_inner_texts()
        assert not exceptions, exceptions

    # Going and waiting

    def open(self, path: str = "/map", patience: float = 2 * PATIENCE) -> Tab:
        """Go to a path of the app and wait for its first runs."""
        self.page.goto(self.url + path)
        self.settle(patience)
        return self

    def settle(self, patience: float = 2 * PATIENCE) -> None:
        """Wait until no script has run for a moment."""
        app = self.page.get_by_test_id("stApp")
        app.wait_for()
        self.page.evaluate(IDLE)  # what was clicked has been sent
        quiet_since, until = None, time.monotonic() + patience
        while quiet_since is None or time.monotonic() - quiet_since < STEADY:
            assert time.monotonic() < until, f"{self.page.url} kept on running"
            resting = (
                app.get_attribute("data-test-script-state") == "notRunning"
                and self.page.locator("[data-testid=stSkeleton]").count() == 0
            )
            quiet_since = (quiet_since or time.monotonic()) if resting else None
            time.sleep(0.05)

    def address(self) -> dict[str, list[str]]:
        """The parameters in the address bar."""
        return parse_qs(urlsplit(self.page.url).query)

    # Reading

    def text(self) -> str:
        """All words of the main part."""
        return self.page.get_by_test_id("stMain").inner_text()

    def figure(self, label: str) -> str:
        """The value of a headline figure, over the map or on another page."""
        plain = self.page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
        if plain.count():
            metric = self.page.get_by_test_id("stMetric").filter(has=plain)
            return metric.get_by_test_id("stMetricValue").inner_text()
        named = self.page.locator("dt").get_by_text(label, exact=True)
        return self.page.locator(".figures div").filter(has=named).locator(".count").inner_text()

    def heading(self, text: str) -> Locator:
        """A heading with exactly this text."""
        return self.page.get_by_role("heading", name=text, exact=True)

    def notices(self) -> str:
        """All warnings and errors on the page."""
        return "\n".join(self.page.get_by_test_id("stAlert").all_inner_texts())

    def selected(self) -> str:
        """The name in the box that finds a state."""
        return self.page.get_by_role("combobox", name="Find a state").input_value()

    # Using widgets

    def press(self, name: str) -> None:
        """Press a pill, segment or button and wait."""
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("radio", name=name, exact=True)
        ).first.click()
        self.settle()

    def filter(self, name: str) -> None:
        """Press something among the filters, which open on demand, and wait."""
        self.page.get_by_test_id("stPopover").get_by_role("button", name=re.compile("Filter")).click()
        self.press(name)
        self.page.keyboard.press("Escape")

    def colour(self, name: str) -> None:
        """Colour the map by something."""
        self.page.get_by_role("combobox", name="Colour by").click()
        self.page.get_by_role("option", name=name, exact=True).click()
        self.settle()

    def choose(self, label: str, *options: str) -> None:
        """Choose options in a select box or a list of several by typing and a click: Enter may come before the list is
        narrowed, and then chooses nothing."""
        box = self.page.get_by_role("combobox", name=label)
        for option in options:
            box.click()
            box.fill(option)
            self.page.get_by_role("option", name=option, exact=True).click()
            self.settle()
        box.press("Escape")

    def tick_row(self, row: int, table: int = 0) -> None:
        """Tick the row's box in a table, which is a canvas: until it shows, for a click on a new one may be lost."""
        canvas = self.page.get_by_test_id("stDataFrame").nth(table).locator("canvas").first
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box
        x, y = box["x"] + 16, box["y"] + 35 + 35 * row + 17
        around = {"x": x - 9, "y": y - 9, "width": 18, "height": 18}
        before = self.page.screenshot(clip=around)

        def ticked() -> bool:
            self.page.mouse.click(x, y)
            self.page.mouse.move(x, y + 300)  # away, so that only the tick can change its picture
            self.page.wait_for_timeout(400)
            return self.page.screenshot(clip=around) != before

        eventually(ticked, f"row {row} is ticked")
        self.settle()

    # The map

    @property
    def map(self) -> Locator:
        """The drawing itself."""
        return self.page.locator(".sea > svg").first

    def pixels(self) -> np.ndarray:
        """The map as it is on the screen: height, width, red-green-blue."""
        return np.asarray(Image.open(io.BytesIO(self.map.screenshot(animations="disabled"))).convert("RGB"), dtype=int)

    def share(self, colour: str, near: int = 6) -> float:
        """Part of the map's pixels that have this colour."""
        distance = np.abs(self.pixels() - np.array(palette.rgb(colour)[:3])).max(axis=2)
        return float((distance <= near).mean())

    def painted(self, colour: str = palette.STATUS["state_party"], at_least: float = 0.01) -> None:
        """Wait until the map shows this colour."""
        self.map.wait_for()
        self.page.locator(".land path").first.wait_for(state="attached")
        eventually(lambda: self.share(colour) >= at_least, f"{at_least:.2%} of the map in {colour}")

    def place(self, iso3: str) -> tuple[float, float]:
        """Where a state is on the screen, in pixels."""
        self.map.scroll_into_view_if_needed()
        box = self.map.bounding_box()
        assert box
        world = geometry.load()
        x, y = world.marker_points.get(iso3, world.label_points[iso3])
        left, top, scale = map(float, self.map.evaluate("svg => svg.dataset.at").split())
        return box["x"] + left + scale * x, box["y"] + top - scale * y

    def hover(self, iso3: str) -> str:
        """Move the mouse onto a state; what the map then says."""
        x, y = self.place(iso3)
        self.page.mouse.move(x - 2, y - 2)
        self.page.mouse.move(x, y)
        tip = self.page.locator(".tip")
        tip.wait_for(state="visible")
        return tip.inner_text()

    def click_state(self, iso3: str, name: str) -> None:
        """Select a state by a real click on the map."""
        self.page.mouse.click(*self.place(iso3))
        eventually(lambda: self.selected() == name, f"{name} is selected")
        self.settle()

    def shot(self, path: Path) -> None:
        """Keep a picture of the page."""
        path.parent.mkdir(exist_ok=True)
        self.page.screenshot(path=path)
