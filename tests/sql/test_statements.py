"""Every statement under queries/: says what one row is, binds on the real tables, uses the parameters it names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from ccm_data import factbase, sql
from ccm_data import raw as raw_facts
from ccm_data.documents import activities
from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.paths import PACKAGE, QUERIES, ROOT
from ccm_data.validation import roles
from ccm_data.validation.schemas import schemas
from ccm_data.vocab import Stage, codes
from ccm_data.workspace import Workspace

FILES = sorted(path.relative_to(QUERIES).with_suffix("").as_posix() for path in QUERIES.rglob("*.sql"))
RUN = [name for name in FILES if name.split("/")[0] not in ("facts", "functions", "macros")]
DAY = date(2021, 11, 30)


def lines(name: str) -> list[str]:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8").splitlines()


def header(name: str) -> str:
    said = []
    for line in lines(name):
        if not line.startswith("--"):
            break
        said.append(line)
    return "\n".join(said)


def test_there_are_statements() -> None:
    assert len(FILES) > 50
    assert len(RUN) > 30


@pytest.mark.parametrize("name", FILES)
def test_the_first_line_says_what_one_row_is(name: str) -> None:
    first = lines(name)[0]
    assert re.match(r"-- One (row|value)\b.{8,}", first), first


@pytest.mark.parametrize("name", FILES)
def test_one_statement_to_a_file(name: str) -> None:
    (statement,) = duckdb.extract_statements(sql.text(name))
    kind = {"facts": "CREATE", "functions": "CREATE", "macros": "CREATE"}.get(name.split("/")[0], "SELECT")
    assert statement.type.name == kind


@pytest.mark.parametrize("name", FILES)
def test_parameters_named_in_the_header_are_used(name: str) -> None:
    named = set(re.findall(r"\$([a-z_][a-z0-9_]*)", header(name)))
    assert named <= sql.parameters(name)


@pytest.fixture(scope="module")
def schema(raw: dict[str, pa.Table], facts: Factbase, workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The facts, their raw tables and roles, a snapshot, its filtered rows, activities, as any statement names them."""
    connection = factbase.connect(raw)
    for name in ("snapshot", "earlier"):
        connection.register(name, workspace.snapshot(DAY).table)
    connection.register("filtered", pa.Table.from_pandas(workspace.states(DAY)))
    declared = schemas(raw["states"]["iso3"].to_pylist())
    for name, rows in {**activities.tables([]), **activities.plan([], []), **roles.tables(raw, declared)}.items():
        connection.register(name, rows)
    connection.register("whole", activities.tables([])["activities"])
    yield connection
    connection.close()


@pytest.mark.parametrize("name", RUN)
def test_it_binds_on_the_real_tables(schema: duckdb.DuckDBPyConnection, name: str) -> None:
    plan = schema.execute(f"explain {sql.text(name)}", dict.fromkeys(sql.parameters(name))).fetchall()
    assert plan


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("facts/")])
def test_each_facts_file_becomes_a_table_with_all_its_rows(
    schema: duckdb.DuckDBPyConnection, raw: dict[str, pa.Table], name: str
) -> None:
    table = name.removeprefix("facts/")
    ((count,),) = schema.execute(f"select count(*) from {table}").fetchall()
    if table == "sources":
        assert count == sum(raw[file].num_rows for file in raw_facts.SOURCE_FILES)
    else:
        assert count == raw[table].num_rows > 0


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("macros/")])
def test_each_macro_answers_for_a_day(schema: duckdb.DuckDBPyConnection, name: str) -> None:
    (macro,) = re.findall(r"create macro (\w+)\(as_of\) as table", sql.text(name))
    rows = schema.sql(f"select * from {macro}($as_of::date)", params={"as_of": DAY}).to_arrow_table()
    assert rows.num_rows > 0
    assert "iso3" in rows.column_names


def python_files() -> list[Path]:
    log = PACKAGE / "log"  # its statements are SQLAlchemy expressions, its triggers belong to the schema
    places = [ROOT / "app.py", *PACKAGE.rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return [path for path in places if log not in path.parents]


STATEMENT = re.compile(
    r"\bselect\b.+\bfrom\b|^\s*(insert\s+into|delete\s+from|update\s+\w+\s+set|with\s+\w+\s+as\s*\(|"
    r"create\s+(or\s+replace\s+)?(temp\s+)?(table|view|macro)|copy\s+\w+\s+(from|to)|attach\s+')",
    re.IGNORECASE | re.DOTALL,
)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """String literals of a module, without docstrings; of f-strings the fixed parts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "x".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def test_no_sql_outside_queries() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in python_files()
        for line, text in texts(path)
        if STATEMENT.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["select iso3 from states", "WITH a AS (select 1)", "create table t as", "Insert into x values (1)"]
)
def test_the_scan_knows_a_statement(text: str) -> None:
    assert STATEMENT.search(text)


def test_every_statement_is_asked_for_somewhere() -> None:
    asked = {text for path in [*python_files(), *(PACKAGE / "log").rglob("*.py")] for _line, text in texts(path)}
    folders = {text.split("/")[0] for text in asked if re.fullmatch(r"[a-z_]+/.*", text)}
    unused = [
        name
        for name in FILES
        if name.split("/")[0] not in ("facts", "functions", "macros", "checks")  # read as folders
        and name not in asked
        and not (name.split("/")[1] in asked and name.split("/")[0] in folders)  # f"folder/{stem}"
    ]
    assert not unused


def test_the_library_imports_no_streamlit() -> None:
    program = """
import importlib, pkgutil, sys, ccm_data
names = [m.name for m in pkgutil.walk_packages(ccm_data.__path__, "ccm_data.")]
for name in names:
    importlib.import_module(name)
assert len(names) > 40, names
assert "streamlit" not in sys.modules
assert not any(name == "pages" or name.startswith("pages.") for name in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_the_ladder_in_sql_is_that_of_the_vocabulary() -> None:
    (ladder,) = re.findall(r"list_position\(\[(.*?)\]", sql.text("macros/41_act_summary"), re.DOTALL)
    assert re.findall(r"'(\w+)'", ladder) == codes(Stage)


class TestFrame:
    """`ccm_data.sql`, by which every statement runs."""

    def test_an_unknown_statement_is_a_sentence(self) -> None:
        with pytest.raises(CcmError, match=r"^There is no query named 'states/nothing'; queries are the \.sql files"):
            sql.text("states/nothing")

    def test_a_missing_parameter_is_a_sentence(self, facts: Factbase) -> None:
        with pytest.raises(CcmError, match=r"^Query state/acts needs as_of\.$"):
            facts.frame("state/acts", {"iso3s": ["KEN"]})

    def test_parameters_of_comments_do_not_count_and_others_are_left_out(self, facts: Factbase) -> None:
        assert sql.parameters("state/acts") == {"as_of", "iso3s"}
        rows = facts.frame("state/acts", {"as_of": DAY, "iso3s": ["KEN"], "unused": 1})
        assert len(rows) > 0
        assert (rows["date"].dt.date <= DAY).all()

    def test_a_parameter_is_data_not_sql(self, facts: Factbase) -> None:
        assert facts.frame("state/acts", {"as_of": DAY, "iso3s": ["KEN' or true --"]}).empty

    def test_a_table_given_to_one_call_is_not_seen_by_the_next(self, facts: Factbase, workspace: Workspace) -> None:
        given = {"snapshot": workspace.snapshot(DAY).table}
        assert len(facts.frame("summary/by_group", {"by": "group"}, given)) == 6
        with pytest.raises(duckdb.CatalogException, match="snapshot"):
            facts.frame("summary/by_group", {"by": "group"})
