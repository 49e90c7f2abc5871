"""Acts of states written as the UN Treaty Collection prints them: the inverse of the importer, for any treaty."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from itertools import groupby

from ccm_data import paths
from ccm_data.importers.untc import TREATIES

Action = Mapping[str, str]

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SIGNING = {"signature": ("Signature", ""), "succession_to_signature": ("Succession to signature", "d")}
BINDING = {
    "ratification": ("Ratification", ""),
    "acceptance": ("Acceptance", "A"),
    "approval": ("Approval", "AA"),
    "accession": ("Accession", "a"),
    "succession": ("Succession", "d"),
    "consent": ("Consent to be bound", "P"),
}

with (paths.PACKAGE / "facts" / "states.csv").open(encoding="utf-8", newline="") as _file:
    NAMES = {row["iso3"]: row["name"] for row in csv.DictReader(_file)}


def printable(action: Action) -> bool:
    """Whether a status page can show the act: it prints days only, and a withdrawal only as brackets."""
    return action["precision"] == "day" and action["action"] != "withdrawal"


def withdrawn(actions: Iterable[Action]) -> set[str]:
    """The states whose last act is their withdrawal."""
    last: dict[str, str] = {}
    for action in sorted(actions, key=lambda action: action["date"]):
        last[action["iso3"]] = action["action"]
    return {iso3 for iso3, action in last.items() if action == "withdrawal"}


def as_html(treaty: str, actions: Iterable[Action], day: date) -> bytes:
    """The status page of a treaty, as a browser saves it."""
    actions = list(actions)
    number, title = TREATIES[treaty]
    chapter, section, *letter = number.split("-")
    heads, rows = _table(actions)
    signatories, parties = _counts(actions)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head><body>',
        f'<form method="post" action="./ViewDetails.aspx?src=TREATY&amp;mtdsg_no={number}&amp;clang=_en">',
        f'<div id="x_div3">STATUS AS AT : {day:%d-%m-%Y} 10:16:18 EDT</div>',
        f'<div id="x_tcHead">\n CHAPTER {chapter}\n</div>',
        f'<div id="x_tcTreaty">\n {section}. {"".join(f"{part}. " for part in letter)}\n {escape(title)}\n</div>',
        f'<div id="x_tcStatus">Status : <div>Signatories : {signatories}. Parties : {parties}</div></div>',
        '<table id="x_tblgrid" class="table table-striped">',
        '<tr class="thead-one">' + "".join(f"<td>{escape(head)}<br></td>" for head in heads) + "</tr>",
    ]
    for at, (name, *cells) in enumerate(rows):
        shown = escape(name) if at % 3 else f"<A href='#EndDec' class='noteIndex'>{escape(name)}</A>"
        mark = f" <SUP><A href='#{at}'>{at}</A>, <A href='#1'>1</A> </SUP>" if at % 5 == 0 else ""
        shown_cells = (f"<td>{cell}<br></td>" if cell else "<td>&nbsp;</td>" for cell in cells)
        lines.append(f"<tr><td>{shown}{mark}<br></td>{''.join(shown_cells)}</tr>")
    lines.append("</table></form></body></html>")
    return "\r\n".join(lines).encode("utf-8")


def as_xml(treaty: str, actions: Iterable[Action], day: date | None) -> bytes:
    """The XML of the same table; without a day, it does not say as at when."""
    actions = list(actions)
    _, title = TREATIES[treaty]
    heads, rows = _table(actions)
    signatories, parties = _counts(actions)
    status = f"<StatusAsAt>{day:%d-%m-%Y}</StatusAsAt>" if day else ""
    head = "".join(f"<Entry>{escape(head)}</Entry>" for head in heads)
    body = ""
    for at, (name, *cells) in enumerate(rows):
        mark = escape(f"<superscript>{at},1</superscript>") if at % 5 == 0 else ""
        entries = "".join(f"<Entry>{cell.replace('&nbsp;', ' ')}</Entry>" for cell in cells)
        body += f"<Row><Entry>{escape(name)}{mark}</Entry>{entries}</Row>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\r\n<MTDSG>{status}<Treaty><ExternalData>'
        f"<Titlesect>{escape(title)}</Titlesect>"
        f"<Status><Signatories>{signatories}</Signatories><Parties>{parties}</Parties></Status></ExternalData>"
        f"<Participants><Table><TGroup><Thead><Row>{head}</Row></Thead>"
        f"<Tbody><Rows>{body}</Rows></Tbody></TGroup></Table></Participants></Treaty></MTDSG>"
    ).encode()


def _table(actions: list[Action]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, with the columns that the acts need."""
    left = withdrawn(actions)
    used = {action["action"] for action in actions}
    columns = [{code: kinds[code] for code in kinds if code in used} for kinds in (SIGNING, BINDING)]
    columns = [column for column in columns if column]
    heads = ["Participant"]
    for column in columns:
        heads.append(", ".join(f"{words}({suffix})" if suffix else words for words, suffix in column.values()))
    rows = []
    shown = sorted(
        (action for action in actions if action["action"] != "withdrawal"), key=lambda act: NAMES[act["iso3"]]
    )
    for iso3, acts in groupby(shown, key=lambda action: action["iso3"]):
        of_state = list(acts)
        cells = [
            ", ".join(_date(act, column[act["action"]][1], iso3 in left) for act in of_state if act["action"] in column)
            for column in columns
        ]
        rows.append([NAMES[iso3], *cells])
    return heads, rows


def _date(action: Action, suffix: str, bracketed: bool) -> str:
    if action["precision"] != "day":
        raise ValueError(f"A status page cannot print a date known to the {action['precision']}: {action}")
    day = date.fromisoformat(action["date"])
    shown = f"{' &nbsp;' if day.day < 10 else ''}{day.day} {MONTHS[day.month - 1]}\t {day.year} {suffix}"
    return f"[{shown}]" if bracketed else shown


def _counts(actions: list[Action]) -> tuple[int, int]:
    left = withdrawn(actions)
    signatories, parties = (
        {action["iso3"] for action in actions if action["action"] in kinds} - left for kinds in (SIGNING, BINDING)
    )
    return len(signatories), len(parties)
