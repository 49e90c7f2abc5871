"""The state filter as options of `ccm targets`: one per row of its table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ccm_data.cli.targets import targets
from ccm_data.filters import FIELDS
from ccm_data.vocab import Status
from ccm_data.workspace import Workspace


def test_every_field_is_an_option_of_the_command() -> None:
    options = {parameter.name: parameter.opts for parameter in targets.params}
    names = ("category", "match", "text", "without", "status", "group", "region", "org", "producer", "stockpiler",
             "contaminated", "unaffected", "population-limit")  # fmt: skip
    assert [options[field.name] for field in FIELDS] == [[f"--{name}"] for name in names]


@pytest.mark.parametrize("name", ["producer", "stockpiler", "contaminated"])
def test_munitions_narrow_the_targets(ccm: Callable, workspace: Workspace, name: str) -> None:
    states = workspace.states(workspace.horizon)
    expected = set(states.loc[(states["status"] != Status.STATE_PARTY) & (states[name] == "yes"), "iso3"])
    done = ccm("targets", f"--{name}", "yes", "--format", "json")
    assert done.status == 0
    assert {state["iso3"] for state in done.json["states"]} == expected
    assert expected


def test_words_are_understood_as_codes_are(ccm: Callable) -> None:
    by_code = ccm("targets", "--group", "WEOG", "--format", "json").json
    assert by_code["states"]
    assert ccm("targets", "--group", "Western European and Others Group", "--format", "json").json == by_code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--producer", "maybe"), "'maybe' is not a known production status; possible: yes, no, former, alleged, "
         "suspected, unclear."),
        (("--population-limit", "0"), "'0' is no population limit; possible: whole numbers from 1 to 10000000000."),
        (("--org", "AU", "--org", "NATOO"), "'NATOO' is not a known organization; possible: ASEAN, AU, "),
    ],
)  # fmt: skip
def test_what_is_impossible_is_a_sentence(ccm: Callable, arguments: tuple[str, ...], said: str) -> None:
    done = ccm("targets", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"ccm: {said}")
