"""Where briefings are written: the facts about the asked states, read once for all of them, and the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.documents import activities as told
from ccm_data.documents import briefing_facts as facts
from ccm_data.documents import briefing_log as logged
from ccm_data.documents import wording
from ccm_data.documents.content import Row
from ccm_data.documents.note import SAID, Briefing
from ccm_data.log import Entry
from ccm_data.ranking.actions import next_actions
from ccm_data.workspace import Workspace

PARTS = ("treaties", "votes", "acts", "peers", "organizations")
"""Statements under queries/documents whose rows make up a briefing, in the order they are unpacked."""


class Desk:
    """What briefings of one day share: the facts about these states, the log as the reader may see it."""

    def __init__(
        self, workspace: Workspace, iso3s: Sequence[str], as_of: date, activities: Iterable[Entry], most: str
    ) -> None:
        self.workspace, self.as_of, self.most = workspace, as_of, most
        wanted = [workspace.iso3(code, as_of) for code in iso3s]
        self.frames = {name: workspace.frame(f"documents/{name}", as_of, iso3s=wanted) for name in PARTS}
        self.states = workspace.states(as_of).set_index("iso3", drop=False)
        self.entries = told.with_history(workspace, activities, most, as_of)
        self.contacts = told.done(self.entries)
        ours = [entry for entry in reversed(self.contacts) if entry.origin == "log"]
        last = {part.iso3: entry.activity.day for entry in ours for part in entry.activity.states}
        days = pd.Series({iso3: (as_of - day).days for iso3, day in last.items()}, dtype=float)
        self.actions = next_actions(self.states, as_of, days)
        self.coordinators = workspace.facts.frame("documents/coordinators", {"as_of": as_of})

    def briefing(self, code: str) -> Briefing:
        """The briefing of one of these states. Raises CcmError for an unknown one."""
        iso3 = self.workspace.iso3(code, self.as_of)
        row: Any = self.states.loc[iso3]
        treaties, votes, acts, peers, shares = (frame[frame["iso3"] == iso3] for frame in self.frames.values())
        mine = logged.parts(iso3, self.contacts)
        sections = (
            Row("Status", facts.status(row)),
            Row("Treaties", facts.treaties(treaties)),
            Row("Target categories", facts.categories(row)),
            Row(SAID, (*facts.said(acts), *logged.said(mine))),
            Row("Obstacles", (*facts.obstacles(acts), *logged.obstacles(mine))),
            Row("Stage", (*facts.stage(row), *logged.stages(mine))),
            Row("Promises", (*facts.promises(row, acts, self.as_of), *logged.promises(row, mine, self.as_of))),
            Row("Contacts so far", logged.contacts(mine)),
            Row("Peers that joined", facts.peers(row, peers, shares)),
            Row("Suggested ask", facts.ask(row, self.actions)),
            Row("Who should call", facts.callers(row, peers, self.coordinators)),
            Row("Embassies", facts.embassies(row)),
        )
        return Briefing(
            iso3, str(row["name"]), self.as_of, sections, facts.votes(votes), wording.foot(self.workspace, self.as_of),
            self.most, self.workspace.sources,
        )  # fmt: skip
