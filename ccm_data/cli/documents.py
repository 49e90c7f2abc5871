"""`ccm brief` and `ccm report`: briefing notes and progress reports as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ccm_data import campaign as campaigns
from ccm_data.cli.common import as_of_option, day, show_json
from ccm_data.cli.log_io import opened
from ccm_data.dates import parse_as_of
from ccm_data.errors import CcmError
from ccm_data.log import Entry, Filter
from ccm_data.vocab import Confidentiality, codes
from ccm_data.workspace import Workspace

audience_option: Callable[[Any], Any] = click.option(
    "--audience", type=click.Choice(codes(Confidentiality)), default=Confidentiality.PUBLIC.value, show_default=True,
    help="Who will read it: entries of the log that are more confidential are left out.",
)  # fmt: skip
format_option: Callable[[Any], Any] = click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", help="How to print what was written."
)


@click.command()
@click.argument("iso3s", nargs=-1, required=True, metavar="ISO3...")
@as_of_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path),
    help="FILE.docx or FILE.pdf for all in one, FILE.zip, or a folder.",
)  # fmt: skip
@audience_option
@format_option
def brief(iso3s: tuple[str, ...], as_of: str | None, out: Path, audience: str, output: str) -> None:
    """Briefing notes, one page for each state: one file, a zip, or a folder of single files."""
    from ccm_data.documents import briefing  # imports the Word and PDF libraries, which are slow to load

    workspace = Workspace()
    when = day(workspace, as_of)
    kind = out.suffix.lower()
    if kind not in ("", ".docx", ".pdf", ".zip"):
        raise CcmError(f"{out.name!r} cannot be written; possible are FILE.docx, FILE.pdf, FILE.zip or a folder.")
    notes = briefing.many(workspace, iso3s, when, _logged(audience), max_confidentiality=audience)
    match kind:
        case ".docx":
            files = {out: briefing.combined_docx(notes)}
        case ".pdf":
            files = {out: briefing.combined_pdf(notes)}
        case ".zip":
            files = {out: briefing.zipped(notes)}
        case _:
            files = {out / briefing.file_name(note, "docx"): note.docx() for note in notes}
    _write(files)
    made = {"as_of": when.isoformat(), "states": [note.iso3 for note in notes], "files": [str(path) for path in files]}
    _told(made, output)


@click.command()
@click.option("--campaign", "name", required=True, metavar="NAME", help="The campaign, such as 10MSP.")
@click.option("--from", "start", metavar="YYYY-MM-DD", help="First day; the campaign's baseline by default.")
@click.option("--to", "end", metavar="YYYY-MM-DD", help="Last day; the campaign's end by default.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="FILE.docx or FILE.pdf.")
@audience_option
@format_option
def report(name: str, start: str | None, end: str | None, out: Path, audience: str, output: str) -> None:
    """The draft progress report of a campaign for a period."""
    from ccm_data.documents import report as reports

    if out.suffix.lower() not in (".docx", ".pdf"):
        raise CcmError(f"{out.name!r} cannot be written; possible are FILE.docx and FILE.pdf.")
    workspace = Workspace()
    first, last = (parse_as_of(text, workspace.latest) if text else None for text in (start, end))
    with opened() as store:
        chosen = campaigns.find(name, campaigns.known(store))
        entries = list(store.activities(Filter(max_confidentiality=Confidentiality[audience.upper()])))
    made = reports.report(workspace, chosen, first, last, entries, max_confidentiality=audience)
    _write({out: made.docx() if out.suffix.lower() == ".docx" else made.pdf()})
    _told(
        {"campaign": name, "from": _iso(made.start), "to": _iso(made.end), **made.result, "summary": made.summary,
         "files": [str(out)]},
        output,
    )  # fmt: skip


def _logged(audience: str) -> list[Entry]:
    """The entries of the log that such readers may see."""
    with opened() as store:
        return list(store.activities(Filter(max_confidentiality=Confidentiality[audience.upper()])))


def _write(files: dict[Path, bytes]) -> None:
    """Write the files. Raises CcmError when one cannot be written."""
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise CcmError(f"{path} cannot be written: {error.strerror}.") from error


def _told(what: dict[str, Any], output: str) -> None:
    if output == "json":
        show_json(what)
        return
    if "summary" in what:
        click.echo(what["summary"])
    for path in what["files"]:
        click.echo(f"Written: {path}")


def _iso(value: date) -> str:
    return value.isoformat()
