"""Typed columns of the tables that are edited: how a field stands in a cell, and how an edit becomes its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import BaseModel

from ccm_data.log.fields import Kind, ModelField, fields
from ccm_data.log.model import Activity, Campaign, PlanItem


@dataclass(frozen=True)
class Column:
    """A field that can be edited in a table; `more` goes to the column's configuration as it is."""

    field: ModelField
    width: int
    more: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    def config(self, names: Sequence[str]) -> Any:
        """The column's configuration. `names` are those to choose from where it holds names."""
        field, make = self.field, st.column_config
        shared: dict[str, Any] = {"label": field.label, "width": self.width, "help": field.help, **self.more}
        match field.kind:
            case Kind.DAY:
                return make.DateColumn(**shared, format="YYYY-MM-DD", required=field.required)
            case Kind.TERM:
                words: dict[Any, str] = {term.value: term.label for term in field.vocabulary or ()}
                return make.SelectboxColumn(**shared, options=list(words), format_func=words.__getitem__, required=True)
            case Kind.NAMES:
                return make.MultiselectColumn(**shared, options=list(names), accept_new_options=True)
            case Kind.AMOUNT:
                return make.NumberColumn(**shared, min_value=0, format="%.2f", step=0.01)
            case Kind.COUNT:
                return make.NumberColumn(**shared, min_value=0, max_value=field.most, step=1, required=field.required)
            case Kind.LINE | Kind.TEXT:
                return make.TextColumn(**shared, max_chars=field.limit, required=field.required)
        raise TypeError(f"{field.name} does not fit into a cell")

    def cells(self, held: Iterable[Any]) -> Any:
        """The column of these values of the field."""
        match self.field.kind:
            case Kind.DAY:
                return pd.to_datetime(pd.Series(list(held), dtype=object))
            case Kind.TERM:
                return pd.Series([str(term) for term in held], dtype=object)
            case Kind.NAMES:
                return pd.Series([list(names) for names in held], dtype=object)
            case Kind.AMOUNT:
                return pd.Series([None if amount is None else float(amount) for amount in held], dtype=float)
            case Kind.COUNT:
                return pd.Series(list(held), dtype=int)
        return pd.Series(list(held), dtype=object)

    def value(self, given: Any) -> Any:
        """The field's value from what the browser sends."""
        match self.field.kind:
            case Kind.DAY:
                return str(given)[:10] if given else None
            case Kind.AMOUNT:
                return _decimal(given)
            case Kind.NAMES:
                return given or []
            case Kind.COUNT:
                return given
        return given or ""


def _decimal(given: Any) -> Decimal | None:
    """The amount as written; one that is not finite stays as it is, for the model to refuse."""
    try:
        return None if given is None else Decimal(str(given))
    except InvalidOperation:
        return None


def _columns(model: type[BaseModel], widths: Mapping[str, int], **more: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(Column(fields(model)[name], width, more.get(name, {})) for name, width in widths.items())


ACTIVITY = _columns(
    Activity,
    {
        "start": 105, "end": 105, "title": 260, "type": 150, "status": 90, "place": 120, "next_step": 200,
        "due_date": 105, "owner": 110, "confidentiality": 110,
    },
)  # fmt: skip
"""The simple fields of an activity."""

PLAN = _columns(
    PlanItem,
    {
        "title": 330, "type": 170, "start": 105, "end": 105, "due_date": 105, "implementers": 190, "partners": 150,
        "budget": 90, "note": 200,
    },
    title={"pinned": True},
)  # fmt: skip
"""The fields of a plan item."""

CAMPAIGN = _columns(
    Campaign,
    {
        "name": 120, "baseline": 105, "end": 105, "target": 70, "report_due": 105, "coordinators": 170,
        "implementers": 230, "currency": 80, "opens": 130, "confidentiality": 110, "note": 240,
    },
    name={"pinned": True, "disabled": True},
)  # fmt: skip
"""The fields of a campaign; its name is how everything else refers to it."""
