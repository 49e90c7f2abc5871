"""The call as the first sections of a briefing, in the order of the state's page."""

from __future__ import annotations

from collections.abc import Iterator

from ccm_data.call import NO_CONTACT, Call, Promise, Told
from ccm_data.contacts import ORIGINS
from ccm_data.documents.content import LONGEST, Row, Text, shorten, told


def rows(call: Call) -> Iterator[Row]:
    """Status, why now, ask, who calls and where, last contact, promises, next step; what has no place is left out."""
    yield Row("Status", tuple(told(one, "") for one in (call.status, call.notice) if one))
    if call.reasons:
        yield Row("Why now", tuple(told(reason, "") for reason in call.reasons))
    yield Row("Suggested ask", (Text(call.ask), *map(told, call.steps)))
    yield Row("Who calls and where", tuple(map(told, (*call.callers, *call.places))))
    yield Row("Last contact", (_told(call.last),) if call.last else (Text(NO_CONTACT),))
    yield Row("Promises", tuple(map(_promise, call.promises)))
    if call.next_step:
        yield Row("Next step", (Text(shorten(call.next_step.words, LONGEST), (), "Log:"),))


def _told(one: Told) -> Text:
    return Text(shorten(one.words, LONGEST), one.source_ids, f"{one.when}{_log(one)}:")


def _promise(one: Promise) -> Text:
    said = f"{shorten(one.told.said, LONGEST)} ({one.standing})"
    return Text(said, one.told.source_ids, f"{one.told.when}{_log(one.told)}:")


def _log(one: Told) -> str:
    return ", log" if one.origin == ORIGINS["log"] else ""
