"""`ccm backup` and `ccm restore`: everything that people wrote, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from ccm_data import opening
from ccm_data.backup import Manifest, check, make
from ccm_data.backup import restore as restore_backup
from ccm_data.cli.log_io import opened, report_values, writable
from ccm_data.cli.table import format_option
from ccm_data.log import Store
from ccm_data.overlay.store import ChangeStore

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@contextmanager
def _places() -> Iterator[tuple[Store, ChangeStore]]:
    """The log and the changes of the facts that the environment names."""
    changes = opening.changes()
    try:
        with opened() as store:
            yield store, changes
    finally:
        changes.close()


@click.command()
@file_argument
@format_option
def backup(file: Path, output: str) -> None:
    """Write the whole log and all changes of the facts into one file, while others go on writing.

    The file takes the place of an earlier one only once all of it is on the disk. It ends with the log's head, as
    seq:hash: kept elsewhere, it proves later that nothing was cut off.
    """
    with _places() as (store, changes), writable(file):
        manifest = make(store, changes, file)
        if not manifest.revisions:
            click.echo(f"ccm: The log in {store.place} is empty: the backup holds no entry.", err=True)
    _report(manifest, file, output)


@click.command()
@file_argument
@click.option("--add", is_flag=True, help="Into a place that holds a beginning of the same: what it lacks is added.")
@format_option
def restore(file: Path, add: bool, output: str) -> None:
    """Bring back what a backup holds, into an empty folder or database; the whole file is proved before.

    The entries keep their ids, times and hashes. A fresh PostgreSQL database needs `ccm log migrate` before.
    """
    manifest = check(file)  # before a place is made for it
    with _places() as (store, changes):
        restore_backup(file, store, changes, add=add)
    _report(manifest, file, output)


def _report(manifest: Manifest, file: Path, output: str) -> None:
    told = asdict(manifest)
    report_values(
        {"file": str(file), **{name: told[name] for name in ("revisions", "entries", "changes", "head")}}, output
    )
