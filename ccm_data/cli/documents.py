"""`ccm brief`, `ccm report`, `ccm deck` and `ccm document`: documents as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ccm_data.cli.common import as_of_option, show_json
from ccm_data.cli.readings import audience_option, campaign_option, reading
from ccm_data.cli.table import show_table
from ccm_data.dates import parse_as_of
from ccm_data.documents import briefing, registry
from ccm_data.documents import report as reports
from ccm_data.documents.registry import Order
from ccm_data.errors import CcmError
from ccm_data.vocab import Confidentiality, Language
from ccm_data.workspace import Workspace

format_option: Callable[[Any], Any] = click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", help="How to print what was written."
)
from_option: Callable[[Any], Any] = click.option(
    "--from",
    "start",
    metavar="YYYY-MM-DD",
    help="First day; by default the campaign's baseline, for the deck the last meeting.",
)  # fmt: skip
to_option: Callable[[Any], Any] = click.option(
    "--to", "end", metavar="YYYY-MM-DD", help="Last day; the campaign's end, or today, by default."
)
template_option: Callable[[Any], Any] = click.option(
    "--template", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own template, for documents that take one: PPTX or POTX for slides, DOCX or DOTX for notes.",
)  # fmt: skip
annex_option: Callable[[Any], Any] = click.option(
    "--internal-annex", "annex", is_flag=True, help="With the overdue promises; for the audience internal only."
)


@click.command()
@click.argument("iso3s", nargs=-1, required=True, metavar="ISO3...")
@as_of_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path),
    help="FILE.docx or FILE.pdf for all in one, FILE.zip, or a folder.",
)  # fmt: skip
@audience_option(Confidentiality.PUBLIC)
@campaign_option
@format_option
def brief(
    iso3s: tuple[str, ...], as_of: str | None, out: Path, audience: str, campaign: str | None, output: str
) -> None:
    """Briefing notes, one page for each state: one file, a zip, or a folder of single files."""
    kind = out.suffix.lower()
    if kind not in ("", ".docx", ".pdf", ".zip"):
        raise CcmError(f"{out.name!r} cannot be written; possible are FILE.docx, FILE.pdf, FILE.zip or a folder.")
    with reading(as_of, audience, campaign) as given:
        notes = briefing.many(given, iso3s)
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
    when = given.as_of.isoformat()
    made = {"as_of": when, "states": [note.iso3 for note in notes], "files": [str(path) for path in files]}
    _told(made, output)


@click.command()
@click.option("--campaign", "name", required=True, metavar="NAME", help="The campaign, such as 10MSP.")
@from_option
@to_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="FILE.docx or FILE.pdf.")
@audience_option(Confidentiality.PUBLIC)
@annex_option
@format_option
def report(name: str, start: str | None, end: str | None, out: Path, audience: str, annex: bool, output: str) -> None:
    """The draft progress report of a campaign for a period."""
    if out.suffix.lower() not in (".docx", ".pdf"):
        raise CcmError(f"{out.name!r} cannot be written; possible are FILE.docx and FILE.pdf.")
    with reading(None, audience, name) as given:
        made = reports.report(given, *_period(given.workspace, start, end), annex=annex)
    _write({out: made.docx() if out.suffix.lower() == ".docx" else made.pdf()})
    _told(
        {"campaign": name, "from": _iso(made.start), "to": _iso(made.end), **made.result, "summary": made.summary,
         "files": [str(out)]},
        output,
    )  # fmt: skip


@click.command()
@as_of_option
@click.option(
    "--from", "start", metavar="YYYY-MM-DD",
    help="What changed after this day; by default the last Meeting of States Parties or Review Conference.",
)  # fmt: skip
@template_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="FILE.pptx.")
def deck(as_of: str | None, start: str | None, template: Path | None, out: Path) -> None:
    """The Presidency's slides, public facts only: status, what changed, categories, votes, groups, meetings, asks."""
    if out.suffix.lower() != ".pptx":
        raise CcmError(f"{out.name!r} cannot be written; possible is FILE.pptx.")
    with reading(as_of, Confidentiality.PUBLIC) as given:
        first, _ = _period(given.workspace, start, None)
        made = registry.make("deck", given, Order("pptx", start=first, template=_read(template)))
    _write({out: made.content})
    _told({"summary": made.summary, "files": [str(out)]}, "table")


@click.group()
def document() -> None:
    """Documents of every kind: what there is, and one made."""


@document.command("list")
@format_option
def list_(output: str) -> None:
    """The kinds of documents, what each is made as, and what it is."""
    rows = [
        {"name": kind.name, "formats": list(kind.formats), "languages": list(kind.languages), "about": kind.about}
        for kind in registry.KINDS.values()
    ]
    if output == "json":
        show_json(rows)
    else:
        show_table(rows, ["name", "formats", "languages", "about"])


@document.command()
@click.argument("name", metavar="NAME")
@click.argument("iso3s", nargs=-1, metavar="[ISO3...]")
@as_of_option
@click.option("--format", "style", metavar="FORMAT", help="What to make it as; by default what the file's name says.")
@click.option(
    "--lang", type=click.Choice([one.value for one in Language]), default="en", help="The language of its words."
)
@from_option
@to_option
@template_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@audience_option(Confidentiality.PUBLIC)
@annex_option
@campaign_option
def make(
    name: str, iso3s: tuple[str, ...], as_of: str | None, style: str | None, lang: str, start: str | None,
    end: str | None, template: Path | None, out: Path, audience: str, annex: bool, campaign: str | None,
) -> None:  # fmt: skip
    """Make a document of a kind, for states where it is about states, for a period where it has one."""
    with reading(as_of, audience, campaign) as given:
        chosen = style or out.suffix.lower().removeprefix(".")
        made = registry.make(
            name,
            given,
            Order(
                chosen,
                iso3s,
                *_period(given.workspace, start, end),
                next(one for one in Language if one == lang),
                _read(template),
                annex,
            ),
        )
    _write({out: made.content})
    _told({"summary": made.summary, "files": [str(out)]}, "table")


def _period(workspace: Workspace, start: str | None, end: str | None) -> tuple[date | None, date | None]:
    first, last = (parse_as_of(text, workspace.latest) if text else None for text in (start, end))
    return first, last


def _read(template: Path | None) -> bytes | None:
    """The content of a template, if one is given. Raises CcmError when it cannot be read."""
    try:
        return template.read_bytes() if template else None
    except OSError as error:
        raise CcmError(f"{template} cannot be read: {error.strerror}.") from error


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
    if what.get("summary"):
        click.echo(what["summary"])
    for path in what["files"]:
        click.echo(f"Written: {path}")


def _iso(value: date) -> str:
    return value.isoformat()
