"""The settings of nginx, made from one template: for processes on this machine, and for those in containers."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import jinja2

from ccm_data.errors import CcmError
from ccm_data.paths import ROOT
from ccm_data.server import RELOAD

TEMPLATE = Path(__file__).with_name("nginx.conf")
NAME = re.compile(r"[A-Za-z0-9*.-]+")


@dataclass(frozen=True, slots=True)
class Worker:
    """Where a process of the app listens. The port tells it from the others, whatever its host."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Worker:
        """The worker that HOST:PORT names. Raises CcmError for anything else."""
        host, _, port = text.rpartition(":")
        if not NAME.fullmatch(host) or not port.isdecimal() or not 0 < int(port) < 2**16:
            raise CcmError(f"'{text}' is no worker; write HOST:PORT, such as 127.0.0.1:8502.")
        return cls(host, int(port))


@dataclass(frozen=True, slots=True)
class Proxy:
    """What nginx is told. listen: address and port that face the network, such as 0.0.0.0:443.

    hosts: the names by which browsers ask for it; none accepts every name, and leaves the check to the app.
    certificate, key: files for TLS, both or none. folder: where nginx keeps its temporary files.
    """

    listen: str
    workers: Sequence[Worker]
    hosts: Sequence[str] = ()
    certificate: Path | None = None
    key: Path | None = None
    folder: Path = Path("/tmp")

    def settings(self) -> str:
        """The content of nginx.conf. Raises CcmError for what cannot be written there."""
        ports = [worker.port for worker in self.workers]
        if twice := sorted({port for port in ports if ports.count(port) > 1}):
            raise CcmError(f"Two workers have the port {twice[0]}; each needs its own, which tells them apart.")
        if strange := [name for name in self.hosts if not NAME.fullmatch(name)]:
            raise CcmError(f"'{strange[0]}' is no host name; write it as browsers do, such as ccm.example.org.")
        if (self.certificate is None) != (self.key is None):
            raise CcmError("TLS needs both a certificate and its key.")
        if strange := [
            f"{p}" for p in (self.certificate, self.key, self.folder) if p and re.search(r'[\s;{}"$\\]', f"{p}")
        ]:
            raise CcmError(f"nginx cannot be told of '{strange[0]}'; name a path without blanks and ; {{ }} \" $ \\.")
        template = jinja2.Template(TEMPLATE.read_text(encoding="utf-8"), undefined=jinja2.StrictUndefined)
        text: str = template.render(
            listen=self.listen, workers=self.workers, hosts=self.hosts, certificate=self.certificate, key=self.key,
            folder=self.folder, body_mb=_upload_mb() + 1, policy=policy(),
        )  # fmt: skip
        return text + "\n"


def policy() -> str:
    """The Content-Security-Policy: nothing from elsewhere, no script but the app's own.

    Streamlit writes its styles into the page, loads the scripts of components from blob: addresses and draws pictures
    from data: ones; what draws a room's map is WebAssembly. The script in its page and ours are allowed by what they
    say, no others.
    """
    scripts = " ".join(f"'sha256-{_sum(script)}'" for script in (*_inline(), RELOAD))
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {scripts}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {given}" for name, given in rules.items())


def _inline() -> Iterator[str]:
    """The scripts that Streamlit's own page holds."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise CcmError("Streamlit is not installed; install the program by `pip install .`.")
    page = (Path(found.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    yield from re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def _sum(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _upload_mb() -> int:
    """The largest upload that the app takes, in MB."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return int(settings["server"]["maxUploadSize"])
