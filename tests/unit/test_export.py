"""CSV and XLSX as another program reads them back."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest

from ccm_data import export
from ccm_data.filters import StateFilter
from ccm_data.workspace import Workspace

DAY = date(2021, 11, 30)
COLUMNS = ["iso3", "name", "status", "categories", "vote", "vote_date", "signature_date", "population"]
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")']


@pytest.fixture(scope="module")
def signatories(workspace: Workspace) -> pd.DataFrame:
    states = workspace.states(DAY, StateFilter(statuses=("signatory",)))
    return states[states["matches"]]


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets read accents only after this mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_exactly_the_rows_and_columns_given(signatories: pd.DataFrame) -> None:
    header, *rows = read_csv(export.csv(signatories[COLUMNS]))
    assert header == COLUMNS
    assert [row[0] for row in rows] == list(signatories["iso3"])
    kenya = dict(zip(header, next(row for row in rows if row[0] == "KEN"), strict=True))
    assert kenya["status"] == "signatory"
    assert kenya["categories"] == "first_committee_yes; mine_ban_party; signatory; declared_support"
    assert kenya["signature_date"] == "2008-12-03"
    assert kenya["vote_date"] == "2020-12-07"


def test_accents_and_blanks_survive(workspace: Workspace) -> None:
    states = workspace.states(date(2009, 1, 1)).set_index("iso3").loc[["CIV", "TUR"]].reset_index()
    _header, *rows = read_csv(export.csv(states[["name", "vote", "vote_date", "joined_date"]]))
    assert rows[0][0].startswith("Côte d")
    assert rows[1][0].startswith("Türkiye")
    assert rows[0][1:] == ["", "", ""]


def test_xlsx_has_states_sources_and_the_as_of_date(signatories: pd.DataFrame, workspace: Workspace) -> None:
    sources = workspace.sources_of(signatories)
    content = export.xlsx(signatories[COLUMNS], sources, DAY, "status: Signatory")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["States", "Sources", "About"]
    header, *rows = book["States"].iter_rows(values_only=True)
    assert list(header) == COLUMNS
    assert [row[0] for row in rows] == list(signatories["iso3"])
    assert all(isinstance(row[-1], int) for row in rows), "numbers stay numbers"
    titles, *listed = book["Sources"].iter_rows(values_only=True)
    assert list(titles[:4]) == ["source_id", "title", "publisher", "url"]
    ids = {row[0] for row in listed}
    assert ids == set(sources["source_id"])
    assert set(signatories["signature_source_id"]) <= ids
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert about == {"As-of date": "2021-11-30", "Filter": "status: Signatory", "Rows": 13}


def test_an_empty_table_is_still_a_workbook(signatories: pd.DataFrame, workspace: Workspace) -> None:
    none = signatories.iloc[:0]
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(none[COLUMNS], workspace.sources_of(none), DAY, "")))
    assert list(next(book["States"].iter_rows(values_only=True))) == COLUMNS
    assert book["States"].max_row == 1
    assert dict(book["About"].iter_rows(min_row=2, values_only=True))["Filter"] == "none"


@pytest.mark.parametrize("text", EVIL)
def test_no_text_runs_as_a_formula(text: str) -> None:
    table = pd.DataFrame({"name": [text], "list": [[text, "b"]], "array": [np.array([text, "c"], dtype=object)]})
    assert read_csv(export.csv(table))[1] == [f"'{text}", f"'{text}; b", f"'{text}; c"]
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(table, table, DAY, "all")))
    for sheet in ("States", "Sources"):
        for cell in next(book[sheet].iter_rows(min_row=2)):
            assert cell.data_type == "s"
            assert cell.value.startswith("'")


@pytest.mark.parametrize("text", EVIL)
def test_no_column_name_and_no_filter_text_runs_either(text: str) -> None:
    content = export.xlsx(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]}), DAY, text)
    cell = openpyxl.load_workbook(io.BytesIO(content))["About"]["B3"]
    assert cell.data_type == "s"
