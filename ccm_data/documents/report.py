"""The progress report of a campaign: prose first, every table in an annex. A draft for the coordinators.

Every number comes from a statement under queries/documents. Each sentence is said by a rule, a function of report_work
or report_findings, with the sources it rests on, and is left out where there is nothing behind it. Status changes count
after the first day of the period, which is the baseline, through its last; activities count from the first day on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pandas as pd

from ccm_data import campaign as campaigns
from ccm_data import charts
from ccm_data.campaign import Campaign
from ccm_data.dates import EARLIEST, words
from ccm_data.documents import activities as told
from ccm_data.documents import docx, pdf, pictures
from ccm_data.documents import report_annexes as annexes
from ccm_data.documents import report_findings as findings
from ccm_data.documents import report_work as work
from ccm_data.documents.content import Block, Bullets, Document, Heading, Paragraph, Picture, Prose, Text, numbered
from ccm_data.documents.report_found import Found
from ccm_data.errors import CcmError
from ccm_data.forum import FORUMS
from ccm_data.log import Entry, PlanItem
from ccm_data.reading import Reading
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import ActivityStatus, Category, Confidentiality, codes

STATEMENTS = (
    "documents/result", "documents/status_changes", "documents/categories", "documents/targets", "votes/totals",
    "votes/changes", "documents/statements", "documents/promises", "documents/activities",
    "documents/activities_by_type", "documents/activities_by_region", "documents/activities_by_implementer",
    "documents/activities_by_host", "documents/workshops", "documents/bilaterals", "documents/positions",
    "documents/obstacles", "documents/challenges", "documents/plan_types", "documents/left_out", "desk/forums",
    "summary/coordinators",
)  # fmt: skip
"""The statements whose rows make up a report."""

LAPSE = 5
"""Years after which an overdue promise is history: the time between Review Conferences (Convention, Article 12)."""

CHART = {"width": 700, "height": 190}
"""Size of a chart on the page, in pixels."""

Rule = Callable[[Found], Iterable[Text]]


@dataclass(frozen=True)
class Passage:
    """Rules whose sentences make one paragraph, or one list."""

    rules: tuple[Rule, ...]
    listed: bool = False


CHAPTERS: dict[str, tuple[Passage, ...]] = {
    "Mandate and period": (Passage((work.mandate, work.campaign, work.period, work.left_out)),),
    "Objectives": (Passage((work.aim, work.reached, work.starting_point)), Passage((work.work_plan,))),
    "What was done": (
        Passage((work.counted,)), Passage((work.by_type,), listed=True),
        Passage((work.met, work.workshops, work.not_done)),
    ),
    "What changed": (
        Passage((findings.result, findings.standing, findings.each_change)),
        Passage((findings.votes, findings.vote_changes)), Passage((findings.declarations, findings.promises)),
    ),
    "Challenges": (
        Passage(
            (findings.without_contact, findings.signatories, findings.approved, findings.withdrawn, findings.not_yes,
             findings.obstacles),
            listed=True,
        ),
    ),
    "Recommendations": (
        Passage(
            (findings.help_to_deposit, findings.ask_signatories, findings.answer_obstacles, findings.turn_votes,
             findings.reach_others, findings.uphold),
            listed=True,
        ),
    ),
    "Next steps": (Passage((work.meetings, work.planned, work.plan_ahead), listed=True),),
}  # fmt: skip
"""The prose: its chapters, their passages, the rule of each sentence."""

PICTURED = "What changed"
"""The chapter that the map and a chart stand in."""

ANNEXES = "Annexes"
INTERNAL_ANNEX = "Internal annex: for the coordinators only"


@dataclass(frozen=True)
class Report:
    """A progress report through the day of its reading. `rows` holds the answer of each statement by its name;
    `result` is the one row that counts joins, withdrawals and their balance; `annex`: with the internal one.
    """

    reading: Reading
    start: date
    rows: dict[str, pd.DataFrame]
    plan: tuple[PlanItem, ...] = ()
    planned: tuple[Entry, ...] = ()
    annex: bool = False

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
        return self.found.result

    @property
    def summary(self) -> str:
        """The result in one sentence, with the names, and through which day it is known."""
        if later := findings.unknown(self.found):
            return later
        return " ".join(filter(None, [findings.summary(self.found), findings.known_through(self.found)]))

    @cached_property
    def found(self) -> Found:
        """What its sentences and annexes are made of."""
        short = {name.split("/")[1]: rows for name, rows in self.rows.items()}
        return Found(self.reading, self.start, short, self.plan, self.planned)

    @property
    def sentences(self) -> Iterator[tuple[str, str, Text]]:
        """Every sentence of the prose: its chapter, the name of its rule, its words with their sources."""
        for chapter, passages in CHAPTERS.items():
            for passage in passages:
                for rule in passage.rules:
                    for said in rule(self.found):
                        yield chapter, rule.__name__, said

    @cached_property
    def document(self) -> Document:
        """The report as a document: prose by chapters, then the annexes."""
        blocks = (*self._prose(), *self._annexes())
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

    def _prose(self) -> Iterable[Block]:
        for title, passages in CHAPTERS.items():
            said = [tuple(text for rule in one.rules for text in rule(self.found)) for one in passages]
            if any(said):
                yield Heading(title)
            for passage, sentences in zip(passages, said, strict=True):
                if sentences:
                    yield Bullets(sentences) if passage.listed else Prose(sentences)
            if title == PICTURED:
                yield self._map()
                yield self._parties_chart()

    def _annexes(self) -> Iterable[Block]:
        yield Heading(ANNEXES, new_page=True)
        for number, (title, tables) in enumerate(annexes.ANNEXES.items(), 1):
            yield Heading(f"Annex {number}. {title}", 2)
            for table in tables:
                yield table(self.found)
                if table is annexes.votes and len(self.found.rows["totals"]):
                    yield self._votes_chart()
        if self.annex:
            yield Heading(INTERNAL_ANNEX, new_page=True)
            yield Paragraph(Text("Take this annex out before the report leaves the coordinators."))
            yield annexes.overdue(self.found)

    def _map(self) -> Picture:
        known = self._known("status")
        told = scheme(ColourBy.STATUS, self.reading.states())
        drawn = pictures.map_svg(told, self.end, self._sources_of_status(), known=known)
        return Picture(drawn, f"The world by status, {known[:1].lower()}{known[1:]}")

    def _parties_chart(self) -> Picture:
        known = self._known("status")
        title = f"States Parties at the end of each year, {known[:1].lower()}{known[1:]}"
        drawn = charts.parties_by_year(self.reading.rows("changes/parties_by_year")).properties(**CHART)
        return Picture(pictures.chart_svg(drawn, title, self.end, self._sources_of_status(), known), title)

    def _votes_chart(self) -> Picture:
        known = self._known("totals")
        title = f"Votes on the General Assembly resolution, {known[:1].lower()}{known[1:]}"
        rows = self.reading.rows("votes/totals", since=date.min)
        drawn = charts.vote_totals(rows).properties(**CHART)
        return Picture(pictures.chart_svg(drawn, title, self.end, self._publishers(rows["source_id"]), known), title)

    def _known(self, what: str) -> str:
        return self.found.known.day(self.end, what)

    def _sources_of_status(self) -> str:
        return self._publishers(self.reading.states()["status_source_ids"])

    def _publishers(self, source_ids: Any) -> str:
        return pictures.publishers(self.reading.sources_of(source_ids))


def report(reading: Reading, start: date | None = None, end: date | None = None, *, annex: bool = False) -> Report:
    """The progress report of the reading's campaign for a period, by default from its baseline through L.

    Facts and log are read through the last day of the period. `annex` adds the overdue promises. Raises CcmError for a
    period that is none and for an internal annex asked for other readers, FactsError for broken facts.
    """
    campaign, latest = reading.campaign, reading.workspace.latest
    if annex and reading.audience is not Confidentiality.INTERNAL:
        raise CcmError("The internal annex is made for internal readers only; ask for it with the audience internal.")
    first = start or campaign.baseline
    last = end or reading.log_day
    if not EARLIEST <= first < last <= latest:
        raise CcmError(
            f"A report from {first} to {last} is not possible: it begins on {EARLIEST} or later, before it ends, "
            f"and ends by {latest}."
        )
    through = replace(reading, as_of=last, log_day=last)
    items = campaigns.plan_items(reading.store, reading.audience, campaign.name) if reading.log_campaign else []
    plan = tuple(entry.record for entry in items if isinstance(entry.record, PlanItem))
    inside = replace(through, audience=Confidentiality.INTERNAL)
    tables = {
        **told.tables(through.activities()), **told.plan(plan, campaign.implementers),
        "whole": told.tables([*inside.activities(), *_planned(inside)])["activities"],
        "earlier": reading.workspace.snapshot(first).table,
    }  # fmt: skip
    levels = codes(Confidentiality)
    asked = {
        "since": first, "categories": codes(Category), "lapse": LAPSE, "types": [term.value for term in FORUMS],
        "seen": levels[: levels.index(reading.audience) + 1],
    }  # fmt: skip
    rows = {name: through.rows(name, tables, **asked) for name in STATEMENTS}
    return Report(through, first, rows, plan, tuple(_planned(through)), annex)


def _planned(reading: Reading) -> Iterator[Entry]:
    """Activities to come that were last written by the end of the period, the next one first."""
    ahead = (entry for entry in reading.logged() if entry.activity.status is ActivityStatus.PLANNED)
    told = (entry for entry in ahead if entry.activity.day >= reading.log_day and _written(entry) <= reading.log_day)
    yield from sorted(told, key=lambda entry: (entry.activity.start, entry.title))


def _written(entry: Entry) -> date:
    """The day on which an entry was last written, where the reader is."""
    return datetime.fromisoformat(entry.at).astimezone().date()
