"""The desk: what a coordinator finds on Monday morning, each line with one thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data.call import first_calls
from ccm_data.log import Create, Delete, Edit, Store, open_store, parse
from ccm_data.paths import ROOT
from ccm_data.reading import read
from ccm_data.visit import Mark, Memory
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace
from tests.app.conftest import SECRETS, Open

TODAY = Workspace().latest


@pytest.fixture
def log(home: Path) -> Iterator[Store]:
    """The log of the app, left without activities."""
    store = open_store(f"sqlite:///{home / 'activities.sqlite'}")
    yield store
    store.save([Delete(entry.subject, entry.version) for entry in store.activities()], "Test", "Over")
    store.close()


def activity(**values: Any) -> Create:
    return Create(parse("activity", {"type": "bilateral_geneva", "status": "done", "title": "Talk", **values}))


def ago(days: int) -> str:
    return f"{TODAY - timedelta(days)}"


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def said(app: AppTest) -> str:
    """What stands on the page, without the strokes that escape it."""
    told = [*app.markdown, *app.caption, *app.info]
    return "\n".join(one.value for one in told).replace("\\", "")


def links(app: AppTest) -> list[tuple[str, str, str]]:
    """Label, page and parameters of each link."""
    found = [element.proto for element in app.get("page_link")]
    return [(one.label, one.page, one.query_string) for one in found]


def test_an_empty_desk_says_what_to_do_next(open_page: Open) -> None:
    app = open_page("desk")
    assert [title.value for title in app.title] == ["Desk"]
    week_ago = TODAY - timedelta(7)
    assert headings(app)[0] == "5 calls to make this week"
    assert f"New since {week_ago.day} {week_ago:%B} {week_ago.year}: 0" in headings(app)
    assert "Next forum: none" in headings(app)
    assert "My entries without an outcome: 0" in headings(app)
    assert "Regional meetings" in [label for label, _page, _query in links(app)]
    assert "This is the first visit from this browser: the last 7 days." in said(app)


def test_five_calls_with_the_ask_the_caller_and_what_to_do(open_page: Open, log: Store) -> None:
    calls = first_calls(read(Workspace(), log, audience=Confidentiality.INTERNAL), 5)
    app = open_page("desk")
    told = said(app)
    for one in calls:
        assert one.ask in told
        assert (f"**{one.name}**", "state", f"state={one.iso3}") in links(app)
        assert ("Log a contact", "log", f"state={one.iso3}&new=contact") in links(app)
    assert told.count("**Ask**") == told.count("**Caller**") == len(calls) == 5
    assert [button.label for button in app.get("download_button")][:1] == ["Make 5 briefings"]


def test_what_is_due_and_what_others_wrote_and_what_lacks_an_outcome(open_page: Open, log: Store) -> None:
    first, second = log.save(
        [
            activity(start=ago(2), title="Talk on *the bill*", owner="Ana", next_step="Send the law", due_date=ago(1),
                     states=[{"iso3": "KEN", "promise": "To table it", "promise_due": ago(-3)}]),
            activity(start=ago(3), title="Coffee", owner="Ana", outcome="They will ask the capital"),
        ],
        "Ben",
    )  # fmt: skip
    app = open_page("desk")
    app.text_input(key="author").set_value("Ana").run()
    assert "Due and overdue: 4" in headings(app), "two are promises of the facts"
    assert "**overdue by 1 day** Send the law :small[(Kenya · Ana)]" in said(app)
    assert "**in 3 days** To table it :small[(Kenya)]" in said(app)
    assert "**New** Talk on *the bill* :small[(Ben)]" in said(app)
    assert r"Talk on \*the bill\*" in "\n".join(one.value for one in app.markdown), "never as markup"
    assert "My entries without an outcome: 1" in headings(app)
    assert [page for label, page, query in links(app) if label == "Add it" and f"entry={first.subject}" in query]
    app.text_input(key="author").set_value("Ben").run()
    assert "**New**" not in said(app), "what I wrote is no news to me"
    assert "My entries without an outcome: 0" in headings(app)
    assert second.title == "Coffee"


def test_what_came_since_the_last_visit_stays_new_while_it_lasts(open_page: Open, log: Store) -> None:
    (old,) = log.save([activity(start=ago(2), title="Seen before")], "Ben")
    app = open_page("desk")
    seen = Mark(TODAY, log.last_seq(), 0)
    log.save([activity(start=ago(1), title="Came since")], "Ben")
    held = Memory(None, seen, datetime.now(UTC) - timedelta(days=1)).text()
    app.session_state["_browser_held"] = {"visit": held}
    for _look in range(2):
        app.run()
        assert "Came since" in said(app)
        assert "Seen before" not in said(app)
        assert "first visit" not in said(app)
    log.save([Edit(old.subject, 1, {"outcome": "Agreed"})], "Cy")
    app.run()
    assert "**Changed** Seen before :small[(Cy)]" in said(app)


def test_an_earlier_day_looks_back_a_week_and_shows_its_forum(open_page: Open) -> None:
    app = open_page("desk", date(2026, 9, 1))
    assert "New since 25 August 2026: 0" in headings(app)
    assert "first visit" not in said(app)
    assert "**Third Review Conference**  \n14 September 2026 to 18 September 2026, Vientiane" in said(app)
    (room,) = [heading for heading in headings(app) if heading.startswith("Next forum")]
    assert room == "Next forum: 6 targets in the room"


def test_a_meeting_sees_no_desk(open_page: Open) -> None:
    app = open_page("desk")
    app.session_state["_meeting"] = True
    app.run()
    assert [info.value for info in app.info] == ["Desk is not shown in meeting mode."]
    assert not app.header


def test_who_signed_in_begins_at_the_desk(open_page: Open) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "Desk" not in [title.value for title in app.title]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.secrets.update(SECRETS)
    app.user = {"is_logged_in": True, "name": "Ana", "email": "ana@partner.example"}
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Desk"]
    assert "Ana <ana@partner.example>" in [text.value for text in app.text]
