"""The state filter as options of a command, one per row of its table."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from ccm_data import filters
from ccm_data.filters import Field, Kind, Options, StateFilter

Asked = Callable[[Options], StateFilter]
"""Gives the checked filter once the facts' options are known. Raises CcmError for a value that is not possible."""


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option per field; the command gets `asked`, an Asked, instead of their values."""
    fields = filters.FIELDS

    def run(**given: Any) -> Any:
        values = {field.name: given.pop(field.name) for field in fields}
        return command(asked=functools.partial(filters.checked, values), **given)

    wrapped: Callable[..., Any] = functools.update_wrapper(run, command)
    for field in reversed(fields):
        wrapped = _option(field)(wrapped)
    return wrapped


def _option(field: Field) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    how: dict[str, Any]
    match field.kind:
        case Kind.SEVERAL:
            how = {"multiple": True, "metavar": "NAME"}
        case Kind.CHOICE:
            how = {"type": click.Choice(field.possible(Options(()))), "default": field.default}
        case Kind.FLAG:
            how = {"is_flag": True}
        case Kind.NUMBER:
            how = {"type": int, "default": field.default, "show_default": True}
        case Kind.TEXT:
            how = {"default": field.default}
    return click.option(f"--{field.option or field.parameter}", field.name, help=field.help, **how)
