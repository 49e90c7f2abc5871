"""A new fact file is its columns with their roles: what is checked across files follows from them."""

from __future__ import annotations

import pandera.pandas as pandera
import pyarrow as pa

from ccm_data.validation import rule_findings
from ccm_data.validation.cells import DAY, NAME, optional, required
from ccm_data.validation.schemas import schemas

VISITS = {
    "visit": required(NAME, key=True),
    "meeting": required(NAME, refers_to="meetings"),
    "day": required(DAY, dated=True, precise_by="precision"),
    "until": optional(DAY, not_before="day", needed_by="precision"),
    "precision": optional(),
    "source_id": required(NAME, source=True),
}


def test_every_role_of_a_made_up_file_is_checked(raw: dict[str, pa.Table]) -> None:
    rows = [
        {"visit": "A", "meeting": "9MSP", "day": "2020-01-01", "until": "2020-01-02", "precision": None,
         "source_id": "EV-9MSP"},
        {"visit": "A", "meeting": "90MSP", "day": "2031-05-05", "until": "2031-05-04", "precision": "month",
         "source_id": "EV-NONE"},
        {"visit": "B", "meeting": "9MSP", "day": "2020-01-01", "until": None, "precision": "month",
         "source_id": "EV-9MSP"},
    ]  # fmt: skip
    lines = [{**row, "line": line, "file": "visits.csv"} for line, row in enumerate(rows, 2)]
    columns = [*VISITS, "file"]
    types = pa.schema([(name, pa.string()) for name in columns] + [("line", pa.int32())])
    horizon = dict.fromkeys(raw["horizons"].column_names) | {
        "file": "visits.csv", "known_complete_through": "2030-12-31", "line": 99,
    }  # fmt: skip
    horizons = pa.concat_tables([raw["horizons"], pa.Table.from_pylist([horizon], raw["horizons"].schema)])
    given = {**raw, "visits": pa.Table.from_pylist(lines, types), "horizons": horizons}
    declared = {**schemas(raw["states"]["iso3"].to_pylist()), "visits": pandera.DataFrameSchema(VISITS)}
    assert [str(one) for one in sorted(set(rule_findings(given, declared)))] == [
        "visits.csv:3: day: 2031-05-05 has precision month, so it must be written 2031-05-01",
        "visits.csv:3: day: 2031-05-05 is later than 2030-12-31, the horizon of visits.csv in horizons.csv",
        "visits.csv:3: meeting: '90MSP' is not in meetings.csv",
        "visits.csv:3: source_id: 'EV-NONE' is in none of the sources_*.csv files",
        "visits.csv:3: until: 2031-05-04 is before day 2031-05-05",
        "visits.csv:3: visit: A is already in line 2",
        "visits.csv:4: until: is blank, but precision needs it",
    ]
    unsaid = rule_findings({**given, "horizons": raw["horizons"]}, declared)
    assert "no row says through which day visits.csv is known complete" in {one.message for one in unsaid}
