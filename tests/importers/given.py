"""Voting data, voting records, roll calls and sheets as others publish them, small."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ccm_data.importers import rollcall
from ccm_data.importers.model import Parsed

HEADER = [
    "undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft", "committee_report", "meeting",
    "title", "agenda_title", "subjects", "vote_note", "total_yes", "total_no", "total_abstentions", "total_non_voting",
    "total_ms", "undl_link",
]  # fmt: skip
TITLE = "Implementation of the Convention on Cluster Munitions : resolution / adopted by the General Assembly"
OF_79 = {
    "undl_id": "4068499", "date": "2024-12-02", "session": "79", "resolution": "A/RES/79/58", "draft": "",
    "committee_report": "A/79/408", "meeting": "A/79/PV.44", "title": TITLE, "agenda_title": 'General "and" complete',
    "subjects": "CLUSTER MUNITIONS--TREATIES (2008)|DISARMAMENT, GENERAL", "vote_note": "", "total_yes": "2.0",
    "total_no": "1.0", "total_abstentions": "1.0", "total_non_voting": "1.0", "total_ms": "5.0",
    "undl_link": "https://digitallibrary.un.org/record/4068499",
}  # fmt: skip
OF_80 = OF_79 | {
    "undl_id": "4094479", "date": "2025-12-01", "session": "80", "resolution": "A/RES/80/52", "total_yes": "1",
    "total_no": "0", "total_abstentions": "0", "total_non_voting": "1", "total_ms": "193",
    "undl_link": "https://digitallibrary.un.org/record/4094479",
}  # fmt: skip
OTHER = OF_79 | {
    "resolution": "A/RES/79/1", "title": "Implementation of the Convention on the Prohibition of Anti-Personnel Mines",
}  # fmt: skip
CAST = (
    ("AFG", "AFGHANISTAN", "Y"), ("BIH", "BOSNIA AND HERZEGOVINA", "Y"), ("RUS", "RUSSIAN FEDERATION", "N"),
    ("IND", "INDIA", "A"), ("BEN", "BENIN", "X"),
)  # fmt: skip


def voting_data(
    *calls: tuple[Mapping[str, str], Sequence[tuple[str, str, str]]], header: Sequence[str] = HEADER
) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, header, extrasaction="ignore")
    writer.writeheader()
    for common, cast in calls:
        for code, name, vote in cast:
            writer.writerow({**common, "ms_code": code, "ms_name": name, "ms_vote": vote})
    return buffer.getvalue().encode()


BULK = voting_data((OTHER, CAST), (OF_80, [("AFG", "AFGHANISTAN", "X"), ("ALB", "ALBANIA", "Y")]), (OF_79, CAST))


def field(tag: str, **subfields: str) -> str:
    parts = "".join(f'<subfield code="{code}">{text}</subfield>' for code, text in subfields.items())
    return f'  <datafield tag="{tag}" ind1=" " ind2=" ">{parts}</datafield>\n'


PLENARY = {
    "245": field("245", a="Implementation of the Convention on Cluster Munitions :", b="resolution /",
                 c="adopted by the General Assembly"),
    "269": field("269", a="2024-12-02"),
    "791": field("791", a="A/RES/79/58", b="A/", c="79"),
    "952": field("952", a="A/79/PV.44"),
    "967": field("967", a="1", c="AFG", d="Y", e="AFGHANISTAN") + field("967", a="2", c="BIH", d="Y", e="BOSNIA")
    + field("967", a="3", c="RUS", d="N", e="RUSSIAN FEDERATION") + field("967", a="4", c="IND", d="A", e="INDIA")
    + field("967", a="5", c="BEN", e="BENIN"),
    "991": field("991", a="A/79/251", d="DISARMAMENT &amp; PEACE"),
    "993": field("993", a="A/C.1/79/L.25") + field("993", a="A/79/408"),
    "996": field("996", b="2", c="1", d="1", e="1", f="5"),
}  # fmt: skip
COMMITTEE = PLENARY | {
    "245": field("245", a="Implementation of the Convention on Cluster Munitions :", b="draft resolution"),
    "269": field("269", a="2024-11-01"),
    "791": field("791", a="A/C.1/79/L.25"),
    "952": field("952", a="A/C.1/79/PV.27"),
    "993": "",
}


def record(fields: Mapping[str, str], number: str = "4068499") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n<record>\n'
        f'  <controlfield tag="001">{number}</controlfield>\n{"".join(fields.values())}</record>\n</collection>'
    ).encode()


RELEASE = """The draft was approved by a recorded vote of 5 in favour to 1 against (Russian Federation (the)), with 2
abstentions.

In favour:\u00a0 Afghani-
stan, Bosnia and
Herzegovina, Guinea-
Bissau, Côte d’Ivoire and Zambia.
Against
:
Russian\u00a0Federation.
Abstaining: India, Iran (Islamic
Republic of).
Absent: Benin, Trinidad and Tobago, Guinea; Niger, Viet Nam.
The Committee then took up “L.26”.
"""
PRESS = "https://press.un.org/en/2024/gadis3756.doc.htm"


def pasted(text: str = RELEASE, **given: Any) -> Parsed:
    known: dict[str, Any] = {
        "session": 79, "year": 2024, "resolution": "A/RES/79/58", "vote_date": date(2024, 11, 1),
        "draft": "A/C.1/79/L.25", "totals": None, "url": PRESS,
    }  # fmt: skip
    return rollcall.parse(text, **(known | given))


def votes(parsed: Parsed) -> dict[tuple[str, str], str]:
    """Each vote by session and state."""
    return {(r.row["session"], r.row["iso3"]): r.row["vote"] for r in parsed.rows if r.file == "unga_votes"}


VOTES_SHEET = (
    "session,year,stage,resolution,vote_date,iso3,vote,source_id\r\n"
    "79,2024,plenary,A/RES/79/58,2024-12-02,Afghanistan,yes,V-UNDL-79\r\n"
    "79,2024,plenary,A/RES/79/58,2024-12-02,BEN,absent,V-UNDL-79\r\n"
    ",,,,,,,\r\n"
).encode("utf-8-sig")
