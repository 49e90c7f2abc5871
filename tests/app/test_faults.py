"""A log, facts or shapes that cannot be read: one sentence where they are missed, and everything else works."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import geometry, wording
from ccm_data.log import Create, Store, open_store, parse
from ccm_data.paths import PACKAGE, ROOT
from ccm_data.scheme import ColourBy
from pages.components import frame
from tests.app.conftest import figures

OF_FACTS = [name for name in frame.PAGES if name not in frame.OF_THE_LOG]
Break = Callable[[Path, pytest.MonkeyPatch], None]


def filled(home: Path) -> Path:
    """A log with one contact with Kenya; its file."""
    home.mkdir()
    file = home / "activities.sqlite"
    store = open_store(f"sqlite:///{file}")
    talk = {"start": "2026-01-10", "type": "bilateral_geneva", "status": "done", "title": "Talk",
            "states": [{"iso3": "KEN"}], "owner": "Ana", "next_step": "Call"}  # fmt: skip
    store.save([Create(parse("activity", talk))], "Ana")
    store.close()
    return file


def no_database(home: Path, patch: pytest.MonkeyPatch) -> None:
    filled(home).write_bytes(b"Dear colleagues, " * 500)


def half_gone(home: Path, patch: pytest.MonkeyPatch) -> None:
    file = filled(home)
    file.write_bytes(file.read_bytes()[:9000])


def rows_damaged(home: Path, patch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(filled(home))) as connection:
        connection.execute("DROP TRIGGER log_revision_no_update")
        connection.execute("UPDATE log_revision SET payload = '{'")
        connection.commit()


def too_new(home: Path, patch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(filled(home))) as connection:
        connection.execute("UPDATE log_schema SET version = 99")
        connection.commit()


def a_folder(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "activities.sqlite").mkdir(parents=True)


def home_is_a_file(home: Path, patch: pytest.MonkeyPatch) -> None:
    home.write_text("no folder")


def no_server(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("CCM_DATABASE_URL", "postgresql://ccm:sekrit@127.0.0.1:1/ccm")


def no_address(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("CCM_DATABASE_URL", "log of the team")


LOG_FAULTS: dict[Break, str] = {
    rows_damaged: "The log is damaged: revision 1 cannot be read; restore a backup",
    no_database: "The file is not an activity log; move it away or name another folder with CCM_HOME",
    half_gone: "The log file is damaged; restore the last export",
    too_new: "The log has schema version 99, newer than this program's",
    a_folder: "The log cannot be opened; check that its folder is there, writable and not full",
    home_is_a_file: "The log's folder",
    no_server: "The database cannot be reached; check CCM_DATABASE_URL and that the server runs",
    no_address: "CCM_DATABASE_URL is not a database URL; possible is postgresql://user@host/name.",
}


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AppTest]]:
    """Starts the app on a home of its own."""
    for name in ("CCM_FACTS", "CCM_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(frame, "RETRY", 600.0)
    yield lambda: AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    frame._closed.clear()


def errors(app: AppTest) -> list[str]:
    """The sentences in red; no box without words may be there."""
    assert not app.exception, [error.message for error in app.exception]
    return [error.value.replace("\\", "").replace("\u2060", "") for error in app.error]


@pytest.mark.parametrize("fault", LOG_FAULTS, ids=lambda fault: fault.__name__)
def test_a_log_that_cannot_be_read_leaves_the_map_and_the_facts(
    start: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Break
) -> None:
    fault(tmp_path / "home", monkeypatch)
    app = start()
    whole = fault is rows_damaged  # of the others, those pages whose words are about the log
    for name in [*OF_FACTS, *frame.OF_THE_LOG] if whole else ["map", "state", "log", "documents"]:
        app.switch_page(f"pages/{name}.py").run()
        (said,) = errors(app)
        assert LOG_FAULTS[fault] in said, (name, said)
        assert "sekrit" not in said
        if name in frame.OF_THE_LOG:
            assert [title.value for title in app.title] == [frame.PAGES[name][1]]
            assert [one.label for one in app.main.button] == ["Meeting mode"], "only the settings beside it"
            assert not app.dataframe
        else:
            assert wording.LOG_UNREAD_HERE in [caption.value for caption in app.caption]
        match name:
            case "map":
                assert figures(app)["States Parties"] == "112"
                app.selectbox(key="colour").set_value(ColourBy.CONTACT).run()
                assert errors(app)
            case "state":
                app.selectbox(key="state").set_value("Kenya").run()
                assert "Kenya" in [title.value for title in app.title]
                assert errors(app) == [said]
            case "targets":
                table = app.dataframe[0].value
                assert set(table["Owner"]) == set(table["Next step"]) == {wording.LOG_UNREAD}


def test_a_document_that_needs_the_log_says_so_and_the_others_are_made(
    start: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_database(tmp_path / "home", monkeypatch)
    app = start().switch_page("pages/documents.py").run()
    app.session_state["document"] = "Progress report"
    app.run()
    app.button(key="_make_report").click().run()
    assert errors(app)[1].startswith("The document report tells what the activity log holds. The file is not")
    app.session_state["document"] = "Map"
    app.run()
    app.button(key="_make_map").click().run()
    assert len(errors(app)) == 1


def test_a_log_that_fails_and_comes_back_is_seen_at_the_next_click(
    start: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = filled(tmp_path / "home")
    app = start().switch_page("pages/log.py").run()
    assert not errors(app)
    assert "Talk" in list(app.dataframe[0].value["Title"])
    with monkeypatch.context() as patch:
        patch.setattr(Store, "last_seq", lambda _: open_store("sqlite:////proc/nope/x.sqlite").last_seq())
        assert errors(app.run())[0].startswith("The log's folder")
        assert errors(app.run())[0].startswith("The log's folder"), "not asked again at once"
    monkeypatch.setattr(frame, "RETRY", 0.0)
    assert not errors(app.run())
    assert "Talk" in list(app.dataframe[0].value["Title"])
    assert file.stat().st_size


def test_changes_of_the_facts_that_cannot_be_read_leave_the_facts_as_they_came(
    start: Callable[[], AppTest], tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "facts"
    folder.mkdir(parents=True)
    (folder / "changes.sqlite").write_bytes(b"Dear colleagues, " * 500)
    app = start()
    (said,) = errors(app)
    assert said.startswith("The facts are shown as they came, without what users changed in them. The file is not")
    assert figures(app)["States Parties"] == "112"
    for name in ("targets", "data", "log"):
        assert errors(app.switch_page(f"pages/{name}.py").run()) == [said]


def test_broken_facts_leave_every_page_with_one_sentence(
    start: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(PACKAGE / "facts", facts)
    os.remove(facts / "commitments.csv")
    monkeypatch.setenv("CCM_FACTS", str(facts))
    app = start()
    for name in frame.PAGES:
        said = errors(app.switch_page(f"pages/{name}.py").run())
        assert said == ["The facts are broken: commitments.csv:1: file: is missing from the facts folder"], name
    app.switch_page("pages/map.py").run()
    assert figures(app)["States Parties"] == "112"


def test_missing_shapes_leave_the_figures_and_every_page(
    start: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geometry, "MANIFEST", tmp_path / "world.json")
    geometry.load.cache_clear()
    try:
        app = start()
        (said,) = errors(app)
        assert said.startswith("The map's manifest world.json cannot be read")
        assert any("States Parties: **112**" in one.value for one in app.markdown)
        for name in frame.PAGES:
            assert set(errors(app.switch_page(f"pages/{name}.py").run())) <= {said}
    finally:
        geometry.load.cache_clear()
