"""Everything known about one state, each fact beside its source."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data.paths import ROOT
from ccm_data.vocab import ActivityStatus
from tests.app.conftest import Open


def texts(app: AppTest) -> list[str]:
    """What the page says, as a reader sees it: without the escapes of Markdown."""
    return [plain(str(element.value)) for element in app.markdown]


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Norway", "State Party since 3 December 2008 (ratification)"),
        ("Kenya", "Signatory: signed 3 December 2008, not ratified"),
        ("Lithuania", "Withdrew, effective 6 March 2025; joined 24 March 2011"),
        ("Brazil", "State not party, not a signatory"),
    ],
)
def test_status_in_words_with_its_source(open_page: Open, name: str, status: str) -> None:
    app = open_page("state", date(2026, 2, 3), name)
    assert app.title[0].value == name
    assert f"**{status}**" in texts(app)
    assert "Status" not in set(app.dataframe[0].value["Fact"]), "what stands above is not said again"


def test_it_begins_with_the_call_and_every_part_has_a_heading(open_page: Open) -> None:
    app = open_page("state", date(2026, 2, 3), "Kenya")
    assert [heading.value for heading in app.header][:4] == [
        r"Ask: Complete the ratification it has signed for and deposit the instrument\.", "Steps to joining",
        "Votes on the resolution", "Neighbours that joined",
    ]  # fmt: skip
    parts = ["Why now", "What to say", "Who calls and where", "Said, promised, next"]
    assert [heading.value for heading in app.subheader][:4] == parts
    said = " ".join(texts(app))
    assert "The file is between ministries; a meeting in the capital finds who holds it." in said
    assert "You have voted yes on the General Assembly resolution in all 11 sessions recorded since 2015" in said
    assert "**If they say Domestic politics (2016):** We can come to the capital" in said
    assert "**Last contact, 24 March 2022:** Africa Regional Universalization Workshop" in said
    assert ":green[:material/check_circle:] **Signatory, not ratified**  \nSigned 3 December 2008" in said
    assert "Chance of joining" not in said, "the ranking is for those who ask"


def test_a_category_that_is_not_met_says_what_is_known(open_page: Open) -> None:
    said = " ".join(texts(open_page("state", date(2026, 2, 3), "Lithuania")))
    assert ":gray[Voted yes, not party]  \nAbstained (Plenary, session 80, 1 December 2025)" in said
    assert "No step towards joining again since it withdrew is on record." in said


def test_a_notice_of_withdrawal_stands_on_top(open_page: Open) -> None:
    app = open_page("state", date(2024, 12, 1), "Lithuania")
    assert plain(app.warning[0].value).startswith("Withdrawal notified on 6 September 2024, effective 6 March 2025")


def test_planning_a_contact_opens_the_quick_entry_with_the_state(open_page: Open) -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.session_state["_waiting"] = ("log", {"state": ["KEN"], "new": ["plan"]})
    at.run()
    assert not at.exception
    assert at.multiselect(key="quick_states_0").value == ["KEN"]
    assert at.segmented_control(key="quick_status_0").value == ActivityStatus.PLANNED
    at.switch_page("pages/map.py").run()
    assert "new" not in at.query_params, "it acts on the log alone"


def test_a_value_without_source_says_so_and_never_no(open_page: Open) -> None:
    facts = open_page("state", state="Kenya").dataframe[0].value
    blank = facts[facts["Source"] == "no source"]
    assert not set(blank["Value"]) & {"No", "no", "Yes", "yes"} - {None}, blank


def test_the_same_state_on_an_earlier_day(open_page: Open) -> None:
    app = open_page("state", date(2020, 1, 1), "Nigeria")
    assert "**Signatory: signed 12 June 2009, not ratified**" in texts(app)
    assert "**State Party since 28 February 2023 (ratification)**" in texts(open_page("state", state="Nigeria"))


def test_nothing_later_than_the_day_is_shown(open_page: Open) -> None:
    app = open_page("state", date(2015, 1, 1), "Kenya")
    said = " ".join(app.dataframe[place].value.to_string() for place in range(len(app.dataframe)))
    for year in range(2016, 2027):
        assert f" {year}  " not in said, year


@pytest.mark.parametrize("page", ["state", "map", "targets"])
def test_a_state_that_did_not_exist_yet_is_said_so(open_page: Open, page: str) -> None:
    app = open_page(page, date(2010, 8, 1), "South Sudan")
    assert "South Sudan was no state yet on 1 August 2010." in [info.value for info in app.info]


def test_without_a_state_the_page_lists_the_targets_to_choose_from(open_page: Open) -> None:
    app = open_page("state", date(2026, 2, 3))
    assert [heading.value for heading in app.header] == ["Signatory (12)", "Withdrawn (1)", "State not party (72)"]
    assert not app.dataframe
    app.button_group[0].set_value("KEN").run()
    assert app.title[0].value == "Kenya"
