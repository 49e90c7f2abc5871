"""Loaded by the server process under test: notes every address outside the machine that it looks up or connects to."""

import os
import sys

LOCAL = ("localhost", "127.", "::1", "0.0.0.0", "::")


def _note(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host and not str(host).startswith(LOCAL):
        with open(os.environ["WATCH_OUTSIDE"], "a", encoding="utf-8") as log:
            log.write(f"{event} {host}\n")


if os.environ.get("WATCH_OUTSIDE"):
    sys.addaudithook(_note)
