"""The call itself: why now, what to ask, who calls and where, what was said and promised and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

from ccm_data import escape
from ccm_data.call import Call, Promise, Told
from ccm_data.wording import Said
from pages.components import meeting, sign_in
from pages.components.cited import cited
from pages.components.frame import Context

WIDE = 1.6
"""How wide what to say is beside the other parts."""

Part = Callable[[Context, Call], Iterator[str]]
"""Yields its lines as Markdown."""
MOST = 1
"""Promises, and answers to obstacles, that stand on the first screen."""


def show(context: Context, call: Call, level: int = 2) -> None:
    """What to ask, under it the parts side by side; a meeting, and the public, see who calls and where.

    level: of the ask's heading.
    """
    parts: dict[str, Part] = {"Who calls and where": _who}
    if not meeting.is_shared():
        why: dict[str, Part] = {"Why now": _why} if call.reasons else {}
        say: dict[str, Part] = {"What to say": _say} if call.points else {}
        parts = {**why, **say, **parts, "Said, promised, next": _said}
    with st.container(border=True, key="call"):
        (st.header if level == 2 else st.subheader)(f"Ask: {escape.markdown(call.ask)}", anchor=False)
        widths = [WIDE if name == "What to say" else 1 for name in parts]
        for place, (name, part) in zip(st.columns(widths, gap="medium"), parts.items(), strict=True):
            if level == 2:
                place.subheader(name, anchor=False)
            else:
                place.markdown(f"**{name}**")
            place.markdown("\n".join(f"- {line}" for line in part(context, call)))


def _why(context: Context, call: Call) -> Iterator[str]:
    for reason in call.reasons:
        yield cited(context, reason.words, reason.source_ids)
    if call.obstacles:
        yield _named(context, call.obstacles)


def _say(context: Context, call: Call) -> Iterator[str]:
    for point in call.points:
        yield cited(context, point.words, point.source_ids)
    for one in call.answers[:MOST]:
        said = cited(context, one.answer, one.said.source_ids)
        yield f"**If they say {escape.markdown(one.said.name)}:** {said}"


def _who(context: Context, call: Call) -> Iterator[str]:
    for one in (*call.callers, *call.places):
        yield _named(context, one)


def _said(context: Context, call: Call) -> Iterator[str]:
    if call.next_step:
        yield f"**Next step:** {escape.markdown(call.next_step.words())}"
    yield (
        f"**Last contact, {call.last.when}:** {told_words(context, call.last)}"
        if call.last
        else f"{context.no_contact}."
    )
    if call.statement and call.statement != call.last:
        yield f"**It said, {call.statement.when}:** {told_words(context, call.statement)}"
    for promise in call.promises[:MOST]:
        yield f"**Promised, {promise.told.when}:** {_promise(context, promise)}"
    if len(call.promises) > MOST:
        yield f"and {len(call.promises) - MOST} earlier on record"


def _named(context: Context, said: Said) -> str:
    return f"**{escape.markdown(said.name)}:** {cited(context, said.words, said.source_ids)}"


def told_words(context: Context, told: Told) -> str:
    """What was said or done, with where it is on record: the entry of the log, or the source."""
    if told.entry and sign_in.opens("log"):
        return f"{escape.markdown(told.words)} :small[[log](/log?entry={told.entry})]"
    return cited(context, told.words, told.source_ids)


def _promise(context: Context, promise: Promise) -> str:
    return f"{told_words(context, promise.told)} ({promise.standing()})"
