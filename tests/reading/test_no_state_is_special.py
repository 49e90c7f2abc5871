"""No state's name or code stands in code, SQL or TOML as a rule's subject: who coordinates is data."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ccm_data.paths import PACKAGE, QUERIES, ROOT
from ccm_data.workspace import Workspace

DATA = {
    PACKAGE / "importers" / "un_names.toml",  # by which names the United Nations prints which state
    PACKAGE / "geometry",  # which areas are drawn how: shapes have names
    PACKAGE / "log" / "plan_10msp.toml",  # the concept note's campaign names its own coordinators
}
EXAMPLES = re.compile(r"such as|like|e\.g\.", re.IGNORECASE)
"""A sentence that tells a person what to write may name a state."""


FORMATS = {"PNG"}
"""Names of file formats that are codes of states as well."""


def _is_data(path: Path) -> bool:
    return any(path == place or place in path.parents for place in DATA)


def _texts(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        yield from (
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        )
        yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    elif path.suffix == ".toml":
        yield from _values(tomllib.loads(text))
    else:
        yield re.sub(r"--[^\n]*", "", text)


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from _values(held)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif isinstance(value, str):
        yield value


FILES = sorted(
    path
    for folder, ending in ((PACKAGE, "*.py"), (PACKAGE, "*.toml"), (QUERIES, "*.sql"), (ROOT / "pages", "*.py"))
    for path in folder.rglob(ending)
    if not _is_data(path)
)


@pytest.fixture(scope="module")
def named(workspace: Workspace) -> re.Pattern[str]:
    """Codes as whole literals, short names as words or as parts of a column's name."""
    table = workspace.snapshot(workspace.horizon).table
    codes = "|".join(table["iso3"].to_pylist())
    names = {name for name in table["name_short"].to_pylist() if len(name) > 3}
    words = "|".join(sorted(re.escape(name) for name in names | {name.lower().replace(" ", "_") for name in names}))
    return re.compile(rf"^(?:{codes})$|'(?:{codes})'|(?<![A-Za-z])(?:{words})(?![a-z])")


def test_no_rule_is_about_one_state(named: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {text[:80]!r}"
        for path in FILES
        for text in _texts(path)
        if named.search(text) and not EXAMPLES.search(text) and text not in FORMATS
    ]
    assert found == []
