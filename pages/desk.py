"""Monday morning: five calls to make, what is due, what changed since the last visit, who will be in the next room."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ccm_data import call, desk, escape
from ccm_data.call import Call
from ccm_data.dates import words
from ccm_data.desk import Due, News
from ccm_data.documents import briefing, registry
from ccm_data.errors import FactsError
from ccm_data.forum import next_forum
from ccm_data.log.since import Written
from pages.components import address, frame, last_visit, link
from pages.components.log import quick, who, wording

MOST = 5  # lines of a list; the count in its heading says how many there are
LOOK = "<style>[class*=st-key-line_]{flex-wrap:nowrap}</style>"  # the link of a line beside it on a phone too

context = frame.require("desk")
context.title("Desk")
st.html(LOOK)
names = link.state_names(context.workspace)


def go(page: str, label: str, icon: str, **parameters: str) -> None:
    """A link to a page, with the settings of this one."""
    st.page_link(
        frame.PAGES[page][0], label=label, icon=f":material/{icon}:", width="content",
        query_params=address.to(**parameters),
    )  # fmt: skip


def line(text: str, page: str, label: str, icon: str = "arrow_forward", **parameters: str) -> None:
    """One line, and the one thing to do about it."""
    st.session_state["_desk_lines"] = place = st.session_state.get("_desk_lines", 0) + 1
    with st.container(horizontal=True, vertical_alignment="top", gap="xsmall", key=f"line_{place}"):
        st.markdown(text, width="stretch")
        go(page, label, icon, **parameters)


def more(count: int, page: str, shown: int, /, **parameters: str) -> None:
    """Where the lines stand that were left out."""
    if count > shown:
        go(page, f"{count - shown} more", "list", **parameters)


def briefings(iso3s: Sequence[str], key: str) -> None:
    """Makes and saves the briefings for these states by one press."""
    given = tuple(iso3s[: briefing.MOST_STATES])
    style = "docx"

    def made() -> bytes:
        return registry.make("briefing", context, registry.Order(style, given)).content

    st.download_button(
        f"Make {'the briefing' if len(given) == 1 else f'{len(given)} briefings'}", made,
        f"ccm-briefings-{context.as_of}.{style}", icon=":material/description:", on_click="ignore", key=key,
        help=f"One page a state, in one Word document. {context.marking}.",
    )  # fmt: skip


def calls() -> None:
    """The calls of this week, each with the ask and the caller."""
    try:
        with st.spinner("Choosing the calls …"):
            found = call.first_calls(context, desk.CALLS)
    except FactsError as error:
        st.info(f"The calls need the facts themselves. {escape.markdown(error)}", icon=":material/report:")
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.header(f"{len(found)} calls to make this week", anchor=False)
        if found:
            briefings([one.iso3 for one in found], "_brief_calls")
    if not found:
        st.info("Every target was in contact lately. Choose among all of them.", icon=":material/task_alt:")
        go("targets", "All targets", "target")
    for one in found:
        with st.container(border=True, gap="xsmall"):
            one_call(one)


def one_call(one: Call) -> None:
    """Why, what to ask, who asks, and what was last."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        go("state", f"**{one.name}**", "flag", state=one.iso3)
        last = f"last contact {one.last.when}" if one.last else "no contact on record"
        st.caption(escape.markdown(" · ".join(filter(None, [one.why, last]))), width="stretch")
        if who.may_write():
            go("log", "Log a contact", "edit_note", state=one.iso3, **{quick.NEW: quick.CONTACT})
    how = f" :small[{escape.markdown(one.steps[0].name)}]" if one.steps else ""
    st.markdown(f"**Ask** {escape.markdown(one.ask)}{how}")
    by = desk.caller(one)
    asks = f"{by.name}: {by.words}" if by else call.NOBODY
    st.caption(f"**Caller** {escape.markdown(asks)}")


def due(me: str) -> None:
    """Our own next steps, then what states promised us."""
    steps, promises = desk.steps(context, me), desk.promises(context)
    late = sum(one.late > 0 for one in (*steps, *promises))
    st.header(f"Due and overdue: {len(steps) + len(promises)}", anchor=False)
    if not steps and not promises:
        st.info(
            f"Nothing is due within {desk.WEEK.days} days. A next step with a day, or a promise with one, will stand "
            "here; write it with a contact.", icon=":material/task_alt:",
        )  # fmt: skip
        if who.may_write():
            go("log", "Log a contact", "edit_note", **{quick.NEW: quick.CONTACT})
        return
    st.caption(f"{late} overdue, {len(steps) + len(promises) - late} within {desk.WEEK.days} days")
    _listed("Next steps", steps, "log", log_view="next_steps", log_scope="all")
    _listed("Promised to us", promises, "targets")


def _listed(heading: str, found: Sequence[Due], page: str, **parameters: str) -> None:
    if found:
        st.markdown(f"**{heading}: {len(found)}**")
    for one in found[:MOST]:
        states = ", ".join(names.get(iso3, iso3) for iso3 in one.iso3s[:3])
        more_states = f" and {len(one.iso3s) - 3} more" if len(one.iso3s) > 3 else ""
        about = " · ".join(filter(None, [states + more_states, one.who]))
        when = wording.due(one.day, context.log_day) if abs(one.late) < 100 else f"overdue since {words(one.day)}"
        said = f"**{when}** {escape.markdown(one.what)}" + (f" :small[({escape.markdown(about)})]" if about else "")
        if one.entry:
            line(said, "log", "Open", entry=one.entry)
        else:
            line(said, "state", "Open", "flag", state=one.iso3s[0])
    more(len(found), page, MOST, **parameters)


def changed() -> None:
    """What happened, was brought in and was written since the last visit."""
    last = last_visit.since(context)
    mark = last or desk.week_before(context)
    found = desk.news(context, mark, who.name())
    st.header(f"New since {words(mark.day)}: {len(found)}", anchor=False)
    if last is None and desk.is_now(context):
        st.caption(f"This is the first visit from this browser: the last {desk.WEEK.days} days.")
    if not len(found):
        st.info("Nothing changed. What others write, and what they do to the facts, will stand here.",
                icon=":material/event_available:")  # fmt: skip
        go("changes", "Compare other days", "difference")
        return
    _told(found)
    _written(found.written)


def _told(found: News) -> None:
    for one in found.told[:MOST]:
        line(f"**{one.heading}** {escape.markdown(one.line)}", "state", "Open", "flag", state=one.iso3)
    more(len(found.told), "changes", MOST)
    for change in found.changes[:MOST]:
        said = f"**{change.kind.label}** {escape.markdown(change.reason)} :small[({escape.markdown(change.author)})]"
        line(said, "data", "See it", "database", data_view="changes")
    more(len(found.changes), "data", MOST, data_view="changes")


def _written(found: Sequence[Written]) -> None:
    for one in found[:MOST]:
        entry = one.entry
        said = f"**{one.what.capitalize()}** {escape.markdown(entry.title)} :small[({escape.markdown(entry.author)})]"
        if entry.kind == "activity":
            line(said, "log", "Open", entry=entry.subject)
        else:
            line(said, "plan", "Open", "view_timeline")
    more(len(found), "log", MOST, log_scope="all")


def forum() -> None:
    """Who will sit in the room of the next meeting or event."""
    try:
        found = next_forum(context)
    except FactsError as error:
        st.header("Next forum", anchor=False)
        st.info(escape.markdown(error), icon=":material/report:")
        return
    if found is None:
        st.header("Next forum: none", anchor=False)
        st.info(
            "No meeting or event lies ahead in the facts or in the log. Plan one in the log; see first which rooms "
            "hold most targets.", icon=":material/groups:",
        )  # fmt: skip
        go("meetings", "Regional meetings", "groups")
        return
    st.header(f"Next forum: {len(found.iso3s)} targets in the room", anchor=False)
    days = words(found.start, found.precision)
    until = f" to {words(found.end)}" if found.end > found.start and found.precision == "day" else ""
    where = f", {escape.markdown(found.place)}" if found.place else ""
    said = f"**{escape.markdown(found.title)}**  \n{days}{until}{where}"
    if found.entry:
        line(said, "log", "Open", entry=found.entry)
    else:
        st.markdown(said)
    if not found.iso3s:
        st.info("It names no target state and no organization. Open it and name them.", icon=":material/groups:")
        return
    st.caption(f"Targets, likeliest first: {escape.markdown(found.basis)}.")
    with st.container(horizontal=True, gap="xsmall"):
        for iso3 in found.iso3s[: 2 * MOST]:
            go("state", names[iso3], "flag", state=iso3)
        more(len(found.iso3s), "targets", 2 * MOST)
    briefings(found.iso3s, "_brief_forum")


def mine() -> str:
    """Own entries that say what was done and not what came of it; the name of who looks, blank until given."""
    heading = st.container()
    me = who.ask(context.side)
    found = desk.without_outcome(context, me)
    heading.header(f"My entries without an outcome: {len(found)}", anchor=False)
    if not me:
        st.info("Write your name, and what you own stands here.", icon=":material/person:")
    elif not found:
        st.info("Every activity you own says what came of it.", icon=":material/task_alt:")
    for entry in found[:MOST]:
        line(f"**{wording.when(entry)}** {escape.markdown(entry.title)}", "log", "Add it", "edit", entry=entry.subject)
    more(len(found), "log", MOST, log_scope="all")
    return me


st.session_state["_desk_lines"] = 0
first, beside = st.columns([1.7, 1], gap="large")
st.space("small")
news_place, forum_place, mine_place = st.columns(3, gap="large")
with mine_place:
    writer = mine()
with beside:
    due(writer)
with news_place:
    changed()
with first:
    calls()
with forum_place:
    forum()
