"""A campaign has readers: who may not see it is neither offered it nor told its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ccm_data import campaign as campaigns
from ccm_data.campaign import Campaign
from ccm_data.documents import registry
from ccm_data.documents.registry import Order
from ccm_data.errors import CcmError
from ccm_data.log import Create, Edit, Store, import_history, lines, open_store, parse, quick, verify, writing
from ccm_data.log.revision import canonical
from ccm_data.reading import Reading, read
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from ccm_data.workspace import Workspace

SECRET, SHARED = "Quiet push", "With partners"
DAY = date(2022, 6, 21)
PUBLIC, PARTNERS, INTERNAL = Confidentiality
SEEN = {PUBLIC: ["10MSP"], PARTNERS: ["10MSP", SHARED], INTERNAL: ["10MSP", SHARED, SECRET]}


def made(name: str, **values: Any) -> Campaign:
    record = parse("campaign", {"name": name, "baseline": "2022-01-01", "end": "2022-12-31", "target": 2} | values)
    assert isinstance(record, Campaign)
    return record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A log with a campaign for each circle of readers, and a public activity of the internal one."""
    opened = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    opened.save([Create(made(SHARED, confidentiality="partners")), Create(made(SECRET, baseline="2022-02-01"))], "Ana")
    talk = quick(
        ActivityType.BILATERAL_GENEVA, ["FJI"], date(2022, 3, 1), ActivityStatus.DONE, campaign=SECRET,
        confidentiality=PUBLIC, title="Talk with Fiji",
    )  # fmt: skip
    item = parse("plan_item", {"campaign": SECRET, "title": "Visit", "type": "other", "start": DAY, "end": DAY})
    opened.save([Create(talk), Create(item)], "Ana")
    yield opened
    opened.close()


def test_a_campaign_is_internal_unless_it_says_otherwise_and_the_concept_notes_is_public() -> None:
    assert made("New").confidentiality is INTERNAL
    assert [one.confidentiality for one in campaigns.shipped()] == [PUBLIC]


@pytest.mark.parametrize("audience", list(Confidentiality))
def test_each_audience_is_offered_what_it_may_see(store: Store, workspace: Workspace, audience: Any) -> None:
    offered = [one.name for one in campaigns.possible(store, workspace, DAY, audience)]
    assert offered == [*SEEN[audience], campaigns.period(workspace, DAY).name]
    assert {item.record.campaign for item in campaigns.plan_items(store, audience)} == (
        {"10MSP", SECRET} if audience is INTERNAL else {"10MSP"}
    )


@pytest.mark.parametrize(
    ("day", "opens", "public"),
    [
        (DAY, "by_period", "10MSP"),
        (DAY, "always", "10MSP"),
        (date(2022, 12, 1), "always", "Since the Tenth Meeting of States Parties"),
    ],
)
def test_a_public_reading_opens_on_the_public_campaign_of_the_day_or_the_time_since_the_meeting(
    store: Store, workspace: Workspace, day: date, opens: str, public: str
) -> None:
    held = next(entry for entry in store.entries("campaign") if entry.title == SECRET)
    store.save([Edit(held.subject, held.version, {"opens": opens})], "Ana")
    mine = read(workspace, store, as_of=day, audience=INTERNAL)
    assert (mine.campaign.name, mine.log_campaign) == (SECRET, SECRET)
    for given in (read(workspace, store, as_of=day), mine.for_audience(PUBLIC)):
        assert given.campaign.name == public
        assert given.audience is PUBLIC


def test_a_campaign_that_the_readers_may_not_see_is_refused(store: Store, workspace: Workspace) -> None:
    secret = campaigns.find(SECRET, campaigns.known(store, INTERNAL))
    with pytest.raises(CcmError, match="The campaign is not for public readers; choose one that they may see"):
        read(workspace, store, as_of=DAY, campaign=secret)
    for name in (SECRET, "Anything else"):  # the same answer, whether there is one or not
        with pytest.raises(CcmError) as refused:
            campaigns.find(name, campaigns.known(store, PUBLIC), quote=False)
        assert str(refused.value) == "There is no such campaign to show here; possible: 10MSP."


def everything(given: Reading) -> str:
    """What a reading holds of its campaign and of the log, as text."""
    entries = [*given.activities(), *given.logged()]
    possible = campaigns.possible(given.store, given.workspace, given.as_of, given.audience)
    return "\n".join([
        repr(given.campaign), given.log_campaign, repr(possible), *(repr(entry.as_json()) for entry in entries),
        repr(given.contacts("FJI")), repr(given.contacts_by_state().get("FJI")), repr(given.offers),
    ])  # fmt: skip


def test_a_public_reading_never_holds_the_name(store: Store, workspace: Workspace) -> None:
    inside = read(workspace, store, as_of=DAY, audience=INTERNAL)
    assert SECRET in everything(inside)
    for given in (read(workspace, store, as_of=DAY), inside.for_audience(PUBLIC)):
        said = everything(given)
        assert "Talk with Fiji" in said  # the activity is public, its campaign is not
        assert SECRET not in said
        assert SHARED not in said
    made = registry.make("report", inside.for_audience(PUBLIC), Order("docx"))
    assert "10MSP" in made.name


def test_a_campaign_written_before_campaigns_had_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_then(record: Any) -> str:
        later = ("opens", "confidentiality")
        return canonical({name: held for name, held in record.model_dump(mode="json").items() if name not in later})

    log = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    (shipped,) = log.entries("campaign")
    with monkeypatch.context() as then:
        then.setattr(writing, "payload_of", as_then)
        log.save([Create(made("Old one")), Edit(shipped.subject, 0, {"note": "Moved"})], "Ana")
    assert {e.title: e.record.confidentiality for e in log.entries("campaign")} == {
        "10MSP": PUBLIC,
        "Old one": INTERNAL,
    }
    assert verify(log).ok
    copy = open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    import_history(copy, lines(log))
    assert verify(copy).head == verify(log).head
    copy.close()
    (edited,) = log.save([Edit(shipped.subject, 1, {"confidentiality": "internal"})], "Ana")
    assert edited.record.confidentiality is INTERNAL
    assert {e.title: e.record.confidentiality for e in log.entries("campaign")}["10MSP"] is INTERNAL
    log.close()
