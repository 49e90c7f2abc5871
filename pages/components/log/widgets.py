"""One widget per kind of field: what it is filled with, what it asks, and what it gives back to the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from ccm_data.log.fields import Kind, ModelField, as_text, fields, from_text
from ccm_data.log.model import PlanItem
from ccm_data.vocab import Term
from pages.components.frame import Context
from pages.components.log import wording
from pages.components.log.days import LIMITS

Row = Mapping[str, float]
"""Fields that stand beside each other, with their relative widths."""

_LINE_OF_FIELDS = 4
"""How many fields that a layout does not place stand beside each other."""


def rows(model: type[BaseModel], placed: Sequence[Row], left_out: Iterable[str] = ()) -> list[Row]:
    """The rows of a form: as placed, then every other field of the model that is not left out."""
    known = {name for row in placed for name in row} | set(left_out)
    rest = iter([name for name in fields(model) if name not in known])
    more = iter(lambda: dict.fromkeys(islice(rest, _LINE_OF_FIELDS), 1.0), {})
    return [*placed, *more]


def held(field: ModelField, value: Any) -> Any:
    """A field's value as its widget holds it; a term that must be chosen begins with the first."""
    match field.kind:
        case Kind.NAMES | Kind.TERMS:
            return list(value or ())
        case Kind.AMOUNT:
            return None if value is None else float(value)
        case Kind.LINKS:
            return as_text(field, value)
        case Kind.LINE | Kind.TEXT:
            return value or ""
        case Kind.TERM if field.required:
            return value or _terms(field)[0]
    return value


def revived(field: ModelField, value: Any) -> Any:
    """What a widget held, back from a draft, where days and terms are text. Raises ValueError for what it cannot be."""
    match field.kind:
        case Kind.DAY if value:
            return date.fromisoformat(value)
        case Kind.TERM if value:
            return _term(field, value)
        case Kind.TERMS:
            return [_term(field, code) for code in value]
    return value


def given(field: ModelField, value: Any) -> Any:
    """What a widget gave back, as a plain value for the model."""
    match field.kind:
        case Kind.AMOUNT:
            return None if value is None else f"{value:.2f}"
        case Kind.LINKS:
            return from_text(field, value)
    return value


def usual_names(context: Context) -> list[str]:
    """Names to choose from: those of the campaign, then those of the items of its work plan."""
    items = [entry.record for entry in context.store.entries("plan_item", context.campaign.name)]
    of_items = [name for item in items if isinstance(item, PlanItem) for name in (*item.implementers, *item.partners)]
    return list(dict.fromkeys([*context.campaign.implementers, *context.campaign.coordinators, *of_items]))


def ask(
    place: DeltaGenerator, field: ModelField, key: str, names: Sequence[str] = (), *, height: int = 74, hint: str = ""
) -> Any:
    """Ask for a field; the session holds its value so far under the key. `names` are those to choose from."""
    hint = hint or field.help
    match field.kind:
        case Kind.LINE:
            return place.text_input(field.label, key=key, max_chars=field.limit, placeholder=hint)
        case Kind.TEXT | Kind.LINKS:
            return place.text_area(field.label, key=key, height=height, placeholder=hint)
        case Kind.DAY if field.required:
            return place.date_input(field.label, key=key, **LIMITS)
        case Kind.DAY:
            return place.date_input(field.label, None, key=key, **LIMITS)
        case Kind.NAMES:
            options = list(dict.fromkeys([*names, *st.session_state[key]]))
            return place.multiselect(field.label, options, key=key, accept_new_options=True, placeholder=hint)
        case Kind.TERM if field.required or field.default is not None:
            return place.selectbox(field.label, _terms(field), format_func=wording.term, key=key)
        case Kind.TERM:
            return place.selectbox(
                field.label, _terms(field), index=None, format_func=wording.term, key=key, placeholder="Not said"
            )
        case Kind.TERMS:
            return place.multiselect(
                field.label, _terms(field), format_func=wording.term, key=key, placeholder="None named"
            )
        case Kind.AMOUNT:
            return place.number_input(field.label, min_value=0.0, value=None, key=key, format="%.2f")
        case Kind.COUNT:
            return place.number_input(field.label, min_value=0, max_value=field.most, key=key, step=1)
    raise TypeError(f"{field.name} is asked by the form itself")


def _terms(field: ModelField) -> list[Any]:
    return list(field.vocabulary or ())


def _term(field: ModelField, code: str) -> Term:
    for term in field.vocabulary or ():
        if term == code:
            return term
    raise ValueError(f"{code!r} is no {field.label}")
