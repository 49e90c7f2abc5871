"""Several editors in one process: `editors.py URL SECONDS THREADS SEED`; prints what they saved, as JSON.

Each writes something new into a random field (outcome or channel) of a random entry that it has read. When somebody
else changed the other field meanwhile, both changes are kept; when the same one, the edit is given up.
"""

import json
import random
import sys
import threading
import time
from collections import Counter

from ccm_data.log import Conflict, Edit, merge, open_store

url, seconds, threads, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
saved: list[tuple[str, str, str, str]] = []
totals: Counter[str] = Counter()
lock = threading.Lock()


def edit(name: str) -> None:
    """One editor, until the time is over."""
    store, rng = open_store(url), random.Random(name)
    subjects = [entry.subject for entry in store.activities()]
    while time.monotonic() < end:
        entry = store.get(rng.choice(subjects))
        field, value = rng.choice(("outcome", "channel")), f"{name} {rng.random()}"
        time.sleep(rng.random() * 0.01)  # to think, while others save
        commands = [Edit(entry.subject, entry.version, {field: value})]
        while commands:
            try:
                store.save(commands, name)
            except Conflict as met:
                taken = any(field.open for field in met.clashes[0].fields)
                commands = [] if taken else merge(met, {})
                with lock:
                    totals["given up" if taken else "merged"] += 1
            else:
                commands = []
                with lock:
                    saved.append((entry.subject, field, getattr(entry.activity, field), value))


end = time.monotonic() + seconds
editors = [threading.Thread(target=edit, args=(f"editor {seed}.{number}",)) for number in range(threads)]
for editor in editors:
    editor.start()
for editor in editors:
    editor.join()
print(json.dumps({"saved": saved, **totals}))
