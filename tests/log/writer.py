"""Writers to be killed: forks one child per line of input (a store's URL); it saves and acknowledges until it dies.

Every save holds three revisions: two creations and an edit. Their ids are printed once the save is durable.
"""

import os
import sys
from itertools import count

from ccm_data.log import Create, Edit, open_store, parse

ACTIVITY = parse(
    "activity",
    {"start": "2022-02-01", "type": "other", "status": "done", "title": "Kept", "states": [{"iso3": "FJI"}]},
)


def write(url: str) -> None:
    """Save for ever."""
    os.write(1, f"pid {os.getpid()}\n".encode())
    store = open_store(url)
    os.write(1, b"ready\n")
    for number in count():
        pair = [Create(ACTIVITY), Create(ACTIVITY)]
        store.save([*pair, Edit(pair[0].subject, 1, {"outcome": f"{os.getpid()} {number}"})], "writer")
        os.write(1, f"{pair[0].subject} {pair[1].subject}\n".encode())


for line in sys.stdin:
    if (child := os.fork()) == 0:
        write(line.strip())
    _, status = os.waitpid(child, 0)
    os.write(1, f"dead {os.WTERMSIG(status)}\n".encode())
