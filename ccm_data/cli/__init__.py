"""The `ccm` command: the same functions as the pages. Exit status 0 done, 1 the answer is no, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ccm_data.cli import documents, facts, log, rank, snapshots, states
from ccm_data.errors import CcmError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def ccm() -> None:
    """Facts, snapshots, targets and ranking of the Convention on Cluster Munitions, on any day since it opened."""


ccm.add_command(facts.facts)
ccm.add_command(snapshots.snapshot)
ccm.add_command(states.states)
ccm.add_command(states.targets)
ccm.add_command(states.state)
ccm.add_command(log.log)
ccm.add_command(rank.rank)
ccm.add_command(rank.backtest)
ccm.add_command(documents.brief)
ccm.add_command(documents.report)


def _set(variable: str) -> click.Option:
    option = "--" + variable.removeprefix("CCM_").lower()

    def remember(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            os.environ[variable] = str(value)

    return click.Option(
        [option],
        type=click.Path(path_type=Path, file_okay=False, exists=option == "--facts"),
        callback=remember,
        expose_value=False,
        is_eager=True,
        help=f"Folder to use instead of the one {variable} or the default names.",
    )


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _commands(command)
        else:
            yield command


for _command in _commands(ccm):
    _command.params += [_set("CCM_FACTS"), _set("CCM_HOME")]


def main() -> None:
    """Run the command; an error for people becomes one sentence on stderr and exit status 2."""
    try:
        sys.exit(ccm(prog_name="ccm", standalone_mode=False) or 0)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        click.echo(f"ccm: {error.format_message()}", err=True)
        sys.exit(2)
    except CcmError as error:
        click.echo(f"ccm: {error}", err=True)
        sys.exit(2)
