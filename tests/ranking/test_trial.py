"""The coordinator's sentences about the order follow from the figures of the backtest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from ccm_data.ranking import trial
from ccm_data.ranking.backtest import Backtest

NAMES = {"CUB": "Cuba", "LKA": "Sri Lanka", "MDV": "Maldives"}


def with_tops(tested: Backtest, **tops: float) -> Backtest:
    """The same with other shares of joiners in the likelihood's tops."""
    methods = tested.methods.copy()
    for name, share in tops.items():
        methods.loc["likelihood", name] = share
    return replace(tested, methods=methods)


def test_the_sentences_on_the_shipped_facts(tested: Backtest) -> None:
    right, first, missed, chances, use = trial.told(tested, NAMES)
    assert right == (
        "Of the 15 states that joined in 2016 to 2025, 12 stood among the first 20 of the list made on 1 January of "
        "their year; with signatories first it would have been about 8, by chance about 3."
    )
    assert first == (
        "It is weaker at saying who comes first: 2 stood among the first 5, no better than signatories first (about 2)."
    )
    assert missed == (
        "It did not see every joiner coming: Cuba 2016 (place 40); Sri Lanka 2018 (place 51); Maldives 2019 (place 34)."
    )
    assert chances.startswith("Its chances were too high: together they expected 28 joiners and 15 came")
    assert use.startswith("Use it to choose the 20 states to work with this year")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (6 / 15, "It also says who comes first: 6 stood among the first 5, more than with signatories first "
         "(about 2)."),
        (0, "It is weaker at saying who comes first: 0 stood among the first 5, fewer than with signatories first "
         "(about 2)."),
    ],
)  # fmt: skip
def test_who_comes_first_by_the_figures(tested: Backtest, share: float, said: str) -> None:
    assert trial.told(with_tops(tested, top5=share), NAMES)[1] == said


def test_chances_that_hold_and_that_are_too_low(tested: Backtest) -> None:
    for factor, word in ((0.5, "about right"), (0.3, "too low")):
        bins = tested.calibration.assign(expected=tested.calibration["expected"] * factor)
        assert f"Its chances were {word}" in trial.told(replace(tested, calibration=bins), NAMES)[3]


def test_an_order_that_is_nowhere_ahead_is_one_opinion(tested: Backtest) -> None:
    behind = replace(tested, lead=tested.lead.assign(low=-0.1), missed=tested.missed.iloc[:0])
    said = trial.told(behind, NAMES)
    assert said[2] == "No state that joined stood below place 20."
    assert said[4] == "Use it as one opinion beside signatories first: on no list is it clearly ahead."


def test_the_picture_has_two_marks_for_each_joiner(tested: Backtest) -> None:
    names = defaultdict(lambda: "Another", NAMES)
    places = trial.places(tested, names)
    assert len(places) == 2 * tested.joiners
    cuba = places[places["state"] == "Cuba 2016"].set_index("order")["place"]
    assert cuba.to_dict() == {"likelihood": 40.0, "signatories_first": 60.0}
