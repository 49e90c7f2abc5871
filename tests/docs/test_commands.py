"""Every command line that README and docs show runs as it stands there."""

from __future__ import annotations

import json
import shlex
import sys
import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from streamlit import config

from ccm_data import cli
from ccm_data.paths import ROOT
from tests.docs.text import PAGES, blocks, commands, read, spans

SHOWN = sorted({command for page in PAGES for command in commands(blocks(read(page)))})
NAMED = sorted({command for page in PAGES for command in commands(spans(read(page)))} - set(SHOWN))
CCM = [command for command in SHOWN if command.startswith("ccm ")]
PARSED_ONLY = ("ccm app", "ccm serve", "ccm backtest")  # two do not end, the other takes long: tests/ranking runs it
ENTRY = {
    "start": "2022-02-01",
    "type": "bilateral_geneva",
    "status": "done",
    "title": "Talk",
    "states": [{"iso3": "FJI"}],
}
CHANGED = {"version": 1, "title": "Talk in Geneva"}
FIRST = {
    "ccm log import": ["ccm log export --out log.jsonl"],
    "ccm log restore": ["ccm log delete ID"],
    "ccm restore": ["ccm backup backup.zip"],
}
"""What must have been done for a command to make sense."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Run a command line of the docs in a folder and a home of its own, with FILE and ID filled in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CCM_AUTHOR", "Ana")

    def run_(command: str, **filled: str) -> str:
        words = [filled.get(word.split("|")[0], word) for word in shlex.split(command)]
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert left.value.code == 0, f"{command}: {err}"
        return out

    return run_


@pytest.mark.parametrize("command", [one for one in CCM if not one.startswith(PARSED_ONLY)])
def test_a_command_of_the_docs_runs(command: str, run: Callable[..., str], tmp_path: Path) -> None:
    filled = {}
    if command.startswith("ccm log"):
        for name, fields in (("entry", ENTRY), ("changed", CHANGED)):
            (tmp_path / f"{name}.json").write_text(json.dumps(fields), encoding="utf-8")
        filled["ID"] = json.loads(run("ccm log add --json entry.json --format json"))["id"]
        filled["FILE"] = "changed.json" if "edit" in command else "entry.json"
    for start, before in FIRST.items():
        for one in before if command.startswith(start) else []:
            run(one, **filled)
    printed = run(command, **filled)
    _, _, out = command.partition(" --out ")
    assert (tmp_path / out.split()[0]).exists() if out else printed


def parameters(command: str) -> None:
    """Follow the words of a command line through the table of commands. Raises AssertionError for an unknown one."""
    words = shlex.split(command)[1:]
    if words[0].startswith("-"):
        known = {option for parameter in cli.ccm.get_params(click.Context(cli.ccm)) for option in parameter.opts}
        assert set(words) <= known, command
        return
    assert words[0] in cli.COMMANDS, command
    found: click.Command = cli.load(words.pop(0))
    while isinstance(found, click.Group) and words:
        assert words[0] in found.commands, command
        found = found.commands[words.pop(0)]
    known = {option for parameter in found.get_params(click.Context(found)) for option in parameter.opts}
    own, _, passed_on = " ".join(words).partition(" -- ")
    assert {word.split("=")[0] for word in own.split() if word.startswith("--")} <= known, command
    streamlit_knows(passed_on.split())


def streamlit_knows(words: list[str]) -> None:
    known = config.get_config_options()
    options = [word.removeprefix("--").split("=")[0] for word in words if word.startswith("--")]
    assert [option for option in options if option not in known] == []


@pytest.mark.parametrize("command", [one for one in [*CCM, *NAMED] if one.startswith("ccm ")])
def test_a_command_named_in_the_docs_exists_with_its_options(command: str) -> None:
    parameters(command)


@pytest.mark.parametrize("command", [one for one in [*SHOWN, *NAMED] if not one.startswith("ccm ")])
def test_other_programs_get_what_exists(command: str) -> None:
    program, *words = shlex.split(command)
    if program == "python":
        if words[0] == "-m":
            assert find_spec(words[1]) is not None, command
        else:
            assert (ROOT / words[0]).is_file(), command
    elif program == "streamlit":
        assert words[0] == "run"
        assert (ROOT / words[1]).is_file()
        streamlit_knows(words)
    elif program == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert words[0] in ("install", "wheel")
        asked = {extra for word in words if "[" in word for extra in word.split("[")[1].rstrip("]").split(",")}
        assert asked <= set(project["optional-dependencies"]), command
        if "-c" in words:
            assert (ROOT / words[words.index("-c") + 1]).is_file()
    else:
        assert program == "pytest"
        assert [word for word in words if not word.startswith("-") and not (ROOT / word).exists()] == []


def test_commands_were_found() -> None:
    assert len(CCM) > 15
    assert len([one for one in SHOWN if not one.startswith("ccm ")]) > 4
    assert "ccm facts check" in CCM
