"""What each role is sent, by every page and every download: markers of what it may not see are in no byte of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from streamlit.elements.widgets.button import ButtonMixin
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from ccm_data import opening
from ccm_data.log import Activity, Create, Delete, StateEntry, Store, parse
from ccm_data.overlay import news as told
from ccm_data.overlay.model import Change, ChangeKind
from ccm_data.overlay.news import NewsKind
from ccm_data.paths import ROOT
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from ccm_data.vocab import Role as Part
from pages.components import sign_in
from pages.components.choices import DATA_VIEWS, LOG_VIEWS, named
from pages.components.frame import PAGES
from tests.app.conftest import SECRETS
from tests.app.test_log_page import store

__all__ = ["store"]

MARKERS = {level: f"Quitte-{level.value}" for level in Confidentiality}
TEAM = {
    "deleted": "Zwetschge-geloescht", "campaign": "Holunder-Kampagne", "plan": "Sanddorn-Vorhaben",
    "author": "Mispel-Schreiber", "reason": "Hagebutte-Grund",
}  # fmt: skip
"""What only the team sees: a public entry that was deleted, an internal campaign, its plan, who changed facts, why."""
PEOPLE: dict[str, dict[str, Any]] = {
    "viewer": {"email": "Viewer@example.org", "name": "Vera"},
    "partner": {"email": "pia@partner.example", "name": "Pia"},
    "editor": {"email": "eva@example.org", "name": "Eva", "groups": ["editors"]},
    "administrator": {"email": "administrator@example.org", "name": "Ada"},
}
SEEN = {
    "viewer": {MARKERS[Confidentiality.PUBLIC]},
    "partner": {MARKERS[Confidentiality.PUBLIC], MARKERS[Confidentiality.PARTNERS]},
    "editor": {*MARKERS.values(), *TEAM.values()},
}
SEEN["public"], SEEN["administrator"] = SEEN["viewer"], SEEN["editor"]
PICTURES = (".png", ".svg", ".pptx", ".pdf")
VIEWS = {
    "log": [("log_view", view) for view in named(LOG_VIEWS)],
    "data": [("data_view", v) for v in named(DATA_VIEWS)],
}


def activity(marker: str, level: Confidentiality, **more: Any) -> Activity:
    day = date.today() - timedelta(days=3)
    return Activity(
        start=day, type=ActivityType.BILATERAL_GENEVA, status=ActivityStatus.DONE, title=f"Talk {marker}",
        summary=f"Said {marker}", owner=f"Owner {marker}", next_step=f"Step {marker}", confidentiality=level,
        due_date=date.today(), outcome="Came of it",
        states=(StateEntry(iso3="KEN", role=Part.TARGET, position=f"Position {marker}", promise=f"Promise {marker}"),),
        **more,
    )  # fmt: skip


@pytest.fixture
def written(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A log and changed facts with all markers; the id of the public entry, which follows the internal one."""
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    today, soon = date.today().isoformat(), (date.today() + timedelta(days=90)).isoformat()
    store.save([Create(parse("campaign", {
        "name": TEAM["campaign"], "baseline": "2026-01-01", "end": soon, "target": 2, "opens": "always",
    }))], "Ana")  # fmt: skip
    (item,) = store.save([Create(parse("plan_item", {
        "campaign": TEAM["campaign"], "title": TEAM["plan"], "type": "other", "start": today, "end": soon,
    }))], "Ana")  # fmt: skip
    internal, _, gone = store.save(
        [
            Create(activity(MARKERS[Confidentiality.INTERNAL], Confidentiality.INTERNAL)),
            Create(activity(MARKERS[Confidentiality.PARTNERS], Confidentiality.PARTNERS)),
            Create(activity(TEAM["deleted"], Confidentiality.PUBLIC)),
        ],
        "Ana",
    )
    store.save([Delete(gone.subject, gone.version)], "Ana", "Was not for the public")
    more = {"follows": internal.subject, "campaign": TEAM["campaign"], "plan_item": item.subject}
    (public,) = store.save([Create(activity(MARKERS[Confidentiality.PUBLIC], Confidentiality.PUBLIC, **more))], "Ana")
    fact = {"treaty": "CCM", "iso3": "KEN", "action": "ratification", "date": today, "precision": "day"}
    latest = opening.current().latest
    opening.apply(told.news(NewsKind.TREATY, fact, "Ministry", "", TEAM["author"], latest, "Note verbale"))
    about = opening.current().frame("data/findings", latest)["id"].iloc[0]
    opening.apply(Change(str(uuid4()), ChangeKind.ACKNOWLEDGEMENT, "Ana", TEAM["reason"], about=about))
    return public.subject


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What stands behind each download button that is drawn: bytes, text, or what makes them."""
    given: dict[str, Any] = {}
    drawn = ButtonMixin._download_button

    def draw(self: Any, label: str, data: Any, **more: Any) -> Any:
        given[f"{label} {more['file_name']}"] = data
        return drawn(self, label, data, **more)

    monkeypatch.setattr(ButtonMixin, "_download_button", draw)
    return given


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, store: Store, tmp_path: Path) -> Callable[..., AppTest]:
    """Opens a page as somebody, or as the public; no exception may be on it."""

    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    apps: dict[str, AppTest] = {}

    def open_(page: str, who: str, **parameters: str) -> AppTest:
        if who == "public":
            monkeypatch.setenv("CCM_PUBLIC", "true")
        if who not in apps:
            apps[who] = app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
            if who != "public":
                app.secrets.update(SECRETS)
                app.user = {"is_logged_in": True, **PEOPLE[who]} if who in PEOPLE else {"is_logged_in": False}
            app.query_params.update(parameters)
            app.run()
        app = apps[who]
        app.session_state["state_tab"], app.session_state["map_rows"] = "Contacts", True
        if page in PAGES:
            app.query_params.clear()
            app.query_params.update(parameters)
            app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return open_


def nodes(block: Block) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if isinstance(child, Block):
            yield from nodes(child)


def sent(app: AppTest) -> bytes:
    """Every byte of every element."""
    protos = (getattr(node, "proto", None) for node in nodes(app._tree))
    return b"".join(proto.SerializeToString() for proto in protos if proto is not None)


def content(data: Any) -> bytes:
    """The bytes of a file, of a zip what is packed in it."""
    made = data() if callable(data) else data
    made = made.encode() if isinstance(made, str) else made
    if not made.startswith(b"PK"):
        return bytes(made)
    with zipfile.ZipFile(io.BytesIO(made)) as pack:
        return b"".join(content(pack.read(name)) for name in pack.namelist())


def asked(subject: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page with each of its views, as an address asks for them."""
    for page in PAGES:
        for name, view in VIEWS.get(page, [("", "")]):
            more = {name: view} if name else {}
            yield page, {"state": "KEN", "entry": subject, "log_scope": "all", "campaign": TEAM["campaign"], **more}
    yield "log", {"log_seen": "internal", "log_deleted": "true", "log_scope": "all"}
    yield "log", {"new": "contact"}
    yield "plan", {"plan_view": "edit"}


@pytest.mark.parametrize("who", ["public", "viewer", "partner", "editor"])
def test_no_page_and_no_download_holds_more_than_the_role_may_see(
    visit: Callable[..., AppTest], files: dict[str, Any], written: str, who: str
) -> None:
    heard = b""
    for page, parameters in asked(written):
        heard += sent(visit(page, who, **parameters))
    if who != "editor":  # a picture is of facts, and dear
        heard += b"".join(content(data) for name, data in files.items() if not name.endswith(PICTURES))
    every = {*MARKERS.values(), *TEAM.values()}
    assert {marker for marker in every if marker.encode() in heard} == SEEN[who]


@pytest.mark.parametrize(("who", "kind"), [("viewer", "report"), ("partner", "changes"), ("partner", "briefing")])
def test_no_document_holds_more_than_the_role_may_see(
    visit: Callable[..., AppTest], files: dict[str, Any], written: str, who: str, kind: str
) -> None:
    app = visit("documents", who, state="KEN")
    app.session_state["document"] = {"changes": "Changes", "briefing": "Briefings", "report": "Progress report"}[kind]
    app.run()
    readers = app.selectbox(key=f"{kind}_for")
    assert readers.options == {"viewer": ["Public readers"], "partner": ["Public readers", "Partners readers"]}[who]
    readers.set_value(list(Confidentiality)[len(readers.options) - 1]).run()
    if kind == "changes":
        app.selectbox(key="changes_as").set_value("txt").run()
    app.button(key=f"_make_{kind}").click().run()
    heard = content(list(files.values())[-1])
    assert MARKERS[Confidentiality.PUBLIC].encode() in heard
    assert {m for m in (*MARKERS.values(), *TEAM.values()) if m.encode() in heard} <= SEEN[who]


@pytest.mark.parametrize("who", ["", "stranger"])
def test_without_a_role_nothing_is_sent_but_the_way_in(
    visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    monkeypatch.setitem(PEOPLE, "stranger", {"email": "eva@example.org.evil", "name": "Eva", "groups": "editor"})
    app = visit("", who, entry="x", log_scope="all")
    assert [title.value for title in app.title] == [sign_in.PRODUCT]
    assert [button.label for button in app.button] == ["Sign out" if who else "Sign in"]
    assert len(list(nodes(app.main))) == 3
    assert not app.sidebar.children
    if who:
        (said,) = app.warning
        assert "has no role here; ask an administrator for one." in said.value


def test_a_page_that_is_run_alone_asks_too(visit: Callable[..., AppTest]) -> None:
    app = visit("", "viewer")
    app.user = {"is_logged_in": False}
    app.switch_page("pages/log.py").run()
    assert [button.label for button in app.button] == ["Sign in"]


@pytest.mark.parametrize(("who", "page", "to"), [
    ("viewer", "desk", "viewers"), ("public", "log", "the public"), ("public", "plan", "the public"),
    ("public", "targets", "the public"), ("public", "documents", "the public"),
])  # fmt: skip
def test_a_page_that_is_not_for_a_role_says_so_in_one_sentence(
    visit: Callable[..., AppTest], who: str, page: str, to: str
) -> None:
    app = visit(page, who)
    assert [told.value for told in app.info] == [f"{PAGES[page][1]} is not shown to {to}."]
    assert not app.dataframe


@pytest.mark.parametrize("who", ["viewer", "partner"])
def test_readers_are_offered_nothing_to_write(visit: Callable[..., AppTest], written: str, who: str) -> None:
    app = visit("log", who, entry=written, new="contact")
    assert not {key for button in app.button if (key := button.key or "") and key.startswith(("log_", "detail_"))} - {
        "detail_close"
    }
    assert not app.get("file_uploader")
    assert not [one for one in app.text_input if one.key == "author"]
    app = visit("data", who, data_view="correct")
    assert app.info[0].value == ("Correct is for those who write; possible here: Facts, Not known, Findings, Sources.")


def test_an_edit_carries_who_signed_in_and_no_name_can_be_typed(visit: Callable[..., AppTest], store: Store) -> None:
    app = visit("log", "editor", new="contact", state="KEN")
    assert not [one for one in app.text_input if one.key == "author"]
    app.text_area(key="quick_summary_0").set_value("We met").run()
    assert app.selectbox(key="quick_owner_0").value == "Eva"
    next(button for button in app.button if button.label.startswith("Save")).click().run()
    entry = max(store.activities(), key=lambda one: one.number)
    assert (entry.activity.summary, entry.author) == ("We met", "Eva <eva@example.org>")


def test_a_write_is_refused_where_it_is_made_too(visit: Callable[..., AppTest], store: Store) -> None:
    app, before = visit("log", "editor", new="contact", state="KEN"), store.last_seq()
    app.text_area(key="quick_summary_0").set_value("We met").run()
    save = next(button for button in app.button if button.label.startswith("Save"))
    app.user = {"is_logged_in": True, **PEOPLE["viewer"]}
    save.click().run()
    assert store.last_seq() == before


def test_what_another_did_to_the_facts_an_administrator_undoes(written: str) -> None:
    from pages.components.data import changes

    change = opening.current().overlay.changes[-1]

    def script(seq: int) -> None:
        from ccm_data import opening
        from pages.components.data import changes

        change = next(one for one in opening.current().overlay.changes if one.seq == seq)
        changes.undo_button(None, change)  # type: ignore[arg-type]

    drawn = {}
    for who in ("editor", "administrator"):
        app = AppTest.from_function(script, args=(change.seq,))
        app.secrets.update(SECRETS)
        app.user = {"is_logged_in": True, **PEOPLE[who]}
        drawn[who] = [button.key for button in app.run().button]
        assert not app.exception
    assert drawn == {"editor": [], "administrator": [changes.key(f"undo_{change.seq}")]}
