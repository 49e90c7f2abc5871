"""While the database cannot be reached, a page says so in one sentence and does not break; it goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ccm_data import escape
from ccm_data.errors import Unreachable
from ccm_data.log import Store
from pages.components import frame
from tests.app.conftest import Open
from tests.app.test_log_page import quick, said, store

__all__ = ["store"]

SENTENCE = "The database is away"


@contextmanager
def silent() -> Iterator[Any]:
    raise Unreachable(SENTENCE)
    yield


def test_a_page_says_it_and_goes_on_by_itself(open_link: Open, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "RETRY", 0.0)
    app = open_link(state="KEN")
    titles = [title.value for title in app.title]
    with monkeypatch.context() as patch:
        patch.setattr(store.database, "read", silent)
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == [SENTENCE], "the map itself needs no log"
        assert [title.value for title in app.title] == titles
    app.run()
    assert not app.error
    assert [title.value for title in app.title] == titles


@pytest.mark.parametrize("each", [False, True])
def test_an_answer_that_was_lost_makes_no_second_entry(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch, each: bool
) -> None:
    app = quick(open_page)
    app.multiselect(key="quick_states_0").set_value(["KEN", "FJI"]).run()
    app.text_area(key="quick_summary_0").set_value("In favour").run()
    app.toggle(key="quick_each_0").set_value(each).run()

    def lost(*given: Any) -> None:
        saved(*given)
        raise Unreachable(SENTENCE)

    saved = store.save
    monkeypatch.setattr(store, "save", lost)
    app.button(key="quick_commit").click().run()
    assert escape.markdown("save it again, it is stored once") in said(app)
    assert app.text_area(key="quick_summary_0").value == "In favour"
    monkeypatch.setattr(store, "save", saved)
    app.button(key="quick_commit").click().run()
    assert not app.exception
    assert store.last_seq() == store.current().total == 1 + each
    app.button(key="log_contact").click().run()
    app.multiselect(key="quick_states_1").set_value(["KEN"]).run()
    app.button(key="quick_commit").click().run()
    assert store.last_seq() == 2 + each  # another one is another one


def test_a_draft_of_another_session_is_the_same_entry() -> None:
    from pages.components.log import drafts

    given = drafts.id_of({})
    assert drafts.id_of({"id": given}) == given
    assert drafts.id_of({}) != given
    assert len(drafts.id_of({"id": "'; DROP"})) == len(given)
