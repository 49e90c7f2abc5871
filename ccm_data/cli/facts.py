"""`ccm facts`: check the facts against their rules; list, compare, apply and undo what users changed in them."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import click

from ccm_data import opening, paths
from ccm_data import raw as raw_facts
from ccm_data.cli.table import author_option, format_option, show_json, show_table
from ccm_data.errors import CcmError, FactsError


@click.group()
def facts() -> None:
    """The facts, dated and sourced: checked, compared, changed, undone."""


@facts.command()
@format_option
@click.pass_context
def check(context: click.Context, output: str) -> None:
    """Validate the facts; every error as file:line: column: what is wrong. Exit status 1 when there is one."""
    from ccm_data import validation  # imports pandera, which is slow

    directory = paths.facts_dir()
    if not directory.is_dir():
        raise CcmError(f"The facts folder {directory} is not a folder; name one that holds the facts' CSV files.")
    rows = 0
    try:
        raw = raw_facts.read(directory)
        rows = sum(table.num_rows for table in raw.values())
        found = validation.findings(raw)
    except FactsError as error:
        found = error.findings
    except OSError as error:
        raise CcmError(f"The facts folder {directory} cannot be read: {error}.") from None
    files = len(raw_facts.FILES) + len(raw_facts.SOURCE_FILES)
    if output == "json":
        show_json({"files": files, "rows": rows, "findings": found})
    else:
        click.echo("\n".join(found) or f"{files} files, {rows} rows: no errors")
    context.exit(1 if found else 0)


@facts.command("list")
@format_option
def list_(output: str) -> None:
    """The changes that users made over the shipped facts, the latest first."""
    held = opening.current().overlay
    rows = [
        {
            "number": c.seq, "at": c.at and c.at.isoformat(), "kind": c.kind.value, "author": c.author,
            "reason": c.reason, "rows": len(c.ops),
            "undone_by": held.undone_by[c.id].seq if c.id in held.undone_by else None,
        }
        for c in reversed(held.changes)
    ]  # fmt: skip
    if output == "json":
        show_json(rows)
    else:
        show_table(rows, ["number", "at", "kind", "author", "rows", "undone_by", "reason"])


@facts.command()
@click.argument("before", default="shipped")
@click.argument("after", default="now")
@format_option
def diff(before: str, after: str, output: str) -> None:
    """Rows that differ between two sets of facts: a folder, `shipped`, `now`, or the number of a change."""
    from ccm_data.overlay import patch  # reads the declared columns, which is slow to import

    held = opening.current()
    sets = [patch.facts_named(name, held.facts_dir, held.overlay) for name in (before, after)]
    found = patch.between(*sets)
    if output == "json":
        show_json(found)
    else:
        show_table(
            [{"file": one["file"], "key": " ".join(one["key"].values()), "change": _what(one)} for one in found],
            ["file", "key", "change"],
        )


def _what(one: dict[str, Any]) -> str:
    before, after = one["before"], one["after"]
    if before is None or after is None:
        return "added" if before is None else "taken out"
    return "; ".join(f"{n}: {before[n] or 'blank'} -> {after[n] or 'blank'}" for n in after if before[n] != after[n])


@facts.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@author_option
@click.option("--reason", required=True, help="Why; kept with the change.")
def apply(file: Any, author: str, reason: str) -> None:
    """Take over what `ccm import … --dry-run --format json` printed, as far as it still stands in the file."""
    from ccm_data.overlay.compare import change_from_json

    try:
        given = json.load(file)
    except (ValueError, RecursionError) as error:
        raise CcmError(f"{file.name} is not JSON: {error}.") from None
    stored = opening.apply(change_from_json(given, str(uuid4()), author, reason))
    click.echo(f"Applied as change {stored.seq}." if stored else "Nothing to apply: a change says all of it already.")


@facts.command()
@click.argument("number")
@author_option
@click.option("--reason", required=True, help="Why; kept with the change.")
def undo(number: str, author: str, reason: str) -> None:
    """Take a change back, by its number; an undo can be undone too."""
    stored = opening.undo(number, author, reason)
    click.echo(f"Change {number} is undone, as change {stored.seq}.")


@facts.command()
def patch() -> None:
    """What users changed as a patch of the repository's fact files, for `git apply`."""
    from ccm_data.overlay.patch import unified

    held = opening.current()
    click.echo(unified(held.facts_dir, held.overlay), nl=False)


@facts.command()
def dictionary() -> None:
    """Every column of every fact file, as Markdown: what its cells hold and what it is to other columns."""
    from ccm_data.validation.dictionary import markdown

    click.echo(markdown(), nl=False)
