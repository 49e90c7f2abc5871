"""The wheel, installed in a virtual environment of its own, from which the checkout cannot be seen."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from ccm_data.paths import ROOT


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel: its programs, a folder far from the checkout, a home for what users write."""

    wheel: Path
    programs: Path
    elsewhere: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        hidden = ("CCM_", "STREAMLIT_", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        return {**kept, "CCM_HOME": str(self.home), "PYTHONUTF8": "1"}

    def run(self, program: str, *arguments: str) -> str:
        """What a program prints; it must end well, and `ccm` keep silent on stderr."""
        done = subprocess.run(
            [self.programs / program, *arguments], cwd=self.elsewhere, env=self.environment,
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert program != "ccm" or done.stderr == ""
        return done.stdout


def _pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build and install without a network: the libraries are those of the environment that runs the tests."""
    place = tmp_path_factory.mktemp("installed")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", place, ROOT)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "venv", symlinks=True)
    programs = place / "venv" / "bin"
    _pip("--python", programs / "python", "install", "--no-deps", "--no-index", wheel)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = place / "venv" / "lib" / version / "site-packages"
    # A path named here is searched, but its own .pth files are not read: an editable install there stays unseen.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    for name in ("elsewhere", "home"):
        (place / name).mkdir()
    return Installed(wheel, programs, place / "elsewhere", place / "home")
