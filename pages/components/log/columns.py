"""Typed columns of the tables that are edited: how a field stands in a cell, and how an edit becomes its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data.log import LINE_LIMIT, TEXT_LIMIT
from ccm_data.vocab import IMPLEMENTERS, ActivityStatus, ActivityType, Confidentiality, Term
from pages.components.log import wording


@dataclass(frozen=True)
class Column:
    """A field that can be edited in a table.

    `cells` makes the column from the fields' values; `value` makes the field's value from what the browser sends.
    """

    field: str
    config: Any
    cells: Callable[[Sequence[Any]], Any]
    value: Callable[[Any], Any]


def _text(name: str, width: int, limit: int = LINE_LIMIT, **more: Any) -> Column:
    config = st.column_config.TextColumn(wording.field(name), width=width, max_chars=limit, **more)
    return Column(name, config, lambda held: pd.Series(list(held), dtype=object), lambda given: given or "")


def _day(name: str, *, required: bool = False) -> Column:
    config = st.column_config.DateColumn(wording.field(name), width=105, format="YYYY-MM-DD", required=required)
    return Column(name, config, lambda held: pd.to_datetime(pd.Series(list(held), dtype=object)), _iso)


def _iso(given: Any) -> str | None:
    return str(given)[:10] if given else None


def _term(name: str, vocabulary: type[Term], width: int) -> Column:
    words: dict[Any, str] = {term.value: term.label for term in vocabulary}
    config = st.column_config.SelectboxColumn(
        wording.field(name), width=width, options=list(words), format_func=words.__getitem__, required=True
    )
    return Column(
        name, config, lambda held: pd.Series([str(term) for term in held], dtype=object), lambda given: given or ""
    )


def _names(name: str, width: int) -> Column:
    config = st.column_config.MultiselectColumn(
        wording.field(name), width=width, options=list(IMPLEMENTERS), accept_new_options=True
    )
    return Column(
        name, config, lambda held: pd.Series([list(names) for names in held], dtype=object), lambda given: given or []
    )


def _amount(name: str) -> Column:
    config = st.column_config.NumberColumn(wording.field(name), width=90, min_value=0, format="%.2f", step=0.01)
    return Column(
        name, config,
        lambda held: pd.Series([None if amount is None else float(amount) for amount in held], dtype=float), _decimal,
    )  # fmt: skip


def _count(name: str, most: int) -> Column:
    config = st.column_config.NumberColumn(
        wording.field(name), width=70, min_value=0, max_value=most, step=1, required=True
    )
    return Column(name, config, lambda held: pd.Series(list(held), dtype=int), lambda given: given)


def _decimal(given: Any) -> Decimal | None:
    """The amount as written; one that is not finite stays as it is, for the model to refuse."""
    try:
        return None if given is None else Decimal(str(given))
    except InvalidOperation:
        return None


ACTIVITY = (
    _day("start", required=True),
    _day("end"),
    _text("title", 260, required=True),
    _term("type", ActivityType, 150),
    _term("status", ActivityStatus, 90),
    _text("place", 120),
    _text("next_step", 200, TEXT_LIMIT),
    _day("due_date"),
    _text("owner", 110),
    _term("confidentiality", Confidentiality, 110),
)
"""The simple fields of an activity."""

PLAN = (
    _text("title", 330, required=True, pinned=True),
    _term("type", ActivityType, 170),
    _day("start", required=True),
    _day("end", required=True),
    _day("due_date"),
    _names("implementers", 190),
    _names("partners", 150),
    _amount("budget"),
    _text("note", 200, TEXT_LIMIT),
)
"""The fields of a plan item."""

CAMPAIGN = (
    _text("name", 120, disabled=True, pinned=True),
    _day("baseline", required=True),
    _day("end", required=True),
    _count("target", 197),
    _day("report_due"),
    _names("coordinators", 170),
    _names("implementers", 230),
    _text("currency", 80),
    _text("note", 240, TEXT_LIMIT),
)
"""The fields of a campaign; its name is how everything else refers to it."""
