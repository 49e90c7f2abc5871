"""What is refused before Streamlit sees it."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from pages.components import guard, sign_in
from pages.components.guard import METRICS, Guard

HOST = "localhost:8501"


async def nothing(*_: Any) -> None:
    """An app that answers nothing."""


def asked(own: bool = True, host: str = HOST, origin: str = "", path: str = "/", server: str = "127.0.0.1",
          client: str = "127.0.0.1") -> str:  # fmt: skip
    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin else [])]
    scope = {"type": "http", "path": path, "headers": headers, "server": (server, 8501), "client": (client, 5)}
    return Guard(nothing, own).refusal(scope)


@pytest.mark.parametrize(("given", "said"), [
    ({}, ""),
    ({"origin": f"http://{HOST}"}, ""),
    ({"origin": "http://localhost:9999"}, "Asked from a page of another place."),
    ({"origin": "http://evil.example"}, "Asked from a page of another place."),
    ({"origin": "null"}, "Asked from a page of another place."),
    ({"host": "ccm.example.org", "origin": "https://ccm.example.org", "own": False}, ""),
    ({"host": "ccm.example.org", "origin": f"https://{HOST}", "own": False}, "Asked from a page of another place."),
    ({"server": "192.168.1.7"}, "Nobody signs in here, so only this machine may ask."),
    ({"server": "192.168.1.7", "own": False}, ""),
    ({"server": "::1"}, ""),
    ({"path": METRICS}, ""),
    ({"path": METRICS, "host": "[::1]:8501", "client": "::1"}, ""),
    ({"path": METRICS, "host": "ccm.example.org", "own": False}, "The figures of the server are for its own machine."),
    ({"path": f"/ccm{METRICS}", "client": "10.0.0.9", "own": False},
     "The figures of the server are for its own machine."),
])  # fmt: skip
def test_what_is_refused(given: dict[str, Any], said: str) -> None:
    assert asked(**given) == said


@pytest.mark.parametrize(("option", "value", "said"), [
    ("server.trustedUserHeaders", {"X-Forwarded-Email": "email"}, "server.trustedUserHeaders is set, but whoever"),
    ("secrets.files", ["/nowhere/secrets.toml"], ""),
    ("secrets.files", [__file__], "The secrets cannot be read from "),
    ("server.allowedHosts", [], "The dashboard would be reached by every address of this machine without sign-in"),
    ("server.address", "0.0.0.0", "The dashboard would be reached by every address of this machine without sign-in"),
    ("server.corsAllowedOrigins", ["https://evil.example"], "The dashboard would be reached by https://evil.example "),
])  # fmt: skip
def test_a_server_that_cannot_be_meant_so_ends_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, option: str, value: Any, said: str
) -> None:
    monkeypatch.delenv("CCM_PUBLIC", raising=False)
    options = {"server.address": "localhost", "server.allowedHosts": ["localhost"], "server.corsAllowedOrigins": [],
               "server.trustedUserHeaders": {}, "secrets.files": []} | {option: value}  # fmt: skip
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    monkeypatch.setattr(sign_in.config, "is_manually_set", lambda name: False)
    monkeypatch.setattr(st, "secrets", _Secrets(options["secrets.files"]))
    if not said:
        (middleware,) = guard.at_start()
        assert middleware.kwargs == {"own": True}
        return
    with pytest.raises(SystemExit) as ended:
        guard.at_start()
    assert str(ended.value).startswith(f"ccm: {said}")


class _Secrets:
    """Secrets that are not there or cannot be read, as Streamlit says it."""

    def __init__(self, files: list[str]) -> None:
        self.files = files

    def to_dict(self) -> dict[str, Any]:
        raise sign_in.StreamlitSecretNotFoundError(f"No secrets in {self.files}")


def test_a_secrets_file_that_was_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"secrets.files": ["/nowhere/secrets.toml"]}.__getitem__)
    monkeypatch.setattr(sign_in.config, "is_manually_set", lambda name: True)
    monkeypatch.setattr(st, "secrets", _Secrets(["/nowhere/secrets.toml"]))
    with pytest.raises(SystemExit, match=r"ccm: The secrets cannot be read from /nowhere/secrets\.toml: "):
        guard.at_start()
