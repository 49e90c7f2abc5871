"""The handover pack: one zip with which the next coordinators can carry on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from ccm_data import export, sql
from ccm_data.dates import words
from ccm_data.documents import briefing
from ccm_data.documents.deck import deck
from ccm_data.documents.leave_behind import MOST_STATES, LeaveBehind, combined, leave_behinds
from ccm_data.documents.map_file import map_file
from ccm_data.documents.note import Briefing
from ccm_data.documents.report import report
from ccm_data.languages import tongue
from ccm_data.languages.states import language_of
from ccm_data.log import lines
from ccm_data.log.sheet import write_xlsx
from ccm_data.ranking.weights import presets, to_toml
from ccm_data.raw import FILES, SOURCES
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import Confidentiality, Language
from ccm_data.workspace import Workspace

EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal content gives equal bytes


def handover(reading: Reading, progress: Callable[[int, int], None] = lambda done, total: None) -> bytes:
    """A zip: report, deck, map, for every target briefing and leave-behind in its language (`language_of`), the log's
    activities and full history (JSON lines), the campaign's plan (CSV), the weights, the facts with their sources and
    dictionary, and a README that says what is what.

    The history holds every entry whatever its confidentiality, so only a pack for internal readers has it; what is left
    out the README names. `progress` hears how many briefings of how many are done.
    """
    campaign = reading.campaign
    states = reading.states()
    targets = list(states.loc[states["is_target"], "iso3"])
    files: dict[str, bytes] = {}
    if reading.log_day > campaign.baseline:
        made = report(reading, end=reading.log_day)
        files["report/progress-report.docx"] = made.docx()
        files["report/progress-report.pdf"] = made.pdf()
    files["deck.pptx"] = deck(reading).pptx()
    files["map.html"] = map_file(reading).encode()
    spoken = {str(row.iso3): language_of(str(row.iso2)) for row in each(states)}
    for number, (note, left) in enumerate(_about(reading, targets, spoken), 1):
        files[f"briefings/{briefing.file_name(note, 'docx')}"] = note.docx()
        files[f"leave-behinds/leave-behind-{left.iso3}-{reading.as_of}.docx"] = combined([left], "docx")
        progress(number, len(targets))
    files["log/activities.xlsx"] = write_xlsx(reading.logged())
    if reading.audience == Confidentiality.INTERNAL:
        files["log/history.jsonl"] = "".join(lines(reading.store)).encode()
    if plan := reading.store.entries("plan_item", campaign.name):
        items = [{"id": item.subject, **item.record.model_dump(mode="json")} for item in plan]
        files["plan/work-plan.csv"] = export.csv(pd.DataFrame(items))
    files |= {f"weights/{name}.toml": to_toml(kept).encode() for name, kept in presets().items()}
    files |= _facts(reading.workspace)
    return _zip({"README.txt": _readme(reading, files).encode(), **files})


def _about(
    reading: Reading, targets: Sequence[str], spoken: Mapping[str, Language]
) -> Iterator[tuple[Briefing, LeaveBehind]]:
    """The briefing and the leave-behind of each of these targets, in the language of the state."""
    for language in Language:
        mine = [iso3 for iso3 in targets if spoken[iso3] == language]
        for at in range(0, len(mine), MOST_STATES):
            some, t = mine[at : at + MOST_STATES], tongue(language)
            yield from zip(briefing.many(reading, some, t=t), leave_behinds(reading, some, t), strict=True)


def _facts(workspace: Workspace) -> dict[str, bytes]:
    kept = [path for path in sorted(workspace.facts_dir.iterdir()) if path.suffix in (".csv", ".md")]
    return {
        **{f"facts/{path.name}": path.read_bytes() for path in kept},
        "facts/dictionary.csv": export.csv(dictionary(workspace)),
    }


def dictionary(workspace: Workspace) -> pd.DataFrame:
    """One row per column of the facts: file, what one row of it is, column, type. Raises FactsError."""
    tables = [*FILES, SOURCES]
    rows = workspace.facts.frame("documents/dictionary", {"tables": tables})
    comments = {name: _comment(f"facts/{name}") for name in tables}
    rows.insert(1, "what_a_row_is", rows["file"].map(comments))
    return rows


def _comment(statement: str) -> str:
    """What the head of a statement says one row is."""
    lines = [line[2:].strip() for line in sql.text(statement).splitlines() if line.startswith("--")]
    return " ".join(lines)


WHAT = {
    "report/": "the campaign's progress report, as Word and PDF",
    "deck.pptx": "the Presidency's slides, from public facts",
    "map.html": "the world map as one file for a browser, from public facts",
    "briefings/": "a one-page briefing for every state that is not party, as Word, in French or "
    "Spanish where CLDR lists it as official there and neither of the other two",
    "leave-behinds/": "a page for the interlocutor of each of these states, from public facts, in the same languages",
    "log/activities.xlsx": "the activities of the log, one row per activity and state; `ccm log import` reads it",
    "log/history.jsonl": "every revision ever written, with its author; `ccm log import` restores it",
    "plan/": "the work plan, one row per item",
    "weights/": "the weights of the priority score",
    "facts/": "the facts, one CSV per kind, each row with its source; dictionary.csv explains every column, "
    "sources_*.csv name the sources, horizons.csv says through which day each file is complete",
}


def _readme(reading: Reading, files: Mapping[str, bytes]) -> str:
    campaign = reading.campaign
    lines = [
        f"Handover pack: {campaign.name}", f"{reading.days} {reading.marking}.", "",
        f"Campaign: from {words(campaign.baseline)} to {words(campaign.end)}, "
        + (f"at least {campaign.target} new States Parties." if campaign.target else "without a target."),
        "", "In this pack:",
    ]  # fmt: skip
    missing = []
    for start, what in WHAT.items():
        count = sum(name.startswith(start) for name in files)
        if count:
            lines.append(f"  {start}{f' ({count} files)' if count > 1 else ''}: {what}")
        else:
            missing.append(f"  {start}: {what}")
    if missing:
        lines += ["", "Not in this pack, because its readers may not see it or there is none yet:", *missing]
    return "\n".join([*lines, "", "A blank cell means that there is no source; it never means no.", ""])


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
