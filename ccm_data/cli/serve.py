"""`ccm serve`: the dashboard for many people, several processes behind nginx."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from ccm_data import logs
from ccm_data.cli.app import app
from ccm_data.errors import CcmError
from ccm_data.server.nginx import Proxy, Worker

MOST = 64
LOCAL = ("localhost", "127.0.0.1")
"""Names of this machine on itself."""
file_option = click.Path(path_type=Path, exists=True, dir_okay=False, resolve_path=True)


@click.command()
@click.option("--workers", type=click.IntRange(1, MOST), default=2, show_default=True, help="How many processes.")
@click.option("--port", type=click.IntRange(1, 65535 - MOST), default=8501, show_default=True,
              help="Where browsers ask; the workers take the ports that follow, on this machine only.")  # fmt: skip
@click.option("--address", default="127.0.0.1", show_default=True, help="The address that nginx listens on.")
@click.option("--host", "hosts", multiple=True, metavar="NAME",
              help="A name by which browsers ask for it; may be repeated. Others are refused.")  # fmt: skip
@click.option("--certificate", type=file_option, help="For TLS: the certificate with its chain.")
@click.option("--key", type=file_option, help="For TLS: the certificate's key.")
@click.option("--print-nginx", "elsewhere", multiple=True, metavar="HOST:PORT",
              help="Print nginx's settings for workers that run elsewhere, one option each, and end.")  # fmt: skip
@click.argument("options", nargs=-1, metavar="[-- OPTION...]")
@click.pass_context
def serve(
    context: click.Context, workers: int, port: int, address: str, hosts: tuple[str, ...], certificate: Path | None,
    key: Path | None, elsewhere: tuple[str, ...], options: tuple[str, ...],
) -> None:  # fmt: skip
    """Serve many people: processes of the app behind nginx, restarted when one dies. Options after -- go to each.

    One worker runs without nginx, as `ccm app` does. All share the log and the facts of CCM_HOME or CCM_DATABASE_URL.
    """
    proxy = Proxy(_listen(address, port), [Worker.parse(text) for text in elsewhere], hosts, certificate, key)
    if elsewhere:
        click.echo(proxy.settings(), nl=False)
        return
    options = (*(f"--server.allowedHosts={name}" for name in (*hosts, *(LOCAL if hosts else ()))), *options)
    if workers == 1:
        if certificate or key:
            raise CcmError("TLS is nginx's, which one worker runs without; use --workers 2 or more.")
        context.invoke(app, port=port, options=(f"--server.address={address}", *options))
        return
    if not hosts and not ipaddress.ip_address(address).is_loopback:
        raise CcmError("Browsers elsewhere ask by a name; say it with --host, such as --host ccm.example.org.")
    from ccm_data.server.supervise import serve as supervise

    logs.configure()
    places = [Worker("127.0.0.1", port + number) for number in range(1, workers + 1)]
    supervise(Proxy(_listen(address, port), places, (*hosts, *LOCAL), certificate, key), options)


def _listen(address: str, port: int) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        raise CcmError(
            f"'{address}' is no address; possible are 127.0.0.1, 0.0.0.0 and those of this machine."
        ) from None
    return f"[{parsed}]:{port}" if parsed.version == 6 else f"{parsed}:{port}"
