"""`ccm facts`: check the facts folder against its rules."""

from __future__ import annotations

import click

from ccm_data import paths
from ccm_data import raw as raw_facts
from ccm_data.cli.common import format_option, show_json
from ccm_data.errors import CcmError, FactsError


@click.group()
def facts() -> None:
    """The canonical facts: dated, sourced CSV files."""


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
