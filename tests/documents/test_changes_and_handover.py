"""Minutes of what changed, the votes page's data, the handover pack."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from ccm_data import paths
from ccm_data.documents import handover as handovers
from ccm_data.documents.changes import changes
from ccm_data.documents.handover import handover
from ccm_data.errors import CcmError
from ccm_data.log import Entry, default_plan, parse
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, word_text

LATEST = date(2026, 2, 3)


def test_minutes_tell_joins_withdrawal_and_activities(reading: Open, activity: Callable[..., Entry]) -> None:
    log = [
        activity(start="2022-02-01"), activity(start="2021-11-30", title="On the first day"),
        activity(start="2022-02-02", title=SECRET, confidentiality="internal"),
    ]  # fmt: skip
    made = changes(reading(LATEST, log), BASELINE)
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


def test_days_out_of_order_get_a_sentence(reading: Open) -> None:
    with pytest.raises(CcmError, match="is not before"):
        changes(reading(BASELINE), LATEST)


def test_votes_say_who_changed_when(reading: Open) -> None:
    given = reading(LATEST)
    changed, grid = given.rows("votes/changes", since=date.min), given.rows("votes/grid")
    assert len(grid[grid["changed"]]) == len(changed)
    assert {"USA"} <= set(changed.loc[changed["year"] == 2025, "iso3"])
    assert "KEN" not in set(changed["iso3"])
    since = date(2024, 12, 31)
    assert set(given.rows("votes/changes", since=since)["year"]) == {2025}
    assert list(given.rows("votes/totals", since=since)["session"]) == [80]


@pytest.fixture(scope="module")
def pack(reading: Open) -> zipfile.ZipFile:
    entry = Entry("activity", "", 1, parse("activity", {
        "start": "2021-10-15", "type": "bilateral_geneva", "status": "done", "title": SECRET,
        "states": [{"iso3": "KEN"}],
    }))  # fmt: skip
    return zipfile.ZipFile(io.BytesIO(handover(reading(LATEST, [entry], campaign="10MSP", audience="internal"))))


def test_the_pack_holds_everything(pack: zipfile.ZipFile, workspace: Workspace) -> None:
    names = pack.namelist()
    assert names[0] == "README.txt"
    assert sum(name.startswith("briefings/") for name in names) == int(workspace.states(LATEST)["is_target"].sum())
    assert {"deck.pptx", "map.html"} <= set(names)
    assert "Que dire" in word_text(pack.read("briefings/briefing-CAF-2026-02-03.docx")), "in its own language"
    assert "Ce que demande la Convention" in word_text(pack.read("leave-behinds/leave-behind-CAF-2026-02-03.docx"))
    assert "What to say" in word_text(pack.read("briefings/briefing-KEN-2026-02-03.docx"))
    assert SECRET.encode() in pack.read("log/history.jsonl")
    assert b"[weights]" in pack.read("weights/concept_note.toml")
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


def test_the_readme_says_what_is_there_and_both_days(pack: zipfile.ZipFile) -> None:
    readme = pack.read("README.txt").decode()
    assert "Handover pack: 10MSP" in readme
    assert "Facts as of 3 February 2026; activity log read through 3 February 2026." in readme
    assert "Not in this pack" not in readme


def test_the_full_history_is_for_coordinators_only(
    reading: Open, activity: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = handovers._about
    monkeypatch.setattr(handovers, "_about", lambda given, targets, spoken: usual(given, targets[:4], spoken))
    log = [activity(title=SECRET, confidentiality="internal")]
    public = zipfile.ZipFile(io.BytesIO(handover(reading(date(2009, 6, 1), log, campaign="10MSP"))))
    names = [name for name in public.namelist() if name.endswith(("docx", "xlsx"))]
    parts = [zipfile.ZipFile(io.BytesIO(public.read(name))) for name in names]
    assert not any(b"Zanzibar" in part.read(name) for part in parts for name in part.namelist())
    told = public.read("README.txt").decode().split("Not in this pack")[1]
    for part in ("report/", "log/history.jsonl"):
        assert f"  {part}:" in told
