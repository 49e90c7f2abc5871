"""Results kept by what they depend on: computed once, however many viewers ask at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class _Slot:
    lock: Lock = field(default_factory=Lock)
    filled: bool = False
    value: Any = None


class Memo:
    """At most `most` results; the least lately used goes first. An error is raised to all who wait, and not kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result kept under a key, made now if there is none."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            if len(self._slots) > self._most:
                self._slots.popitem(last=False)
        with slot.lock:
            if not slot.filled:
                slot.value, slot.filled = make(), True
        value: T = slot.value
        return value

    def __len__(self) -> int:
        return len(self._slots)
