"""Where briefings are written: what one reading says about the asked states, read once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ccm_data import contacts, wording
from ccm_data.call import calls
from ccm_data.documents import briefing_call as called
from ccm_data.documents import briefing_facts as facts
from ccm_data.documents import briefing_log as logged
from ccm_data.documents.content import Row, Text
from ccm_data.documents.note import SAID, Briefing
from ccm_data.reading import Reading

PARTS = ("treaties", "votes", "acts", "peers", "organizations")
"""Questions about states (queries/state) whose rows make up a briefing, in the order they are unpacked."""


class Desk:
    """What briefings of one reading share."""

    def __init__(self, reading: Reading, iso3s: Sequence[str]) -> None:
        self.reading = reading
        wanted = [reading.workspace.iso3(code, reading.as_of) for code in iso3s]
        self.frames = {name: reading.about(name, wanted) for name in PARTS}
        self.states = reading.states().set_index("iso3", drop=False)
        self.activities = reading.activities(wanted)
        self.calls = calls(reading, wanted)

    def briefing(self, code: str) -> Briefing:
        """The briefing of one of these states. Raises CcmError for an unknown one."""
        reading = self.reading
        iso3 = reading.workspace.iso3(code, reading.as_of)
        row: Any = self.states.loc[iso3]
        treaties, votes, acts, peers, shares = (frame[frame["iso3"] == iso3] for frame in self.frames.values())
        mine = contacts.of_state(iso3, self.activities)
        call = (*called.rows(self.calls[iso3]), Row("Target categories", facts.categories(row)))
        rest = (
            Row("Treaties", facts.treaties(treaties)),
            *facts.munitions(row),
            Row(SAID, (*facts.said(acts), *logged.said(mine))),
            Row("Obstacles", (*facts.obstacles(acts), *logged.obstacles(mine)) or (Text(wording.NO_OBSTACLE),)),
            Row("Stage", (*facts.stage(row), *logged.stages(mine))),
            *([Row("Earlier contacts", logged.contacts(mine[1:]))] if mine[1:] else []),
            Row("Peers that joined", facts.peers(row, peers, shares)),
        )
        return Briefing(
            iso3, str(row["name"]), reading.as_of, call, rest, facts.votes(votes), reading.foot, reading.marking,
            reading.workspace.sources,
        )  # fmt: skip
