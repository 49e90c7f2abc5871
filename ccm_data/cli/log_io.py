"""What the `ccm log` commands share: opening the log, reading input, printing entries."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ccm_data.cli.table import show_json, show_table
from ccm_data.errors import CcmError
from ccm_data.log import Create, Delete, Edit, Entry, Restore, Store, export_history, lines, open_store, parse


@contextmanager
def opened() -> Iterator[Store]:
    """The log that the environment names."""
    store = open_store()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def writable(out: Path | None) -> Iterator[None]:
    """Turn a failed write into one sentence."""
    try:
        yield
    except OSError as error:
        raise CcmError(f"{out or 'The output'} cannot be written: {error.strerror}.") from error


def member(vocabulary: type[Any]) -> Callable[[str], Any]:
    """The term of a vocabulary for its code."""
    return {term.value: term for term in vocabulary}.__getitem__


def read_json(source: str) -> Any:
    """The JSON of a file, or of the input for `-`."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise CcmError(f"{source} cannot be read: {error.strerror}.") from None
    except RecursionError:
        raise CcmError(
            f"{'The input' if source == '-' else source} holds lists within lists too deep to read."
        ) from None
    except ValueError as error:
        raise CcmError(f"{'The input' if source == '-' else source} is not JSON: {error}.") from None


def text_lines(source: Iterable[str]) -> Iterator[str]:
    """The lines of an open file that should be UTF-8."""
    try:
        yield from source
    except UnicodeDecodeError:
        raise CcmError("The file is not UTF-8 text; a history is exported as .jsonl by `ccm log export`.") from None


def creation(kind: str, value: Any) -> Create:
    """The command that stores one JSON object."""
    if not isinstance(value, dict):
        raise CcmError("The JSON must be one object with the entry's fields, or a list of such objects.")
    fields = dict(value)
    subject = fields.pop("id", None)
    record = parse(kind, fields)
    return Create(record) if subject is None else Create(record, str(subject))


def save_one(command: Edit | Delete | Restore, author: str, reason: str, output: str) -> None:
    """Save one command and print the entry."""
    with opened() as store:
        show(store.save([command], author, reason), output, single=True)


def version_of(subject: str, version: int | None) -> int:
    """The version given, else the entry's current one."""
    if version is not None:
        return version
    with opened() as store:
        return store.get(subject).version


def write_history(store: Store, out: Path | None) -> int:
    """The whole history to a file, else to the output; the number of revisions."""
    if out:
        return export_history(store, out)
    count = 0
    for count, text in enumerate(lines(store), start=1):  # noqa: B007 - the last one is the answer
        sys.stdout.write(text)
    return count


def pair(text: str) -> tuple[str, str]:
    """The two sides of HEAD=FIELD."""
    head, separator, field = text.rpartition("=")
    if not separator:
        raise CcmError(f"'{text}' names no field; write --map HEAD=FIELD.")
    return head, field


def show(entries: Iterable[Entry], output: str, *, single: bool = False) -> None:
    """Entries as a table or as JSON; `single`: one object, not a list."""
    shown = [entry.as_json() for entry in entries]
    if output == "json":
        show_json(shown[0] if single else shown)
        return
    columns = ["id", "version", "action", "at", "author"]
    listed = [entry | {"states": [state["iso3"] for state in entry.get("states", ())]} for entry in shown]
    own = [
        name for name in ("start", "type", "status", "states", "name", "title") if any(name in row for row in listed)
    ]
    show_table(listed, [*columns, *own])


def report_values(values: dict[str, Any], output: str) -> None:
    """Named values, one a line, or as JSON."""
    if output == "json":
        show_json(values)
        return
    for name, value in values.items():
        told = "; ".join(map(str, value)) if isinstance(value, (list, dict)) else value
        click.echo(f"{name}: {told}")
