"""One description per field: the model's own, which search, spreadsheets, form and detail read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ccm_data.log import Activity, Create, Filter, Store
from ccm_data.log.fields import WORDS, Kind, ModelField, as_text, fields, from_text
from ccm_data.log.importing import guess_mapping
from ccm_data.log.model import KINDS, Link, StateEntry
from ccm_data.log.sheet import COLUMNS

MakeActivity = Callable[..., Activity]
MODELS = (*KINDS.values(), StateEntry, Link)
OF = [pytest.param(model, name, id=f"{model.__name__}.{name}") for model in MODELS for name in fields(model)]


@pytest.mark.parametrize(("model", "name"), OF)
def test_every_field_says_what_it_is(model: Any, name: str) -> None:
    field = fields(model)[name]
    assert field.label
    assert field.help.endswith(".")
    assert (field.kind in (Kind.TERM, Kind.TERMS)) == (field.vocabulary is not None)


def test_a_spreadsheet_has_every_field_and_knows_it_by_its_words() -> None:
    of_activities = [name for name in fields(Activity) if name != "states"]
    assert sorted(COLUMNS) == sorted(["id", "version", *of_activities, *fields(StateEntry)])
    for column in COLUMNS:
        assert guess_mapping([column]) == {column: column}
    for field in (fields(Activity)[name] for name in of_activities):
        assert guess_mapping([field.label]) == {field.label: field.name}


def _written(field: ModelField) -> bool:
    return field.kind in WORDS and field.name != "campaign"  # a campaign must exist


@pytest.mark.parametrize("name", [name for name, field in fields(Activity).items() if _written(field)])
def test_search_finds_what_is_written_in_a_field(embedded: Store, activity: MakeActivity, name: str) -> None:
    text = "Zanzibarword"
    given = [text] if fields(Activity)[name].kind is Kind.NAMES else text
    embedded.save([Create(activity(**{name: given})), Create(activity())], "Ana")
    assert embedded.current(Filter(text=text)).total == 1


@pytest.mark.parametrize("name", [name for name, field in fields(StateEntry).items() if _written(field)])
def test_search_finds_what_is_written_of_a_state(embedded: Store, activity: MakeActivity, name: str) -> None:
    embedded.save([Create(activity(states=[{"iso3": "FJI", name: "Zanzibarword"}]))], "Ana")
    assert embedded.current(Filter(text="zanzibarword")).total == 1


EXAMPLES: dict[Kind, Any] = {
    Kind.LINE: "Word",
    Kind.TEXT: "Words",
    Kind.NAMES: ("ICRC", "CMC"),
    Kind.DAY: date(2022, 2, 1),
    Kind.AMOUNT: Decimal("12.50"),
    Kind.IDENTITY: "5b0c2f0e-7a55-5c1d-8a0b-1a90f0ccb0d3",
    Kind.STATE: "FJI",
    Kind.LINKS: (Link(url="https://example.org/a", title="A note"),),
}


@pytest.mark.parametrize("model", [Activity, StateEntry])
def test_a_cell_says_what_the_field_held(model: Any) -> None:
    for field in fields(model).values():
        if field.kind is Kind.STATES:
            continue
        terms = list(field.vocabulary or ())
        value = {Kind.TERM: terms[:1] and terms[0], Kind.TERMS: tuple(terms[:2])}.get(field.kind) or EXAMPLES[
            field.kind
        ]
        plain = from_text(field, as_text(field, value))
        base = {"iso3": "FJI"} if model is StateEntry else {
            "start": "2022-02-01", "type": "other", "status": "done", "title": "T",
        }  # fmt: skip
        assert getattr(model.model_validate(base | {field.name: plain}), field.name) == value
