"""The reading that commands answer from, and the options that choose its day, its readers and its campaign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from ccm_data.cli.common import day
from ccm_data.cli.log_io import opened
from ccm_data.opening import current
from ccm_data.reading import Reading, read
from ccm_data.vocab import Confidentiality, codes


def audience_option(default: Confidentiality) -> Callable[[Any], Any]:
    """Who will read the answer; entries of the log that are more confidential are left out."""
    return click.option(
        "--audience", type=click.Choice(codes(Confidentiality)), default=default.value, show_default=True,
        help="Who will read it: entries of the log that are more confidential are left out.",
    )  # fmt: skip


campaign_option: Callable[[Any], Any] = click.option(
    "--campaign",
    metavar="NAME",
    help="The campaign, such as 10MSP; by default the one whose period holds the day, else since the latest meeting.",
)


@contextmanager
def reading(as_of: str | None, audience: str, campaign: str | None = None) -> Iterator[Reading]:
    """The reading of a day, by default today; of a day that is over the log is read through it."""
    workspace = current()
    with opened() as store:
        reader = next(level for level in Confidentiality if level == audience)
        yield read(workspace, store, as_of=day(workspace, as_of), campaign=campaign, audience=reader)
