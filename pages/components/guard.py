"""Before every request: what Streamlit would answer to anybody is refused here, and a naked server does not start.

Streamlit too refuses a foreign page's socket, but asks an outside host for its own address first, and trusts every page
of this machine whatever its port.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ccm_data.access import is_local
from ccm_data.errors import CcmError
from pages.components import sign_in

METRICS = "/_stcore/metrics"


def at_start() -> Sequence[Middleware]:
    """What stands before the app. Ends the process with status 1 and one sentence where it may not be served so."""
    try:
        served = sign_in.access()
    except CcmError as error:
        raise SystemExit(f"ccm: {error}") from None
    return [Middleware(Guard, own=served.is_own)]


class Guard:
    """Refuses a request that it has a reason to refuse. `own`: nobody signs in, so only this machine may ask."""

    def __init__(self, app: ASGIApp, own: bool) -> None:
        self.app, self.own = app, own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = self.refusal(scope) if scope["type"] in ("http", "websocket") else ""
        if not said:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason=said)(scope, receive, send)
        else:
            await PlainTextResponse(said, 403)(scope, receive, send)

    def refusal(self, scope: Scope) -> str:
        """Why a request is refused, in a sentence; blank for one that is not."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get("host", ""), headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host and not _is_allowed(origin):
            return "Asked from a page of another place."
        if self.own and not is_local((scope.get("server") or ("",))[0]):
            return "Nobody signs in here, so only this machine may ask."
        if scope["path"].endswith(METRICS) and not (is_local(_name(host)) and is_local(_client(scope))):
            return "The figures of the server are for its own machine."
        return ""


def _is_allowed(origin: str) -> bool:
    return origin in st.get_option("server.corsAllowedOrigins")


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""
