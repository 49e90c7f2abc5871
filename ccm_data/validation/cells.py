"""What a cell may hold: the kinds of columns as pandera checks, and their failures as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from ccm_data.vocab import Term, codes

HEADER = "header"
_DATE = "(1[89]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_UNSEEN = "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
_CONTROL = "has the control character"
_SHOWN = 60  # characters of a value that a finding quotes


class Finding(NamedTuple):
    """One thing wrong, at the line of the file on which the row ends; the header is line 1."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


def required(*checks: pandera.Check, **roles: Any) -> pandera.Column:
    """A column without blanks; its `roles` among files are those of roles.py."""
    return pandera.Column(None, list(checks), metadata=roles)


def optional(*checks: pandera.Check, **roles: Any) -> pandera.Column:
    """A column in which a blank says that no source is known."""
    return pandera.Column(None, list(checks), nullable=True, metadata=roles)


def matches(pattern: str, wanted: str) -> pandera.Check:
    """Text that the whole pattern fits; `wanted` says in words what that is."""
    return pandera.Check(lambda cells: cells.str.fullmatch(pattern), error=f"is not {wanted}")


def one_of(vocabulary: type[Term] | Iterable[str], wanted: str = "") -> pandera.Check:
    """A code of a closed list."""
    known = codes(vocabulary) if isinstance(vocabulary, type) else list(vocabulary)
    return pandera.Check.isin(known, error=f"is not {wanted or 'one of ' + ', '.join(known)}")


def several(known: Iterable[str], wanted: str) -> pandera.Check:
    """Codes of a closed list, separated by a semicolon."""
    listed = set(known)
    return pandera.Check(
        lambda cells: cells.map(lambda cell: {code.strip(" ") for code in cell.split(";")} <= listed),
        error=f"is not a list, separated by ;, of {wanted}",
    )


def whole(digits: int) -> pandera.Check:
    """A whole number, 0 or more, that fits its typed column."""
    return matches(f"0|[1-9][0-9]{{0,{digits - 1}}}", f"a whole number of at most {digits} digits")


def between(least: float, most: float, wanted: str) -> pandera.Check:
    """A plain decimal number within bounds."""

    def is_between(cells: pd.Series[str]) -> pd.Series[bool]:
        numbers = pd.to_numeric(cells.where(cells.str.fullmatch(r"-?[0-9]+(\.[0-9]+)?")), errors="coerce")
        return numbers.between(least, most)

    return pandera.Check(is_between, error=f"is not {wanted}")


def _is_date(cells: pd.Series[Any]) -> pd.Series[Any]:
    return cells.str.fullmatch(_DATE) & pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").notna()


DAY = pandera.Check(_is_date, error="is not a date written YYYY-MM-DD")
ANY_DATE = pandera.Check(
    lambda cells: _is_date((cells + "-01-01").str.slice(stop=10).where(cells.str.len().isin([4, 7, 10]))),
    error="is not a date written YYYY-MM-DD, YYYY-MM or YYYY",
)
YEAR = matches("(19|20)[0-9]{2}", "a year written YYYY")
FLAG = one_of(["true", "false"], "true or false")
URL = matches(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", "a web address beginning http:// or https://")
NAME = matches("[A-Za-z0-9][A-Za-z0-9_-]*", "an id of letters, digits, - and _")
TEXT = (
    pandera.Check(lambda cells: ~cells.str.contains(_UNSEEN), error=_CONTROL),
    pandera.Check(lambda cells: cells == cells.str.strip(), error="begins or ends with a space"),
)


def cell_findings(name: str, table: pa.Table, schema: pandera.DataFrameSchema) -> list[Finding]:
    """Every cell and header of one facts file that its schema refuses."""
    own = "file" if "file" not in schema.columns else ""
    frame = table.drop_columns([column for column in ("line", own) if column]).to_pandas()
    frame.index = pd.Index(table["line"].to_numpy())
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [_finding(f"{name}.csv", case) for case in errors.failure_cases.to_dict("records")]
    return []


def _finding(file: str, case: dict[str, Any]) -> Finding:
    value, check = case["failure_case"], case["check"]
    if check == "column_in_schema":
        return Finding(file, 1, HEADER, f"has the unknown column {_shown(value)}")
    if check == "column_in_dataframe":
        return Finding(file, 1, HEADER, f"lacks the column {value}")
    if check == "not_nullable":
        return Finding(file, int(case["index"]), case["column"], "is blank, but is required")
    if check == _CONTROL and (unseen := re.search(_UNSEEN, value)):
        before = value[max(0, unseen.start() - 20) : unseen.start()]
        message = f"{_CONTROL} U+{ord(unseen.group()):04X} after {before!r}"
    else:
        message = f"{_shown(value)} {check}"
    return Finding(file, int(case["index"]), case["column"], message)


def _shown(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")
