"""The progress report of a campaign: what was aimed at, what came of it, what was done. A draft for the coordinators.

Every number comes from a statement under queries/documents and stands beside the day or the period it is true for.
Status changes count after the first day of the period, which is the baseline, through its last; activities count
from the first day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from ccm_data import charts
from ccm_data.campaign import Campaign
from ccm_data.dates import EARLIEST, words
from ccm_data.documents import activities as told
from ccm_data.documents import docx, pdf, pictures, report_parts
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
from ccm_data.reading import Reading
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import Category, codes
from ccm_data.wording import counted

STATEMENTS = (
    "documents/result", "documents/status_changes", "documents/categories", "documents/targets", "votes/totals",
    "votes/changes", "documents/statements", "documents/promises", "documents/activities",
    "documents/activities_by_type", "documents/activities_by_region", "documents/activities_by_implementer",
    "documents/workshops", "documents/bilaterals", "documents/positions", "documents/obstacles",
    "documents/challenges",
)  # fmt: skip
"""The statements whose rows make up a report."""

CHART = {"width": 700, "height": 190}
"""Size of a chart on the page, in pixels."""


@dataclass(frozen=True)
class Report:
    """A progress report through the day of its reading. `rows` holds the answer of each statement by its name;
    `result` is the one row that counts joins, withdrawals and their balance.
    """

    reading: Reading
    start: date
    rows: dict[str, pd.DataFrame]

    @property
    def campaign(self) -> Campaign:
        """The campaign it reports on."""
        return self.reading.campaign

    @property
    def end(self) -> date:
        """The last day of the period."""
        return self.reading.as_of

    @property
    def result(self) -> dict[str, int]:
        """States Parties, signatories and targets before and after; joined, withdrew, signed, net."""
        return {str(name): int(value) for name, value in self.rows["documents/result"].iloc[0].items()}

    @property
    def summary(self) -> str:
        """The result in one sentence, with the names."""
        result, changes = self.result, self.rows["documents/status_changes"]
        joined = report_parts.names(changes[changes["what"] == "joined"])
        left = report_parts.names(changes[changes["what"] == "left"])
        many = "State Party" if result["joined"] == 1 else "States Parties"
        return (
            f"{counted(result['joined'], result['joined_provisional'])} new {many} "
            f"between {words(self.start)} and {words(self.end)}"
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
            marking=self.reading.marking, as_of=self.end, blocks=blocks,
            sources=numbered(blocks, self.reading.workspace.sources, self.end), foot=self.reading.foot,
        )  # fmt: skip

    def docx(self) -> bytes:
        """The report as a Word file."""
        return docx.render(self.document)

    def pdf(self) -> bytes:
        """The report as PDF."""
        return pdf.render(self.document)

    def _blocks(self) -> Iterable[Block]:
        rows, period = (
            {name.split("/")[1]: found for name, found in self.rows.items()},
            f"{words(self.start)} to {words(self.end)}",
        )
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
        yield from report_parts.votes(rows["totals"], rows["changes"], period)
        if len(rows["totals"]):
            yield self._votes_chart()
        yield report_parts.statements(rows["statements"], period)
        yield report_parts.withdrawals(rows["status_changes"], period)
        yield Heading("Challenges")
        yield Bullets(tuple(report_parts.challenges(rows, self.result, period, self.end)))
        yield Heading("Questions for discussion")
        yield Bullets(tuple(report_parts.questions(rows, self.result, self.campaign.target)))
        yield Heading("Annexes")
        yield report_parts.targets(rows["targets"], self.end)
        yield report_parts.activities(rows["activities"], period, self.reading.audience)

    def _expected(self) -> str:
        campaign = self.campaign
        if not campaign.target:
            return f"No target was set for {words(self.start)} to {words(self.end)}."
        aim = f"Expected output: at least {campaign.target} new States Parties between "
        aim += f"{words(campaign.baseline)} and {words(campaign.end)}."
        if (campaign.baseline, campaign.end) != (self.start, self.end):
            return f"{aim} This report covers {words(self.start)} to {words(self.end)}."
        reached = "reached" if self.result["joined"] >= campaign.target else "not reached"
        return f"{aim} As of {words(self.end)} the target is {reached}: {self.result['joined']} of {campaign.target}."

    def _parties_chart(self) -> Picture:
        title = f"States Parties at the end of each year, as of {words(self.end)}"
        drawn = charts.parties_by_year(self.reading.rows("changes/parties_by_year")).properties(**CHART)
        return Picture(pictures.chart_svg(drawn, title, self.end, self._sources_of_status()), title)

    def _votes_chart(self) -> Picture:
        title = f"Votes on the General Assembly resolution, as of {words(self.end)}"
        rows = self.reading.rows("votes/totals", since=date.min)
        drawn = charts.vote_totals(rows).properties(**CHART)
        return Picture(pictures.chart_svg(drawn, title, self.end, self._publishers(rows["source_id"])), title)

    def _map(self) -> str:
        return pictures.map_svg(scheme(ColourBy.STATUS, self.reading.states()), self.end, self._sources_of_status())

    def _sources_of_status(self) -> str:
        return self._publishers(self.reading.states()["status_source_ids"])

    def _publishers(self, source_ids: Any) -> str:
        return pictures.publishers(self.reading.sources_of(source_ids))


def report(reading: Reading, start: date | None = None, end: date | None = None) -> Report:
    """The progress report of the reading's campaign for a period, by default from its baseline through L.

    Facts and log are read through the last day of the period. Raises CcmError for a period that is none, FactsError for
    broken facts.
    """
    campaign, latest = reading.campaign, reading.workspace.latest
    first = start or campaign.baseline
    last = end or reading.log_day
    if not EARLIEST <= first < last <= latest:
        raise CcmError(
            f"A report from {first} to {last} is not possible: it begins on {EARLIEST} or later, before it ends, "
            f"and ends by {latest}."
        )
    through = replace(reading, as_of=last, log_day=last)
    tables = {**told.tables(through.activities()), "earlier": reading.workspace.snapshot(first).table}
    asked = {"since": first, "categories": codes(Category)}
    return Report(through, first, {name: through.rows(name, tables, **asked) for name in STATEMENTS})
