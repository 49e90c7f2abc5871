"""`ccm log`: the activity log from the command line, beside the running app."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pandas as pd

from ccm_data.cli.common import format_option, show_json, show_table
from ccm_data.errors import CcmError
from ccm_data.log import (
    Create,
    Delete,
    Edit,
    Entry,
    Filter,
    Restore,
    Store,
    export_history,
    guess_mapping,
    ics,
    import_history,
    lines,
    migrate_store,
    open_store,
    parse,
    preview,
    read_sheet,
    write_csv,
    write_xlsx,
)
from ccm_data.log import verify as verify_store
from ccm_data.log.model import KINDS
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, codes

FORMATS = ("jsonl", "csv", "xlsx", "ics")

author_option: Callable[[Any], Any] = click.option(
    "--author", envvar="CCM_AUTHOR", default=getpass.getuser, help="Who saves; CCM_AUTHOR, else the system's user name."
)
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
    given = _read_json(source)
    values = given if isinstance(given, list) else [given]
    creates = [_create(kind, value) for value in values]
    with _store() as store:
        entries = store.save(creates, author, reason)
    _show(entries, output, single=not isinstance(given, list))


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
        types=tuple(map(_member(ActivityType), types)),
        statuses=tuple(map(_member(ActivityStatus), statuses)),
        since=since and since.date(),
        until=until and until.date(),
        max_confidentiality=_member(Confidentiality)(confidentiality),
        **wanted,
    )
    with _store() as store:
        page = store.current(chosen, limit=limit)
    if output == "json":
        entries = [entry.as_json() for entry in page.entries]
        show_json({"entries": entries, "total": page.total, "more": page.capped})
    else:
        _show(page.entries, output)


@log.command()
@click.argument("subject", metavar="ID")
@json_option
@click.option("--version", type=int, help="The version you read; else the `version` in the JSON.")
@author_option
@reason_option
@format_option
def edit(subject: str, source: str, version: int | None, author: str, reason: str, output: str) -> None:
    """Give some fields of an entry new values; refused when the entry changed since the version you read."""
    values = _read_json(source)
    if not isinstance(values, dict):
        raise CcmError("The JSON must be one object with the fields to change.")
    read = values.pop("version", None) if version is None else version
    if not isinstance(read, int):
        raise CcmError("Name the version you read with --version; `ccm log history` shows it.")
    _one(Edit(subject, read, values), author, reason, output)


@log.command()
@click.argument("subject", metavar="ID")
@click.option("--version", type=int, help="The version you read; the current one by default.")
@author_option
@reason_option
@format_option
def delete(subject: str, version: int | None, author: str, reason: str, output: str) -> None:
    """Take an entry out of the current view; its history stays."""
    _one(Delete(subject, _version(subject, version)), author, reason, output)


@log.command()
@click.argument("subject", metavar="ID")
@click.option("--to", "earlier", type=int, help="The version to bring back; by default the deleted entry.")
@click.option("--version", type=int, help="The version you read; the current one by default.")
@author_option
@reason_option
@format_option
def restore(subject: str, earlier: int | None, version: int | None, author: str, reason: str, output: str) -> None:
    """Bring back a deleted entry, or an earlier version of one."""
    _one(Restore(subject, _version(subject, version), earlier), author, reason, output)


@log.command()
@author_option
@format_option
def undo(author: str, output: str) -> None:
    """Take back the author's last save, as new revisions."""
    with _store() as store:
        _show(store.undo_last(author), output)


@log.command()
@click.argument("subject", metavar="ID")
@format_option
def history(subject: str, output: str) -> None:
    """Every version of an entry, oldest first."""
    with _store() as store:
        _show(store.history(subject), output)


@log.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else the output.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default the file's ending, else jsonl.")
@level_option
def export(out: Path | None, format_: str | None, confidentiality: str) -> None:
    """Write the whole history (jsonl), or the current activities (csv, xlsx, ics)."""
    wanted = format_ or (out.suffix.removeprefix(".").lower() if out else "jsonl")
    if wanted not in FORMATS:
        raise CcmError(f"The log cannot be exported as '{wanted}'; possible are {', '.join(FORMATS)}.")
    with _store() as store, _writable(out):
        if wanted == "jsonl":
            _export_history(store, out)
            return
        entries: Iterable[Entry] = store.activities(
            Filter(max_confidentiality=_member(Confidentiality)(confidentiality))
        )
        if wanted == "ics":
            data = ics([*entries, *store.entries("plan_item")])
        else:
            data = write_csv(entries) if wanted == "csv" else write_xlsx(entries)
        if out:
            out.write_bytes(data)
        else:
            sys.stdout.buffer.write(data)


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
    with _store() as store:
        if file.suffix.lower() == ".jsonl":
            with file.open(encoding="utf-8") as source:
                done = import_history(store, _text_lines(source))
            _report({"added": done.added, "revisions": done.revisions, "head": done.head}, output)
            return
        sheet = read_sheet(file.name, file.read_bytes())
        mapping = guess_mapping(sheet.heads) | dict(_pair(text) for text in mapped)
        seen = preview(store, sheet, mapping)
        errors = [error for row in seen.rows if not set(row.numbers) & set(leave_out) for error in row.told]
        if not errors and not dry_run:
            store.save(seen.commands(leave_out), author, f"Import of {file.name}")
    effects = [row.effect for row in seen.rows]
    counts = {effect: effects.count(effect) for effect in ("create", "edit", "same")}
    _report({"written": not errors and not dry_run, "mapping": dict(mapping), **counts, "errors": errors}, output)
    context.exit(1 if errors else 0)


@log.command()
@format_option
@click.pass_context
def verify(context: click.Context, output: str) -> None:
    """Prove the history by its hash chain and the current view by the history. Exit status 1 when one fails."""
    with _store() as store:
        report = verify_store(store)
    shown = {"ok": report.ok, "revisions": report.revisions, "entries": report.entries, "head": report.head}
    _report({**shown, "problems": list(report.problems)}, output)
    context.exit(0 if report.ok else 1)


@log.command()
@format_option
def migrate(output: str) -> None:
    """Bring the log to this program's schema and rebuild its current view; never backwards."""
    before, after = migrate_store()
    _report({"from": before, "to": after}, output)


@contextmanager
def _store() -> Iterator[Store]:
    store = open_store()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _writable(out: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CcmError(f"{out or 'The output'} cannot be written: {error.strerror}.") from error


def _member(vocabulary: type[Any]) -> Callable[[str], Any]:
    return {term.value: term for term in vocabulary}.__getitem__


def _read_json(source: str) -> Any:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise CcmError(f"{source} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise CcmError(f"{'The input' if source == '-' else source} is not JSON: {error}.") from None


def _text_lines(source: Iterable[str]) -> Iterator[str]:
    try:
        yield from source
    except UnicodeDecodeError:
        raise CcmError("The file is not UTF-8 text; a history is exported as .jsonl by `ccm log export`.") from None


def _create(kind: str, value: Any) -> Create:
    if not isinstance(value, dict):
        raise CcmError("The JSON must be one object with the entry's fields, or a list of such objects.")
    fields = dict(value)
    subject = fields.pop("id", None)
    record = parse(kind, fields)
    return Create(record) if subject is None else Create(record, str(subject))


def _one(command: Edit | Delete | Restore, author: str, reason: str, output: str) -> None:
    with _store() as store:
        _show(store.save([command], author, reason), output, single=True)


def _version(subject: str, version: int | None) -> int:
    if version is not None:
        return version
    with _store() as store:
        return store.get(subject).version


def _export_history(store: Store, out: Path | None) -> None:
    if out:
        export_history(store, out)
    else:
        for text in lines(store):
            sys.stdout.write(text)


def _pair(text: str) -> tuple[str, str]:
    head, separator, field = text.rpartition("=")
    if not separator:
        raise CcmError(f"'{text}' names no field; write --map HEAD=FIELD.")
    return head, field


def _show(entries: Iterable[Entry], output: str, *, single: bool = False) -> None:
    shown = [entry.as_json() for entry in entries]
    if output == "json":
        show_json(shown[0] if single else shown)
        return
    columns = ["id", "version", "action", "at", "author"]
    listed = [entry | {"states": [state["iso3"] for state in entry.get("states", ())]} for entry in shown]
    own = [
        name for name in ("start", "type", "status", "states", "name", "title") if any(name in row for row in listed)
    ]
    show_table(pd.DataFrame(listed, columns=[*columns, *own]))


def _report(values: dict[str, Any], output: str) -> None:
    if output == "json":
        show_json(values)
        return
    for name, value in values.items():
        told = "; ".join(map(str, value)) if isinstance(value, (list, dict)) else value
        click.echo(f"{name}: {told}")
