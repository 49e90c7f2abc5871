"""Status pages of the United Nations Treaty Collection as proposed acts of states."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ccm_data.errors import CcmError
from ccm_data.importers import un_names
from ccm_data.importers.model import Parsed, Proposed, Whole, Withdrawn
from ccm_data.importers.untc_acts import PROVISIONAL, Act, Column, columns, short
from ccm_data.importers.untc_page import Page, read
from ccm_data.vocab import Treaty

FILE, SOURCE_FILE, PUBLISHER = "treaty_actions", "sources_treaties", "United Nations Treaty Collection"

_CCW = "Convention on Prohibitions or Restrictions on the Use of Certain Conventional Weapons"
TREATIES = {
    "CCM": ("XXVI-6", "Convention on Cluster Munitions"),
    "APMBC": (
        "XXVI-5",
        "Convention on the Prohibition of the Use, Stockpiling, Production and Transfer of Anti-Personnel Mines",
    ),
    "ATT": ("XXVI-8", "Arms Trade Treaty"),
    "CCW": ("XXVI-2", _CCW),
    "CRPD": ("IV-15", "Convention on the Rights of Persons with Disabilities"),
    "CWC": ("XXVI-3", "Convention on the Prohibition of the Development, Production, Stockpiling and Use of Chemical"),
    "ICC": ("XVIII-10", "Rome Statute of the International Criminal Court"),
    "TPNW": ("XXVI-9", "Treaty on the Prohibition of Nuclear Weapons"),
    "CTBT": ("XXVI-4", "Comprehensive Nuclear-Test-Ban Treaty"),
    "ENMOD": ("XXVI-1", "Convention on the prohibition of military or any other hostile use of environmental"),
    "CCW_P4": ("XXVI-2-a", f"Additional Protocol to the {_CCW}"),
    "CCW_AP2": ("XXVI-2-b", "Protocol on Prohibitions or Restrictions on the Use of Mines, Booby-Traps"),
    "CCW_A1": ("XXVI-2-c", "Amendment of Article I of the Convention on Prohibitions or Restrictions"),
    "CCW_P5": ("XXVI-2-d", "Protocol on Explosive Remnants of War"),
}
"""Number in the collection and first words of the title, by the facts' code."""


def address(treaty: str) -> str:
    """The page of the depositary that shows the status of a treaty. Raises KeyError for one without such a page."""
    number, _title = TREATIES[treaty]
    chapter = _arabic(number.split("-")[0])
    return f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}&chapter={chapter}&clang=_en"


def parse(content: bytes, treaty: Treaty | str) -> Parsed:
    """The acts on a treaty's status page, HTML or XML.

    Raises CcmError when the file is no status page, is of another treaty, or has a row that is not fully understood.
    """
    code = str(treaty)
    if code not in TREATIES:
        possible = ", ".join(TREATIES)
        raise CcmError(f"'{short(code)}' is no treaty of the UN Treaty Collection; possible are {possible}.")
    page = read(content)
    _demand_treaty(page, code)
    entries = _entries(page, columns(page.heads))
    _demand_known(entries)
    _demand_plausible(entries, page)
    source = _source(page, code)
    rows = tuple(
        Proposed(FILE, _row(code, iso3, act, source["source_id"]), text)
        for name, text, acts in entries
        if (iso3 := un_names.find(name))
        for act in acts
        if act.known
    )
    _demand_once(rows)
    whole = Whole(FILE, {"treaty": code}, page.day) if page.day else None
    return Parsed(SOURCE_FILE, source, rows, tuple(_withdrawn(entries)), whole, tuple(_notes(entries, page)))


Entry = tuple[str, str, list[Act]]
"""A row of the table: the participant's name, the row's words, its acts."""


def _demand_treaty(page: Page, code: str) -> None:
    number, title = TREATIES[code]
    known = {named: other for other, (named, _) in TREATIES.items()}
    fits = page.number == number if page.number else _plain(page.title).startswith(_plain(title))
    if not fits:
        found = " ".join(part for part in (page.number, short(page.title)) if part) or "a treaty that it does not name"
        if page.number in known:
            found = f"{known[page.number]} ({found})"
        raise CcmError(f"The page is of {found}, not of {code} ({number} {title}); give the page of {code}.")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.casefold()))


def _entries(page: Page, acts_of: Sequence[Column]) -> list[Entry]:
    if not page.rows:
        raise CcmError("The table of participants is empty; save the page again when it has loaded fully.")
    entries = []
    for row in page.rows:
        text = " | ".join(cell for cell in row if cell)
        if len(row) != len(page.heads) or not row[0]:
            raise CcmError(
                f"The row '{short(text)}' has {len(row)} cells, or no name, under {len(page.heads)} column heads; "
                "save the page again when it has loaded fully."
            )
        name, bracketed = _name(row[0])
        acts = [act for column, cell in zip(acts_of, row[1:], strict=True) for act in column.acts(cell, name)]
        if not acts:
            raise CcmError(f"The row of {short(name)} has no date; save the page again when it has loaded fully.")
        if bracketed:
            acts = [Act(act.action, act.day, True) for act in acts]
        entries.append((name, text, acts))
    return entries


def _name(cell: str) -> tuple[str, bool]:
    found = re.fullmatch(r"\[ ?(.*?) ?\]", cell)
    return (found[1], True) if found else (cell, False)


def _demand_known(entries: Iterable[Entry]) -> None:
    names = dict.fromkeys(name for name, _, _ in entries)
    unknown = [name for name in names if un_names.find(name) is None and not un_names.is_no_state(name)]
    if unknown:
        more = f" {len(unknown) - 10} more names are unknown." if len(unknown) > 10 else ""
        raise CcmError(un_names.unknown(unknown[:10]) + more)


def _demand_plausible(entries: Sequence[Entry], page: Page) -> None:
    for name, _, acts in entries:
        for act in acts:
            if page.day and act.day > page.day:
                raise CcmError(f"The row of {name} has an act of {act.day}, after the page's own day, {page.day}.")
            if not act.known and act.action != PROVISIONAL and un_names.find(name):
                raise CcmError(f"The row of {name} has a {act.action}, which the facts have no action for.")
    for words, printed, found in _counts(entries, page):
        if printed is not None and found < printed:
            raise CcmError(
                f"The page says that there are {printed} {words}, but its table shows {found}; "
                "save the page again when it has loaded fully."
            )


def _counts(entries: Iterable[Entry], page: Page) -> list[tuple[str, int | None, int]]:
    """What is counted, the number printed above the table, and that in the table, where brackets do not count."""
    parties = {name for name, _, acts in entries if any(act.binds and not act.bracketed for act in acts)}
    signatories = {name for name, _, acts in entries if any(act.signs and not act.bracketed for act in acts)}
    return [("signatories", page.signatories, len(signatories)), ("parties", page.parties, len(parties))]


def _row(code: str, iso3: str, act: Act, source_id: str) -> dict[str, str]:
    return {
        "treaty": code,
        "iso3": iso3,
        "action": act.action,
        "date": act.day.isoformat(),
        "precision": "day",
        "source_id": source_id,
    }


def _demand_once(rows: Iterable[Proposed]) -> None:
    acts = Counter((row.row["iso3"], row.row["action"], row.row["date"]) for row in rows)
    for row in rows:
        if acts[row.row["iso3"], row.row["action"], row.row["date"]] > 1:
            raise CcmError(
                f"The page has the {row.row['action']} in '{short(row.text)}' twice; it should be there once."
            )


def _withdrawn(entries: Iterable[Entry]) -> Iterable[Withdrawn]:
    """States with no act left that binds them, or none at all, outside brackets."""
    acts: defaultdict[str, list[Act]] = defaultdict(list)
    texts: dict[str, str] = {}
    for name, text, printed in entries:
        if iso3 := un_names.find(name):
            acts[iso3] += printed
            texts[iso3] = f"{texts[iso3]}; {text}" if iso3 in texts else text
    for iso3, printed in acts.items():
        binding = [act for act in printed if act.binds] or printed
        if all(act.bracketed for act in binding):
            yield Withdrawn(iso3, texts[iso3])


def _source(page: Page, code: str) -> dict[str, str]:
    number, title = TREATIES[code]
    day = page.day.isoformat() if page.day else ""
    return {
        "source_id": f"untc_{number}_{day or 'undated'}",
        "title": f"UNTC status table {number} {page.title or title}",
        "publisher": PUBLISHER,
        "url": address(code),
        "source_date": day,
        "note": f"Status as at {page.status}" if day else "The file does not say as at which day",
    }


def _arabic(roman: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in roman]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _notes(entries: Sequence[Entry], page: Page) -> Iterable[str]:
    if not page.day:
        yield "The file does not say as at which day it is, so acts that it lacks are not put in doubt."
    for name, text, _ in entries:
        if un_names.is_no_state(name):
            yield f"{name} is no state and was left aside: {short(text)}."
    provisional = [name for name, _, acts in entries if any(act.action == PROVISIONAL for act in acts)]
    if provisional:
        yield f"Provisional application is no action of the facts and was left aside: {', '.join(provisional)}."
    for words, printed, found in _counts(entries, page):
        if printed is not None and found > printed:
            yield f"The page says that there are {printed} {words}; its table shows {found}."
    if page.parties is None:
        yield "The file does not say how many parties there are, so the table was not checked against that."
    if page.marks:
        yield f"Footnote marks were left out: {page.marks}."
