"""The meeting, first in a briefing: who is met, why now, what to ask and to say, who calls, what was said last."""

from __future__ import annotations

from collections.abc import Iterator

from ccm_data.call import NO_CONTACT, Call, Promise, Told
from ccm_data.contacts import ORIGINS
from ccm_data.documents.content import LONGEST, Row, Text, shorten, told
from ccm_data.languages import Tongue

REASONS = 2
"""Reasons why now: the first rules that hold."""

OBSTACLES = 2
"""Obstacles that an answer is given to."""


def meeting(call: Call, t: Tongue) -> Iterator[Row]:
    """Status, who is met, why now, the ask, who calls, what to say, and the answer to what it named as an obstacle."""
    yield Row(t.say("Status"), tuple(told(one, "") for one in (call.status, call.notice) if one))
    yield Row(t.say("Who is met"), tuple(map(told, call.places)))
    if call.reasons:
        yield Row(t.say("Why now"), tuple(told(reason, "") for reason in call.reasons[:REASONS]))
    yield Row(t.say("The ask"), (Text(call.ask, call.status.source_ids),), accent=True)
    yield Row(t.say("Who calls"), tuple(map(told, call.callers)))
    if call.points:
        yield Row(t.say("What to say"), tuple(told(point, "") for point in call.points), bullets=True)
    if call.answers:
        said = tuple(Text(one.answer, one.said.source_ids, f"{one.said.name}:") for one in call.answers[:OBSTACLES])
        yield Row(t.say("If they say …"), said)


def record(call: Call, t: Tongue) -> Iterator[Row]:
    """Last contact, next step and promises, as far as on record."""
    last = (_told(call.last, t),) if call.last else (Text(t.say(NO_CONTACT)),)
    yield Row(t.say("Last contact"), last)
    if call.next_step:
        yield Row(t.say("Next step"), (Text(shorten(call.next_step.words(t), LONGEST), (), f"{t.say('Log')}:"),))
    if call.promises:
        yield Row(t.say("Promises"), tuple(_promise(one, t) for one in call.promises))


def _told(one: Told, t: Tongue) -> Text:
    return Text(shorten(one.words, LONGEST), one.source_ids, f"{one.when}{_log(one, t)}:")


def _promise(one: Promise, t: Tongue) -> Text:
    said = f"{shorten(one.told.said, LONGEST)} ({one.standing(t)})"
    return Text(said, one.told.source_ids, f"{one.told.when}{_log(one.told, t)}:")


def _log(one: Told, t: Tongue) -> str:
    return f", {t.say('log')}" if one.origin == ORIGINS["log"] else ""
