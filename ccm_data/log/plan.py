"""The plan that comes with the program: the 10MSP campaign and its work plan, as entries nobody has written yet."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from ccm_data.log.model import parse
from ccm_data.log.revision import Entry

_PLAN = Path(__file__).with_name("plan_10msp.toml")
_NAMESPACE = UUID("0d2b8b6e-5f0e-5b8e-9a51-10f0ccbadc0d")


@cache
def preloaded() -> dict[str, Entry]:
    """The campaign and its plan items by id, as version 0 (`origin` plan). An edit of one becomes its version 1."""
    with _PLAN.open("rb") as file:
        plan = tomllib.load(file)
    name = plan["campaign"]["name"]
    entries = [_entry("campaign", name, plan["campaign"])]
    for item in plan["item"]:
        values = {key: value for key, value in item.items() if key != "key"}
        entries.append(_entry("plan_item", f"{name}/{item['key']}", {"campaign": name} | values))
    return {entry.subject: entry for entry in entries}


def default_campaigns() -> list[Entry]:
    """The campaigns that come with the program."""
    return [entry for entry in preloaded().values() if entry.kind == "campaign"]


def default_plan() -> list[Entry]:
    """The plan items that come with the program, in the order of the concept note."""
    return [entry for entry in preloaded().values() if entry.kind == "plan_item"]


def _entry(kind: str, key: str, values: dict[str, object]) -> Entry:
    return Entry(kind, str(uuid5(_NAMESPACE, key)), 0, parse(kind, values), origin="plan")
