"""`ccm import`: what a published page, table or roll call would change in the facts, and the change itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from ccm_data import opening
from ccm_data.cli.table import author_option, format_option, show_json, show_table
from ccm_data.errors import CcmError
from ccm_data.importers import child
from ccm_data.importers.bounds import read_bytes
from ccm_data.raw import FILES
from ccm_data.vocab import Treaty, codes

if TYPE_CHECKING:
    from ccm_data.importers.model import Parsed


@click.group("import")
def import_() -> None:
    """Bring the facts up to date from what others publish."""


def _run(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every import shares."""
    for option in (
        format_option,
        click.option("--reason", default="", help="Why; by default the name of the source."),
        author_option,
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
    ):
        command = option(command)
    return command


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--treaty", type=click.Choice(codes(Treaty)), default=Treaty.CCM.value, show_default=True)
@_run
def untc(file: Path, treaty: str, **how: Any) -> None:
    """A status page of the United Nations Treaty Collection, as a browser saves it, or the XML of its table."""
    from ccm_data.importers import untc as importer

    _take(child.run(importer.parse, read_bytes(file), treaty), **how)


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_run
def votes(file: Path, **how: Any) -> None:
    """Voting data of the United Nations Digital Library: CSV, or the MARCXML of one record."""
    from ccm_data.importers import votes as importer

    _take(child.run(importer.parse, read_bytes(file)), **how)


@import_.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--session", type=click.IntRange(60, 200), required=True, help="The General Assembly's session.")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day of the vote.")
@click.option("--resolution", required=True, help="Such as A/RES/79/54.")
@click.option("--draft", default=None, help="Such as A/C.1/79/L.42.")
@click.option("--url", required=True, help="The address of the press release.")
@_run
def rollcall(file: Any, session: int, day: str, resolution: str, draft: str | None, url: str, **how: Any) -> None:
    """A First Committee roll call, pasted as the press release prints it; - reads the input."""
    from ccm_data.importers import rollcall as importer

    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise CcmError(f"{day!r} is not a date; write it as YYYY-MM-DD.") from None
    try:
        text = file.read()
    except UnicodeDecodeError:
        raise CcmError(f"{file.name} is not UTF-8 text; save the roll call as plain text in UTF-8.") from None
    parsed = importer.parse(
        text, session=session, year=when.year, resolution=resolution, vote_date=when, draft=draft, totals=None,
        url=url,
    )  # fmt: skip
    _take(parsed, **how)


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--into", type=click.Choice(FILES), required=True, help="The fact file whose columns it has.")
@_run
def csv(file: Path, into: str, **how: Any) -> None:
    """A CSV or Excel file in the shape of a fact file."""
    from ccm_data.importers import sheet as importer
    from ccm_data.importers.table import read_sheet

    _take(importer.propose(child.run(read_sheet, file.name, read_bytes(file)), into, None), **how)


def _take(parsed: Parsed, dry_run: bool, author: str, reason: str, output: str) -> None:
    from ccm_data.overlay.compare import Verdict, compare

    found = compare(parsed, opening.current().held)
    change = found.change(str(uuid4()), author, reason or f"Import: {parsed.source.get('title') or 'rows'}"[:400])
    stored = None if dry_run or not (change.ops or change.through) else opening.apply(change)
    if output == "json":
        show_json({**found.as_json(), "applied": stored.seq if stored else None})
        return
    show_table(
        [{"what": i.verdict.label, "iso3": i.iso3, "file": i.file, "difference": i.said, "text": i.text}
         for i in found.items]
        + [{"what": "Question", "iso3": q.iso3, "difference": q.said, "text": q.text} for q in found.questions],
        ["what", "iso3", "file", "difference", "text"],
    )  # fmt: skip
    for note in parsed.notes:
        click.echo(note, err=True)
    counts = ", ".join(f"{len(found.of(verdict))} {verdict.value}" for verdict in Verdict)
    click.echo(f"{found.same} rows the same, {counts}, {len(found.questions)} questions.")
    if stored:
        click.echo(f"Applied as change {stored.seq}; `ccm facts undo {stored.seq} --reason …` takes it back.")
    elif not dry_run:
        click.echo("Nothing to apply.")
