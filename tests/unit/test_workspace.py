"""The workspace: facts that are broken stop nothing that does not need them, and say where they are broken."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from ccm_data import paths
from ccm_data.campaign import find, shipped
from ccm_data.errors import CcmError, FactsError
from ccm_data.filters import StateFilter
from ccm_data.snapshot import SHIPPED_DAYS
from ccm_data.workspace import Workspace
from tests.conftest import Open

BASELINE = date(2021, 11, 30)


@pytest.fixture
def broken(tmp_path: Path) -> Workspace:
    """The shipped facts with one line broken: Kenya's signature is dated 30 February."""
    folder = tmp_path / "facts"
    shutil.copytree(paths.PACKAGE / "facts", folder)
    file = folder / "treaty_actions.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [i for i, text in enumerate(lines) if text.startswith("CCM,KEN,signature,")]
    lines[at] = lines[at].replace("2008-12-03", "2008-02-30")
    file.write_text("".join(lines), encoding="utf-8")
    workspace = Workspace(facts_dir=folder, cache=tmp_path / "cache")
    workspace.broken_line = at + 1  # type: ignore[attr-defined]
    return workspace


class TestBrokenFacts:
    def test_findings_name_file_line_and_column(self, broken: Workspace) -> None:
        (finding,) = broken.findings
        assert finding.startswith(f"treaty_actions.csv:{broken.broken_line}: date: '2008-02-30' ")  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            (date(2021, 12, 30), BASELINE),
            (BASELINE, BASELINE),
            (date(2026, 6, 1), date(2026, 2, 3)),
            (date(2010, 8, 1), date(2010, 8, 1)),
        ],
        ids=str,
    )
    def test_the_last_good_snapshot_is_shown_with_a_warning(
        self, broken: Workspace, workspace: Workspace, asked: date, shown: date
    ) -> None:
        found = broken.snapshot(asked)
        assert found.warning == f"The facts are broken; this is the last good snapshot, of {shown}."
        assert found.as_of == shown
        assert found.table.equals(workspace.snapshot(shown).table)

    def test_before_the_first_shipped_day_there_is_none(self, broken: Workspace) -> None:
        with pytest.raises(FactsError, match=r"^The facts are broken: treaty_actions\.csv:\d+: date: "):
            broken.snapshot(date(2009, 1, 1))

    def test_a_damaged_shipped_snapshot_is_passed_over(self, broken: Workspace, tmp_path: Path) -> None:
        shutil.copytree(paths.SNAPSHOTS, tmp_path / "shipped")
        (tmp_path / "shipped" / f"as_of={BASELINE}" / "states.parquet").write_bytes(b"PAR1")
        workspace = Workspace(broken.facts_dir, tmp_path / "shipped", tmp_path / "cache")
        found = workspace.snapshot(BASELINE)
        assert found.warning == "The facts are broken; this is the last good snapshot, of 2020-12-31."
        assert found.as_of == date(2020, 12, 31)

    def test_states_and_filters_still_answer(self, broken: Workspace) -> None:
        states = broken.states(BASELINE, StateFilter(categories=("signatory",), orgs=("EAC",)))
        assert len(states) == 197
        assert set(states.loc[states["matches"], "iso3"]) == {"COD", "KEN", "TZA", "UGA"}
        assert "EAC" in set(broken.organizations["code"])
        assert broken.horizon == date(2026, 2, 3)
        assert broken.sources_of(states).empty

    def test_what_needs_the_facts_says_why_it_cannot(self, broken: Workspace) -> None:
        with pytest.raises(FactsError) as raised:
            broken.frame("state/timeline", BASELINE, iso3="KEN")
        assert str(raised.value) == f"The facts are broken: {broken.findings[0]}"
        assert raised.value.findings == broken.findings

    def test_nothing_of_broken_facts_is_cached(self, broken: Workspace) -> None:
        broken.states(BASELINE)
        assert not broken.cache.exists()


def test_a_folder_without_facts_names_every_file_it_lacks(tmp_path: Path) -> None:
    workspace = Workspace(facts_dir=tmp_path / "nowhere", cache=tmp_path / "cache")
    assert "treaty_actions.csv:1: file: is missing from the facts folder" in workspace.findings
    assert len(workspace.findings) == 20
    assert workspace.snapshot(BASELINE).as_of == BASELINE


def test_sound_facts_have_no_findings_and_no_error(workspace: Workspace) -> None:
    assert workspace.findings == []
    with pytest.raises(CcmError, match=r"^The facts are sound\.$"):
        workspace.facts_error()


def test_a_changed_fact_is_another_set_of_facts_with_its_own_cache(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(paths.PACKAGE / "facts", folder)
    file = folder / "treaty_actions.csv"
    text = file.read_text(encoding="utf-8")
    assert "CCM,VUT,accession,2025-09-05" in text
    file.write_text(text.replace("CCM,VUT,accession,2025-09-05", "CCM,VUT,accession,2025-09-15"), encoding="utf-8")
    other = Workspace(facts_dir=folder, cache=tmp_path / "cache")
    assert other.findings == []
    assert other.cache != workspace.cache
    for day, status in ((date(2025, 9, 10), "not_party"), (date(2026, 2, 3), "state_party")):
        row = other.states(day).set_index("iso3").loc["VUT"]
        assert row["status"] == status
        assert other.snapshot(day).warning is None


def test_many_threads_read_one_workspace(workspace: Workspace) -> None:
    found: list[int] = []

    def read(year: int) -> None:
        states = workspace.states(date(year, 12, 31), StateFilter(statuses=("state_party",)))
        votes = workspace.frame("state/votes", date(year, 12, 31), iso3s=["KEN"])
        found.append(int(states["matches"].sum()) + 0 * len(votes))

    threads = [Thread(target=read, args=(year,)) for year in range(2010, 2026)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert max(found) == 112


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("XXX", "'XXX' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN."),
        ("KEY", "'KEY' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN."),
        ("LIB", "'LIB' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as LIE."),
        ("", "'' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN."),
    ],
)
def test_an_unknown_state_is_a_sentence(workspace: Workspace, code: str, sentence: str) -> None:
    with pytest.raises(CcmError) as raised:
        workspace.iso3(code, BASELINE)
    assert str(raised.value) == sentence


def test_a_state_is_known_by_its_code_in_any_case(workspace: Workspace) -> None:
    assert workspace.iso3("ken", BASELINE) == workspace.iso3("KEN", BASELINE) == "KEN"


def test_headline_counts_the_campaign_and_the_filter(reading: Open) -> None:
    (campaign,) = [c for c in shipped() if c.baseline == BASELINE]
    assert (campaign.end, campaign.target, campaign.report_due) == (date(2022, 8, 30), 3, date(2022, 6, 21))
    assert find(campaign.name) == campaign
    day = date(2026, 2, 3)
    given = reading(day, campaign=campaign)
    figures = given.headline(given.states(StateFilter(categories=("signatory",)))).to_dict()
    assert figures == {
        "state_party": 112, "signatory": 12, "not_party": 72, "withdrawn": 1, "targets": 85, "targets_in_filter": 12,
        "new_parties": 3, "new_parties_by_end": 0, "state_party_provisional": 0, "signatory_provisional": 0,
        "withdrawn_provisional": 0, "new_parties_provisional": 0,
    }  # fmt: skip
    assert given.headline(given.states())["targets_in_filter"] == 85


def test_an_unknown_campaign_is_a_sentence_with_the_possible_ones() -> None:
    names = ", ".join(campaign.name for campaign in shipped())
    with pytest.raises(CcmError) as raised:
        find("nothing")
    assert str(raised.value) == f"There is no campaign 'nothing'; possible: {names}."


def test_sources_of_the_shown_states_are_those_of_their_attributes(workspace: Workspace) -> None:
    states = workspace.states(BASELINE, StateFilter(text="KEN"))
    kenya = states[states["matches"]]
    ids = set(workspace.sources_of(kenya)["source_id"])
    row = kenya.iloc[0]
    assert {row["signature_source_id"], row["vote_source_id"], *row["organization_source_ids"]} <= ids
    assert {act["source_id"] for act in row["support_acts"]} <= ids
    assert len(ids) < len(workspace.sources)


def test_shipped_days_are_within_the_horizon(workspace: Workspace) -> None:
    assert max(SHIPPED_DAYS) <= workspace.horizon <= workspace.latest
