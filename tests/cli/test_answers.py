"""What the commands answer: the figures of the issue, in the JSON shapes of the design."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ccm_data import snapshot
from ccm_data.filters import StateFilter
from ccm_data.vocab import Category, codes
from ccm_data.workspace import Workspace

VOTE = {"vote", "stage", "session", "date", "resolution"}


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        (["--as-of", "2021-11-30"], {"state_party": 110, "signatory": 13, "not_party": 74}),
        (["--as-of", "2025-08-01"], {"state_party": 111, "signatory": 12, "not_party": 73, "withdrawn": 1}),
        ([], {"state_party": 112, "signatory": 12, "not_party": 72, "withdrawn": 1}),
        (["--as-of", "2008-12-03"], {"state_party": 4, "signatory": 88, "not_party": 104}),
    ],
)
def test_states_counts(ccm: Callable, when: list[str], counts: dict[str, int]) -> None:
    done = ccm("states", *when, "--format", "json")
    assert (done.status, done.err) == (0, "")
    answer = done.json
    assert set(answer) == {"as_of", "states"}
    assert answer["as_of"] == (when[1] if when else date.today().isoformat())
    assert Counter(state["status"] for state in answer["states"]) == counts


def test_the_shape_of_a_state(ccm: Callable) -> None:
    states = {s["iso3"]: s for s in ccm("states", "--as-of", "2021-11-30", "--format", "json").json["states"]}
    assert len(states) == 197
    assert {"iso3", "name", "status", "categories", "latest_vote"} <= set(states["KEN"])
    assert states["KEN"]["latest_vote"] == {
        "vote": "yes", "stage": "plenary", "session": 75, "date": "2020-12-07", "resolution": "A/RES/75/62"
    }  # fmt: skip
    assert states["KEN"]["categories"] == codes(Category)
    assert states["COK"]["latest_vote"] is None
    for state in states.values():
        assert isinstance(state["categories"], list)
        assert state["latest_vote"] is None or set(state["latest_vote"]) == VOTE


@pytest.mark.parametrize("day", ["2008-12-03", "2015-11-05", "2021-11-30", "2026-02-03"])
@pytest.mark.parametrize("category", codes(Category))
def test_targets_of_each_category_on_any_day(ccm: Callable, workspace: Workspace, category: str, day: str) -> None:
    done = ccm("targets", "--category", category, "--as-of", day, "--format", "json")
    assert (done.status, done.err) == (0, "")
    found = done.json["states"]
    states = workspace.states(date.fromisoformat(day), StateFilter(categories=(category,)))
    assert {s["iso3"] for s in found} == set(states.loc[states["matches"], "iso3"])
    assert all(category in s["categories"] and s["status"] != "state_party" for s in found)
    ranks = [s["rank"] for s in found]
    assert ranks == sorted(set(ranks))
    assert all(0 <= s["score"] <= 100 for s in found)


def test_targets_any_all_without_and_org(ccm: Callable) -> None:
    def asked(*arguments: str) -> set[str]:
        return {s["iso3"] for s in ccm("targets", "--format", "json", *arguments).json["states"]}

    everyone = asked()
    assert len(everyone) == 85
    both = ["--category", "signatory", "--category", "declared_support"]
    one, other = asked(*both[:2]), asked(*both[2:])
    assert len(one) == 12
    assert asked(*both) == one | other
    assert asked(*both, "--match", "all") == one & other
    assert asked(*both[:2], "--without", "declared_support") == one - other
    assert asked("--category", "signatory", "--org", "EAC") == {"COD", "KEN", "TZA", "UGA"}
    assert asked("--region", "Oceania") == {"FSM", "KIR", "MHL", "PNG", "SLB", "TON", "TUV"}
    assert asked("--status", "withdrawn") == {"LTU"}
    assert asked("--group", "Eastern European", "--category", "mine_ban_party", "--text", "serb") == {"SRB"}
    assert asked("--unaffected", "--population-limit", "300000") == {"BRB", "DMA", "FSM", "KIR", "MHL", "TON", "TUV"}
    assert asked("--text", "nowhere") == set()


def test_one_state_with_sources(ccm: Callable) -> None:
    done = ccm("state", "ken", "--as-of", "2021-11-30", "--format", "json")
    kenya = done.json
    assert (done.status, kenya["as_of"], kenya["iso3"], kenya["status"]) == (0, "2021-11-30", "KEN", "signatory")
    assert {"treaties", "votes", "acts", "memberships", "timeline", "sources", "attributes"} <= set(kenya)
    assert ("CCM", "2008-12-03", None) in {
        (t["treaty"], t["signature_date"], t["joined_date"]) for t in kenya["treaties"]
    }
    assert (
        max(row["date"] for part in ("votes", "acts", "timeline") for row in kenya[part] if "date" in row)
        <= "2021-11-30"
    )
    ids = {source["source_id"] for source in kenya["sources"]}
    used = {
        row["source_id"]
        for part in ("treaties", "votes", "acts", "memberships", "timeline", "peers")
        for row in kenya[part]
    }
    assert used - {None} == ids
    assert all(source["title"] for source in kenya["sources"])


def test_snapshot_diff_of_the_campaign_until_now(ccm: Callable) -> None:
    answer = ccm("snapshot", "diff", "2021-11-30", "2026-02-03", "--format", "json").json
    assert (answer["from"], answer["to"]) == ("2021-11-30", "2026-02-03")
    assert all(set(c) == {"iso3", "attribute", "before", "after", "source_ids"} for c in answer["changes"])
    status = {c["iso3"]: c["after"] for c in answer["changes"] if c["attribute"] == "status"}
    assert status == {"LTU": "withdrawn", "NGA": "state_party", "SSD": "state_party", "VUT": "state_party"}
    assert all(c["source_ids"] for c in answer["changes"])


def test_snapshot_diff_as_a_table_shows_lists_dates_and_blanks(ccm: Callable) -> None:
    done = ccm("snapshot", "diff", "2021-11-30", "2026-02-03")
    assert done.status == 0
    rows = [re.split(r"\s{2,}", line.strip()) for line in done.out.splitlines()]
    assert rows[0] == ["iso3", "attribute", "before", "after", "source_ids"] or rows[0][0].startswith("iso3")
    assert any("VUT" in line and "icblcmc_vut" in line and "state_party" in line for line in done.out.splitlines())
    assert "None" not in done.out
    assert "[" not in done.out


@pytest.mark.parametrize("command", [["states"], ["targets", "--category", "signatory"], ["state", "KEN"]])
def test_tables_are_for_people(ccm: Callable, command: list[str]) -> None:
    done = ccm(*command, "--as-of", "2021-11-30")
    assert (done.status, done.err) == (0, "")
    assert "Kenya" in done.out
    assert not re.search(r"\b(NaN|NaT|None|00:00:00)\b", done.out)


def test_a_table_without_rows_says_so(ccm: Callable) -> None:
    assert ccm("targets", "--text", "nowhere").out == "No rows.\n"


def test_snapshot_build_writes_where_it_is_told(ccm: Callable, tmp_path: Path) -> None:
    done = ccm("snapshot", "build", "--as-of", "2021-11-30", "--as-of", "2019-03-01", "--to", str(tmp_path / "out"))
    assert done.status == 0
    assert done.out.split() == [
        str(tmp_path / "out" / f"as_of={day}" / "states.parquet") for day in ("2019-03-01", "2021-11-30")
    ]
    assert snapshot.stored_days(tmp_path / "out") == [date(2019, 3, 1), date(2021, 11, 30)]
    assert snapshot.read(tmp_path / "out", date(2021, 11, 30)).table.num_rows == 197


def test_snapshot_build_all_writes_every_shipped_day_the_horizon_and_the_last_facts_day(
    ccm: Callable, tmp_path: Path
) -> None:
    assert ccm("snapshot", "build", "--all", "--to", str(tmp_path)).status == 0
    assert snapshot.stored_days(tmp_path) == sorted({*snapshot.SHIPPED_DAYS, date(2026, 2, 3), date(2026, 6, 2)})
    lasting = {day: snapshot.read(tmp_path, day).lasting for day in snapshot.stored_days(tmp_path)}
    assert [day for day, lasts in lasting.items() if lasts] == [date(2026, 6, 2)]


def test_facts_check(ccm: Callable) -> None:
    done = ccm("facts", "check")
    assert (done.status, done.err) == (0, "")
    assert re.fullmatch(r"20 files, \d{4,} rows: no errors\n", done.out)
    assert ccm("facts", "check", "--format", "json").json["findings"] == []
