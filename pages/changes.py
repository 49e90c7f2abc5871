"""What changed between two days, for minutes and for the screen; and the world year by year."""

import pandas as pd
import streamlit as st

from ccm_data import charts, contacts, digest, export
from ccm_data.dates import EARLIEST, words
from ccm_data.errors import FactsError
from pages.components import address, frame, pictures, world_map
from pages.components.choices import CHANGES_VIEWS

HEADS = {
    "iso3": None, "attribute": "What", "before": "Before", "after": "After",
    "source_ids": st.column_config.ListColumn("Sources", help="The file sources.csv names each."),
}  # fmt: skip

context = frame.require("changes")
context.title("What changed")
between, yearly = st.tabs(CHANGES_VIEWS, key="changes_view", on_change="rerun")

if between.open:
    with between:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            address.limit("from_day", context.as_of)
            start = st.date_input(
                "From", value=min(context.campaign.baseline, context.as_of), min_value=EARLIEST,
                max_value=context.as_of, key="from_day", format="YYYY-MM-DD", width=180,
            )  # fmt: skip
            st.markdown(f"to the as-of date, **{words(context.as_of)}**")
        start = start or context.as_of
        before, after = context.on(start).states(), context.states()
        found = digest.digest(before, after, start, context.as_of)
        done = [entry for entry in contacts.done(context.activities()) if entry.activity.day > start]
        left, right = st.columns([1, 1.4], gap="medium")
        with left:
            if not found.sections:
                st.info("Nothing changed between these days.", icon=":material/event_available:")
            for heading, said in found.sections.items():
                shown = said if len(said) <= 8 else said[:8]
                more = f"\n- and {len(said) - len(shown)} more in the table below" if len(said) > len(shown) else ""
                st.header(f"{heading}: {len(said)}", anchor=False)
                st.markdown("\n".join(f"- {line}" for line in shown) + more)
            st.header(f"Activities: {len(done)}", anchor=False)
            st.download_button(
                "Text for minutes", found.text(), f"ccm-changes-{start}-{context.as_of}.txt", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
        with right:
            told = [c["iso3"] for c in found.changes if c["attribute"] == "status"]
            changed = after.assign(matches=after["iso3"].isin(told))
            world_map.of_status(changed, context.as_of, height="26rem", key="changed_world")
            st.caption("In full colour: states whose status changed between the two days.")
        if found.changes:
            rows = pd.DataFrame(found.changes, columns=["iso3", "attribute", "before", "after", "source_ids"])
            rows.insert(0, "State", rows["iso3"].map(after.set_index("iso3")["name_short"]))
            text = rows.assign(
                **{name: [digest.plain_words(cell) for cell in rows[name]] for name in ("before", "after")}
            )
            st.header(f"All {len(text)} changes, each with its sources", anchor=False)
            st.dataframe(
                text, hide_index=True, height="content" if len(text) < 11 else 380, column_config=HEADS, placeholder="",
                alt="Every change between the two days",
            )  # fmt: skip
            st.download_button(
                "CSV", lambda: export.csv(text), f"ccm-changes-{start}-{context.as_of}.csv", "text/csv",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip

if yearly.open:
    with yearly:
        states = context.states()
        left, right = st.columns([2.4, 1], gap="medium")
        with left:
            world_map.of_status(states, context.as_of, height="34rem", key="played_world")
        with right:
            try:
                rising = charts.parties_by_year(context.rows("changes/parties_by_year"), context.as_of.year)
            except FactsError as error:
                frame.stop_without_facts(error)
            st.altair_chart(rising, alt="States Parties at the end of each year, with those that joined and withdrew.")
            pictures.of_chart(context, rising, "States Parties by year", states["status_source_ids"], "parties")
