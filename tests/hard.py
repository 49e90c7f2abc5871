"""What the program must stand: faults of disk, log, facts and shapes, killed writers, damaged files, hostile input.

    python -m tests.hard [--seconds N]

Runs these suites in full, then every importer on damaged input for N seconds; short versions are part of every run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from ccm_data.paths import ROOT

SUITES = (
    "tests/log/test_faults.py",
    "tests/log/test_corruption.py",
    "tests/log/test_replay.py",
    "tests/importers/test_bounds.py",
    "tests/importers/test_child.py",
    "tests/importers/test_untc_hostile.py",
    "tests/app/test_faults.py",
    "tests/app/test_plain_text.py",
    "tests/app/test_fuzz.py",
    "tests/app/test_meeting_words.py",
    "tests/e2e/test_crawl.py",
    "tests/e2e/test_broken_facts.py",
    "tests/e2e/test_meeting.py",
)


def main() -> int:
    """Run the suites; the exit status of the first that fails, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long the importers are fuzzed")
    seconds = parser.parse_args().seconds
    environment = os.environ | {"CCM_THOROUGH": "true"}
    for command in (
        ["pytest", "-q", *SUITES],
        ["tests.importers.fuzz", "--seconds", str(seconds)],
    ):
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
