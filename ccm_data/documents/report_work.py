"""Sentences on the work of a campaign: its mandate, its objectives, what was done, what comes next.

Each function is a rule: it says a sentence where the rows behind it hold something to say, and nothing where they do
not.
"""

from __future__ import annotations

from collections.abc import Iterable

from ccm_data.dates import words
from ccm_data.documents.content import Text
from ccm_data.documents.report_found import Found, inside, sources
from ccm_data.languages import ENGLISH
from ccm_data.records import each
from ccm_data.vocab import ActivityType, Category, OfficeRole, Precision, label
from ccm_data.wording import ids

Said = Iterable[Text]


def mandate(found: Found) -> Said:
    """What the Convention asks; the article named is its own source."""
    yield Text(
        "Article 21 (1) of the Convention on Cluster Munitions asks each State Party to encourage states not party to "
        "join, with the goal of attracting the adherence of all states."
    )


def campaign(found: Found) -> Said:
    """Who leads the campaign, as its own entry says; nothing for a period that is no campaign."""
    if found.campaign.coordinators:
        led = ", ".join(found.campaign.coordinators)
        yield Text(f"This report is on the work of the campaign {found.campaign.name} (coordinators: {led}).")
    held = found.rows["coordinators"].drop_duplicates("name_short")
    if len(held):
        listed = ", ".join(f"{row.name_short} ({inside(label(OfficeRole, row.role))})" for row in each(held))
        yield Text(f"In office at the end of the period: {listed}.", sources(held))


def period(found: Found) -> Said:
    """The days covered, those of the campaign if they are others, and through which day status is known."""
    own = found.campaign
    said = f"It covers {found.period}"
    if own.target and (own.baseline, own.end) != (found.start, found.end):
        said += f"; the campaign itself was set for {words(own.baseline)} to {words(own.end)}"
    yield Text(f"{said}.")
    if found.known.through("status") < found.end:
        yield Text(
            f"Who is party and who signed is {found.known.short('status')}; later changes may be missing.",
        )


def left_out(found: Found) -> Said:
    """How many entries of the log these readers may not see."""
    if found.left_out:
        yield Text(f"{found.left_out} What follows rests on public facts and on the entries that may be shown.")


def aim(found: Found) -> Said:
    """The expected output, as the campaign's own entry sets it."""
    own = found.campaign
    if own.target:
        many = ENGLISH.many("{number} new State Party", "{number} new States Parties", own.target)
        yield Text(f"The expected output is at least {many} between {words(own.baseline)} and {words(own.end)}.")
    else:
        yield Text(f"No target was set for {found.period}.")


def reached(found: Found) -> Said:
    """Whether the target is reached; only for a report on the campaign's own period."""
    own = found.campaign
    if own.target and (own.baseline, own.end) == (found.start, found.end):
        reached = "reached" if found.result["joined"] >= own.target else "not reached"
        yield Text(
            f"As of {words(found.end)} the target is {reached}: {found.result['joined']} of {own.target}.",
            sources(found.rows["status_changes"]),
        )


def starting_point(found: Found) -> Said:
    """How many states stood outside on the first day and which categories they met."""
    rows = [row for row in each(found.rows["categories"]) if row.before]
    if rows:
        met = ENGLISH.listed(f"{row.before} “{label(Category, row.category)}”" for row in rows)
        outside = found.result["targets_before"]
        yield Text(
            f"{found.known.day(found.start, 'status')}, {outside} states stood outside the Convention; by target "
            f"category, of which a state may meet several: {met}."
        )


def work_plan(found: Found) -> Said:
    """What the concept note's work plan sets out: its types of activity and who is to implement them."""
    rows = found.rows["plan_types"]
    if len(rows):
        who = ", ".join(dict.fromkeys(name for row in each(rows) for name in row.implementers))
        many = ENGLISH.many("{number} item", "{number} items", int(rows["items"].sum()))
        yield Text(
            f"The work plan has {many}{f' (implementers: {who})' if who else ''}: {_types(rows['type'])}. "
            "An annex lists them."
        )


def counted(found: Found) -> Said:
    """How many activities are on record, those of the log and of the public record apart."""
    done = found.rows["activities"]
    own = int((done["origin"] == "log").sum())
    public = len(done) - own
    if not len(done):
        yield Text(found.none("activity", f"is on record for {found.period}"))
        return
    many = ENGLISH.many("{number} activity is on record", "{number} activities are on record", len(done))
    parts = [ENGLISH.many("{number} public event", "{number} public events", public)] if public else []
    parts += [f"{own} in the log"] if own or not found.hidden else []
    apart = f": {ENGLISH.listed(reversed(parts))}" if parts else ""
    yield Text(f"{many} for {found.period}{apart} (public record {found.known.short('public record')}).", sources(done))


def by_type(found: Found) -> Said:
    """Each type of activity of the concept note that was done: how often, with whom, by whom."""
    rows = found.rows["activities_by_type"]
    for row in each(rows.sort_values("type", key=lambda types: types == ActivityType.OTHER, kind="stable")):
        said = ENGLISH.many("{number} activity", "{number} activities", row.activities)
        if row.type == ActivityType.OTHER:
            said += f" ({'; '.join(row.titles)})"
        if row.states:
            said += ENGLISH.many(" with {number} named state", " with {number} named states", row.states)
            said += f", {row.targets} of them not party" if row.targets else ""
        said += f"; implementers: {', '.join(row.implementers)}" if len(row.implementers) else ""
        said += f"; hosts: {', '.join(row.hosts)}" if len(row.hosts) else ""
        yield Text(f"{said}.", ids(row.source_ids), f"{label(ActivityType, row.type)}:")


def met(found: Found) -> Said:
    """With which states bilaterals were held."""
    rows = found.rows["bilaterals"]
    if len(rows):
        listed = ENGLISH.listed(sorted(set(rows["name_short"])))
        yield Text(f"Bilaterals and embassy outreach reached {listed}.", sources(rows))


def workshops(found: Found) -> Said:
    """The regional workshops and meetings by name, and how many states outside the Convention took part."""
    rows = found.rows["workshops"]
    if len(rows):
        listed = "; ".join(
            f"{row.title} ({', '.join(filter(None, [row.place, words(row.day, row.precision)]))}"
            + (
                f"; {ENGLISH.many('{number} target named', '{number} targets named', row.targets)}"
                if row.targets
                else ""
            )
            + ")"
            for row in each(rows)
        )
        yield Text(f"Regional workshops and meetings: {listed}.", sources(rows))


def not_done(found: Found) -> Said:
    """The types of activity of the work plan of which none is on record; not the report, which this is."""
    rows = found.rows["plan_types"]
    missing = rows[(rows["done"] == 0) & (rows["type"] != ActivityType.PROGRESS_REPORT)]
    if len(missing):
        yield Text(f"{found.none('activity')[:-1]} for these types of the work plan: {_types(missing['type'])}.")


def _types(codes: Iterable[str]) -> str:
    """Types of activity in a sentence."""
    said = (label(ActivityType, one) for one in sorted(codes, key=lambda one: one == ActivityType.OTHER))
    return "; ".join(map(inside, said))


def meetings(found: Found) -> Said:
    """Meetings of the Convention and events ahead that a source of the last day or before tells of."""
    for row in each(found.rows["forums"]):
        where = f", {row.place}" if isinstance(row.place, str) and row.place else ""
        when = words(row.start_date, row.precision)
        if row.precision == Precision.DAY and row.last_day != row.start_date:
            when += f" to {words(row.last_day)}"
        yield Text(f"{row.title}, {when}{where}.", (row.source_id,))
    if not len(found.rows["forums"]):
        yield Text(
            f"No source by {words(found.end)} tells of a meeting of the Convention or an event after that day "
            f"(meetings {found.known.short('meetings')})."
        )


def planned(found: Found) -> Said:
    """Activities of the log that are planned, as written by the end of the period."""
    for entry in found.planned:
        one = entry.activity
        who = f"; {', '.join(one.implementers)}" if one.implementers else ""
        where = f", {one.place}" if one.place else ""
        yield Text(f"{one.title}, {words(one.start)}{where} ({inside(one.type.label)}{who}).", (), "Planned:")


def plan_ahead(found: Found) -> Said:
    """Items of the work plan whose time has not ended, and the day the report is due, if ahead."""
    ahead = [item.title for item in found.plan if item.end > found.end]
    if ahead:
        yield Text(f"{'; '.join(ahead)}.", (), "Work plan, still to be done or under way:")
    due = found.campaign.report_due
    if due and due > found.end:
        yield Text(f"The campaign's progress report is due on {words(due)}.")
