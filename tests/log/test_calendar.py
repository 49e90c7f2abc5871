"""The calendar: planned activities, due dates and promises, and nothing else; text stays text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from icalendar import Calendar

from ccm_data.log import Activity, Create, Delete, Store, default_plan
from ccm_data.log.calendar import ics

MakeActivity = Callable[..., Activity]


def events(data: bytes) -> dict[str, tuple[date, date]]:
    found = Calendar.from_ical(data).walk("VEVENT")
    return {str(event["summary"]): (event["dtstart"].dt, event["dtend"].dt) for event in found}


def test_planned_activities_and_due_dates(embedded: Store, activity: MakeActivity) -> None:
    gone, *_ = embedded.save(
        [
            Create(activity(title="Gone", status="planned")),
            Create(activity(title="Visit", status="planned", start="2022-03-01", end="2022-03-02", place="Suva")),
            Create(activity(title="Paper", status="planned", start="2022-04-01", due_date="2022-03-20")),
            Create(activity(title="Talk", next_step="Send the toolkit", due_date="2022-03-15")),
            Create(activity(title="Past")),
            Create(activity(title="Off", status="cancelled", next_step="x", due_date="2022-03-15")),
        ],
        "Ana",
    )
    embedded.save([Delete(gone.subject, 1)], "Ana")
    data = ics([*(embedded.get(gone.subject),), *embedded.activities(), *default_plan()])
    assert events(data) == {
        "Visit": (date(2022, 3, 1), date(2022, 3, 3)),
        "Paper": (date(2022, 4, 1), date(2022, 4, 2)),
        "Due: Paper": (date(2022, 3, 20), date(2022, 3, 21)),
        "Due: Send the toolkit": (date(2022, 3, 15), date(2022, 3, 16)),
        "Due: 10MSP progress report": (date(2022, 6, 21), date(2022, 6, 22)),
    }
    classes = {str(e["summary"]): str(e["class"]) for e in Calendar.from_ical(data).walk("VEVENT")}
    assert classes["Visit"] == "CONFIDENTIAL"
    assert len({str(e["uid"]) for e in Calendar.from_ical(data).walk("VEVENT")}) == 5


def test_promises_are_told_from_next_steps(embedded: Store, activity: MakeActivity) -> None:
    states = [
        {"iso3": "TON", "promise": "Send the\ndraft bill", "promise_due": "2022-06-30"},
        {"iso3": "FJI", "promise_due": "2022-07-01"},
        {"iso3": "NRU", "promise": "Some day"},
    ]
    said = {"next_step": "Send the model law", "due_date": "2022-03-15", "states": states}
    stored = embedded.save(
        [
            Create(activity(title="Talk", **said)),
            Create(activity(title="Still to come", status="planned", start="2022-05-01", states=states)),
        ],
        "Ana",
    )
    found = Calendar.from_ical(ics(stored)).walk("VEVENT")
    assert [(str(e["summary"]), e["categories"].cats, e["dtstart"].dt) for e in found] == [
        ("Due: Send the model law", ["Next step"], date(2022, 3, 15)),
        ("Promise of Tonga: Send the draft bill", ["Promise"], date(2022, 6, 30)),
        ("Promise of Fiji", ["Promise"], date(2022, 7, 1)),
        ("Still to come", ["Activity"], date(2022, 5, 1)),
    ]
    assert str(found[1]["uid"]) == f"{stored[0].subject}-promise-TON@ccm-log"
    assert {str(e["class"]) for e in found} == {"CONFIDENTIAL"}
    assert str(found[1]["description"]) == "Promised at: Talk"


def test_hostile_text_cannot_leave_its_field(embedded: Store, activity: MakeActivity, hostile: str) -> None:
    text = hostile + "\nEND:VEVENT\nBEGIN:VALARM"
    made = activity(title=hostile, status="planned", summary=text, place=hostile)
    data = ics(embedded.save([Create(made)], "Ana"))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["summary"]) == made.title
    assert str(event["description"]) == "Fiji\n" + made.summary
    assert str(event["location"]) == made.place
    assert not Calendar.from_ical(data).walk("VALARM")
