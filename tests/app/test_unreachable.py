"""While the database cannot be reached, a page says so in one sentence and does not break; it goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ccm_data.errors import Unreachable
from ccm_data.log.database import Database
from tests.app.conftest import Open

SENTENCE = "The database is away"


@contextmanager
def silent(_database: Database) -> Iterator[Any]:
    raise Unreachable(SENTENCE)
    yield


def test_a_page_says_it_and_goes_on_by_itself(open_link: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_link(state="KEN")
    titles = [title.value for title in app.title]
    with monkeypatch.context() as patch:
        patch.setattr(Database, "read", silent)
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == [SENTENCE]
        assert [button.label for button in app.button][-1] == "Try again"
    app.button[-1].click().run()
    assert not app.error
    assert [title.value for title in app.title] == titles
