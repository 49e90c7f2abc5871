"""Voting data of the UN Digital Library: every vote has a place or a sentence, and totals agree."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from ccm_data.errors import CcmError
from ccm_data.importers.model import Whole
from ccm_data.importers.votes import parse, parse_csv
from ccm_data.paths import PACKAGE
from tests.importers.given import (
    BULK,
    CAST,
    COMMITTEE,
    HEADER,
    OF_79,
    OF_80,
    OTHER,
    PLENARY,
    field,
    record,
    votes,
    voting_data,
)

OF_SESSION_79 = {
    ("79", "AFG"): "yes", ("79", "BIH"): "yes", ("79", "RUS"): "no", ("79", "IND"): "abstain", ("79", "BEN"): "absent",
}  # fmt: skip


def error(content: bytes) -> str:
    with pytest.raises(CcmError) as raised:
        parse(content)
    return str(raised.value)


def test_one_roll_call_of_a_table() -> None:
    parsed = parse(voting_data((OTHER, CAST), (OF_79, CAST)))
    assert votes(parsed) == OF_SESSION_79
    assert parsed.source_file == "sources_votes"
    assert parsed.source == {
        "source_id": "undl_A-RES-79-58",
        "title": "Voting record on A/RES/79/58, Implementation of the Convention on Cluster Munitions",
        "publisher": "United Nations Digital Library",
        "url": "https://digitallibrary.un.org/record/4068499",
        "source_date": "2024-12-02",
        "note": "",
    }
    totals, first = parsed.rows[:2]
    assert (totals.file, totals.row) == (
        "unga_vote_totals",
        {"session": "79", "year": "2024", "stage": "plenary", "resolution": "A/RES/79/58", "vote_date": "2024-12-02",
         "yes": "2", "no": "1", "abstain": "1", "source_id": "undl_A-RES-79-58"},
    )  # fmt: skip
    assert first.text == "AFG AFGHANISTAN Y"
    assert first.row == {
        "session": "79", "year": "2024", "stage": "plenary", "resolution": "A/RES/79/58", "vote_date": "2024-12-02",
        "iso3": "AFG", "vote": "yes", "source_id": "undl_A-RES-79-58",
    }  # fmt: skip
    assert parsed.whole == Whole("unga_votes", {"session": "79", "stage": "plenary"}, date(2024, 12, 2))
    assert parsed.notes == ()


def test_every_session_of_a_large_table_in_order_with_the_record_of_each() -> None:
    parsed = parse(BULK)
    assert votes(parsed) == OF_SESSION_79 | {("80", "AFG"): "absent", ("80", "ALB"): "yes"}
    assert [row.row["session"] for row in parsed.rows if row.file == "unga_vote_totals"] == ["79", "80"]
    assert parsed.source["source_id"] == "undl_A-RES-79-58_A-RES-80-52"
    assert parsed.source["source_date"] == "2025-12-01"
    assert parsed.source["note"] == (
        "A/RES/79/58: https://digitallibrary.un.org/record/4068499; "
        "A/RES/80/52: https://digitallibrary.un.org/record/4094479"
    )
    assert {row.row["source_id"] for row in parsed.rows} == {parsed.source["source_id"]}
    assert parsed.whole is None


def test_a_table_of_before_vote_notes_and_with_a_byte_order_mark() -> None:
    older = [name for name in HEADER if name not in ("vote_note", "draft")]
    assert votes(parse(b"\xef\xbb\xbf" + voting_data((OF_79, CAST), header=older))) == OF_SESSION_79
    assert votes(parse_csv(voting_data((OTHER, CAST)), OTHER["title"]))[("79", "RUS")] == "no"


@pytest.mark.parametrize("session", range(70, 81))
def test_the_roll_calls_of_the_facts_come_back_from_a_table(session: int) -> None:
    with (PACKAGE / "facts" / "unga_votes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["session"] == str(session) and row["stage"] == "plenary"]
    letters = {"yes": "Y", "no": "N", "abstain": "A", "absent": "X"}
    count = {vote: str(sum(row["vote"] == vote for row in rows)) for vote in letters}
    common = OF_79 | {
        "session": str(session), "date": rows[0]["vote_date"], "resolution": rows[0]["resolution"],
        "total_yes": count["yes"], "total_no": count["no"], "total_abstentions": count["abstain"],
        "total_non_voting": count["absent"], "total_ms": "193",
    }  # fmt: skip
    parsed = parse(voting_data((common, [(row["iso3"], row["iso3"], letters[row["vote"]]) for row in rows])))
    assert votes(parsed) == {(str(session), row["iso3"]): row["vote"] for row in rows}
    assert len(rows) == 193
    assert parsed.whole is not None


def test_a_plenary_record() -> None:
    parsed = parse(record(PLENARY))
    assert votes(parsed) == OF_SESSION_79
    totals = parsed.rows[0].row
    assert (totals["stage"], totals["draft"], totals["resolution"]) == ("plenary", "A/C.1/79/L.25", "A/RES/79/58")
    assert parsed.source["url"] == "https://digitallibrary.un.org/record/4068499"
    assert parsed.whole is not None


def test_a_committee_record_knows_no_resolution_yet() -> None:
    parsed = parse(record(COMMITTEE))
    assert votes(parsed) == OF_SESSION_79
    totals, vote = parsed.rows[0].row, parsed.rows[1].row
    assert totals == {
        "session": "79", "year": "2024", "stage": "first_committee", "draft": "A/C.1/79/L.25",
        "vote_date": "2024-11-01", "yes": "2", "no": "1", "abstain": "1", "source_id": "undl_A-C-1-79-L-25",
    }  # fmt: skip
    assert "resolution" not in vote
    assert parsed.source["title"].startswith("Voting record on A/C.1/79/L.25, ")


def test_a_record_in_any_namespace_with_comments_and_without_totals() -> None:
    content = record(PLENARY | {"996": ""}).replace(b' xmlns="http://www.loc.gov/MARC21/slim"', b"")
    content = content.replace(b">AFG<", b">A<!-- of -->FG<")
    parsed = parse(content)
    assert votes(parsed) == OF_SESSION_79
    assert parsed.notes == (
        "The roll call on A/RES/79/58 states no total of Yes, No, Abstained; its votes were counted.",
    )
    assert parsed.whole is None


def test_both_bodies_in_one_collection() -> None:
    both = record(PLENARY).replace(b"</collection>", record(COMMITTEE, "7").split(b'slim">')[1])
    parsed = parse(both)
    assert [row.row["stage"] for row in parsed.rows if row.file == "unga_vote_totals"] == ["first_committee", "plenary"]
    assert parsed.source["source_id"] == "undl_A-C-1-79-L-25_A-RES-79-58"


def test_codes_of_no_state() -> None:
    renamed = parse(voting_data((OF_79, [("XXZ", "Afghanistan", "Y"), *CAST[1:]])))
    assert votes(renamed) == OF_SESSION_79
    assert renamed.notes == ("The roll call on A/RES/79/58: XXZ Afghanistan is read as AFG.",)
    gone = parse(voting_data((OF_79 | {"total_non_voting": "2"}, [*CAST, ("SUN", "USSR", "X")])))
    assert votes(gone) == OF_SESSION_79
    assert (
        gone.notes[0]
        == "The roll call on A/RES/79/58: SUN USSR is no state of the facts and did not vote; it is left aside."
    )
    assert gone.notes[1] == "The roll call on A/RES/79/58 states 2 non-voting, but lists 1."
    told = error(voting_data((OF_79, [*CAST, ("SUN", "USSR", "N")])))
    assert told == "Row 7 of the voting data is of SUN USSR, which is no state of the facts; its vote has no place."


@pytest.mark.parametrize(
    ("common", "cast", "sentence"),
    [
        ({"total_yes": "3"}, CAST, "The roll call on A/RES/79/58 states 3 in favour, 1 against, 1 "
         "abstaining, but its votes add "
         "up to 2 in favour, 1 against, 1 abstaining; nothing of it is imported."),
        ({"total_yes": "many"}, CAST, "The roll call on A/RES/79/58 has 'many' for total_yes; "
         "possible is a whole number."),
        ({}, [*CAST, ("AFG", "AFGHANISTAN", "N")], "The roll call on A/RES/79/58 has AFG twice, as "
         "Yes and as No; a state has one vote."),
        ({}, [("AFG", "AFGHANISTAN", "")], "Row 2 of the voting data (AFG) has the vote ''; "
         "possible are Y, N, A and X."),
        ({"resolution": ""}, CAST, "Row 2 of the voting data names no resolution such as A/RES/79/58 but ''."),
        ({"session": "78"}, CAST, "Row 2 of the voting data says session '78', but names A/RES/79/58."),
        ({"date": "2.12.2024"}, CAST, "Row 2 of the voting data gives '2.12.2024' as its date; "
         "possible is one written YYYY-MM-DD."),
        ({"date": "2023-12-02"}, CAST, "The roll call on A/RES/79/58 is dated 2023-12-02, but "
         "session 79 votes on it in 2024."),
        ({"undl_link": "x"}, CAST, "Row 2 of the voting data gives 'x' as its address; possible is "
         "one that begins with https://."),
        ({"title": "Another"}, CAST, "The voting data has no vote on 'Implementation of the "
         "Convention on Cluster Munitions'."),
    ],
)  # fmt: skip
def test_tables_that_are_refused(common: dict[str, str], cast: list[tuple[str, str, str]], sentence: str) -> None:
    assert error(voting_data((OF_79 | common, cast))) == sentence


def test_rows_of_a_roll_call_must_agree() -> None:
    told = error(voting_data((OF_79, CAST[:2]), (OF_79 | {"total_no": "2"}, CAST[2:])))
    assert told == "Row 4 of the voting data has another total_no than the rows before it on A/RES/79/58."
    told = error(voting_data((OF_79, CAST), (OF_79 | {"resolution": "A/RES/79/59"}, CAST)))
    assert told == "The voting data has two roll calls of session 79, Plenary; give one at a time."
    assert error(b"a,b\n1,2\n").startswith("The voting data lacks the column ms_code")
    assert error(voting_data((OF_80, CAST))[:-60]).startswith("Row 6 of the voting data has")
    assert error(b"").startswith("The voting data lacks the column")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"791": ""}, "The voting record 4068499 has nothing as symbol (field 791); possible is one resolution such as "
         "A/RES/79/58, or one draft of the First Committee such as A/C.1/79/L.25."),
        ({"791": field("791", a="A/RES/79/58") + field("791", a="A/C.1/79/L.25")}, "has A/RES/79/58, "
         "A/C.1/79/L.25 as symbol"),
        ({"791": field("791", a="A/C.3/79/L.25")}, "has A/C.3/79/L.25 as symbol"),
        ({"952": field("952", a="A/C.1/79/PV.27")}, "is of the Plenary by its symbol A/RES/79/58, "
         "but not by 'A/C.1/79/PV.27'."),
        ({"245": PLENARY["245"].replace("General Assembly", "1st Committee")}, "but not by 'adopted "
         "by the 1st Committee'."),
        ({"269": ""}, "has nothing as its date (field 269); possible is one date."),
        ({"967": ""}, "The voting data has no vote on 'Implementation of the Convention on Cluster Munitions'."),
        ({"245": field("245", a="Peace /")}, "on 'Implementation of the Convention on Cluster "
         "Munitions' but on 'Peace /'."),
        ({"967": field("967", c="AFG", d="Q", e="AFGHANISTAN")}, "(AFG) has the vote 'Q'; possible are Y, N, A and X."),
        ({"996": field("996", b="9", c="1", d="1")}, "states 9 in favour, 1 against, 1 abstaining, "
         "but its votes add up to 2"),
    ],
)  # fmt: skip
def test_records_that_are_refused(fields: dict[str, str], sentence: str) -> None:
    assert sentence in error(record(PLENARY | fields))


def test_a_record_without_a_number_or_with_entities() -> None:
    assert error(record(PLENARY, number="")).startswith("The voting record has the number '' (field 001)")
    assert "declares a document type" in error(b"<!DOCTYPE a>" + record(PLENARY).split(b"?>")[1])
