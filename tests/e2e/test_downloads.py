"""What a person takes away is exactly what is filtered, and says where it comes from."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ccm_data.workspace import Workspace
from tests.e2e.driver import Tab

ASKED = [
    pytest.param("category=signatory", ["--category", "signatory"], id="signatory"),
    pytest.param(
        "category=first_committee_yes&category=mine_ban_party&match=All+of&org=AU&as_of=2021-11-30",
        [
            "--category",
            "first_committee_yes",
            "--category",
            "mine_ban_party",
            "--match",
            "all",
            "--org",
            "AU",
            "--as-of",
            "2021-11-30",
        ],
        id="both-in-the-AU-in-2021",
    ),
]


def names_by_command(arguments: list[str]) -> set[str]:
    """Short names of the targets that `ccm targets` gives."""
    command = [sys.executable, "-c", "from ccm_data.cli import main; main()", "targets", "--format", "json", *arguments]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    workspace = Workspace()
    short = workspace.states(workspace.horizon).set_index("iso3")["name_short"]
    return {short[state["iso3"]] for state in answer["states"]}


def download(tab: Tab, button: str, folder: Path) -> Path:
    """Press a download button and keep the file."""
    with tab.page.expect_download() as coming:
        tab.page.get_by_test_id("stDownloadButton").filter(has_text=button).get_by_role("button").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.mark.parametrize(("link", "arguments"), ASKED)
def test_downloads_hold_exactly_what_is_filtered(tab: Tab, tmp_path: Path, link: str, arguments: list[str]) -> None:
    expected = names_by_command(arguments)
    as_of = arguments[-1] if "--as-of" in arguments else date.today().isoformat()
    assert 5 < len(expected) < 40
    tab.open(f"/targets?{link}")
    shown = tab.page.get_by_test_id("stMain").get_by_role("heading").first.inner_text()
    assert shown.startswith(f"{len(expected)} of ")

    path = download(tab, "CSV", tmp_path)
    assert path.name == f"ccm-targets-{as_of}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["State"] for row in rows} == expected
    assert len(rows) == len(expected)

    path = download(tab, "Excel with sources", tmp_path)
    assert path.name == f"ccm-targets-{as_of}.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["States", "Sources", "About"]
    header, *body = book["States"].iter_rows(values_only=True)
    assert {row[header.index("State")] for row in body} == expected
    assert [dict(zip(header, row, strict=True))["State"] for row in body] == [row["State"] for row in rows]
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert about["As-of date"] == as_of
    assert about["Rows"] == len(expected)
    assert "Target categories: " in about["Filter"]
    sources = list(book["Sources"].iter_rows(min_row=2, values_only=True))
    assert len(sources) > 10
    assert any(str(cell).startswith("http") for row in sources for cell in row)


def test_chosen_columns_are_the_downloaded_ones(tab: Tab, tmp_path: Path) -> None:
    tab.open("/targets?q=kenya")
    tab.page.get_by_text("Choose columns").click()
    tab.settle()
    tab.choose("Columns", "Population")
    with download(tab, "CSV", tmp_path).open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["State"] == "Kenya"
    assert int(row["Population"]) > 40_000_000


def test_facts_of_a_state_stand_beside_links_to_their_sources(tab: Tab) -> None:
    tab.open("/state?state=KEN")
    table = tab.page.get_by_test_id("stDataFrame").first.locator("table")
    table.wait_for(state="attached")
    header = table.locator("th").all_text_contents()
    assert header == ["Fact", "Value", "Link", "Source"]
    facts = [row.locator("td").all_text_contents() for row in table.locator("tbody tr").all()]
    population = next(fact for fact in facts if fact[0] == "Population")
    assert population[2].startswith("https://")
    assert population[3] != "no source"
