"""Planned activities, due dates and promises as an iCalendar file, for the calendars people already use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from ccm_data.log.model import PlanItem, StateEntry, known_states
from ccm_data.log.revision import Entry
from ccm_data.vocab import ActivityStatus, Confidentiality

_CLASS = {
    Confidentiality.PUBLIC: "PUBLIC",
    Confidentiality.PARTNERS: "PRIVATE",
    Confidentiality.INTERNAL: "CONFIDENTIAL",
}
_CATEGORIES = {"activity": "Activity", "due": "Next step", "promise": "Promise"}
_EPOCH = datetime(1970, 1, 1)


def ics(entries: Iterable[Entry]) -> bytes:
    """A calendar of these activities and plan items, as all-day events.

    A planned activity stands on its days; the due date of a planned activity, of a next step or of a plan item is an
    event of its own, and so is the day by which a state promised something. Summary and category tell a promise (theirs
    to keep) from a next step (ours to take). What is cancelled, deleted, or done with nothing due is left out. Text
    stays plain text.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//CCM universalization//activity log//EN")
    for entry in entries:
        for event in _events(entry):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(entry: Entry) -> list[Event]:
    if entry.deleted:
        return []
    if isinstance(entry.record, PlanItem):
        due = entry.record.due_date
        return [_event(entry, "due", f"Due: {entry.title}", due, due, entry.record.note)] if due else []
    activity, events = entry.activity, []
    if activity.status == ActivityStatus.PLANNED:
        names = ", ".join(known_states().get(state.iso3, state.iso3) for state in activity.states)
        text = "\n".join(filter(None, (names, activity.summary)))
        events.append(_event(entry, "activity", entry.title, activity.start, activity.day, text))
        if activity.due_date:
            events.append(_event(entry, "due", f"Due: {entry.title}", activity.due_date, activity.due_date, ""))
    elif activity.status == ActivityStatus.DONE:
        if activity.next_step and (due := activity.due_date):
            text = f"Next step after: {entry.title}"
            events.append(_event(entry, "due", f"Due: {activity.next_step}", due, due, text))
        events += [_promise(entry, state, day) for state in activity.states if (day := state.promise_due)]
    return events


def _promise(entry: Entry, state: StateEntry, day: date) -> Event:
    """What a state said it would do, on the day by which it said it would."""
    promised = f": {state.promise}" if state.promise else ""
    name = known_states().get(state.iso3, state.iso3)
    return _event(
        entry, "promise", f"Promise of {name}{promised}", day, day, f"Promised at: {entry.title}", of=state.iso3
    )


def _event(entry: Entry, part: str, summary: str, start: date, end: date, text: str, of: str = "") -> Event:
    """One event. `of` tells several of the same part apart."""
    event = Event()
    event.add("uid", f"{entry.subject}-{part}{of and f'-{of}'}@ccm-log")
    event.add("categories", [_CATEGORIES[part]])
    # Calendars replace an event by its newer stamp and sequence when the file is imported again.
    event.add("dtstamp", datetime.fromisoformat(entry.at) if entry.at else _EPOCH)
    event.add("sequence", entry.version)
    event.add("summary", " ".join(summary.split()))
    event.add("dtstart", start)
    event.add("dtend", end + timedelta(days=1))
    event.add("class", _CLASS[getattr(entry.record, "confidentiality", Confidentiality.PUBLIC)])
    event.add("transp", "OPAQUE" if part == "activity" else "TRANSPARENT")
    for name, value in (("location", getattr(entry.record, "place", "")), ("description", text)):
        if value:
            event.add(name, value)
    return event
