"""Files of others are read in a process of their own, with bounds: what they break or fill up is that process alone.

`run` is for pages and commands alike. What was read of a file is kept for a while, so that a page that is drawn again
does not read it again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from ccm_data.errors import CcmError
from ccm_data.memo import Memo

LOGGER = logging.getLogger(__name__)

SECONDS = 30.0
"""How long reading one file may take."""
MEMORY = 1_000 * 2**20
"""How much memory it may take, in bytes of address space; where a platform knows no such limit, time alone counts."""
MOST_RESULT = 200 * 2**20
"""Bytes that may come of one file."""
AT_ONCE = 2
"""How many files are read at the same time; others wait for their turn as long as reading may take."""
KEPT = 6

P = ParamSpec("P")
T = TypeVar("T")

_turns = threading.BoundedSemaphore(AT_ONCE)
_read = Memo(KEPT)


def run(reader: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What a module's function makes of its arguments, in a process of its own with bounded time and memory.

    Function, arguments and result must be such as can be pickled. Raises CcmError: that of the function, or one
    sentence for a file that took too long, too much memory, or ended the process.
    """
    request = pickle.dumps((reader, given, named))
    key = (hashlib.sha256(request).hexdigest(), os.environ.get("CCM_FACTS"))
    outcome = _read.get(key, lambda: _outcome(request))
    if isinstance(outcome, _Refused):
        raise CcmError(outcome.reason)
    found: T = outcome.value
    return found


class _Refused:
    def __init__(self, reason: str) -> None:
        self.reason = reason


class _Found:
    def __init__(self, value: Any) -> None:
        self.value = value


def _outcome(request: bytes) -> _Refused | _Found:
    if not _turns.acquire(timeout=SECONDS):
        raise CcmError("Other files are being read just now; try again in a minute.")
    try:
        return _in_child(request)
    finally:
        _turns.release()


def _in_child(request: bytes) -> _Refused | _Found:
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each thread would reserve memory of the bound
    environment = os.environ | threads | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                [sys.executable, "-m", __name__], input=request, stdout=answer, stderr=subprocess.PIPE,
                env=environment, timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            LOGGER.warning("Reading a file took more than %.0f s and was ended", SECONDS)
            return _Refused(
                f"Reading the file took more than {SECONDS:.0f} seconds and was ended; give a smaller part of it."
            )
        size = answer.tell() if answer.seek(0, os.SEEK_END) >= 0 else 0
        answer.seek(0)
        if done.returncode == 0 and 0 < size <= MOST_RESULT:
            outcome: _Refused | _Found = pickle.load(answer)
            return outcome
    by = signal.Signals(-done.returncode).name if done.returncode < 0 else f"status {done.returncode}"
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    LOGGER.error("The process that read a file ended by %s: %s", by, last.partition(":")[0])  # never what was in it
    return _Refused(
        "Reading the file ended the process that read it, so nothing was taken from it; save it anew from the program "
        "that made it, or give a smaller part."
    )


def _limit() -> None:
    """Bound this process, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, MOST_RESULT), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        try:
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):  # a platform that knows the limit and does not take it
            continue


def main() -> None:
    """Read one request from the input, answer on the output."""
    _limit()
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    outcome: _Refused | _Found
    try:
        reader, given, named = pickle.load(sys.stdin.buffer)
        outcome = _Found(reader(*given, **named))
    except CcmError as error:
        outcome = _Refused(str(error))
    except MemoryError:
        outcome = _Refused(
            f"Reading the file takes more than {MEMORY // 2**20:,} MB of memory, so it was not read; give a smaller "
            "part of it."
        )
    except RecursionError:
        outcome = _Refused("The file has things within things deeper than is read; save it plain.")
    pickle.dump(outcome, answer)
    answer.flush()


if __name__ == "__main__":
    from ccm_data.importers import child  # under its own name, which the answer's classes have there too

    child.main()
