"""The settings of nginx: nginx itself reads them, and what cannot be written there is a sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ccm_data import server
from ccm_data.errors import CcmError
from ccm_data.paths import ROOT
from ccm_data.server.nginx import Proxy, Worker, policy

WORKERS = (Worker("127.0.0.1", 8502), Worker("127.0.0.1", 8503), Worker("127.0.0.1", 8504))


@pytest.mark.parametrize(
    "proxy",
    [
        Proxy("127.0.0.1:8501", WORKERS),
        Proxy("0.0.0.0:80", WORKERS[:1], ["ccm.example.org", "*.example.org"]),
        Proxy("[::1]:443", WORKERS, ["ccm.example.org"], Path("tls.pem"), Path("tls.key")),
    ],
    ids=["local", "one", "tls"],
)
def test_nginx_takes_its_settings(proxy: Proxy, tmp_path: Path) -> None:
    given = {name: getattr(proxy, name) for name in ("listen", "workers", "hosts")}
    made = Proxy(**given, folder=tmp_path)
    if proxy.certificate:
        files = [tmp_path / f"{name}" for name in (proxy.certificate, proxy.key)]
        request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ccm.example.org"]
        subprocess.run([*request, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
        made = Proxy(**given, certificate=files[0], key=files[1], folder=tmp_path)
    settings = tmp_path / "nginx.conf"
    settings.write_text(made.settings(), encoding="utf-8")
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    assert program, "install nginx"
    done = subprocess.run(
        [program, "-t", "-e", "stderr", "-p", tmp_path, "-c", settings], capture_output=True, text=True, check=False
    )
    refused = [line for line in done.stderr.splitlines() if "[emerg]" in line and "bind()" not in line]
    assert refused == []
    assert "syntax is ok" in done.stderr
    assert settings.read_text(encoding="utf-8").count(" backup;") == len(made.workers) * (len(made.workers) - 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"workers": [WORKERS[0], Worker("app2", 8502)]}, "Two workers have the port 8502; each needs its own"),
        ({"hosts": ["a; return 200"]}, "'a; return 200' is no host name"),
        ({"certificate": Path("/a b.pem"), "key": Path("/k")}, "nginx cannot be told of '/a b.pem'"),
        ({"certificate": Path("/a.pem")}, "TLS needs both a certificate and its key."),
    ],
)
def test_what_cannot_be_written_is_a_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(CcmError, match=re.escape(sentence)):
        Proxy(**{"listen": "127.0.0.1:8501", "workers": WORKERS} | change).settings()  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["app1", "app1:", "app1:0", "app1:70000", "a b:1", ":1", "x;y:1"])
def test_what_is_no_worker_is_a_sentence(text: str) -> None:
    with pytest.raises(CcmError, match="is no worker; write HOST:PORT"):
        Worker.parse(text)


def test_the_policy_allows_no_script_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert "unsafe-inline" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert "http" not in policy()
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pages").rglob("*.py"))
    assert re.findall(r"<script>(.*?)</script>", pages) == ["{RELOAD}"]
    assert server.RELOAD
