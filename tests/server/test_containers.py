"""What the container files say is there, fits the program and each other. The images are not built here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from ccm_data import cli, logs
from ccm_data.log.database import configured_url
from ccm_data.paths import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STAGES = re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE, re.MULTILINE)


RUN = """
from streamlit.testing.v1 import AppTest
from ccm_data.paths import APP
made = AppTest.from_file(str(APP), default_timeout=60).run()
print(len(made.exception) + len(made.error), APP)
"""


def options_of(words: list[str]) -> click.Context:
    """The command that these words after `ccm` are, with its options read. Raises click.UsageError."""
    command: click.Command = cli.load(words[0])
    if isinstance(command, click.Group):
        return command.commands[words[1]].make_context(words[1], words[2:])
    return command.make_context(words[0], words[1:])


def test_services_name_what_is_there() -> None:
    for name, service in SERVICES.items():
        if build := service.get("build"):
            assert (ROOT / build["context"]).is_dir()
            assert build["target"] in STAGES, name
            assert set(build.get("args", {})) <= set(re.findall(r"^ARG (\w+)", DOCKERFILE, re.MULTILINE))
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        if shared := service.get("network_mode"):
            assert shared.removeprefix("service:") in SERVICES, name
        files, folders = (
            {one.split(":")[0] for one in service.get("volumes", []) if one.startswith("${") is given}
            for given in (True, False)
        )
        assert folders <= set(COMPOSE["volumes"]), name
        assert files <= {"${SECRETS"}, "what a file of the machine is must be said in .env"
        if name != "database":  # its image keeps to its volume, and drops its rights itself
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name


def test_both_workers_are_those_that_nginx_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_HOME", "unused")
    (printed,) = re.findall(r"ccm (serve --print-nginx .*?) > /tmp/nginx.conf", DOCKERFILE)
    asked = options_of(shlex.split(printed.replace('"$SITE"', "localhost"))).params
    workers = [options_of(SERVICES[name]["command"][1:]).params["port"] for name in ("one", "two")]
    assert asked["elsewhere"] == tuple(f"127.0.0.1:{port}" for port in workers)
    published = SERVICES["front"]["ports"][0].rpartition(":")[2]
    assert (asked["address"], asked["port"]) == ("0.0.0.0", int(published))
    for name, port in zip(("one", "two"), workers, strict=True):
        health = SERVICES[name]["healthcheck"]["test"]
        assert options_of(health[2:]).params["url"] == f"http://127.0.0.1:{port}"


def test_the_images_commands_and_variables_are_the_programs() -> None:
    for given in re.findall(r"CMD (\[.*\])", DOCKERFILE):
        words = yaml.safe_load(given)
        assert words[0] == "ccm"
        options_of(words[1:])
    options_of(SERVICES["migrate"]["command"][1:])
    database = SERVICES["one"]["environment"]["CCM_DATABASE_URL"]
    url = configured_url(re.sub(r"\$\{.*?\}", "word", database))
    owner = SERVICES["database"]["environment"]
    assert (url.host, url.username, url.database) == ("database", owner["POSTGRES_USER"], owner["POSTGRES_DB"])
    told = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in told for name in re.findall(r"\bCCM_[A-Z_]+\b", DOCKERFILE))
    assert all(f"`{name}=" in told for name in re.findall(r"\$\{(\w+)[:}]", str(COMPOSE)))
    assert "json" in logs.FORMATS
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["ccm", "nginx"]


def test_the_images_context_holds_all_that_the_wheel_is_made_of() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert lines[0] == "*"
    taken = {line[1:] for line in lines if line.startswith("!")}
    assert [name for name in taken if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["only-include"], *wheel["force-include"], project["project"]["readme"], "constraints.txt"}
    assert needed | {"pyproject.toml"} | set(project["project"]["license-files"]) == taken
    assert any(fnmatch("ccm_data/.streamlit/secrets.toml", line) for line in lines[1:])


def test_the_program_writes_nowhere_but_in_its_home(tmp_path: Path) -> None:
    tree, home = tmp_path / "tree", tmp_path / "home"
    tree.mkdir()
    home.mkdir()
    for name in ("ccm_data", "pages", "queries", "static", ".streamlit"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "50m.json"))
    shutil.copy(ROOT / "app.py", tree)
    before = sorted(tree.rglob("*"))
    for path in [tree, *before]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_", "STREAMLIT_"))}
    environment |= {"CCM_HOME": str(home), "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN], cwd=tree, env=environment, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-2:] == ["0", str(tree / "app.py")]
    assert sorted(tree.rglob("*")) == before
    assert (home / "activities.sqlite").stat().st_mode & 0o777 == 0o600
    for path in [tree, *before]:
        path.chmod(0o755)
