"""The Presidency's deck: where the Convention stands, what changed since the last meeting, what each delegation can do.

For everybody in the room: public facts alone, no order of states, no promise, no obstacle, no contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ccm_data import geometry, palette, wording
from ccm_data.charts import COUNTED
from ccm_data.dates import EARLIEST, words
from ccm_data.documents import pictures, pptx, pptx_look
from ccm_data.documents.content import Paragraph, Text, numbered
from ccm_data.documents.pptx import WHOLE, Chart, Columns, Drawing, Figure, Figures, Grid, Slide, Words
from ccm_data.documents.pptx_fit import Passage
from ccm_data.errors import CcmError
from ccm_data.forum import FORUMS
from ccm_data.ranking.actions import rules
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import Category, Confidentiality, Precision, Status, UnGroup, VoteStage, label
from ccm_data.wording import ids

TITLE = "Convention on Cluster Munitions"
SOURCES = "Sources"
"""What stands over the sources in the notes of a slide."""
NO_GROUP = "No regional group"
"""As queries/summary/by_group.sql names it."""
DONE = {"joined": "Joined", "signed": "Signed", "gave notice": "Gave notice of withdrawal", "left": "Left"}
"""What queries/documents/status_changes.sql tells, in words."""
DATED = 4
"""How many states at most are told with their days."""
HELP: dict[str, str] = {
    Status.SIGNATORY: "signatory", Status.NOT_PARTY: "intent", Category.FIRST_COMMITTEE_YES: "regional",
    Category.MINE_BAN_PARTY: "mine_ban_party", Category.DECLARED_SUPPORT: "observer",
    Status.WITHDRAWN: "withdrawn",
}  # fmt: skip
"""The rule of ranking/actions.toml whose tool is offered to the states of a status or category."""


@dataclass(frozen=True)
class Deck:
    """The slides of a day: `since` is the day after which changes are told, `occasion` that of the meeting on it."""

    reading: Reading
    since: date
    occasion: str
    slides: tuple[Slide, ...]

    @property
    def summary(self) -> str:
        """What is in it, in a sentence."""
        return f"{len(self.slides)} slides; changes since {self.occasion}."

    def pptx(self, template: bytes | None = None) -> bytes:
        """The slides as a PowerPoint file, in the look of a template where one is given. Raises CcmError for a broken
        template."""
        day = self.reading.as_of
        foot = wording.public_facts(day, self.reading.workspace.horizon)
        return pptx.render(self.slides, pptx_look.look(template), f"{TITLE}, {words(day)}", day, foot)


def since_last_meeting(reading: Reading) -> tuple[date, date]:
    """The period of a deck by default: from the last Meeting of States Parties or Review Conference before the day."""
    return reading.workspace.latest_meeting(reading.as_of - timedelta(days=1)).end_date, reading.as_of


def deck(reading: Reading, since: date | None = None) -> Deck:
    """The deck of a reading's day, for everybody whoever reads; `since` as `since_last_meeting` by default.

    Raises CcmError when that is not before the day, FactsError for broken facts.
    """
    given = reading.for_audience(Confidentiality.PUBLIC)
    start = since or since_last_meeting(given)[0]
    if start >= given.as_of:
        raise CcmError(f"A deck needs two days in order; {start} is not before {given.as_of}.")
    meeting = given.workspace.latest_meeting(start)
    occasion = f"the {meeting.name}, {words(start)}" if meeting.end_date == start else words(start)
    states = given.states()
    made = (
        _status(given, states), _curve(given, start, occasion), _categories(given, states), _votes(given),
        _groups(given, states), _meetings(given), _asks(given, states), _sources(given, states),
    )  # fmt: skip
    return Deck(given, start, occasion, tuple(slide for slide in made if slide))


# The slides


def _status(reading: Reading, states: pd.DataFrame) -> Slide:
    drawn = scheme(ColourBy.STATUS, states)
    head = reading.headline(states)
    counted = {one: wording.counted(head[one.value], head.get(f"{one.value}_provisional", 0)) for one in Status}
    shown = [Figure(counted[one], wording.STATES_OF[one], palette.STATUS[one]) for one in Status if head[one.value]]
    marked = [Figure(f"{len(drawn.provisional)}", "hatched: provisional", palette.INK)] if drawn.provisional else []
    said = "; ".join(f"{wording.STATES_OF[one]}: {number}" for one, number in counted.items()) + "."
    drawing = Drawing(pictures.bare_map_svg(drawn, said), "World map of the status of states", f"World map. {said}")
    return Slide(
        f"{TITLE}, {words(reading.as_of)}",
        (
            (Figures((*shown, *marked, Figure("", "no status", palette.NO_STATUS))), (0.0, 0.0, 1.0, 0.1)),
            (drawing, (0.0, 0.11, 1.0, 0.89)),
        ),
        _notes(
            reading, said, states["status_source_ids"],
            aside=" ".join(filter(None, (_hatched(drawn.provisional), geometry.load().disclaimer))),
        ),
    )  # fmt: skip


def _hatched(provisional: Iterable[str]) -> str:
    return "Hatched: provisional, not confirmed by the depositary." if list(provisional) else ""


def _curve(reading: Reading, since: date, occasion: str) -> Slide:
    years = reading.rows("changes/parties_by_year")
    counts = dict(zip(years["year"].astype(str), years["state_parties"].astype(int), strict=True))
    said = f"States Parties at each year's end, {words(reading.as_of)} the last: {_pairs(counts)}."
    chart = Chart(
        "line", "States Parties by year", said, tuple(counts),
        {wording.STATES_OF[Status.STATE_PARTY]: (palette.ACCENT, tuple(counts.values()))},
    )  # fmt: skip
    acts = reading.rows("documents/status_changes", since=since)
    told = [*_told(reading, acts), *_limits(reading)]
    if acts.empty:
        told = [Passage("", ("No act is on record.",)), *_limits(reading), *_latest(reading)]
    since_then = "\n".join(one.text for one in told)
    return Slide(
        "States Parties by year, and what is new",
        (
            (chart, (0.0, 0.0, 0.6, 1.0)),
            (Words((Passage(f"Since {occasion}:"), *told)), (0.63, 0.04, 0.37, 0.96)),
        ),
        _notes(reading, f"{said}\nSince {occasion}:\n{since_then}", acts["source_id"]),
    )  # fmt: skip


def _told(reading: Reading, acts: pd.DataFrame) -> Iterator[Passage]:
    """Who did what, in the order of DONE; a few with their days."""
    names = _names(reading.states())
    for what, head in DONE.items():
        did = acts[acts["what"] == what]
        said = []
        for row in each(did):
            aside = [words(row.day)] if len(did) <= DATED else []
            aside += [wording.PROVISIONAL] if row.provisional else []
            said.append(f"{names[row.iso3]} ({', '.join(aside)})" if aside else names[row.iso3])
        if said:
            yield Passage(f"{head} ({len(said)}):", tuple(said))


def _latest(reading: Reading) -> Iterator[Passage]:
    """The last acts on record, where a period has none."""
    acts = reading.rows("documents/status_changes", since=EARLIEST - timedelta(days=1))
    if len(acts):
        yield Passage("Latest on record:")
        yield from _told(reading, acts[acts["day"] == acts["day"].max()])


def _limits(reading: Reading) -> tuple[Passage, ...]:
    known = wording.acts_known_through(reading.as_of, reading.workspace.horizon)
    return (Passage("", (known,)),) if known else ()


def _categories(reading: Reading, states: pd.DataFrame) -> Slide:
    targets = states[states["is_target"]].sort_values("name")
    lists, shown = [], []
    for category in Category:
        held = targets[targets["categories"].map(lambda met, code=category.value: code in met)]
        names = tuple(_name(row) for row in held.to_dict("records"))
        lists.append((str(len(names)), Passage(category.label, names)))
        shown += [e["source_ids"] for row in held["evidence"] for e in row if e["category"] == category.value]
    said = "\n".join(f"{one.head}: {number}. {one.listed or 'None'}." for number, one in lists)
    return Slide(
        f"{len(targets)} states outside the Convention, by target category",
        ((Columns(tuple(one for one in lists if one[1].items)), WHOLE),),
        _notes(reading, f"A state may be in several categories; names in alphabetical order.\n{said}", *shown),
    )


def _votes(reading: Reading) -> Slide | None:
    totals = reading.rows("votes/totals", since=EARLIEST)
    if totals.empty:
        return None
    last = totals.sort_values(["session", "stage"]).groupby("session").tail(1)  # the plenary's, once it has voted
    years = tuple(
        f"{row.year}" if row.stage == VoteStage.PLENARY else f"{row.year} ({label(VoteStage, row.stage)})"
        for row in each(last)
    )
    series = {vote.label: (palette.VOTE[vote], tuple(last[vote.value].astype(int))) for vote in COUNTED}
    newest = last.iloc[-1]
    said = "; ".join(
        f"{year}: {', '.join(f'{name} {values[place]}' for name, (_, values) in series.items())}"
        for place, year in enumerate(years)
    )
    return Slide(
        _result(newest),
        ((Chart("columns", "Votes on the resolution by year", f"Votes by year. {said}.", years, series), WHOLE),),
        _notes(
            reading, f"Published totals of the plenary, of the First Committee where the plenary has none.\n{said}.",
            last["source_id"],
        ),
    )  # fmt: skip


def _result(newest: Any) -> str:
    """The latest totals as a title."""
    said = ", ".join(f"{newest[vote.value]} {vote.label.lower()}" for vote in COUNTED)
    return f"General Assembly resolution, {newest['year']}: {said}"


def _groups(reading: Reading, states: pd.DataFrame) -> Slide:
    found = reading.rows("summary/by_group", by="group").set_index("name")
    order = [one for one in (*UnGroup, NO_GROUP) if one in found.index]
    names = tuple(one.label if isinstance(one, UnGroup) else one for one in order)
    series = {
        wording.STATES_OF[status]: (palette.STATUS[status], tuple(found.loc[order, status.value].astype(int)))
        for status in Status
        if found[status.value].sum()
    }
    said = "; ".join(
        f"{name}: {', '.join(f'{status.lower()} {values[place]}' for status, (_, values) in series.items())}"
        for place, name in enumerate(names)
    )
    return Slide(
        "The Convention by UN regional group",
        ((Chart("bars", "States by UN regional group and status", f"{said}.", names, series), WHOLE),),
        _notes(
            reading, f"{said}.", states["status_source_ids"], states["un_group_source_id"],
            aside=geometry.load().disclaimer,
        ),
    )  # fmt: skip


def _meetings(reading: Reading) -> Slide | None:
    ahead = list(each(reading.rows("desk/forums", types=[one.value for one in FORUMS])))
    if not ahead:
        return None
    rows = tuple(
        (_days(row.start_date.date(), row.last_day.date(), row.precision), row.title,
         row.place if isinstance(row.place, str) else "")
        for row in ahead
    )  # fmt: skip
    said = "; ".join(", ".join(filter(None, row)) for row in rows)
    return Slide(
        "Next meetings",
        ((Grid("Next meetings", f"{said}.", ("When", "What", "Where"), rows, (3, 6, 2)), WHOLE),),
        _notes(
            reading, f"Meetings and events that a source of the day tells of.\n{said}.", [r.source_id for r in ahead]
        ),
    )


def _asks(reading: Reading, states: pd.DataFrame) -> Slide:
    tools = {rule.id: rule.tool for rule in rules()}
    rows, shown = [], []
    for group, can in wording.CAN_DO.items():
        if group in list(Status):
            who, held = wording.STATES_OF[group], states[states["status"] == group]
        else:
            who = label(Category, group)
            held = states[states["categories"].map(lambda met, code=group: code in met)]
        if len(held):
            rows.append((f"{who} ({len(held)})", can, tools[HELP[group]] if group in HELP else ""))
            shown += [e["source_ids"] for row in held["evidence"] for e in row if e["category"] == group]
    said = "\n".join(" – ".join(filter(None, row)) for row in rows)
    header = ("Who", "What to do", "Help on offer")
    return Slide(
        "What each delegation can do",
        ((Grid("What each delegation can do", said, header, tuple(rows), (4, 6, 6)), WHOLE),),
        _notes(
            reading, f"By status and target category; a state may stand in several rows.\n{said}",
            states["status_source_ids"], *shown,
        ),
    )  # fmt: skip


def _sources(reading: Reading, states: pd.DataFrame) -> Slide:
    used = reading.sources_of(states["status_source_ids"], states["vote_source_id"], states["un_group_source_id"])
    known = wording.known_through(reading.as_of, reading.workspace.horizons)
    told = (
        Passage("Facts:", (f"As of {words(reading.as_of)}, each with its source in the notes of the slide.",)),
        Passage("Published by:", tuple(sorted(used["publisher"].dropna().unique()))),
        *((Passage("Limits:", (known,)),) if known else ()),
        Passage("Map:", (geometry.load().disclaimer,)),
    )
    return Slide(
        "Sources and limits", ((Words(told), WHOLE),),
        _notes(reading, "\n".join(one.text for one in told), used["source_id"]),
    )  # fmt: skip


# Words


def _names(states: pd.DataFrame) -> dict[str, str]:
    return dict(zip(states["iso3"], states["name"], strict=True))


def _name(row: Mapping[Any, Any]) -> str:
    """The name that the United Nations uses, marked where the status is provisional."""
    return f"{row['name']} ({wording.PROVISIONAL})" if row["status_provisional"] else str(row["name"])


def _pairs(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in counts.items())


def _days(start: date, end: date, precision: str) -> str:
    """The days of a meeting as exact as they are known: 16 to 19 September 2025."""
    if precision != Precision.DAY or start == end:
        return words(start, precision)
    same = (start.year, start.month) == (end.year, end.month)
    return f"{start.day if same else words(start)} to {words(end)}"


def _notes(reading: Reading, said: str, *shown: Any, aside: str = "") -> str:
    """What the speaker reads under a slide: what it says in full, its limits, its sources by number."""
    used = ids(*(one for part in shown for one in _flat(part)))
    sources = numbered((Paragraph(Text(said, used)),), reading.workspace.sources, reading.as_of)
    known = wording.known_through(reading.as_of, reading.workspace.horizons)
    listed = "\n".join([SOURCES, *(f"{one.number}. {one.words()}" for one in sources)]) if sources else ""
    return "\n\n".join(filter(None, (said, aside, f"Facts as of {words(reading.as_of)}. {known}".strip(), listed)))


def _flat(given: Any) -> Iterator[Any]:
    """Cells of source ids, from a column or a list of them."""
    return iter(given)
