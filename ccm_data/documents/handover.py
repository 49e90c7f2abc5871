"""The handover pack: one zip with which the next coordinators can carry on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from ccm_data import export, sql
from ccm_data.campaign import Campaign
from ccm_data.dates import words
from ccm_data.documents import activities as told
from ccm_data.documents import briefing
from ccm_data.documents.report import report
from ccm_data.documents.wording import marking
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.log.sheet import write_xlsx
from ccm_data.raw import FILES
from ccm_data.vocab import Confidentiality, Status
from ccm_data.workspace import Workspace

EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal content gives equal bytes


def handover(
    workspace: Workspace,
    campaign: Campaign,
    as_of: date,
    activities: Sequence[Entry] = (),
    *,
    max_confidentiality: str = Confidentiality.INTERNAL,
    history: bytes | None = None,
    plan: Sequence[Entry] = (),
    weights: Mapping[str, bytes] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """A zip: report, a briefing for every target, the log's activities, its full `history` (JSON lines), the `plan`
    (CSV), the `weights` by file name, the facts with their sources and dictionary, and a README that says what is what.

    `plan` are the campaign's plan items; `history` and `weights` are bytes the caller exports. What is not given is
    left out and the README says so. `progress` hears how many briefings of how many are done. The history holds every
    entry whatever its confidentiality, so CcmError is raised when it is given for a pack that is not internal.
    """
    if history is not None and max_confidentiality != Confidentiality.INTERNAL:
        raise CcmError("The log's full history holds internal entries; it can only go into an internal handover pack.")
    states = workspace.states(as_of)
    targets = list(states.loc[states["status"] != Status.STATE_PARTY, "iso3"])
    seen = told.visible(activities, max_confidentiality, date.max)
    files: dict[str, bytes] = {}
    last = min(as_of, workspace.latest)
    if last > campaign.baseline:
        made = report(workspace, campaign, end=last, activities=activities, max_confidentiality=max_confidentiality)
        files["report/progress-report.docx"] = made.docx()
        files["report/progress-report.pdf"] = made.pdf()
    desk = briefing.Desk(workspace, targets, as_of, activities, max_confidentiality)
    for number, iso3 in enumerate(targets, 1):
        note = desk.briefing(iso3)
        files[f"briefings/{briefing.file_name(note, 'docx')}"] = note.docx()
        progress(number, len(targets))
    files["log/activities.xlsx"] = write_xlsx(seen)
    if history is not None:
        files["log/history.jsonl"] = history
    if plan:
        items = [{"id": item.subject, **item.record.model_dump(mode="json")} for item in plan]
        files["plan/work-plan.csv"] = export.csv(pd.DataFrame(items))
    files |= {f"weights/{name}": data for name, data in (weights or {}).items()}
    files |= _facts(workspace)
    files = {"README.txt": _readme(campaign, as_of, max_confidentiality, files).encode(), **files}
    return _zip(files)


def _facts(workspace: Workspace) -> dict[str, bytes]:
    kept = [path for path in sorted(workspace.facts_dir.iterdir()) if path.suffix in (".csv", ".md")]
    return {
        **{f"facts/{path.name}": path.read_bytes() for path in kept},
        "facts/dictionary.csv": export.csv(dictionary(workspace)),
    }


def dictionary(workspace: Workspace) -> pd.DataFrame:
    """One row per column of the facts: file, what one row of it is, column, type. Raises FactsError."""
    tables = [*FILES, "sources"]
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
    "briefings/": "a one-page briefing for every state that is not party, as Word",
    "log/activities.xlsx": "the activities of the log, one row per activity and state; `ccm log import` reads it",
    "log/history.jsonl": "every revision ever written, with its author; `ccm log import` restores it",
    "plan/": "the work plan, one row per item",
    "weights/": "the weights of the priority score",
    "facts/": "the facts, one CSV per kind, each row with its source; dictionary.csv explains every column, "
    "sources_*.csv name the sources, horizons.csv says through which day each file is complete",
}


def _readme(campaign: Campaign, as_of: date, max_confidentiality: str, files: Mapping[str, bytes]) -> str:
    lines = [
        f"Handover pack: {campaign.name}", f"Facts as of {words(as_of)}. {marking(max_confidentiality)}.", "",
        f"Campaign: from {words(campaign.baseline)} to {words(campaign.end)}, at least {campaign.target} new States "
        "Parties.", "", "In this pack:",
    ]  # fmt: skip
    missing = []
    for start, what in WHAT.items():
        count = sum(name.startswith(start) for name in files)
        if count:
            lines.append(f"  {start}{f' ({count} files)' if count > 1 else ''}: {what}")
        else:
            missing.append(f"  {start}: {what}")
    if missing:
        lines += ["", "Not in this pack, because it was not given or there is none yet:", *missing]
    return "\n".join([*lines, "", "A blank cell means that there is no source; it never means no.", ""])


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
