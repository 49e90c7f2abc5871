"""News is provisional, confirmed or withdrawn; a correction has a source; contradictions and gaps are listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ccm_data import opening, provenance, wording
from ccm_data.errors import CcmError
from ccm_data.overlay import corrections
from ccm_data.overlay.model import Change, ChangeKind
from ccm_data.overlay.news import NewsKind, confirmation, counts_for_category_4, fact_of, news, source_of
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import ActKind, Stance
from tests.overlay.made import TODAY, deposit

SOURCE = {
    "source_id": "cn-2026", "title": "Depositary notification", "publisher": "United Nations", "url": "https://treaties.un.org/x",
    "source_date": "2026-11-20",
}  # fmt: skip


def test_news_has_its_own_source_and_the_treatys_day_of_effect() -> None:
    made = deposit()
    assert made.kind is ChangeKind.NEWS
    fact, source = fact_of(made), source_of(made)
    assert (fact["effective_date"], fact["source_id"]) == ("2027-05-01", source["source_id"])
    assert (source["publisher"], source["url"], source["source_date"]) == (
        "Ministry of Foreign Affairs", "https://mfa.example/news", "2026-11-17",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"said_by": " "}, "News needs somebody who says so"),
        ({"link": ""}, "News needs a link, or the name of the document"),
        ({"on": date(2026, 11, 1)}, "The date 2026-11-17 lies ahead"),
    ],
)
def test_news_that_cannot_be(more: dict[str, object], told: str) -> None:
    given = {"said_by": "Mission", "link": "https://x.example/y", "on": TODAY} | more
    cells = {"treaty": "CCM", "iso3": "KEN", "action": "ratification", "date": "2026-11-17", "precision": "day"}
    with pytest.raises(CcmError, match=told):
        news(NewsKind.TREATY, cells, author="Ana", **given)  # type: ignore[arg-type]


def test_a_vote_an_act_and_an_embassy_are_news_too(own_home_here: Path) -> None:
    common = ("Mission", "https://x.example/y", "Ana", TODAY)
    session = {"session": "81", "year": "2026", "stage": "first_committee", "resolution": "A/RES/81/1"}
    opening.apply(news(NewsKind.VOTE, {**session, "vote_date": "2026-11-03", "iso3": "BRA", "vote": "no"}, *common))
    act = {"iso3": "BRA", "kind": "declaration", "date": "2026-11-04", "precision": "day", "summary": "Backs the norm",
           "scope": "unilateral", "stance": "supports_norm", "stage": "cabinet_approved",
           "counts_for_category_4": counts_for_category_4(ActKind.DECLARATION, Stance.SUPPORTS_NORM)}  # fmt: skip
    opening.apply(news(NewsKind.ACT, act, *common))
    opening.apply(
        news(NewsKind.POST, {"sender": "PHL", "host": "BRA", "kind": "embassy", "as_of": "2026-11-05"}, *common)
    )
    brazil = next(row for row in opening.current().state_records(TODAY) if row["iso3"] == "BRA")
    assert (brazil["vote"], brazil["stage"], "declared_support" in brazil["categories"]) == (
        "no",
        "cabinet_approved",
        True,
    )
    assert len(brazil["provisional_source_ids"]) == 3
    assert wording.vote(brazil).words.endswith("(provisional)")
    assert wording.stage(brazil).words.endswith("(provisional)")  # type: ignore[union-attr]
    assert [said.words.endswith("(provisional)") for said in wording.posts(brazil, {"PHL": "Philippines"})][-1]
    assert brazil["status_provisional"] is False
    states = opening.current().states(TODAY)
    assert scheme(ColourBy.VOTE, states).provisional == {"BRA"}
    assert scheme(ColourBy.CATEGORIES, states).provisional == {"BRA"}
    assert scheme(ColourBy.STATUS, states).provisional == set()
    assert wording.counted(113, 1) == "112 and 1 provisional"


def test_somebody_with_a_source_confirms(own_home_here: Path) -> None:
    heard = opening.apply(deposit())
    assert heard is not None
    held = opening.current().overlay
    opening.apply(confirmation(held, heard.id, SOURCE, "Ben", "Seen at the depositary"))
    after = opening.current()
    assert after.overlay.awaiting() == ()
    kenya = next(row for row in after.state_records(TODAY) if row["iso3"] == "KEN")
    assert (kenya["status"], kenya["status_provisional"], kenya["joined_source_id"]) == (
        "state_party",
        False,
        "cn-2026",
    )
    with pytest.raises(CcmError, match="There is no news"):
        confirmation(after.overlay, heard.id, SOURCE, "Ben", "again")
    origin = provenance.of(after, "KEN", [kenya["joined_source_id"]])[0]
    assert origin.title == "Depositary notification"
    assert origin.brought_in.startswith("Confirmation by Ben on ")
    assert origin.brought_in.endswith(": Seen at the depositary (change 2)")
    assert origin.facts[0][0] == "Treaty actions"
    assert origin.facts[0][1]["date"] == "2026-11-17"
    shipped = provenance.of(after, "KEN", [kenya["signature_source_id"]])[0]
    assert shipped.brought_in == "Shipped with the program"


def test_a_corrected_day_moves_the_entry_into_force_and_needs_a_source() -> None:
    rows = corrections.rows_of(opening.current().held("treaty_actions"), "KEN")
    was = next(row for row in rows if (row["treaty"], row["action"]) == ("APMBC", "ratification"))
    after = [{**row, "date": "2001-03-15"} if row is was else row for row in rows]
    cited = corrections.source("Letter", "Kenya", "https://x.example/letter", "2026-10-01")
    change = corrections.correction("treaty_actions", rows, after, cited, "Ana", "A misprint")
    assert change.ops[-1].row is not None
    assert (was["effective_date"], change.ops[-1].row["effective_date"]) == ("2001-07-01", "2001-09-01")
    with pytest.raises(CcmError, match="A corrected row needs a source"):
        corrections.correction("treaty_actions", rows, after, None, "Ana", "A misprint")
    after = [{**row, "precision": "month"} if row is was else row for row in rows]
    with pytest.raises(CcmError, match="A corrected row needs a source"):
        corrections.correction("treaty_actions", rows, after, None, "Ana", "A misprint")
    known = [{**row, "source_id": "untc_2026_02_03"} if row["precision"] == "month" else row for row in after]
    assert corrections.correction("treaty_actions", rows, known, None, "Ana", "Another page").ops


def test_a_correction_cites_its_source_and_can_be_taken_back(own_home_here: Path) -> None:
    rows = corrections.rows_of(opening.current().held("munitions_profile"), "KEN")
    stockpile = next(row for row in rows if row["attribute"] == "stockpiler")
    assert stockpile["value"] == "unclear"
    after = [{**row, "value": "no"} if row is stockpile else row for row in rows]
    after.append({"iso3": "KEN", "attribute": "used", "value": "no", "as_of": "2026", "last_use": "", "source_id": ""})
    cited = corrections.source("Letter of the ministry", "Kenya", "https://x.example/letter", "2026-10-01")
    with pytest.raises(CcmError, match="Nothing is changed yet"):
        corrections.correction("munitions_profile", rows, rows, cited, "Ana", "x")
    with pytest.raises(CcmError, match="A corrected row needs a source"):
        corrections.correction("munitions_profile", rows, after, None, "Ana", "x")
    change = corrections.correction("munitions_profile", rows, after, cited, "Ana", "The ministry wrote")
    assert [op.file for op in change.ops] == ["sources_policy", "munitions_profile", "munitions_profile"]
    stored = opening.apply(change)
    assert stored is not None
    kenya = next(row for row in opening.current().state_records(TODAY) if row["iso3"] == "KEN")
    assert (kenya["stockpiler"], kenya["stockpiler_source_id"]) == ("no", cited["source_id"])
    assert opening.current().sources.loc[cited["source_id"], "title"] == "Correction: Letter of the ministry"
    assert "Correction by Ana" in provenance.of(opening.current(), "KEN", [cited["source_id"]])[0].brought_in
    opening.undo(stored.id, "Ana", "wrong ministry")
    kenya = next(row for row in opening.current().state_records(TODAY) if row["iso3"] == "KEN")
    assert kenya["stockpiler"] == "unclear"


def test_findings_name_both_sources_and_can_be_acknowledged(own_home_here: Path) -> None:
    found = opening.current().frame("data/findings", TODAY)
    assert found["id"].is_unique
    kinds = set(found["kind"])
    assert "Declared against the weapon, and use on record" in kinds
    assert "Members and the list of organizations differ" in kinds
    georgia = found[found["subject"] == "GEO"]
    assert list(georgia["kind"]) == [
        "Declared against the weapon, and use on record"
    ]  # used before its pledge: no break
    assert all(1 <= len(ids) <= 2 for ids in found.loc[found["kind"].str.startswith("Pledge"), "source_ids"])
    early = opening.current().frame("data/findings", date(2012, 1, 1))
    assert set(early["subject"]) < set(found["subject"])
    one = str(found["id"].iloc[0])
    opening.apply(Change("a", ChangeKind.ACKNOWLEDGEMENT, "Ana", "Asked the Monitor", about=one))
    assert [c.about for c in opening.current().overlay.standing] == [one]
    assert opening.current().overlay.digest == ""


def test_what_is_not_known_comes_first_then_the_oldest(own_home_here: Path) -> None:
    rows = opening.current().frame("data/unknown", TODAY)
    assert set(rows["iso3"]) == {row["iso3"] for row in opening.current().state_records(TODAY) if row["is_target"]}
    known = rows["known"].notna().to_numpy()
    assert list(known) == sorted(known)
    days = rows.loc[rows["known"].notna(), "known"]
    assert days.is_monotonic_increasing
    assert rows.groupby("iso3").size().nunique() == 1
