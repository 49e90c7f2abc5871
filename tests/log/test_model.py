"""Activities, plan items, campaigns: what is accepted, and the sentence for what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ccm_data.errors import CcmError
from ccm_data.log import LINE_LIMIT, TEXT_LIMIT, Activity, Campaign, PlanItem, changes, parse
from ccm_data.log.text import plain, words
from ccm_data.vocab import Confidentiality, Role

MakeActivity = Callable[..., Activity]


def test_defaults_are_internal_and_target(activity: MakeActivity) -> None:
    made = activity()
    assert made.confidentiality is Confidentiality.INTERNAL
    assert made.states[0].role is Role.TARGET
    assert made.day == made.start


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"states": [{"iso3": "XXX"}]},
            "states.1.iso3: 'XXX' is no state of the facts; possible are ISO 3166-1 alpha-3",
        ),
        ({"end": "2022-01-31"}, "the end 2022-01-31 is before the start 2022-02-01; possible is 2022-02-01 or later"),
        ({"type": "bilatral"}, "type: 'bilatral' is unknown; possible are 'bilateral_geneva', "),
        (
            {"states": [{"iso3": "FJI", "stage": "soon"}]},
            "states.1.stage: 'soon' is unknown; possible are 'no_position'",
        ),
        ({"documents": [{"url": "javascript:alert(1)"}]}, "is not a web address; possible are http:// and https://"),
        ({"documents": [{"url": "https://a b"}]}, "is not a web address"),
        ({"start": "01/02/2022"}, "start: '01/02/2022' is not a date; write YYYY-MM-DD"),
        ({"start": 0}, "start: '0' is not a date"),
        ({"start": "0022-02-01"}, "is out of range; possible are the years 1900 to 2200"),
        ({"title": " \u202e "}, "title: must not be blank"),
        ({"titel": "x"}, "titel: is not a field that the log knows"),
        ({"title": "a\x07b"}, "title: holds the control character U+0007 at position 2; take it out"),
        ({"summary": "\ud800"}, "summary: holds the control character U+D800"),
        ({"summary": "x" * 100_000}, f"summary: is 100,000 characters long; at most {TEXT_LIMIT:,} are kept"),
        ({"title": "x" * 301}, f"title: is 301 characters long; at most {LINE_LIMIT} are kept"),
        ({"partners": ["ICRC; CMC"]}, "partners.1: holds a semicolon, which separates names"),
        ({"cost": "12.345"}, "cost: 12.345 has more than two decimals"),
        ({"cost": -1}, "cost: "),
        ({"cost": "much"}, "cost: 'much' is not an amount"),
        ({"follows": "x"}, "follows: 'x' is not the id of an entry"),
        ({"states": [{"iso3": "FJI"}, {"iso3": "FJI"}]}, "FJI is listed twice"),
        ({"place": 3}, "place: must be text"),
    ],
)
def test_refusals_are_sentences(activity: MakeActivity, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CcmError) as refused:
        activity(**values)
    assert sentence in str(refused.value)


def test_missing_fields_are_all_told() -> None:
    with pytest.raises(
        CcmError, match=r"^start: is missing; type: is missing; status: is missing; title: is missing\.$"
    ):
        parse("activity", {})


def test_limits_are_inclusive(activity: MakeActivity) -> None:
    assert len(activity(summary="x" * TEXT_LIMIT).summary) == TEXT_LIMIT
    assert len(activity(title="x" * LINE_LIMIT).title) == LINE_LIMIT


def test_hostile_text_stays_plain_text(activity: MakeActivity, hostile: str) -> None:
    kept = activity(summary=hostile).summary
    assert kept == hostile.replace("\u202e", "")


def test_line_breaks_become_plain() -> None:
    assert plain("a\r\nb\rc\x0bd\u2028e") == "a\nb\nc\nd\ne"


def test_direction_overrides_are_taken_out() -> None:
    assert plain("pay \u202e001\u202c \u2066x\u2069") == "pay 001 x"
    assert plain("שלום\u200f") == "שלום\u200f"  # marks that letters need stay


def test_words_fold_case_and_accents() -> None:
    assert words("Côte d'Ivoire", "ÉTÉ 10MSP_x") == "10msp cote d ete ivoire x"


def test_changes_name_each_state(activity: MakeActivity) -> None:
    before = activity(states=[{"iso3": "FJI"}, {"iso3": "VUT"}])
    after = activity(states=[{"iso3": "VUT"}, {"iso3": "FJI", "stage": "intent"}, {"iso3": "TON"}], outcome="good")
    assert [change.field for change in changes(before, after)] == ["outcome", "states.FJI", "states.TON"]


def test_plan_item_and_campaign() -> None:
    item = parse(
        "plan_item", {"campaign": "10MSP", "title": "T", "type": "other", "start": "2022-01-01", "end": "2022-02-01"}
    )
    assert isinstance(item, PlanItem)
    with pytest.raises(CcmError, match="before the start"):
        parse("campaign", {"name": "C", "baseline": "2022-01-02", "end": "2022-01-01", "target": 1})
    made = parse(
        "campaign", {"name": "C", "baseline": "2022-01-02", "end": "2023-01-01", "target": 3, "currency": "CHF"}
    )
    assert isinstance(made, Campaign)
    with pytest.raises(CcmError, match=r"'note' is no kind of entry; possible are activity, plan_item, campaign"):
        parse("note", {})
