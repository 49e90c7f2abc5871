"""`ccm ready`: what a container's health check and a monitor ask."""

from __future__ import annotations

from dataclasses import asdict

import click

from ccm_data.cli.table import format_option, show_json
from ccm_data.server.ready import checks


@click.command()
@click.option("--url", metavar="URL", help="Ask the app there too, such as http://127.0.0.1:8501.")
@format_option
@click.pass_context
def ready(context: click.Context, url: str | None, output: str) -> None:
    """Whether the log answers and fits, the facts are sound and (--url) the app answers. Exit status 1 when not."""
    found = checks(url)
    holds = all(check.ok for check in found)
    if output == "json":
        show_json({"ready": holds, "checks": [asdict(check) for check in found]})
    else:
        for check in found:
            click.echo(f"{check.name}: {'ok' if check.ok else 'not ready'}: {check.said}")
    context.exit(0 if holds else 1)
