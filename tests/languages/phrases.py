"""Every phrase that the documents may ask a catalogue for: those written in the code, and those that data brings."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterator

from ccm_data import call, vocab, wording
from ccm_data.paths import PACKAGE
from ccm_data.talking import SUBJECTS, sentences

VOCABULARIES = (
    vocab.ActivityType, vocab.ActKind, vocab.Category, vocab.Confidentiality, vocab.MunitionsAttribute,
    vocab.MunitionsValue, vocab.Obstacle, vocab.PostKind, vocab.Stage, vocab.Treaty, vocab.TreatyAction, vocab.Vote,
)  # fmt: skip
"""Vocabularies whose words documents use."""


def written() -> Iterator[tuple[str, ...]]:
    """The phrases of `say` and `many` in the code, those of `many` as pairs."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "ENGLISH":
                continue  # of a document in English alone
            count = {"say": 1, "many": 2}.get(node.func.attr, 0)
            given = node.args[:count]
            if count and len(given) == count and all(isinstance(one, ast.Constant) for one in given):
                yield tuple(str(one.value) for one in given if isinstance(one, ast.Constant))


def brought() -> Iterator[str]:
    """The phrases that vocabularies, rules, reviewed sentences and columns bring."""
    for vocabulary in VOCABULARIES:
        yield from (term.label for term in vocabulary)
    yield from wording.ASKS.values()
    yield from wording.MARKINGS.values()
    yield from (wording.NO_SOURCE, wording.NO_MISSION, wording.NO_OBSTACLE, wording.OBSTACLES, wording.PROVISIONAL)
    yield from (call.OWNER, call.CHAMPION, call.IN_OFFICE, call.NOBODY, call.NO_CONTACT)
    for rule in tomllib.loads((PACKAGE / "ranking" / "actions.toml").read_text(encoding="utf-8"))["rule"]:
        yield from (rule["short"], rule["why"], rule["tool"])
    for subject in SUBJECTS:
        yield from sentences()[subject]["say"]
    yield from sentences()["answers"].values()
    with (PACKAGE / "facts" / "horizons.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["file"].removesuffix(".csv").replace("_", " ")
            yield from filter(None, [row["scope"]])
    with (PACKAGE / "facts" / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from filter(None, (row["subregion"], row["intermediate_region"]))


def wanted() -> dict[str, str]:
    """All of them: the singular, and the plural or blank."""
    found = {one[0]: one[1] if len(one) > 1 else "" for one in written()}
    return {**dict.fromkeys(brought(), ""), **found}


def placeholders(phrase: str) -> set[str]:
    """What a phrase names in braces."""
    return set(re.findall(r"{(\w+)}", phrase))
