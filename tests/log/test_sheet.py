"""CSV and XLSX both ways: the same activities back, formulas inert, a preview with an error per row."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Delete, Edit, Entry, Store, open_store, parse
from ccm_data.log.importing import guess_mapping, preview
from ccm_data.log.sheet import COLUMNS, Sheet, read_sheet, template, write_csv, write_xlsx

MakeActivity = Callable[..., Activity]
Write = Callable[[list[Entry]], bytes]
FORMATS = [pytest.param("a.csv", write_csv, id="csv"), pytest.param("a.xlsx", write_xlsx, id="xlsx")]


def sheet(*rows: dict[str, str]) -> Sheet:
    heads = tuple(dict.fromkeys(name for row in rows for name in row))
    return Sheet("test.csv", heads, tuple(tuple(row.get(head, "") for head in heads) for row in rows))


BASIC = {"start": "2022-02-01", "type": "bilateral_geneva", "status": "done", "title": "Talk", "iso3": "FJI"}


@pytest.mark.parametrize(("name", "write"), FORMATS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_export_then_import_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory,
    activity_values: st.SearchStrategy[dict[str, Any]],
    name: str,
    write: Write,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    store, other = (open_store(f"sqlite:///{folder / side}.sqlite") for side in "ab")
    records = [parse("activity", data.draw(activity_values)) for _ in range(2)]
    entries = store.save([Create(record) for record in records], "Ana")
    seen = preview(other, read_sheet(name, write(entries)))
    assert seen.errors == []
    back = other.save(seen.commands(), "Bo")
    assert [(entry.subject, entry.record) for entry in back] == [(entry.subject, entry.record) for entry in entries]
    again = preview(store, read_sheet(name, write(entries)))
    assert [row.effect for row in again.rows] == ["same", "same"]
    store.close()
    other.close()


@pytest.mark.parametrize(("name", "write"), FORMATS)
def test_no_cell_is_a_formula_or_a_link(
    embedded: Store, activity: MakeActivity, hostile: str, name: str, write: Write
) -> None:
    states = [{"iso3": "FJI", "position": hostile, "promise": hostile}]
    entries = embedded.save([Create(activity(title=hostile, summary=hostile, states=states))], "Ana")
    data = write(entries)
    if name == "a.csv":
        cells = [cell for line in data.decode("utf-8-sig").splitlines() for cell in line.split(",")]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]
    else:
        (ws,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        for row in ws.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert cell.hyperlink is None
                assert cell.value is None or str(cell.value)[:1] not in set("=+-@\t\r")


def test_the_template_has_every_column() -> None:
    for name in ("csv", "xlsx"):
        read = read_sheet(f"t.{name}", template(name))
        assert read.heads == COLUMNS
        assert read.rows == ()
        assert guess_mapping(read.heads) == {column: column for column in COLUMNS}


def test_a_sheet_as_people_write_it(embedded: Store) -> None:
    rows = sheet(
        {"Date": "2022-02-01", "Type": "Bilateral in Geneva", "STATUS": "Done", "Title": "Talk", "Country": "Fiji; vut",
         "Obstacles": "Capacity (staff, money); alliance", "Stage": "Intent stated", "Mood": "fine"},
    )  # fmt: skip
    seen = preview(embedded, rows)
    assert "Mood" not in seen.mapping
    (entry,) = embedded.save(seen.commands(), "Ana")
    assert [state.iso3 for state in entry.activity.states] == ["FJI", "VUT"]
    assert entry.activity.states[1].obstacles == ("capacity", "alliance")
    assert entry.activity.states[0].stage == "intent"
    assert [row.effect for row in preview(embedded, rows).rows] == ["same"]  # the same file twice adds nothing
    embedded.save([Edit(entry.subject, 1, {"title": "Corrected"})], "Ana")
    assert [row.effect for row in preview(embedded, rows).rows] == ["same"]


def test_two_equal_rows_are_two_activities(embedded: Store) -> None:
    entries = embedded.save(preview(embedded, sheet(BASIC, BASIC)).commands(), "Ana")
    assert len({entry.subject for entry in entries}) == 2


def test_a_mapping_can_be_chosen(embedded: Store) -> None:
    rows = sheet({"When": "2022-02-01", "What": "other", "status": "done", "title": "T"})
    seen = preview(embedded, rows, {"When": "start", "What": "type", "status": "status", "title": "title"})
    assert [row.effect for row in seen.rows] == ["create"]
    for mapping, sentence in (
        ({"When": "day"}, "'day' is no field of an activity; possible are id, version, start"),
        ({"Then": "start"}, "test.csv has no column 'Then'"),
        ({"When": "start", "What": "start"}, "Two columns are mapped to start"),
    ):
        with pytest.raises(CcmError, match=sentence):
            preview(embedded, rows, mapping)


def test_errors_are_told_per_row_and_nothing_is_written(embedded: Store) -> None:
    rows = sheet(
        BASIC,
        BASIC | {"start": "1/2/22", "type": "chat"},
        BASIC | {"iso3": "Atlantis"},
        BASIC | {"iso3": "", "stage": "intent"},
        BASIC | {"id": "7"},
        {"title": "Only a title"},
        {},
    )
    seen = preview(embedded, rows)
    told = "\n".join(seen.errors)
    assert "row 3: start: '1/2/22' is not a date; write YYYY-MM-DD" in told
    assert "row 3: type: 'chat' is unknown" in told
    assert "row 4: states.1.iso3: 'ATLANTIS' is no state of the facts" in told
    assert "row 5: iso3: is missing, though the row says what a state did" in told
    assert "row 6: id: '7' is not the id of an entry; leave it blank for a new one" in told
    assert "row 7: start: is missing" in told
    assert [row.effect for row in seen.rows] == ["create", *["error"] * 5]
    with pytest.raises(CcmError, match=r"rows have errors \(3, 4, 5, 6, 7\); correct them or leave them out"):
        seen.commands()
    with pytest.raises(CcmError, match=r"\(7\)"):
        seen.commands(leave_out=[3, 4, 5, 6])
    assert embedded.last_seq() == 0
    assert len(embedded.save(seen.commands(leave_out=[3, 4, 5, 6, 7]), "Ana")) == 1


def test_an_edited_export_is_an_edit(embedded: Store, activity: MakeActivity) -> None:
    entries = embedded.save([Create(activity(title=title)) for title in ("A", "B", "C")], "Ana")
    exported = read_sheet("a.csv", write_csv(entries))
    at = exported.heads.index("outcome")
    rows = tuple((*row[:at], "good", *row[at + 1 :]) for row in exported.rows)
    embedded.save([Edit(entries[1].subject, 1, {"place": "Suva"}), Delete(entries[2].subject, 1)], "Bo")
    seen = preview(embedded, Sheet("a.csv", exported.heads, rows))
    assert [row.effect for row in seen.rows] == ["edit", "error", "error"]
    assert "row 3: Bo changed the entry since the export (version 2 now)" in seen.errors[0]
    assert "row 4: 'C' was deleted by Bo; restore it first" in " ".join(seen.errors)
    (edited,) = embedded.save(seen.commands(leave_out=[3, 4]), "Ana")
    assert (edited.version, edited.activity.outcome) == (2, "good")


def test_columns_that_a_sheet_lacks_are_left_alone(embedded: Store, activity: MakeActivity) -> None:
    (entry,) = embedded.save([Create(activity(summary="kept", states=[{"iso3": "FJI", "stage": "intent"}]))], "Ana")
    row = {key: value for key, value in BASIC.items() if key != "iso3"} | {"id": entry.subject, "version": "1"}
    (edited,) = embedded.save(preview(embedded, sheet(row)).commands(), "Ana")
    assert (edited.title, edited.activity.summary, edited.activity.states) == ("Talk", "kept", entry.activity.states)


def test_rows_of_one_activity_must_agree(embedded: Store) -> None:
    subject = "5b0c2f0e-7a55-5c1d-8a0b-1a90f0ccb0d3"
    first, second = BASIC | {"id": subject}, BASIC | {"id": subject, "iso3": "VUT"}
    seen = preview(embedded, sheet(first, second | {"title": "Other"}))
    assert seen.errors == ["row 2: row 3 has another title than row 2 of the same activity"]
    (entry,) = embedded.save(preview(embedded, sheet(first, second | {"title": ""})).commands(), "Ana")
    assert [state.iso3 for state in entry.activity.states] == ["FJI", "VUT"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"", "has no column heads"),
        ("a.csv", b"\xff\xfe\x00", "is not UTF-8 text; save it as 'CSV UTF-8' or as XLSX"),
        ("a.csv", b'title\n"open', "is not a readable CSV file"),
        ("a.csv", b"title,title\n1,2\n", "has two columns named 'title'"),
        ("a.xlsx", b"not a zip", "is not a readable XLSX file"),
        ("a.csv", b"title\n" + b"x\n" * 100_001, "at most 100,000 are read at once"),
    ],
)
def test_unreadable_files_are_refused(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(CcmError, match=sentence):
        read_sheet(name, data)


def test_semicolon_files_and_date_cells(embedded: Store) -> None:
    semicolons = "start;type;status;title\r\n2022-02-01;other;done;Été\r\n".encode()
    assert read_sheet("a.csv", semicolons).rows == (("2022-02-01", "other", "done", "Été"),)
    book = openpyxl.Workbook()
    for row in (["start", "end", "cost"], [date(2022, 2, 1), datetime(2022, 2, 2), 100.0], [None, None, 2.5], [None]):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_sheet("a.xlsx", buffer.getvalue()).rows == (("2022-02-01", "2022-02-02", "100"), ("", "", "2.5"))


def workbook(*places: tuple[int, int], blank: tuple[int, int] | None = None) -> bytes:
    """A workbook with a text at each place (row, column, from 0), and a format without a text at `blank`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for place in places:
        sheet.write_string(*place, "title")
    if blank:
        sheet.write_blank(*blank, None, book.add_format({"bold": True}))
    book.close()
    return buffer.getvalue()


LAST = (1_048_575, 16_383)


@pytest.mark.parametrize("places", [[LAST], [(0, 0), LAST], [LAST, (0, 0)], [(0, 1), (1_048_575, 5)]])
def test_a_sheet_that_reaches_too_far_is_refused_before_room_is_made_for_it(places: list[tuple[int, int]]) -> None:
    # The reader ends the process for want of memory: it must not see such a file.
    with pytest.raises(
        CcmError, match=r"^a\.xlsx has a sheet that reaches to row 1,048,576 and column [\d,]+; at most"
    ):
        read_sheet("a.xlsx", workbook(*places))
