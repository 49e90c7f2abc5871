"""`ccm app`: the dashboard, from a checkout or from an installed wheel."""

from __future__ import annotations

import logging
import os

import click

from ccm_data import __version__, logs, paths
from ccm_data.access import PUBLIC

LOGGER = logging.getLogger(__name__)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; 8501 by default.")
@click.option(
    "--public", is_flag=True, help="Serve public facts and entries to everybody, read-only, as CCM_PUBLIC=true does."
)
@click.argument("options", nargs=-1, metavar="[-- OPTION...]")
def app(port: int | None, public: bool, options: tuple[str, ...]) -> None:
    """Start the dashboard in the browser. Options after -- go to `streamlit run`, as -- --server.allowedHosts=ccm.org

    Settings come from the .streamlit/config.toml beside app.py; options and STREAMLIT_ variables go before them.
    Where others than this machine would reach it, it does not start without sign-in, unless it is --public.
    """
    from streamlit.web import cli  # slow to import

    logs.configure()
    if public:
        os.environ[PUBLIC] = "true"
    log = "the database of CCM_DATABASE_URL" if os.environ.get("CCM_DATABASE_URL") else paths.home_dir()
    LOGGER.info("ccm %s: facts in %s, activity log in %s", __version__, paths.facts_dir(), log)
    chosen = [f"--server.port={port}"] if port else []
    cli.main(["run", str(paths.APP), *chosen, *options], prog_name="streamlit", standalone_mode=False)
