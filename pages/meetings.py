"""Which regional meetings would bring together who may join next, who sits there, and what followed those held."""

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import planner, rooms, wording
from ccm_data.dates import words
from ccm_data.errors import FactsError
from ccm_data.escape import markdown
from ccm_data.planner import KINDS, Weigh
from ccm_data.rooms import Room, Seat
from ccm_data.vocab import Status
from pages.components import address, frame, room_map

context = frame.require("meetings")
try:
    rows = planner.members(context)
    ordered = context.targets()
except FactsError as error:
    frame.stop_without_facts(error)
held = planner.past_workshops(context)
listed = planner.audiences(rows)
biggest = int(listed["targets"].max())
usual = min(planner.usual_room(held, context.as_of) or biggest, biggest)


def settings() -> dict[str, Any]:
    """What a meeting is chosen among and by."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        k = st.number_input("Meetings", 1, planner.MOST_WORKSHOPS, 3, key="workshops", width=110)
        by = st.selectbox("A target counts by", list(Weigh), format_func=lambda one: one.label, key="weigh", width=200)
        address.limit("most_targets", biggest)
        most = st.number_input(
            "Most targets in a room",
            1,
            biggest,
            None,
            key="most_targets",
            placeholder=f"{usual}, as held",
            width=190,
            help=f"Left blank: what {planner.ROOM_PART:.0%} of the workshops of {planner.ROOM_YEARS} years did not "
            "exceed, as sources name who came. A body of the whole world reaches everybody on paper and nobody in the "
            "room.",
        )
    kinds = st.pills(
        "Among", list(KINDS), format_func=KINDS.__getitem__, selection_mode="multi", default=list(KINDS), key="kinds",
    )  # fmt: skip
    across = st.toggle(
        "Bodies across regions too",
        key="across_regions",
        help=f"A regional meeting gathers a region: at least {planner.REGION_SHARE:.0%} of the members are in one.",
    )
    return {"k": int(k), "by": by, "only": rooms.open_to(listed, most or usual, kinds or list(KINDS), across)}


def card(room: Room) -> None:
    """A meeting that is proposed: who would sit there, who could call it, what else could be."""
    st.header(markdown(room.name), anchor=False)
    st.markdown(
        f"**{_count(len(room.seats), 'target')}**, {_count(room.signatories, 'signatory', 'signatories')} among them, "
        f"and {_count(room.parties, 'State Party', 'States Parties')}"
    )
    signed = [seat for seat in room.seats if seat.signatory]
    named = [seat for seat in room.seats if not seat.signatory and seat.categories]
    others = [seat for seat in room.seats if not seat.signatory and not seat.categories]
    grouped = (("Signatories", signed), ("Others in a target category", named), ("In none", others))
    for heading, seats in grouped:
        if seats:
            _small([f":gray[{heading}]", *(_seat(seat) for seat in seats)])
    said = [
        f"**Could call or host it:** {'; '.join(map(markdown, room.callers)) or wording.NO_SOURCE}.",
        f"**Latest to join:** {', '.join(map(markdown, room.peers)) or 'no member is a State Party'}.",
    ]
    said += [f"**The trade:** {markdown(room.instead)}"] if room.instead else []
    _small(said)


def _small(lines: list[str]) -> None:
    st.markdown("  \n".join(f":small[{line}]" for line in lines))


def _seat(seat: Seat) -> str:
    return f"**{markdown(seat.name)}**" + (f": {markdown(seat.chance)}" if seat.chance else "")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


context.title(f"Regional meetings to hold, as of {words(context.as_of)}")
proposed = st.container()
picture, asked = st.columns(2, gap="large")
with asked:
    st.header("What to choose by", anchor=False)
    found = rooms.proposal(context, **settings())
with proposed:
    if found.rooms:
        signatories = int((ordered["status"] == Status.SIGNATORY).sum())
        st.markdown(
            f"**{_count(len(found.rooms), 'meeting')} would bring {len(found.reached)} of {len(ordered)} targets into "
            f"a room, {found.signatories} of {signatories} signatories among them.** Of choices that are nearly as "
            "good the one with most signatories is taken, then the smaller rooms."
        )  # fmt: skip
    else:
        st.info("No audience fits. Allow more targets in a room, another kind, or bodies across regions.")
    across = 2 if len(found.rooms) in (2, 4) else 3
    for start in range(0, len(found.rooms), across):
        for column, room in zip(st.columns(across), found.rooms[start : start + across], strict=False):
            with column.container(border=True, height="stretch", gap="xsmall"):
                card(room)
with picture:
    if found.rooms:
        by_key = {room.key: room for room in found.rooms}
        shown = st.selectbox(
            "Who sits in the room of",
            list(by_key),
            format_func=lambda key: by_key[key].name,
            key=f"room_{'_'.join(by_key)}",
        )
        room_map.show(rows[rows["key"] == shown], by_key[shown].name)

marks = {row["name_short"]: wording.named(row) for row in context.states().to_dict("records")}
missed, audiences, past = st.tabs(["Not reached", "All audiences", "Meetings held and what followed"])
with missed:
    st.markdown(markdown(", ".join(found.missed)) or "Every target is reached.")
with audiences:
    st.dataframe(
        pd.DataFrame({
            "Audience": listed["name"], "Kind": listed["kind"].map(lambda kind: KINDS[kind][:-1]),
            "One region": listed["one_region"].map({True: "yes", False: "no"}),
            "Members": listed["members"], "States Parties": listed["state_party"], "Signatories": listed["signatory"],
            "Targets": listed["targets"], "On the ladder": listed["near"], "Categories, mean": listed["categories"],
            "Target states": listed["target_names"], "Latest joiners": listed["peers"],
        }),
        hide_index=True, height=440,
        column_config={
            "Categories, mean": st.column_config.NumberColumn(format="%.1f"),
            "Target states": st.column_config.ListColumn(), "Latest joiners": st.column_config.ListColumn(),
        },
    )  # fmt: skip
with past:
    st.caption(
        f"Joined within {planner.FOLLOW_UP_MONTHS} months of the event. What followed an event is not what it caused; "
        "attendance is what sources name."
    )
    table = held[["day", "title", "place", "attended", "targets", "joined", "joined_names", "window_open"]]
    st.dataframe(
        table.assign(joined_names=table["joined_names"].map(lambda names: [marks.get(name, name) for name in names])),
        hide_index=True, height=440,
        column_config={
            "day": st.column_config.DateColumn("Day", format="YYYY-MM-DD"), "title": "Meeting", "place": "Place",
            "attended": "Attended", "targets": "Targets there", "joined": "Joined since",
            "joined_names": st.column_config.ListColumn("Who joined"), "window_open": "Time still open",
        },
    )  # fmt: skip
