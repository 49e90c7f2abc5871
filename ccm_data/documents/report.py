"""The progress report of a campaign: what was aimed at, what came of it, what was done. A draft for the coordinators.

Every number comes from a statement under queries/documents and stands beside the day or the period it is true for.
Status changes count after the first day of the period, which is the baseline, through its last; activities count
from the first day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from ccm_data.campaign import Campaign
from ccm_data.dates import EARLIEST, words
from ccm_data.documents import activities as told
from ccm_data.documents import charts, docx, pdf, pictures, report_parts, wording
from ccm_data.documents.content import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Picture,
    Text,
    numbered,
)
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace

STATEMENTS = (
    "result", "status_changes", "categories", "targets", "votes_totals", "votes_changes", "statements", "promises",
    "activities", "activities_by_type", "activities_by_region", "activities_by_implementer", "workshops", "bilaterals",
    "positions", "obstacles", "challenges",
)  # fmt: skip
"""The statements under queries/documents whose rows make up a report."""


@dataclass(frozen=True)
class Report:
    """A progress report. `rows` holds the answer of each statement by its name; `result` is the one row that counts
    joins, withdrawals and their balance.
    """

    campaign: Campaign
    start: date
    end: date
    rows: dict[str, pd.DataFrame]
    workspace: Workspace
    max_confidentiality: str

    @property
    def result(self) -> dict[str, int]:
        """States Parties, signatories and targets before and after; joined, withdrew, signed, net."""
        return {str(name): int(value) for name, value in self.rows["result"].iloc[0].items()}

    @property
    def summary(self) -> str:
        """The result in one sentence, with the names."""
        result, changes = self.result, self.rows["status_changes"]
        joined = report_parts.names(changes[changes["what"] == "joined"])
        left = report_parts.names(changes[changes["what"] == "left"])
        many = "State Party" if result["joined"] == 1 else "States Parties"
        return (
            f"{result['joined']} new {many} between {words(self.start)} and {words(self.end)}"
            f"{f' ({joined} joined)' if joined else ''}; {result['withdrew']} withdrew"
            f"{f' ({left} left)' if left else ''}; net {result['net']:+d}."
        )

    @cached_property
    def document(self) -> Document:
        """The report as a document: result, adherence, norm, challenges, questions, annexes."""
        blocks = tuple(self._blocks())
        return Document(
            title=f"Progress report: {self.campaign.name}",
            subtitle=f"Convention on Cluster Munitions, {words(self.start)} to {words(self.end)} (draft)",
            marking=wording.marking(self.max_confidentiality), as_of=self.end, blocks=blocks,
            sources=numbered(blocks, self.workspace.sources, self.end), foot=wording.foot(self.workspace, self.end),
        )  # fmt: skip

    def docx(self) -> bytes:
        """The report as a Word file."""
        return docx.render(self.document)

    def pdf(self) -> bytes:
        """The report as PDF."""
        return pdf.render(self.document)

    def _blocks(self) -> Iterable[Block]:
        rows, period = self.rows, f"{words(self.start)} to {words(self.end)}"
        yield Heading("Expected output and result")
        yield Paragraph(Text(self._expected()))
        yield Paragraph(Text(self.summary, tuple(rows["status_changes"]["source_id"])))
        yield report_parts.standing(self.result, self.start, self.end)
        yield Picture(self._map(), f"The world by status, as of {words(self.end)}")
        yield Heading("I. Adherence to the Convention")
        yield self._parties_chart()
        yield report_parts.status_changes(rows["status_changes"], period)
        yield report_parts.categories(rows["categories"], self.start, self.end)
        yield Heading("Activities", 2)
        yield from report_parts.activity_counts(rows, period)
        yield report_parts.bilaterals(rows["bilaterals"], period)
        yield report_parts.workshops(rows["workshops"], period)
        yield Heading("Positions, obstacles and promises", 2)
        yield report_parts.positions(rows["positions"], period)
        yield report_parts.obstacles(rows["obstacles"], self.end)
        yield from report_parts.promises(rows["promises"], period, self.end)
        yield Heading("II. The norm")
        yield from report_parts.votes(rows["votes_totals"], rows["votes_changes"], period)
        if len(rows["votes_totals"]):
            yield self._votes_chart()
        yield report_parts.statements(rows["statements"], period)
        yield report_parts.withdrawals(rows["status_changes"], period)
        yield Heading("Challenges")
        yield Bullets(tuple(report_parts.challenges(rows, self.result, period, self.end)))
        yield Heading("Questions for discussion")
        yield Bullets(tuple(report_parts.questions(rows, self.result, self.campaign.target)))
        yield Heading("Annexes")
        yield report_parts.targets(rows["targets"], self.end)
        yield report_parts.activities(rows["activities"], period, self.max_confidentiality)

    def _expected(self) -> str:
        campaign = self.campaign
        aim = f"Expected output: at least {campaign.target} new States Parties between "
        aim += f"{words(campaign.baseline)} and {words(campaign.end)}."
        if (campaign.baseline, campaign.end) != (self.start, self.end):
            return f"{aim} This report covers {words(self.start)} to {words(self.end)}."
        reached = "reached" if self.result["joined"] >= campaign.target else "not reached"
        return f"{aim} As of {words(self.end)} the target is {reached}: {self.result['joined']} of {campaign.target}."

    def _parties_chart(self) -> Picture:
        title = f"States Parties at the end of each year, as of {words(self.end)}"
        rows = self.workspace.frame("changes/parties_by_year", self.end)
        drawn = pictures.chart_svg(charts.parties(rows), title, self.end, self._sources_of_status())
        return Picture(drawn, title)

    def _votes_chart(self) -> Picture:
        title = f"Votes on the General Assembly resolution, as of {words(self.end)}"
        rows = self.workspace.frame("votes/totals", self.end)
        sources = pictures.publishers(self.workspace, rows["source_id"])
        drawn = pictures.chart_svg(charts.votes(rows), title, self.end, sources)
        return Picture(drawn, title)

    def _map(self) -> str:
        states = self.workspace.states(self.end)
        return pictures.map_svg(pictures.status_scheme(states), self.end, self._sources_of_status())

    def _sources_of_status(self) -> str:
        return pictures.publishers(self.workspace, pictures.status_sources(self.workspace.states(self.end)))


def report(
    workspace: Workspace,
    campaign: Campaign,
    start: date | None = None,
    end: date | None = None,
    activities: Iterable[Entry] = (),
    *,
    max_confidentiality: str = Confidentiality.PUBLIC,
) -> Report:
    """The progress report of a campaign for a period, its own by default (through the horizon if it still runs).

    `activities` are entries of the log; those that readers of `max_confidentiality` may not see are left out, the
    outreach events of the facts are added. Raises CcmError for a period that is none, FactsError for broken facts.
    """
    first = start or campaign.baseline
    last = end or min(campaign.end, workspace.latest)
    if not EARLIEST <= first < last <= workspace.latest:
        raise CcmError(
            f"A report from {first} to {last} is not possible: it begins on {EARLIEST} or later, before it ends, "
            f"and ends by {workspace.latest}."
        )
    entries = told.with_history(workspace, activities, max_confidentiality, last)
    given: dict[str, Any] = {
        **told.tables(entries), "snapshot": workspace.snapshot(last).table, "earlier": workspace.snapshot(first).table
    }  # fmt: skip
    asked = {"since": first, "as_of": last}
    rows = {name: workspace.facts.frame(f"documents/{name}", asked, given) for name in STATEMENTS}
    return Report(campaign, first, last, rows, workspace, max_confidentiality)
