"""`ccm log`: the activity log from the command line, beside the running app."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ccm_data import campaign as campaigns
from ccm_data.cli.log_io import (
    creation,
    member,
    opened,
    pair,
    read_json,
    report_values,
    save_one,
    show,
    text_lines,
    version_of,
    writable,
    write_history,
)
from ccm_data.cli.table import author_option, format_option, show_json
from ccm_data.errors import CcmError
from ccm_data.log import Delete, Edit, Entry, Filter, Restore, head, import_history, migrate_store
from ccm_data.log import verify as verify_store
from ccm_data.log.model import KINDS
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, codes

FORMATS = ("jsonl", "csv", "xlsx", "ics")


reason_option: Callable[[Any], Any] = click.option("--reason", default="", help="Why; kept with the revision.")
json_option: Callable[[Any], Any] = click.option(
    "--json", "source", required=True, metavar="FILE|-", help="The fields as a JSON object; - reads the input."
)
level_option: Callable[[Any], Any] = click.option(
    "--confidentiality",
    type=click.Choice(codes(Confidentiality)),
    default=Confidentiality.INTERNAL.value,
    show_default=True,
    help="Leave out what is more confidential than this.",
)


@click.group()
def log() -> None:
    """The activity log: what was done, said and promised, kept for good."""


@log.command()
@json_option
@click.option("--kind", type=click.Choice(list(KINDS)), default="activity", show_default=True)
@author_option
@reason_option
@format_option
def add(source: str, kind: str, author: str, reason: str, output: str) -> None:
    """Store a new entry, or a list of them in one save; prints what is stored once it is durable."""
    given = read_json(source)
    values = given if isinstance(given, list) else [given]
    creates = [creation(kind, value) for value in values]
    with opened() as store:
        entries = store.save(creates, author, reason)
    show(entries, output, single=not isinstance(given, list))


@log.command(name="list")
@click.option("--text", default="", help="Every word begins a word of the entry.")
@click.option("--state", "iso3s", multiple=True, metavar="ISO3", help="With this state; may be repeated.")
@click.option("--type", "types", multiple=True, type=click.Choice(codes(ActivityType)), metavar="TYPE")
@click.option("--status", "statuses", multiple=True, type=click.Choice(codes(ActivityStatus)))
@click.option("--campaign", default="")
@click.option("--owner", default="")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Not over before this day.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Begun by this day.")
@click.option("--deleted", is_flag=True, help="The deleted entries instead.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000))
@level_option
@format_option
def list_(limit: int, output: str, since: Any, until: Any, confidentiality: str, types: Any, statuses: Any,
          **wanted: Any) -> None:  # fmt: skip
    """Activities as they are now, the latest start first."""
    chosen = Filter(
        types=tuple(map(member(ActivityType), types)),
        statuses=tuple(map(member(ActivityStatus), statuses)),
        since=since and since.date(),
        until=until and until.date(),
        max_confidentiality=member(Confidentiality)(confidentiality),
        **wanted,
    )
    with opened() as store:
        page = store.current(chosen, limit=limit)
        found = list(campaigns.named_to(chosen.max_confidentiality, store, page.entries))
    if output == "json":
        entries = [entry.as_json() for entry in found]
        show_json({"entries": entries, "total": page.total, "more": page.capped})
    else:
        show(found, output)


@log.command()
@click.argument("subject", metavar="ID")
@json_option
@click.option("--version", type=int, help="The version you read; else the `version` in the JSON.")
@author_option
@reason_option
@format_option
def edit(subject: str, source: str, version: int | None, author: str, reason: str, output: str) -> None:
    """Give some fields of an entry new values; refused when the entry changed since the version you read."""
    values = read_json(source)
    if not isinstance(values, dict):
        raise CcmError("The JSON must be one object with the fields to change.")
    read = values.pop("version", None) if version is None else version
    if not isinstance(read, int):
        raise CcmError("Name the version you read with --version; `ccm log history` shows it.")
    save_one(Edit(subject, read, values), author, reason, output)


@log.command()
@click.argument("subject", metavar="ID")
@click.option("--version", type=int, help="The version you read; the current one by default.")
@author_option
@reason_option
@format_option
def delete(subject: str, version: int | None, author: str, reason: str, output: str) -> None:
    """Take an entry out of the current view; its history stays."""
    save_one(Delete(subject, version_of(subject, version)), author, reason, output)


@log.command()
@click.argument("subject", metavar="ID")
@click.option("--to", "earlier", type=int, help="The version to bring back; by default the deleted entry.")
@click.option("--version", type=int, help="The version you read; the current one by default.")
@author_option
@reason_option
@format_option
def restore(subject: str, earlier: int | None, version: int | None, author: str, reason: str, output: str) -> None:
    """Bring back a deleted entry, or an earlier version of one."""
    save_one(Restore(subject, version_of(subject, version), earlier), author, reason, output)


@log.command()
@author_option
@format_option
def undo(author: str, output: str) -> None:
    """Take back the author's last save, as new revisions."""
    with opened() as store:
        show(store.undo_last(author), output)


@log.command()
@click.argument("subject", metavar="ID")
@format_option
def history(subject: str, output: str) -> None:
    """Every version of an entry, oldest first."""
    with opened() as store:
        show(store.history(subject), output)


@log.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else the output.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default the file's ending, else jsonl.")
@level_option
def export(out: Path | None, format_: str | None, confidentiality: str) -> None:
    """Write the whole history (jsonl), or the current activities (csv, xlsx, ics). Prints the head of the log."""
    wanted = format_ or (out.suffix.removeprefix(".").lower() if out else "jsonl")
    if wanted not in FORMATS:
        raise CcmError(f"The log cannot be exported as '{wanted}'; possible are {', '.join(FORMATS)}.")
    with opened() as store, writable(out):
        if wanted == "jsonl":
            click.echo(f"head: {head(store, write_history(store, out))}", err=True)
            return
        readers = member(Confidentiality)(confidentiality)
        entries: Iterable[Entry] = campaigns.named_to(
            readers, store, store.activities(Filter(max_confidentiality=readers))
        )
        if wanted == "ics":
            from ccm_data.log.calendar import ics  # slow to import, as is `sheet`

            data = ics([*entries, *campaigns.plan_items(store, readers)])
        else:
            from ccm_data.log.sheet import write_csv, write_xlsx

            data = write_csv(entries) if wanted == "csv" else write_xlsx(entries)
        if out:
            out.write_bytes(data)
        else:
            sys.stdout.buffer.write(data)
        click.echo(f"head: {head(store)}", err=True)


@log.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--map", "mapped", multiple=True, metavar="HEAD=FIELD", help="What a column means; may be repeated.")
@click.option("--leave-out", multiple=True, type=int, metavar="ROW", help="Leave out this row; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@author_option
@format_option
@click.pass_context
def import_(context: click.Context, file: Path, mapped: tuple[str, ...], leave_out: tuple[int, ...], dry_run: bool,
            author: str, output: str) -> None:  # fmt: skip
    """Restore a history (jsonl), or add and edit activities (csv, xlsx). All or nothing; exit status 1 for bad rows."""
    with opened() as store:
        if file.suffix.lower() == ".jsonl":
            with file.open(encoding="utf-8") as source:
                done = import_history(store, text_lines(source))
            report_values({"added": done.added, "revisions": done.revisions, "head": done.anchor}, output)
            return
        from ccm_data.importers import child
        from ccm_data.importers.bounds import read_bytes
        from ccm_data.log.importing import guess_mapping, preview
        from ccm_data.log.sheet import read_sheet

        sheet = child.run(read_sheet, file.name, read_bytes(file))
        mapping = guess_mapping(sheet.heads) | dict(pair(text) for text in mapped)
        seen = preview(store, sheet, mapping)
        errors = [error for row in seen.rows if not set(row.numbers) & set(leave_out) for error in row.told]
        if not errors and not dry_run:
            store.save(seen.commands(leave_out), author, f"Import of {file.name}")
    effects = [row.effect for row in seen.rows]
    counts = {effect: effects.count(effect) for effect in ("create", "edit", "same")}
    report_values({"written": not errors and not dry_run, "mapping": dict(mapping), **counts, "errors": errors}, output)
    context.exit(1 if errors else 0)


@log.command()
@click.option(
    "--head",
    "kept",
    default="",
    metavar="SEQ:HASH",
    help="A head that was kept elsewhere, on paper or with a backup: the log must still contain it.",
)
@format_option
@click.pass_context
def verify(context: click.Context, kept: str, output: str) -> None:
    """Prove the history by its hash chain and the current view by the history. Exit status 1 when one fails."""
    with opened() as store:
        report = verify_store(store, kept)
    shown = {"ok": report.ok, "revisions": report.revisions, "entries": report.entries, "head": report.anchor}
    for note in report.notes:
        click.echo(f"ccm: {note}", err=True)
    if not report.revisions:
        click.echo(f"ccm: The log in {store.place} is empty: there is nothing to prove.", err=True)
    report_values({**shown, "problems": list(report.problems)}, output)
    context.exit(0 if report.ok else 1)


@log.command()
@click.option("--kind", type=click.Choice(list(KINDS)), default="activity", show_default=True)
def schema(kind: str) -> None:
    """The JSON Schema of an entry: what `ccm log add` takes, each field with what it means."""
    show_json(KINDS[kind].model_json_schema())


@log.command()
@format_option
def migrate(output: str) -> None:
    """Bring the log to this program's schema and rebuild its current view; never backwards."""
    before, after = migrate_store()
    report_values({"from": before, "to": after}, output)
