"""The table of commands: `ccm --help` reads it and imports nothing; every command is where it says."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from ccm_data import __version__, cli

ALLOWED = {"ccm_data", "ccm_data.cli", "ccm_data.errors"}


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_is_where_the_table_says_and_means_what_the_table_says(name: str) -> None:
    command = cli.load(name)
    assert command.name == name
    assert command.get_short_help_str(limit=200) == cli.COMMANDS[name].help
    context = click.Context(command)
    leaves = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    for leaf in leaves:
        options = [option for parameter in leaf.get_params(context) for option in parameter.opts]
        assert (options.count("--facts"), options.count("--home")) == (1, 1), leaf.name


def test_the_overview_lists_all_and_imports_nothing_else() -> None:
    program = (
        "import sys; sys.argv = ['ccm', '--help']\n"
        "from ccm_data.cli import main\n"
        "try: main()\n"
        "except SystemExit: print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    for name, entry in cli.COMMANDS.items():
        line = next(line for line in done.stdout.splitlines() if line.split()[:1] == [name])
        assert entry.help.startswith(line.split(maxsplit=1)[1])
    loaded = set(done.stderr.split())
    assert {module for module in loaded if module.startswith("ccm_data")} == ALLOWED
    assert not loaded & {"pandas", "numpy", "duckdb", "pyarrow", "sqlalchemy", "streamlit", "platformdirs"}


def test_the_version_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["ccm", "--version"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0
    assert capsys.readouterr().out == f"ccm {__version__}\n"


def test_an_unknown_command_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["ccm", "brieff"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("ccm: No such command 'brieff'.")
