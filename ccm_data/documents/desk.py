"""Where briefings are written: what one reading says about the asked states, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ccm_data import contacts
from ccm_data.call import calls
from ccm_data.documents import briefing_call as called
from ccm_data.documents import briefing_facts as facts
from ccm_data.documents import briefing_log as logged
from ccm_data.documents.content import Row
from ccm_data.documents.note import Briefing, Part
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.reading import Reading

PARTS = ("treaties", "votes", "acts", "peers", "organizations")
"""Questions about states (queries/state) whose rows make up a briefing."""


class Desk:
    """What briefings of one reading in one language share."""

    def __init__(self, reading: Reading, iso3s: Sequence[str], tongue: Tongue = ENGLISH) -> None:
        self.reading, self.tongue = reading, tongue
        wanted = [reading.workspace.iso3(code, reading.as_of) for code in iso3s]
        self.frames = {name: reading.about(name, wanted) for name in PARTS}
        self.states = reading.states().set_index("iso3", drop=False)
        self.activities = reading.activities(wanted)
        self.calls = calls(reading, wanted, tongue)

    def briefing(self, code: str) -> Briefing:
        """The briefing of one of these states. Raises CcmError for an unknown one."""
        reading, t = self.reading, self.tongue
        iso3 = reading.workspace.iso3(code, reading.as_of)
        row: Any = self.states.loc[iso3]
        call = self.calls[iso3]
        frames = {name: frame[frame["iso3"] == iso3] for name, frame in self.frames.items()}
        mine = contacts.of_state(iso3, self.activities)
        record = (*called.record(call, t), *self._record(frames["acts"], mine))
        parts = (
            Part("", tuple(called.meeting(call, t))),
            Part(t.say("On record"), record),
            Part(t.say("Facts"), tuple(self._facts(row, call.marks, frames, mine))),
        )
        return Briefing(
            iso3, str(row["name"]) if t is ENGLISH else t.state(iso3), reading.as_of, parts, reading.foot_in(t),
            t.say(reading.marking), reading.workspace.sources, t,
        )  # fmt: skip

    def _record(self, acts: pd.DataFrame, mine: logged.Contacts) -> Iterator[Row]:
        """Earlier contacts and what the state has said, as far as on record."""
        t = self.tongue
        yield from _held(t.say("Earlier contacts"), logged.contacts(mine[1:], t))
        yield from _held(t.say("What it has said"), (*facts.said(acts, t), *logged.said(mine, t)))

    def _facts(self, row: Any, marks: Any, frames: dict[str, pd.DataFrame], mine: logged.Contacts) -> Iterator[Row]:
        t = self.tongue
        yield Row(t.say("Target categories"), facts.categories(row, marks, t))
        yield from _held(t.say("Votes"), facts.votes(frames["votes"], t))
        yield from _held(t.say("Treaties"), facts.treaties(frames["treaties"], t))
        yield from _held(t.say("Munitions"), facts.munitions(row, t))
        named = (*facts.obstacles(frames["acts"], t), *logged.obstacles(mine, t))
        yield from _held(t.say("Obstacles"), named)
        yield from _held(t.say("Stage"), (*facts.stage(row, t), *logged.stages(mine, t)))
        yield from _held(t.say("Peers that joined"), facts.peers(frames["peers"], frames["organizations"], t))


def _held(label: str, items: Sequence[Any]) -> Iterator[Row]:
    """A section, where there is something to say."""
    if items:
        yield Row(label, tuple(items))
