"""To add a filter is one row and one clause: with these two alone it works in sidebar, address, command and words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from ccm_data import filters, sql, workspace
from ccm_data.cli.filter_options import Asked, filter_options
from ccm_data.filters import Field, Options, StateFilter
from ccm_data.workspace import Workspace
from tests.app.conftest import Open, figures

ROW = Field(
    "sids", False, parameter="sids", label="Small island developing states", noun="answer on islands",
    help="Only small island developing states.", said="small island developing states",
)  # fmt: skip
CLAUSE = "and (not $sids or sids)"


@pytest.fixture
def with_row(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table and the statement of the filter, with one more condition each."""
    wider = dataclasses.make_dataclass("StateFilter", [("sids", bool, False)], bases=(StateFilter,), frozen=True)
    read = sql.text.__wrapped__
    monkeypatch.setattr(filters, "FIELDS", (*filters.FIELDS, ROW))
    for module in (filters, workspace):
        monkeypatch.setattr(module, "StateFilter", wider)
    monkeypatch.setattr(sql, "text", lambda name: read(name).replace(") as matches", f") {CLAUSE} as matches"))
    sql.parameters.cache_clear()
    yield
    sql.parameters.cache_clear()


@pytest.mark.usefixtures("with_row")
def test_the_page_and_its_address_have_it(open_link: Open) -> None:
    states = Workspace().states(Workspace().horizon)
    targets = states.loc[states["sids"] & states["is_target"], "iso3"]
    app = open_link(sids="true")
    assert app.checkbox(key="sids").value is True
    assert figures(app)["Targets in the filter"] == str(len(targets))
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert app.checkbox(key="sids").value is False
    said = next(warning.value for warning in open_link(sids="x").warning)
    assert said.replace("\\", "") == "'x' is not a known answer on islands; possible: true, false."


@pytest.mark.usefixtures("with_row")
def test_a_command_has_it() -> None:
    @click.command()
    @filter_options
    def show(asked: Asked) -> None:
        click.echo(filters.describe(asked(Options(()))))

    assert CliRunner().invoke(show, ["--sids"]).output == "small island developing states\n"
    assert "Only small island developing states." in CliRunner().invoke(show, ["--help"]).output
