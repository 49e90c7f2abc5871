"""One viewer of a running app, without a browser: it speaks Streamlit's own protocol over the websocket.

It does what the browser's code does, as far as the server can tell: sends the state of all widgets with each change,
the fragment that the changed one is in, the address, and the hashes of the messages that it keeps.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

FINISHED = "script_finished"


@dataclass
class Answer:
    """What one change cost: seconds until the server had finished, bytes, messages, and bytes by kind of element."""

    seconds: float = 0
    size: int = 0
    messages: int = 0
    parts: Counter[str] = field(default_factory=Counter)


@dataclass
class Viewer:
    """A session at an address of the app, such as http://localhost:8501/map?meeting=on."""

    address: str
    socket: ClientConnection | None = None
    page: str = ""
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    query: str = ""
    kept: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    oldest: int = 2
    failed: list[str] = field(default_factory=list)

    async def enter(self) -> Answer:
        """Connect and wait for the first page."""
        parts = urlsplit(self.address)
        self.query = parts.query
        self.socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream", subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"{parts.scheme}://{parts.netloc}", max_size=None, compression=None, open_timeout=60,
        )  # fmt: skip
        return await self._ask(name=parts.path.strip("/"))

    async def change(self, key: str, **value: Any) -> Answer:
        """Give the widget of this key a value, by the name of its field in WidgetState, and wait for the answer."""
        widget = next(name for name in self.fragments if name.endswith(f"-{key}"))
        state = WidgetState(id=widget)
        for name, held in value.items():
            if name.endswith("array_value"):
                getattr(state, name).data.extend(held)
                getattr(state, name).SetInParent()
            else:
                setattr(state, name, held)
        self.widgets[widget] = state
        return await self._ask(fragment=self.fragments[widget])

    async def leave(self) -> None:
        """Close the connection."""
        if self.socket:
            await self.socket.close()

    async def _ask(self, name: str = "", fragment: str = "") -> Answer:
        assert self.socket, "enter first"
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash, state.page_name = self.query, self.page, name
        state.fragment_id = fragment
        state.widget_states.widgets.extend(self.widgets.values())
        state.cached_message_hashes.extend(self.kept)
        state.context_info.url = self.address
        state.context_info.timezone, state.context_info.locale = "Europe/Zurich", "en-GB"
        state.context_info.color_scheme = "light"
        answer, start = Answer(), time.monotonic()
        await self.socket.send(asked.SerializeToString())
        while True:
            raw = await self.socket.recv()
            assert isinstance(raw, bytes)
            message = ForwardMsg.FromString(raw)
            answer.size += len(raw)
            answer.messages += 1
            answer.parts[self._take(message)] += len(raw)
            if message.WhichOneof("type") == FINISHED and self._is_last(message):
                self._forget()
                answer.seconds = time.monotonic() - start
                return answer

    def _is_last(self, message: ForwardMsg) -> bool:
        return message.script_finished != ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN

    def _forget(self) -> None:
        """What was not shown for some runs is dropped, as the browser does."""
        self.runs += 1
        self.kept = {one: at for one, at in self.kept.items() if self.runs - at <= self.oldest}

    def _take(self, message: ForwardMsg) -> str:
        """Note what the browser would keep of a message; the kind of its element."""
        kind = str(message.WhichOneof("type"))
        if message.metadata.cacheable or kind == "ref_hash":
            self.kept[message.hash if kind != "ref_hash" else message.ref_hash] = self.runs
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
            self.oldest = message.new_session.config.max_cached_message_age
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            kind = str(element.WhichOneof("type"))
            held = getattr(element, kind)
            if kind == "exception":
                self.failed.append(held.message)
            elif widget := getattr(held, "id", ""):
                self.fragments[widget] = message.delta.fragment_id
        elif kind == "delta":
            kind = str(message.delta.WhichOneof("type"))
        return kind
