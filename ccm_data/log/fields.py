"""What a field of the log is: declared once, on the model's field, and read by every form, table, search and file.

A field says what it is called and what it means (`Shown`); what sort of value it holds follows from its type. To add a
field, add it to the model: forms, details, spreadsheets, the search index and the JSON Schema then have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, get_args

from annotated_types import Le
from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from ccm_data.log.text import LINE_LIMIT, TEXT_LIMIT
from ccm_data.vocab import Term


class Kind(Enum):
    """What sort of value a field holds. The model's types carry it; terms of a vocabulary are known by their type."""

    LINE = auto()
    TEXT = auto()
    NAMES = auto()
    DAY = auto()
    AMOUNT = auto()
    COUNT = auto()
    TERM = auto()
    TERMS = auto()
    LINKS = auto()
    IDENTITY = auto()
    STATE = auto()
    STATES = auto()


WORDS = (Kind.LINE, Kind.TEXT, Kind.NAMES)
"""Kinds that people write in their own words: what the search index holds."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field's name for people and what it means; both stand in the JSON Schema too."""

    label: str
    help: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | {"title": self.label, "description": self.help}


@dataclass(frozen=True, slots=True)
class ModelField:
    """A model's field. `default` is None where there is none; `most` is its largest number, if the model has one."""

    name: str
    label: str
    help: str
    kind: Kind
    vocabulary: type[Term] | None
    required: bool
    default: Any
    most: int | None

    @property
    def limit(self) -> int:
        """How many characters it takes."""
        return LINE_LIMIT if self.kind is Kind.LINE else TEXT_LIMIT


@cache
def fields(model: type[BaseModel]) -> Mapping[str, ModelField]:
    """The fields of a model by name, in its order. Raises TypeError for one that does not say what it is."""
    found = {}
    for name, info in model.model_fields.items():
        parts = [*info.metadata, *_parts(info.annotation)]
        shown = next((part for part in parts if isinstance(part, Shown)), None)
        kind = next((part for part in parts if isinstance(part, Kind)), None)
        vocabulary = next((part for part in parts if isinstance(part, type) and issubclass(part, Term)), None)
        if vocabulary and not kind:
            kind = Kind.TERMS if tuple in parts else Kind.TERM
        if not shown or not kind:
            raise TypeError(f"{model.__name__}.{name} does not say how it is shown, or holds no known kind of value")
        most = next((int(str(part.le)) for part in parts if isinstance(part, Le)), None)
        default = None if info.is_required() else info.default
        found[name] = ModelField(name, shown.label, shown.help, kind, vocabulary, info.is_required(), default, most)
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    """A type, the types it is made of and what is noted on them; not the members of a model or a list's items."""
    yield annotation if not getattr(annotation, "__origin__", None) else annotation.__origin__
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _parts(part)


def as_text(field: ModelField, value: Any) -> str:
    """A value as text that `from_text` reads: what stands in a cell of a spreadsheet."""
    if value is None:
        return ""
    if field.kind is Kind.LINKS:
        return "\n".join(f"{link.url} {link.title}".strip() for link in value)
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def from_text(field: ModelField, text: str) -> Any:
    """The plain value that a text means, for the model to judge. Terms may be codes or words, in any case."""
    match field.kind:
        case Kind.LINKS:
            lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
            return [dict(zip(("url", "title"), parts, strict=False)) for parts in lines]
        case Kind.NAMES | Kind.TERMS:
            return [_code(field, part.strip()) for part in text.split(";") if part.strip()]
    return _code(field, text)


def _code(field: ModelField, text: str) -> str:
    terms = {word.casefold(): term.value for term in field.vocabulary or () for word in (term.value, term.label)}
    return terms.get(text.casefold(), text)
