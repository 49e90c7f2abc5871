"""What a call needs: from one reading, as far as its audience may read, the same for page, panel and document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ccm_data.call import CHAMPION, IN_OFFICE, OWNER, call, calls, first_calls
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.reading.conftest import activity

BASELINE = date(2021, 11, 30)
NOW = date(2026, 2, 3)


def entry(**values: object) -> Entry:
    return Entry("activity", "", 1, activity(**values))


@pytest.fixture
def logged(reading: Open) -> Callable[..., object]:
    """The reading of a day over one internal talk with Uganda, a promise and a next step."""
    part = {"iso3": "UGA", "position": "The bill is with the cabinet", "promise": "To table it",
            "promise_due": "2025-12-31"}  # fmt: skip
    told = entry(
        start="2025-06-02", title="Talk in Kampala", states=[part], confidentiality="internal",
        next_step="Send the model law", owner="Ana", due_date="2026-03-01",
    )  # fmt: skip
    return lambda day=NOW, audience="internal": reading(day, [told], audience=audience)


def test_a_signatory(reading: Open) -> None:
    found = call(reading(NOW, audience="internal"), "ken")
    assert (found.iso3, found.name) == ("KEN", "Kenya")
    assert found.status.words == "Signatory: signed 3 December 2008, not ratified"
    assert found.notice is None
    assert [(mark.category, mark.met, mark.day) for mark in found.marks] == [
        (Category.FIRST_COMMITTEE_YES, True, date(2025, 12, 1)),
        (Category.MINE_BAN_PARTY, True, date(2001, 1, 23)),
        (Category.SIGNATORY, True, date(2008, 12, 3)),
        (Category.DECLARED_SUPPORT, True, date(2010, 1, 1)),
    ]
    assert found.marks[3].precision == "year"
    assert found.why == "File between its ministries"
    assert [(one.words, one.source_ids) for one in found.reasons[::2]] == [
        ("The file is between ministries; a meeting in the capital finds who holds it.", ("PLCY-M14-KEN",)),
        ("It signed years ago and has not ratified; the decision lies in the capital.", ("untc_2014",)),
    ]
    assert found.obstacles is not None
    assert found.obstacles.words == "Domestic politics (2016)"
    assert found.ask == "Complete the ratification it has signed for and deposit the instrument."
    assert found.steps[0].name == "Bilateral in capital"
    assert [one.name for one in found.callers] == [IN_OFFICE, CHAMPION]
    assert found.callers[1].words.startswith("South Sudan, joined 3 August 2023; shares Eastern Africa")
    assert found.last is not None
    assert (found.last.when, found.last.title, found.last.origin) == (
        "24 March 2022", "Africa Regional Universalization Workshop", "Public record",
    )  # fmt: skip
    assert found.statement is not None
    assert found.statement.when == "September 2016"
    assert (found.promises, found.next_step) == ((), None)


def test_categories_that_are_not_met_say_what_is_known(reading: Open) -> None:
    marks = call(reading(NOW, audience="internal"), "LTU").marks
    assert [(mark.met, mark.words, mark.day) for mark in marks] == [
        (False, "Abstained (Plenary, session 80, 1 December 2025)", date(2025, 12, 1)),
        (False, "Withdrawal effective 27 December 2025", date(2025, 12, 27)),
        (False, "Not a signatory", None),
        (False, "None recorded", None),
    ]


def test_a_state_party_is_no_target(reading: Open) -> None:
    found = call(reading(NOW, audience="internal"), "NOR")
    assert (found.marks, found.why, found.reasons, found.steps) == ((), "", (), ())
    assert found.ask == "State Party: share its experience of joining with its neighbours."
    assert [one.name for one in found.callers] == [IN_OFFICE]


def test_a_notice_of_withdrawal(reading: Open) -> None:
    found = call(reading(date(2024, 12, 1), audience="internal"), "LTU")
    assert found.notice is not None
    assert found.notice.words == "Withdrawal notified on 6 September 2024, effective 6 March 2025"


def test_the_log_says_who_calls_what_was_said_promised_and_comes_next(logged: Callable[..., object]) -> None:
    found = call(logged(), "UGA")
    assert [(one.name, one.words) for one in found.callers[:1]] == [(OWNER, "Ana")]
    assert (found.last.when, found.last.title, found.last.said, found.last.origin) == (
        "2 June 2025", "Talk in Kampala", "The bill is with the cabinet", "Activity log",
    )  # fmt: skip
    assert found.last.entry
    assert found.statement == found.last
    assert [(one.told.said, one.due, one.overdue) for one in found.promises] == [
        ("To table it", date(2025, 12, 31), True),
        ("Told regional meeting it would ratify before September 2012", date(2012, 8, 31), True),
        ("Said ratification instrument prepared and consultations under way", date(2010, 11, 30), True),
    ]
    assert found.promises[0].fate == "246 days old, overdue by 34 days"
    step = found.next_step
    assert (step.what, step.owner, step.due, step.overdue) == ("Send the model law", "Ana", date(2026, 3, 1), False)


def test_nothing_later_than_the_day(logged: Callable[..., object]) -> None:
    found = call(logged(BASELINE), "UGA")
    assert found.next_step is None
    assert found.last.day <= BASELINE
    assert max(mark.day for mark in found.marks if mark.day) <= BASELINE


def test_coordinators_in_office_and_their_posts(reading: Open) -> None:
    found = call(reading(date(2022, 12, 1), audience="internal"), "KEN")
    assert found.callers[0].words == "Malawi, Spain"
    assert [one.name for one in found.places] == ["Mission in Geneva", "Spain, embassy"]
    assert found.places[1].words.startswith("Nairobi")


def test_a_shared_screen_shows_no_ranking_promise_or_contact(logged: Callable[..., object]) -> None:
    found = call(logged(audience="public"), "UGA")
    assert (found.why, found.reasons, found.steps, found.obstacles) == ("", (), (), None)
    assert (found.last, found.statement, found.promises, found.next_step) == (None, None, (), None)
    assert OWNER not in [one.name for one in found.callers]
    assert found.status.words == "Signatory: signed 3 December 2008, not ratified"
    assert found.ask == "Complete the ratification it has signed for and deposit the instrument."
    assert first_calls(logged(audience="public"), 5) == []


def test_public_readers_of_a_paper_learn_what_is_public(logged: Callable[..., object]) -> None:
    found = calls(logged(audience="public"), ["UGA"])["UGA"]
    assert [one.told.origin for one in found.promises] == ["Public record", "Public record"]
    assert found.last.title != "Talk in Kampala"
    assert found.next_step is None


def test_the_first_calls_follow_the_order_of_targets_without_those_in_fresh_contact(reading: Open) -> None:
    plain = reading(NOW, audience="internal")
    order = list(plain.targets()["iso3"])
    assert [one.iso3 for one in first_calls(plain, 5)] == order[:5]
    talk = entry(start="2026-01-20", title="Talk", states=[{"iso3": order[1]}], confidentiality="internal")
    again = reading(NOW, [talk], audience="internal")
    assert [one.iso3 for one in first_calls(again, 5)] == [order[0], *order[2:6]]


def test_a_code_that_is_no_state(reading: Open) -> None:
    with pytest.raises(CcmError, match="'XXX' is no ISO 3166-1"):
        call(reading(NOW, audience="internal"), "XXX")


def test_with_broken_facts_what_they_alone_tell_is_left_out(
    reading: Open, workspace: Workspace, tmp_path: Path
) -> None:
    import shutil
    from dataclasses import replace

    facts = tmp_path / "facts"
    shutil.copytree(workspace.facts_dir, facts)
    (facts / "coordinators.csv").write_text("role\nnobody\n", encoding="utf-8")
    broken = replace(reading(NOW, audience="internal"), workspace=Workspace(facts_dir=facts))
    assert broken.workspace.findings
    found = call(broken, "KEN")
    assert found.status.words == "Signatory: signed 3 December 2008, not ratified"
    assert [one.words for one in found.callers] == ["nobody on record"]
    assert found.promises == ()
