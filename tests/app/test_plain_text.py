"""What people wrote and what stands in an address is shown as text: no link, picture, HTML, formula or icon of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from ccm_data import opening
from ccm_data.log import Create, open_store, parse
from ccm_data.overlay.news import NewsKind, news
from ccm_data.paths import ROOT
from pages.components import frame, parameters
from pages.components.choices import DATA_VIEWS, LOG_VIEWS, PLAN_VIEWS
from pages.components.log import quick

MARKER = "[x](http://evil.example) ![p](http://evil.example/p.png) <img src=x onerror=alert(1)> $x$ :smile: `c`"
RAW = ("[x](", "![p](", "<img", "$x$", ":smile:", "http://evil", "`c`")
"""What of the marker a place that reads Markdown would act on."""
ESCAPED = re.compile(r"\\.")
READS = {"body", "label", "help", "text", "caption", "content", "delta"}
"""Fields of messages that the browser reads as Markdown."""
PLAIN = {"text", "code", "json", "arrow_data_frame", "bidi_component", "html", "dataframe", "text_input", "text_area"}
"""Elements whose content is shown as it is; their labels and help are not."""
TODAY = date.today()


def hostile(marker: str = MARKER) -> list[Create]:
    """A campaign, a plan item and activities of it, with the marker in every field that holds words."""
    days = {"start": TODAY - timedelta(days=9), "end": TODAY + timedelta(days=9)}
    campaign = {
        "name": marker, "baseline": days["start"], "end": days["end"], "target": 2, "coordinators": [marker],
        "implementers": [marker], "note": marker, "confidentiality": "public",
    }  # fmt: skip
    item = {"campaign": marker, "title": marker, "type": "bilateral_geneva", **days, "implementers": [marker],
            "partners": [marker], "note": marker}  # fmt: skip
    words = ("title", "place", "channel", "summary", "outcome", "next_step", "owner")
    talk = {
        **dict.fromkeys(words, marker), "start": TODAY, "type": "bilateral_geneva", "campaign": marker,
        "implementers": [marker], "partners": [marker], "due_date": TODAY,
        "documents": [{"url": "https://example.org/a", "title": marker}],
        "states": [{"iso3": "KEN", "position": marker, "promise": marker, "promise_due": TODAY}],
    }  # fmt: skip
    return [
        Create(parse("campaign", campaign)),
        Create(parse("plan_item", item)),
        Create(parse("activity", talk | {"status": "done", "confidentiality": "public"})),
        Create(parse("activity", talk | {"status": "planned", "type": "regional_workshop"})),
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose log and facts were written by somebody with bad intentions."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(folder))
        patch.delenv("CCM_FACTS", raising=False)
        patch.delenv("CCM_DATABASE_URL", raising=False)
        store = open_store()
        for create in hostile():
            store.save([create], MARKER, MARKER)
        store.close()
        act = {"iso3": "KEN", "kind": "declaration", "date": "2026-01-05", "precision": "day", "summary": MARKER,
               "scope": "unilateral", "stance": "supports_norm", "counts_for_category_4": "true"}  # fmt: skip
        opening.apply(news(NewsKind.ACT, act, MARKER, "https://example.org/n", MARKER, TODAY, MARKER))
        yield folder


def strings(message: Message, name: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a message, each with the name of its field."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, Message):
                yield from strings(one, field.name)
            elif isinstance(one, str):
                yield field.name, one


def acted_on(app: AppTest) -> list[str]:
    """Where the browser would act on the marker."""
    found = []

    def look(node: Node) -> None:
        proto: Any = getattr(node, "proto", None)
        kind = str(getattr(node, "type", ""))
        if isinstance(proto, Message):
            for name, text in strings(proto):
                shown = name in READS and not (kind in PLAIN and name not in ("label", "help"))
                if shown and any(raw in ESCAPED.sub("", text) for raw in RAW):
                    found.append(f"{kind}.{name}: {text[:120]}")
        if isinstance(node, Block):
            for child in node.children.values():
                look(child)

    look(app._tree)
    return found


def opened(home: Path, **parameters_: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(parameters_)
    return app.run()


def test_the_marker_is_seen_where_it_is_not_escaped() -> None:
    app = AppTest.from_string(f"import streamlit as st\nst.button({MARKER!r})\nst.text({MARKER!r})").run()
    assert len(acted_on(app)) == 1


VIEWS = [
    *((name, {}) for name in frame.PAGES),
    *(("log", {"log_view": one}) for one in LOG_VIEWS), *(("plan", {"plan_view": one}) for one in PLAN_VIEWS),
    *(("data", {"data_view": one}) for one in DATA_VIEWS),
]  # fmt: skip


def test_every_page_shows_words_of_others_as_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_HOME", str(home))
    app = opened(home, state="KEN")
    assert app.selectbox(key="campaign").value == MARKER, "the campaign is the one of the day"
    found = {}
    for name, keys in VIEWS:
        app.switch_page(f"pages/{name}.py").run()
        for key, value in keys.items():
            app.session_state[key] = value
            app.run()
        assert not app.exception, (name, keys)
        found[name, *keys.values()] = acted_on(app)
    entry = open_store().current().entries[0].subject
    app.switch_page("pages/log.py").run()
    app.session_state["entry"] = entry
    app.run()
    found["entry"] = acted_on(app)
    app.session_state[f"detail_{entry}"] = "History"
    app.run()
    found["history"] = acted_on(app)
    quick_app = opened(home)
    quick_app.switch_page("pages/log.py").run()
    quick_app.button(key="log_contact").click().run()
    assert not quick_app.exception
    found["quick entry", quick.CONTACT] = acted_on(quick_app)
    assert {place: said for place, said in found.items() if said} == {}


@pytest.mark.parametrize("page", ["map", "log"])
def test_an_address_is_text(home: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("CCM_HOME", str(home))
    given = dict.fromkeys([*parameters.every(), "meeting", MARKER[:40]], MARKER)
    app = opened(home, **given)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert len(app.warning) > 20, "each is named as unknown"
    assert acted_on(app) == []
