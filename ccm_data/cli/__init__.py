"""The `ccm` command: the same functions as the pages. Exit status 0 done, 1 the answer is no, 2 wrong usage.

Only what a command needs is imported, and only when it runs: `ccm --help` reads the table below.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from ccm_data import __version__
from ccm_data.errors import CcmError


class Entry(NamedTuple):
    """Where a command is, and the line of help that the overview shows: the first sentence of its own."""

    module: str
    attribute: str
    help: str


COMMANDS = {
    "app": Entry("app", "app", "Start the dashboard in the browser."),
    "backtest": Entry("rank", "backtest", "The walk-forward evaluation of every way to order states."),
    "backup": Entry(
        "backup",
        "backup",
        "Write the whole log and all changes of the facts into one file, while others go on writing.",
    ),
    "brief": Entry(
        "documents", "brief", "Briefing notes, one page for each state: one file, a zip, or a folder of single files."
    ),
    "deck": Entry(
        "documents",
        "deck",
        "The Presidency's slides, public facts only: status, what changed, categories, votes, groups, meetings, asks.",
    ),
    "document": Entry("documents", "document", "Documents of every kind: what there is, and one made."),
    "facts": Entry("facts", "facts", "The facts, dated and sourced: checked, compared, changed, undone."),
    "import": Entry("imports", "import_", "Bring the facts up to date from what others publish."),
    "log": Entry("log", "log", "The activity log: what was done, said and promised, kept for good."),
    "rank": Entry(
        "rank", "rank", "States outside the Convention in the order in which to call them, with the reasons."
    ),
    "ready": Entry(
        "ready", "ready", "Whether the log answers and fits, the facts are sound and (--url) the app answers."
    ),
    "report": Entry("documents", "report", "The draft progress report of a campaign for a period."),
    "restore": Entry(
        "backup",
        "restore",
        "Bring back what a backup holds, into an empty folder or database; the whole file is proved before.",
    ),
    "serve": Entry("serve", "serve", "Serve many people: processes of the app behind nginx, restarted when one dies."),
    "snapshot": Entry("snapshots", "snapshot", "Snapshots: all states as known on one day."),
    "state": Entry("targets", "state", "Everything known about one state on a day, with sources."),
    "states": Entry("states", "states", "Status and attributes of all states."),
    "targets": Entry("targets", "targets", "States that are not parties, in order of priority, filtered."),
}
"""Every command by name; its module is in ccm_data/cli/."""


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])


@cache
def load(name: str) -> click.Command:
    """A command of the table, with --facts and --home on it or on each of its own commands."""
    entry = COMMANDS[name]
    command: click.Command = getattr(import_module(f"{__name__}.{entry.module}"), entry.attribute)
    for leaf in _leaves(command):
        leaf.params += [_folder("CCM_FACTS"), _folder("CCM_HOME")]
    return command


def _leaves(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _leaves(one)
    else:
        yield command


def _folder(variable: str) -> click.Option:
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


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def ccm() -> None:
    """Facts, snapshots, targets and ranking of the Convention on Cluster Munitions, on any day since it opened."""


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
