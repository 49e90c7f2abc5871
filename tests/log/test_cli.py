"""`ccm log`: what it prints and how it ends, in processes of their own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar

from ccm_data.log.fields import fields
from ccm_data.log.model import KINDS
from ccm_data.paths import ROOT

Ccm = Callable[..., subprocess.CompletedProcess[str]]
TALK = {
    "start": "2022-02-01",
    "type": "bilateral_geneva",
    "status": "done",
    "title": "Talk",
    "states": [{"iso3": "FJI"}],
}


@pytest.fixture
def ccm(tmp_path: Path) -> Ccm:
    """Run `ccm log …` on a home of its own."""

    def run(*arguments: str, given: str = "", home: str = "home", status: int = 0, before: str = "") -> Any:
        environment = os.environ | {"CCM_HOME": str(tmp_path / home), "CCM_AUTHOR": "Ana", "PYTHONPATH": str(ROOT)}
        program = f"{before}\nfrom ccm_data.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program, "log", *arguments],
            input=given, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        assert status != 2 or done.stderr.count("\n") == 1, "one sentence"
        return done

    return run


def add(ccm: Ccm, **values: Any) -> dict[str, Any]:
    given = json.dumps(TALK | values)
    return dict(json.loads(ccm("add", "--json", "-", "--format", "json", given=given).stdout))


def test_add_prints_the_stored_entry(ccm: Ccm, tmp_path: Path) -> None:
    entry = add(ccm, states=[{"iso3": "FJI", "stage": "intent"}])
    assert (entry["version"], entry["author"], entry["title"], entry["action"]) == (1, "Ana", "Talk", "create")
    assert entry["states"][0]["stage"] == "intent"
    assert json.loads(ccm("history", entry["id"], "--format", "json").stdout) == [entry]
    listed = json.loads(ccm("list", "--format", "json", "--state", "FJI", "--text", "tal").stdout)
    assert listed == {"entries": [entry], "total": 1, "more": False}
    assert json.loads(ccm("list", "--format", "json", "--confidentiality", "public").stdout)["entries"] == []
    (tmp_path / "two.json").write_text(json.dumps([TALK, TALK]))
    assert len(json.loads(ccm("add", "--json", "two.json", "--format", "json").stdout)) == 2
    assert ccm("list").stdout.count("Talk") == 3


def test_adding_with_an_id_is_safe_to_repeat(ccm: Ccm) -> None:
    first = add(ccm, id="5b0c2f0e-7a55-5c1d-8a0b-1a90f0ccb0d3")
    assert add(ccm, id=first["id"]) == first


def test_edit_delete_restore_undo(ccm: Ccm) -> None:
    entry = add(ccm)
    change = json.dumps({"version": 1, "outcome": "good"})
    edited = json.loads(ccm("edit", entry["id"], "--json", "-", "--format", "json", given=change).stdout)
    assert (edited["version"], edited["outcome"]) == (2, "good")
    stale = ccm("edit", entry["id"], "--json", "-", given=json.dumps({"version": 1, "outcome": "bad"}), status=2)
    assert "Ana changed outcome at" in stale.stderr
    ccm("delete", entry["id"], "--reason", "double")
    assert json.loads(ccm("list", "--format", "json").stdout)["total"] == 0
    restored = json.loads(ccm("restore", entry["id"], "--format", "json").stdout)
    assert (restored["version"], restored["outcome"]) == (4, "good")
    earlier = json.loads(ccm("restore", entry["id"], "--to", "1", "--format", "json").stdout)
    assert (earlier["version"], earlier["outcome"]) == (5, "")
    (undone,) = json.loads(ccm("undo", "--format", "json").stdout)
    assert (undone["version"], undone["outcome"]) == (6, "good")


def test_a_history_moves_to_another_home_bit_for_bit(ccm: Ccm, tmp_path: Path) -> None:
    entry = add(ccm, title="=cmd|x", summary="Ω\n<script>")
    ccm("delete", entry["id"])
    ccm("export", "--out", "log.jsonl")
    assert ccm("export").stdout.encode() == (tmp_path / "log.jsonl").read_bytes()
    done = json.loads(ccm("import", "log.jsonl", "--format", "json", home="other").stdout)
    assert (done["added"], done["revisions"]) == (2, 2)
    ccm("export", "--out", "again.jsonl", home="other")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "log.jsonl").read_bytes()
    reports = [json.loads(ccm("verify", "--format", "json", home=home).stdout) for home in ("home", "other")]
    assert reports[0] == reports[1]
    assert (reports[0]["ok"], reports[0]["head"]) == (True, done["head"])


def test_the_head_of_an_export_is_looked_for_later(ccm: Ccm) -> None:
    add(ccm)
    add(ccm)
    kept = ccm("export", "--out", "two.csv").stderr.removeprefix("head: ").strip()
    assert kept == json.loads(ccm("verify", "--format", "json").stdout)["head"]
    assert kept == ccm("export", "--out", "two.jsonl").stderr.removeprefix("head: ").strip()
    assert kept.startswith("2:")
    ccm("import", "two.jsonl", home="other")
    assert json.loads(ccm("verify", "--head", kept, "--format", "json", home="other").stdout)["ok"] is True
    add(ccm)
    later = json.loads(ccm("verify", "--head", kept, "--format", "json").stdout)["head"]
    lost = json.loads(ccm("verify", "--head", later, "--format", "json", home="other", status=1).stdout)
    assert lost["problems"] == [
        "the log ends with revision 2 and no longer holds revision 3, which the head names: its end was cut off, or it "
        "is another log"
    ]
    assert "is no head of a log" in ccm("verify", "--head", "paper", status=2).stderr


def test_verify_says_no_with_status_1(ccm: Ccm, tmp_path: Path) -> None:
    add(ccm)
    with sqlite3.connect(tmp_path / "home" / "activities.sqlite") as connection:
        connection.execute("DROP TRIGGER log_revision_no_update")
        connection.execute("UPDATE log_revision SET author = 'Eve'")
    report = json.loads(ccm("verify", "--format", "json", status=1).stdout)
    assert report["problems"] == ["revision 1 was changed: its hash does not fit its content"]


def test_spreadsheets_out_and_in(ccm: Ccm, tmp_path: Path) -> None:
    add(ccm, title="=1+1")
    ccm("export", "--out", "a.csv")
    assert "'=1+1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    ccm("export", "--out", "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["G2"].value == "'=1+1"
    for name in ("a.csv", "a.xlsx"):
        done = json.loads(ccm("import", name, "--format", "json", home=f"of {name}").stdout)
        assert (done["written"], done["create"]) == (True, 1)
        assert json.loads(ccm("list", "--format", "json", home=f"of {name}").stdout)["entries"][0]["title"] == "=1+1"


def test_bad_rows_write_nothing(ccm: Ccm, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Start,Type,Status,Name\n2022-02-01,other,done,Good\nsoon,other,done,Bad\n")
    refused = json.loads(ccm("import", "in.csv", "--map", "Name=title", "--format", "json", status=1).stdout)
    assert refused["errors"] == ["row 3: start: 'soon' is not a date; write YYYY-MM-DD"]
    assert (refused["written"], json.loads(ccm("list", "--format", "json").stdout)["total"]) == (False, 0)
    arguments = ("import", "in.csv", "--map", "Name=title", "--leave-out", "3", "--format", "json")
    assert json.loads(ccm(*arguments, "--dry-run").stdout)["written"] is False
    assert json.loads(ccm(*arguments).stdout)["written"] is True
    assert json.loads(ccm("list", "--format", "json").stdout)["total"] == 1
    assert json.loads(ccm(*arguments).stdout)["same"] == 1


def test_the_calendar(ccm: Ccm, tmp_path: Path) -> None:
    add(ccm, status="planned", title="Visit")
    ccm("export", "--out", "plan.ics")
    found = {str(event["summary"]) for event in Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")}
    assert found == {"Visit", "Due: 10MSP progress report"}
    assert ccm("export", "--format", "ics", "--confidentiality", "public").stdout.count("BEGIN:VEVENT") == 1


def test_plan_items_and_campaigns_too(ccm: Ccm) -> None:
    campaign = {"name": "11MSP", "baseline": "2022-09-03", "end": "2023-09-11", "target": 2}
    done = ccm("add", "--kind", "campaign", "--json", "-", "--format", "json", given=json.dumps(campaign))
    assert json.loads(done.stdout)["kind"] == "campaign"


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (["add", "--json", "-"], "{", "The input is not JSON"),
        (["add", "--json", "nowhere.json"], "", "nowhere.json cannot be read: No such file or directory"),
        (["add", "--json", "-"], "3", "The JSON must be one object"),
        (["add", "--json", "-"], '{"titel": 1}', "titel: is not a field that the log knows"),
        (["edit", "x", "--json", "-"], "{}", "Name the version you read with --version"),
        (["edit", "x", "--json", "-", "--version", "1"], "{}", "There is no entry with the id 'x'"),
        (["history", "x"], "", "There is no entry with the id 'x'"),
        (["restore", "x"], "", "There is no entry with the id 'x'"),
        (["undo"], "", "Ana has no save to undo"),
        (["export", "--out", "log.doc"], "", "cannot be exported as 'doc'; possible are jsonl, csv, xlsx, ics"),
        (["export", "--out", "no/where.csv"], "", "no/where.csv cannot be written: No such file or directory"),
        (["export", "--out", "no/where.jsonl"], "", "no/where.jsonl cannot be written: No such file or directory"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(ccm: Ccm, arguments: list[str], given: str, sentence: str) -> None:
    assert sentence in ccm(*arguments, given=given, status=2).stderr


def test_migrate(ccm: Ccm, tmp_path: Path) -> None:
    assert json.loads(ccm("migrate", "--format", "json").stdout) == {"from": 0, "to": 1}
    (tmp_path / "home" / "activities.sqlite").unlink()
    (tmp_path / "home" / "activities.sqlite").write_bytes(b"not a database" * 100)
    assert "The file is not an activity log" in ccm("migrate", status=2).stderr


def test_adding_and_listing_load_nothing_heavy(ccm: Ccm) -> None:
    heavy = {"pandas", "numpy", "pyarrow", "duckdb", "xlsxwriter", "python_calamine", "icalendar", "altair"}
    check = f"import atexit, sys; atexit.register(lambda: print(*sorted({heavy} & set(sys.modules)), file=sys.stderr))"
    assert ccm("add", "--json", "-", given=json.dumps(TALK), before=check).stderr == "\n"
    assert ccm("list", before=check).stderr == "\n"


def test_the_example_of_the_manual_is_accepted_and_names_every_field(ccm: Ccm) -> None:
    manual = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
    example = json.loads(manual.split("```json\n")[1].split("```")[0])
    stored = json.loads(ccm("add", "--json", "-", "--format", "json", given=json.dumps(example)).stdout)
    assert {name: stored[name] for name in example if name != "states"} == {
        name: value for name, value in example.items() if name != "states"
    }
    assert stored["states"][0] == example["states"][0]
    schema = json.loads(ccm("schema").stdout)
    assert set(example) == set(schema["properties"])
    assert set(example["states"][0]) == set(schema["$defs"]["StateEntry"]["properties"])
    assert set(schema["required"]) == {"start", "type", "status", "title"}


def test_the_schema_says_what_each_field_means(ccm: Ccm) -> None:
    for kind, model in KINDS.items():
        schema = json.loads(ccm("schema", "--kind", kind).stdout)
        told = {name: (value["title"], value["description"]) for name, value in schema["properties"].items()}
        assert told == {name: (field.label, field.help) for name, field in fields(model).items()}
