"""docs/licences.md lists the licence of every library that the program needs, as the installed ones say it.

python tests/docs/test_licences.py    writes it anew
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "licences.md"
HEAD = """# Licences of the libraries

What the program needs on a server, with what that needs in turn, as the installed packages say it.
`python tests/docs/test_licences.py` writes this page anew.

| library | licence |
|---|---|
"""


def needed() -> set[str]:
    """The libraries of the program and of its server, and all that these bring."""
    project = tomllib.loads((PAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [*project["dependencies"], *project["optional-dependencies"]["server"]]
    found: dict[str, str] = {}
    while waiting:
        asked, _, condition = waiting.pop().partition(";")
        if "extra ==" in condition or re.search(r"platform|python_version|implementation", condition):
            continue  # what only some installations have
        name = re.split(r"[\s\[<>=!~(]", asked.strip())[0]
        try:
            brought = distribution(name)
        except PackageNotFoundError:
            continue
        if _key(name) not in found:
            found[_key(name)] = brought.metadata["Name"]
            waiting += brought.requires or ()
    return set(found.values())


def licence(of: Distribution) -> str:
    """The licence by its expression, else its classifier, else the first line of its text."""
    said = of.metadata.get("License-Expression")
    kinds = [one.rpartition(" :: ")[2] for one in of.metadata.get_all("Classifier") or () if one.startswith("License")]
    text = (of.metadata.get("License") or "").strip().splitlines()
    return said or ", ".join(kinds) or (text[0] if text else "not said")


def _key(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def page() -> str:
    """The page as it should be."""
    rows = (f"| {name} | {licence(distribution(name)).replace('|', '/')} |\n" for name in sorted(needed(), key=_key))
    return HEAD + "".join(rows)


def test_the_licences_are_listed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    assert "| not said |" not in page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
