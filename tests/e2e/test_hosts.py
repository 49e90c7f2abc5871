"""A page of another host cannot reach the app by a name of its own that it lets point here (DNS rebinding)."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.e2e.server import Server


def answer(server: Server, host: str, origin: str) -> str:
    """The first line of the answer to a WebSocket's handshake."""
    place = urlsplit(server.url)
    asked = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall(asked.encode())
        return connection.recv(4096).decode(errors="replace").split("\r\n")[0]


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost", "http://localhost", "101"),
        ("rebound.example", "http://rebound.example", "403"),
    ],
)
def test_host_and_origin_are_checked(server: Server, host: str, origin: str, status: str) -> None:
    port = urlsplit(server.url).port
    assert answer(server, f"{host}:{port}", f"{origin}:{port}").split()[1] == status
