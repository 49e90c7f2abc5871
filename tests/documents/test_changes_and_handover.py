"""Minutes of what changed, the votes page's data, the handover pack."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from ccm_data import paths
from ccm_data.campaign import Campaign
from ccm_data.documents.changes import changes, votes
from ccm_data.documents.handover import handover
from ccm_data.errors import CcmError
from ccm_data.log import Entry, default_plan
from ccm_data.workspace import Workspace
from tests.documents.conftest import BASELINE, SECRET, word_text

LATEST = date(2026, 1, 23)


def test_minutes_tell_joins_withdrawal_and_activities(workspace: Workspace, activity: Callable[..., Entry]) -> None:
    log = [
        activity(start="2022-02-01"), activity(start="2021-11-30", title="On the first day"),
        activity(start="2022-02-02", title=SECRET, confidentiality="internal"),
    ]  # fmt: skip
    made = changes(workspace, BASELINE, LATEST, log)
    for text in (made.text, word_text(made.docx())):
        for line in ("Nigeria: ratification 28 February 2023", "Lithuania: effective 6 March 2025"):
            assert line in text
        assert "1 February 2022: Coffee with the mission (Bilateral in Geneva): Kenya" in text
        assert "On the first day" not in text
        assert "Zanzibar" not in text
    status = made.table[made.table["attribute"] == "status"].set_index("iso3")
    assert sorted(status.index) == ["LTU", "NGA", "SSD", "VUT"]
    assert status.at["LTU", "after"] == "withdrawn"
    assert all(len(ids) for ids in status["source_ids"])


def test_days_out_of_order_get_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(CcmError, match="is not before"):
        changes(workspace, LATEST, BASELINE)


def test_votes_say_who_changed_when_and_who_swings(workspace: Workspace) -> None:
    found = votes(workspace, LATEST)
    swing = found["swing"].set_index("iso3")
    changed = found["changes"]
    assert set(swing.index) == set(changed["iso3"])
    assert changed.groupby("iso3").size().to_dict() == swing["changes"].to_dict()
    assert swing.at["USA", "latest"] == "no"
    assert swing.at["USA", "since_year"] == 2025
    assert "KEN" not in swing.index
    grid = found["grid"]
    assert len(grid[grid["changed"]]) == len(changed)
    period = votes(workspace, LATEST, date(2024, 12, 31))
    assert set(period["changes"]["year"]) == {2025}
    assert list(period["totals"]["session"]) == [80]


@pytest.fixture(scope="module")
def pack(workspace: Workspace, campaign: Campaign) -> zipfile.ZipFile:
    plan = [entry for entry in default_plan() if getattr(entry.record, "campaign", "") == campaign.name]
    made = handover(workspace, campaign, LATEST, history=b'{"seq":1}\n', plan=plan, weights={"mine.toml": b"a = 1\n"})
    return zipfile.ZipFile(io.BytesIO(made))


def test_the_pack_holds_everything(pack: zipfile.ZipFile, workspace: Workspace) -> None:
    names = pack.namelist()
    assert names[0] == "README.txt"
    assert sum(name.startswith("briefings/") for name in names) == int(workspace.states(LATEST)["is_target"].sum())
    assert pack.read("log/history.jsonl") == b'{"seq":1}\n'
    assert pack.read("weights/mine.toml") == b"a = 1\n"
    for path in (paths.PACKAGE / "facts").glob("*.csv"):
        assert pack.read(f"facts/{path.name}") == path.read_bytes()
    assert "3 new States Parties" in word_text(pack.read("report/progress-report.docx"))
    plan = list(csv.DictReader(io.StringIO(pack.read("plan/work-plan.csv").decode("utf-8-sig"))))
    assert len(plan) == len(default_plan())
    assert plan[0]["title"] == "Meet the ISU and the 10MSP Presidency to plan"


def test_the_dictionary_explains_every_column(pack: zipfile.ZipFile) -> None:
    rows = list(csv.DictReader(io.StringIO(pack.read("facts/dictionary.csv").decode("utf-8-sig"))))
    explained = {(row["file"], row["column"]): row for row in rows}
    assert explained["treaty_actions", "effective_date"]["type"] == "DATE"
    assert all(row["what_a_row_is"].startswith("One row per") for row in rows)


def test_the_readme_says_what_is_and_what_is_not_there(
    pack: zipfile.ZipFile, workspace: Workspace, campaign: Campaign
) -> None:
    readme = pack.read("README.txt").decode()
    assert "Handover pack: 10MSP" in readme
    assert "Not in this pack" not in readme
    bare = zipfile.ZipFile(io.BytesIO(handover(workspace, campaign, date(2021, 11, 30))))
    told = bare.read("README.txt").decode().split("Not in this pack")[1]
    for part in ("report/", "log/history.jsonl", "plan/", "weights/"):
        assert f"  {part}:" in told


def test_the_full_history_is_for_coordinators_only(
    workspace: Workspace, campaign: Campaign, activity: Callable[..., Entry]
) -> None:
    with pytest.raises(CcmError, match="internal handover pack"):
        handover(workspace, campaign, LATEST, history=b"x", max_confidentiality="partners")
    log = [activity(title=SECRET, confidentiality="internal")]
    public = zipfile.ZipFile(io.BytesIO(handover(workspace, campaign, LATEST, log, max_confidentiality="public")))
    names = [name for name in public.namelist() if name.endswith(("docx", "xlsx"))]
    parts = [zipfile.ZipFile(io.BytesIO(public.read(name))) for name in names]
    assert not any(b"Zanzibar" in part.read(name) for part in parts for name in part.namelist())
