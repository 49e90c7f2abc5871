"""The coordinator's sentences about the order: every figure in them is counted again here, from predictions alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from ccm_data.ranking import trial
from ccm_data.ranking.backtest import Backtest

NAMES = {"CUB": "Cuba", "LKA": "Sri Lanka", "MDV": "Maldives", "NIU": "Niue"}


def with_tops(tested: Backtest, **tops: float) -> Backtest:
    """The same with other shares of joiners in the likelihood's tops."""
    methods = tested.methods.copy()
    for name, share in tops.items():
        methods.loc["likelihood", name] = share
    return replace(tested, methods=methods)


def counted(tested: Backtest, method: str, column: str) -> float:
    return float(tested.predictions.query("method == @method")[column].sum())


def test_the_headline_is_what_can_be_counted(tested: Backtest) -> None:
    caught = sum(tested.predictions.query("method == 'likelihood'")["rank"] <= 20)
    plain, chance = (round(counted(tested, name, "top20")) for name in ("signatories_first", "random"))
    best, low, high, knowing = (
        round(15 * float(tested.ceiling[column].iloc[row]))
        for column, row in (("top20", 0), ("top20_low", 0), ("top20_high", 0), ("top20", -1))
    )
    assert (caught, plain, chance, best, low, high, knowing) == (11, 8, 3, 10, 7, 13, 12)
    assert trial.headline(tested) == (
        f"Of the 15 states that joined in 2016 to 2025, {caught} stood among the first 20 of the list made on "
        f"1 January of their year; calling signatories first would have caught about {plain}, chance about {chance}. "
        f"A perfect list could not be expected to do better than about {best} ({low} to {high} by luck alone), or "
        f"{knowing} if it also knew what no record shows."
    )


def test_the_sentences_on_the_shipped_facts(tested: Backtest) -> None:
    first, missed, elsewhere, chances, use = trial.told(tested, NAMES)
    ahead = sum(tested.predictions.query("method == 'likelihood'")["rank"] <= 5)
    assert first == (
        f"It is weaker at saying who comes first: {ahead} stood among the first 5, no better than signatories first "
        f"(about {round(counted(tested, 'signatories_first', 'top5'))})."
    )
    late = tested.predictions.query("method == 'likelihood' and rank > 20").sort_values(["year", "rank"])
    said = "; ".join(f"{NAMES[row.iso3]} {row.year} (place {row.rank:.0f})" for row in late.itertuples(index=False))
    assert missed == f"It did not see every joiner coming: {said}."
    assert len(late) == 4
    both = tested.treaties.set_index("treaty").loc["ATT+TPNW"]
    own = tested.treaties.set_index("treaty")
    mean = sum(own.loc[name, "concordance"] * own.loc[name, "joiners"] for name in ("ATT", "TPNW")) / both["joiners"]
    assert both["concordance"] == pytest.approx(mean)
    assert both["joiners"] == own.loc["ATT", "joiners"] + own.loc["TPNW", "joiners"]
    assert elsewhere.endswith(
        f"which states joined {both['joiners']:.0f} times in these years: of 100 states that stayed outside, "
        f"{100 * mean:.0f} stood below one that joined, ahead of signatories first "
        f"({100 * both['concordance_plain']:.0f})."
    )
    expected, frozen = tested.levels["printed"].sum(), tested.levels["five_years"].sum()
    assert chances.startswith(
        f"Its chances were too high: together they expected {expected:.0f} joiners and 15 came ({frozen:.0f} were"
    )
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
    assert trial.told(with_tops(tested, top5=share), NAMES)[0] == said


def test_chances_that_hold_and_that_are_too_low(tested: Backtest) -> None:
    for factor, word in ((0.7, "about right"), (0.3, "too low")):
        bins = tested.calibration.assign(expected=tested.calibration["expected"] * factor)
        assert f"Its chances were {word}" in trial.told(replace(tested, calibration=bins), NAMES)[3]


def test_an_order_that_is_nowhere_ahead_is_one_opinion(tested: Backtest) -> None:
    behind = replace(tested, lead=tested.lead.assign(low=-0.1), missed=tested.missed.iloc[:0])
    said = trial.told(behind, NAMES)
    assert said[1] == "No state that joined stood below place 20."
    assert said[4] == "Use it as one opinion beside signatories first: on no list is it clearly ahead."


def test_without_other_treaties_nothing_is_said_of_them(tested: Backtest) -> None:
    alone = replace(tested, treaties=tested.treaties.iloc[:1])
    assert not [sentence for sentence in trial.told(alone, NAMES) if "same method" in sentence]


def test_the_picture_has_two_marks_for_each_joiner(tested: Backtest) -> None:
    names = defaultdict(lambda: "Another", NAMES)
    places = trial.places(tested, names)
    assert len(places) == 2 * tested.joiners
    cuba = places[places["state"] == "Cuba 2016"].set_index("order")["place"]
    assert cuba.to_dict() == {"likelihood": 40.0, "signatories_first": 60.0}
