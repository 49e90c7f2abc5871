"""pyproject.toml names what the program imports: all of it, nothing else, each with its reason."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from ccm_data.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"ccm_data", "pages"}
BUILDER = ROOT / "ccm_data" / "geometry"  # builds the shapes in a checkout, with shapely from the extra `test`

PART_OF = {"annotated-types": "pydantic", "pydantic_core": "pydantic", "starlette": "streamlit"}
"""What a declared library consists of, and brings."""


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=]", text)[0].lower() for text in requirements}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_every_library_is_declared_and_every_declared_one_is_used() -> None:
    sources = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "ccm_data").rglob("*.py")]
    used = {module.split(".")[0] for path in sources for module in imported(path)}
    foreign = used - set(sys.stdlib_module_names) - OWN
    distributions = packages_distributions()
    needed = {PART_OF.get(name, name) for name in (distributions[module][0].lower() for module in foreign)}
    assert needed - {"shapely"} == names(PROJECT["dependencies"])
    builds = {module.split(".")[0] for path in BUILDER.rglob("*.py") for module in imported(path)}
    assert "shapely" in builds & foreign
    assert "shapely" in names(PROJECT["optional-dependencies"]["test"])


def test_each_dependency_has_its_reason_beside_it() -> None:
    wanted = re.compile(r'^  "(?P<name>[^"]+)",?(?P<rest>.*)$')
    inside = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [", 1)[1]
    listed = [found for line in inside.split("[project.scripts]")[0].splitlines() if (found := wanted.match(line))]
    assert len(listed) == len(PROJECT["dependencies"]) + sum(map(len, PROJECT["optional-dependencies"].values()))
    own = f"{PROJECT['name']}["
    silent = [found["name"] for found in listed if not re.match(r"\s+# [A-Z].*\.$", found["rest"])]
    assert [name for name in silent if not name.startswith(own)] == []
