"""A sheet in the shape of a fact file: its columns, states by code or name, cells that the facts may hold."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.errors import CcmError
from ccm_data.importers.sheet import SOURCE_FILE, STATE_LISTS, STATES, parse
from ccm_data.paths import PACKAGE
from ccm_data.raw import FILES, SOURCE_FILES
from ccm_data.validation.schemas import schemas
from tests.importers.books import book
from tests.importers.given import VOTES_SHEET

SOURCE = {"source_id": "S-1", "title": "A list", "publisher": "Someone", "url": "https://example.org/list", "note": ""}
PROFILE = ["iso3", "attribute", "value", "as_of"]


def error(*rows: list[object], file: str = "munitions_profile", source: dict[str, str] | None = None) -> str:
    with pytest.raises(CcmError) as raised:
        parse("a.xlsx", book(*rows), file, SOURCE if source is None else source)
    return str(raised.value)


def test_csv_whose_rows_have_sources_of_their_own() -> None:
    parsed = parse("a.csv", VOTES_SHEET, "unga_votes", None)
    assert [row.row["iso3"] for row in parsed.rows] == ["AFG", "BEN"]
    assert parsed.rows[1].row == {
        "session": "79", "year": "2024", "stage": "plenary", "resolution": "A/RES/79/58", "vote_date": "2024-12-02",
        "iso3": "BEN", "vote": "absent", "source_id": "V-UNDL-79",
    }  # fmt: skip
    assert parsed.rows[1].text == "79 · 2024 · plenary · A/RES/79/58 · 2024-12-02 · BEN · absent · V-UNDL-79"
    assert (parsed.source_file, parsed.source, parsed.whole) == ("sources_votes", {}, None)


def test_excel_with_names_dates_and_one_source_for_all() -> None:
    rows = [
        ["ISO3", "Kind", "date", "precision", "summary", "scope", "stance", "promise due", "counts_for_category_4"],
        ["Iran (Islamic Republic of)", "pledge", date(2024, 5, 1), "day", "It said so.", "", "", None, True],
    ]
    with pytest.raises(CcmError, match="row 2, kind: 'pledge' is not one of"):
        parse("a.xlsx", book(*rows), "commitments", SOURCE)
    events = parse(
        "a.xlsx",
        book(["event_id", "type", "title", "start_date", "precision", "hosts", "summary"],
             ["OE-2024-05-SUVA", "other", "Talks", date(2024, 5, 1), "day", "Fiji; Vanuatu", "Said."]),
        "outreach_events", SOURCE,
    )  # fmt: skip
    (row,) = events.rows
    assert row.row["hosts"] == "FJI;VUT"
    assert (row.row["start_date"], row.row["source_id"]) == ("2024-05-01", "S-1")
    assert "place" not in row.row
    assert events.source == {key: text for key, text in SOURCE.items() if text}
    assert events.source_file == "sources_events"


def test_blank_cells_stay_blank_and_numbers_are_whole() -> None:
    parsed = parse(
        "a.xlsx", book([*PROFILE, "source_id"], ["Fiji", "producer", "no", 2020, None]), "munitions_profile", SOURCE
    )
    assert parsed.rows[0].row == {
        "iso3": "FJI",
        "attribute": "producer",
        "value": "no",
        "as_of": "2020",
        "source_id": "S-1",
    }
    posts = parse(
        "a.csv",
        b"sender,host,kind,city,present,as_of,source_id\nFiji,Vanuatu,embassy,,TRUE,2020-01,P-1\n",
        "posts",
        {},
    )
    assert posts.rows[0].row == {
        "sender": "FJI", "host": "VUT", "kind": "embassy", "city": "", "present": "true", "as_of": "2020-01",
        "source_id": "P-1",
    }  # fmt: skip


def test_what_is_refused() -> None:
    row = ["Fiji", "producer", "no", 2020]
    assert error([*PROFILE, "mood"], [*row, 1]) == (
        "a.xlsx has the unknown column 'mood'; possible are iso3, attribute, value, as_of, last_use, source_id."
    )
    assert error(PROFILE[:-1], row[:-1]) == "a.xlsx lacks the column as_of, which munitions_profile needs."
    assert error(PROFILE, row, source={}) == "a.xlsx lacks the column source_id, which munitions_profile needs."
    assert error(PROFILE) == "a.xlsx has no rows below its column heads."
    assert error(PROFILE, row, row) == "a.xlsx has the same iso3, attribute, as_of in rows 2 and 3; leave one out."
    assert error([*PROFILE, "ISO3"], [*row, "FJI"]) == "a.xlsx has two columns named 'iso3'; rename one."
    assert (
        error([*PROFILE, None], [*row, "x"]) == "a.xlsx row 2 has a cell in a column without a head; name the column."
    )
    assert error(PROFILE, ["Feji", *row[1:]]).startswith(
        "a.xlsx row 2, iso3: No state of the facts is called 'Feji' (perhaps Fiji); "
    )
    assert error(PROFILE, row, file="votes").startswith(
        "'votes' is no fact file with sources; possible are commitments,"
    )
    assert error(PROFILE, row, source=SOURCE | {"url": "ftp"}).startswith(
        "The source has cells that cannot be read as facts: row 1, url:"
    )
    assert error(PROFILE, row, source=SOURCE | {"who": "x"}).startswith(
        "The source has the unknown part 'who'; possible are"
    )
    told = error(PROFILE, ["Fiji", "eaten", "perhaps", "20"], *[["Mali", f"x{n}", "no", 2020] for n in range(20)])
    assert "row 2, as_of: '20' is not a year written YYYY; row 2, attribute: 'eaten' is not one of" in told
    assert told.endswith("; and 13 more.")


def test_the_columns_of_states_are_those_of_the_schemas() -> None:
    declared = schemas(["FJI"])
    assert set(SOURCE_FILE) == set(FILES) - {"horizons"}
    assert set(SOURCE_FILE.values()) == set(SOURCE_FILES)
    found = {
        name
        for file in SOURCE_FILE
        for name, column in declared[file].columns.items()
        if file != "states" and any("states.csv" in str(check.error) for check in column.checks)
    }
    assert found == {*STATES, *STATE_LISTS}


@pytest.mark.parametrize("file", sorted(set(SOURCE_FILE) - {"posts"}))
def test_every_shipped_fact_file_is_a_sheet_of_itself(file: str) -> None:
    content = (PACKAGE / "facts" / f"{file}.csv").read_bytes()
    parsed = parse(f"{file}.csv", content, file, None)
    assert len(parsed.rows) > 5
    assert {row.file for row in parsed.rows} == {file}
