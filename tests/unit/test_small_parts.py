"""Words, dates, colours, errors and plain records."""

from __future__ import annotations

import inspect
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from ccm_data import palette, records, vocab
from ccm_data.dates import EARLIEST, parse_as_of, words
from ccm_data.errors import CcmError, FactsError
from ccm_data.vocab import Category, Status, Term, Vote
from ccm_data.workspace import Workspace

VOCABULARIES = [v for _n, v in inspect.getmembers(vocab, inspect.isclass) if issubclass(v, Term) and v is not Term]
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.__name__)
def test_codes_and_words_of_a_vocabulary_are_unique(vocabulary: type[Term]) -> None:
    codes = vocab.codes(vocabulary)
    assert len(set(codes)) == len(codes) == len(vocabulary.__members__) > 1  # a repeated code would be an alias
    labels = [term.label for term in vocabulary]
    assert len({label.casefold() for label in labels}) == len(labels)
    assert all(label.strip() == label != "" for label in labels)
    for term in vocabulary:
        assert vocab.label(vocabulary, term.value) == term.label


def test_there_are_vocabularies_for_every_closed_list_of_the_design() -> None:
    named = {v.__name__ for v in VOCABULARIES}
    assert {
        "Status",
        "Category",
        "ActivityType",
        "ActivityStatus",
        "Confidentiality",
        "Role",
        "Stage",
        "Obstacle",
    } <= named
    assert vocab.codes(Status) == ["state_party", "signatory", "not_party", "withdrawn"]
    assert vocab.codes(Category) == ["first_committee_yes", "mine_ban_party", "signatory", "declared_support"]
    assert len(vocab.ActivityType) == 16


def test_short_words_of_the_categories_are_complete_and_unique() -> None:
    assert list(vocab.CATEGORY_SHORT) == list(Category)
    assert len(set(vocab.CATEGORY_SHORT.values())) == 4


def test_words_for_no_code_and_for_an_unknown_one() -> None:
    assert [vocab.label(Status, missing) for missing in (None, float("nan"), pd.NaT)] == ["", "", ""]
    with pytest.raises(KeyError):
        vocab.label(Status, "party")


def test_every_status_and_vote_has_one_colour_of_its_own() -> None:
    assert list(palette.STATUS) == list(Status)
    assert list(palette.VOTE) == list(Vote)
    assert len(set(palette.STATUS.values())) == 4
    assert palette.rgb("#005A9C") == [0, 90, 156, 255]
    assert palette.rgb("#FFFFFF", 7) == [255, 255, 255, 7]
    assert palette.paler("#000000", 0.5) == "#808080"
    assert palette.paler("#FFFFFF") == "#FFFFFF"


@pytest.mark.parametrize("text", ["2008-12-03", "2021-11-30", "2024-02-29", "2026-06-01"])
def test_a_possible_day(text: str) -> None:
    assert parse_as_of(text, TODAY).isoformat() == text


@pytest.mark.parametrize(
    "text",
    ["2021-02-30", "2023-02-29", "20211130", "2021-W48-2", "30.11.2021", "2021-11", "2021-11-30T00:00", "tomorrow",
     "2021-13-01", "0000-00-00", " 2021-11-30", "-2021-11-30", "２０２１-11-30"],
)  # fmt: skip
def test_what_is_no_day_is_a_sentence(text: str) -> None:
    with pytest.raises(CcmError) as raised:
        parse_as_of(text, TODAY)
    assert str(raised.value) == f"{text!r} is not a date; write it as YYYY-MM-DD, between 2008-12-03 and 2026-06-01."


@pytest.mark.parametrize("text", ["2008-12-02", "2026-06-02", "0001-01-01", "9999-12-31"])
def test_a_day_outside_is_a_sentence(text: str) -> None:
    with pytest.raises(CcmError) as raised:
        parse_as_of(text, TODAY)
    assert str(raised.value) == (
        f"The as-of date {text} is outside what is possible: 2008-12-03 (opening for signature) to 2026-06-01."
    )
    assert date(2008, 12, 3) == EARLIEST


@pytest.mark.parametrize(
    ("day", "precision", "said"),
    [
        (date(2021, 11, 30), "day", "30 November 2021"),
        (date(2021, 1, 1), "month", "January 2021"),
        (date(2021, 1, 1), "year", "2021"),
        (pd.Timestamp(2008, 12, 3), "day", "3 December 2008"),
        (None, "day", ""),
        (pd.NaT, "month", ""),
    ],
)
def test_a_day_in_words_is_as_exact_as_it_is_known(day: date | None, precision: str, said: str) -> None:
    assert words(day, precision) == said


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, None), (float("nan"), None), (np.nan, None), (pd.NaT, None), (pd.NA, None), (0, 0), (False, False),
        (np.int64(5), 5), (np.float64(2.5), 2.5), (np.bool_(True), True), ("", ""), (date(2021, 11, 30), "2021-11-30"),
        (pd.Timestamp(2021, 11, 30), "2021-11-30"), (datetime(2021, 11, 30, 12), "2021-11-30"), ((), []),
        (np.array(["a", None], dtype=object), ["a", None]),
        ([{"date": date(2021, 1, 1), "n": np.int32(1)}], [{"date": "2021-01-01", "n": 1}]),
    ],
    ids=repr,
)  # fmt: skip
def test_a_cell_as_json(cell: object, expected: object) -> None:
    found = records.plain(cell)
    assert found == expected
    assert type(found) is type(expected)


def test_a_state_as_json_has_its_vote_or_none(workspace: Workspace) -> None:
    rows = {row["iso3"]: records.state(row) for row in records.records(workspace.states(date(2021, 11, 30)))}
    assert rows["KEN"]["latest_vote"] == {
        "vote": "yes", "stage": "plenary", "session": 75, "date": "2020-12-07", "resolution": "A/RES/75/62"
    }  # fmt: skip
    assert type(rows["KEN"]["latest_vote"]["session"]) is int
    assert rows["VAT"]["latest_vote"] is None


def test_an_error_about_facts_says_the_first_and_how_many_more() -> None:
    assert str(FactsError(["a.csv:2: x: wrong"])) == "The facts are broken: a.csv:2: x: wrong"
    several = FactsError(["a.csv:2: x: wrong", "b.csv:3: y: wrong", "c.csv:4: z: wrong"])
    assert str(several) == "The facts are broken: a.csv:2: x: wrong (and 2 more; run `ccm facts check`)"
    assert isinstance(several, CcmError)


def test_an_activity_outside_its_campaigns_period_is_told_with_a_proposal() -> None:
    from datetime import date

    from ccm_data import campaign as campaigns
    from ccm_data.campaign import Campaign

    old = Campaign(name="10MSP", baseline=date(2021, 11, 30), end=date(2022, 8, 30), target=3)
    new = Campaign(name="14MSP", baseline=date(2026, 9, 18), end=date(2027, 9, 18), target=2)
    assert campaigns.outside(old, date(2022, 3, 1), [old, new]) == ""
    assert campaigns.outside(None, date(2022, 3, 1), [old, new]) == ""
    assert campaigns.outside(old, date(2026, 11, 24), [old, new]) == (
        "2026-11-24 lies outside the period of 10MSP (2021-11-30 to 2022-08-30); choose 14MSP, whose period holds that "
        "day, or save it as it is."
    )
    assert "choose no campaign, or another day" in campaigns.outside(new, date(2025, 1, 1), [old, new])


def test_a_campaign_for_everybody_opens_on_every_day_from_its_baseline() -> None:
    from datetime import date

    from ccm_data import campaign as campaigns
    from ccm_data.campaign import Campaign
    from ccm_data.vocab import Opening

    old = Campaign(name="A", baseline=date(2021, 1, 1), end=date(2022, 1, 1), target=3, opens=Opening.ALWAYS)
    new = Campaign(name="B", baseline=date(2026, 1, 1), end=date(2027, 1, 1), target=2)
    assert campaigns.holding(date(2026, 11, 24), [old, new]) is old
    assert campaigns.holding(date(2026, 11, 24), [old.model_copy(update={"opens": Opening.BY_PERIOD}), new]) is new


def test_chances_are_said_as_they_are_and_bands_by_rank() -> None:
    from ccm_data.targets import band, chance_words

    assert chance_words(0.0296, 0.0069) == "3 in 100 this year, 4 times the average target"
    assert chance_words(0.0066, 0.0069) == "7 in 1,000 this year, about the average target"
    assert chance_words(0.0020, 0.0069) == "2 in 1,000 this year, below the average target"
    assert chance_words(0.0001, 0.0069) == "under 1 in 1,000 this year, below the average target"
    assert chance_words(0.0098, 0.0069) == "1 in 100 this year, about the average target"
    assert [band(rank).label for rank in (1, 5, 6, 15, 16, 35, 36, 85)] == [
        "First five", "First five", "Next ten", "Next ten", "Next twenty", "Next twenty", "The others", "The others",
    ]  # fmt: skip
