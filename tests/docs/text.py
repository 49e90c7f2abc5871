"""What README, CONTRIBUTING and docs/ say in code: command lines, paths, environment variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ccm_data.paths import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^(?:ccm|python|streamlit|pip|pytest)\b")
ASSIGNED = re.compile(r"^(?:export )?(CCM_\w+)=(\S+) ?")


def blocks(text: str) -> Iterator[str]:
    """The lines of code blocks: indented by four spaces, or between fences."""
    for fenced in FENCE.findall(text):
        yield from fenced.splitlines()[1:-1]
    for line in FENCE.sub("", text).splitlines():
        if line.startswith("    "):
            yield line.strip()


def spans(text: str) -> list[str]:
    """The code in running text."""
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def commands(lines: Iterator[str] | list[str]) -> Iterator[str]:
    """The commands among some lines: parts of a chain, or side by side with two spaces between, without remarks."""
    for line in lines:
        for part in re.split(r" && |\s{2,}", line):
            command = re.sub(r"\s+#.*", "", ASSIGNED.sub("", part.removeprefix("$ "))).strip()
            if PROGRAM.match(command) and " " in command:
                yield command


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")
