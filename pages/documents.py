"""Documents to take along: bilateral briefings now; the progress report, pictures and the handover pack beside them."""

import streamlit as st

from ccm_data.dates import words
from ccm_data.documents import briefing as briefings
from ccm_data.errors import CcmError, FactsError
from ccm_data.log import Filter
from ccm_data.log.public import public_history
from ccm_data.vocab import Confidentiality
from pages.components import filters, frame, link

context = frame.require("documents")
wanted = filters.ask(context)
try:
    states = context.workspace.states(context.as_of, wanted)
    names = link.state_names(context.workspace)
except FactsError as error:
    frame.stop_without_facts(error)

KINDS = {
    "docx": ("One Word document", "docx", briefings.combined_docx),
    "pdf": ("One PDF", "pdf", briefings.combined_pdf),
    "zip": ("Single Word notes in a zip", "zip", lambda notes: briefings.zipped(notes, ("docx",))),
    "both": ("Single notes, Word and PDF, in a zip", "zip", lambda notes: briefings.zipped(notes, ("docx", "pdf"))),
}


def entries(most: Confidentiality) -> list:
    """The log as a reader of this confidentiality may see it, and the public record."""
    logged = context.store.activities(Filter(until=context.as_of, max_confidentiality=most))
    return [*logged, *public_history(context.workspace.facts_dir)]


def take_filtered() -> None:
    """Put the targets of the filter into the list, best first."""
    found = states[states["matches"] & states["is_target"]]
    st.session_state["brief_states"] = found.sort_values("category_count", ascending=False)["iso3"].head(
        briefings.MOST_STATES
    ).tolist()  # fmt: skip


st.subheader(f"Bilateral briefings on {words(context.as_of)}", anchor=False)
st.caption(
    "One page for each state: where it stands, what it has said and promised, whom to ask for help, what to ask for."
)
selected = st.session_state.get("state")
if "brief_states" not in st.session_state and selected:
    st.session_state["brief_states"] = [selected]
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.multiselect(
        f"States, up to {briefings.MOST_STATES}", list(names), format_func=names.__getitem__, key="brief_states",
        persist_state="session", max_selections=briefings.MOST_STATES, placeholder="Type names", width=560,
    )  # fmt: skip
    st.button("Targets in the filter", on_click=take_filtered, icon=":material/filter_alt:")
with st.container(horizontal=True, vertical_alignment="bottom"):
    kind = st.selectbox("As", list(KINDS), format_func=lambda k: KINDS[k][0], key="brief_kind", width=320)
    most = st.selectbox(
        "Contacts from the log", list(Confidentiality), format_func=lambda c: f"{c.label} entries", key="brief_most",
        width=240, help="Entries more confidential than this are left out of the notes.",
    )  # fmt: skip
    make = st.button("Make the briefings", type="primary", disabled=not chosen, icon=":material/description:")

asked = (tuple(chosen), kind, most, context.as_of)
if make:
    bar = st.progress(0.0, "Reading the facts …")
    try:
        notes = briefings.many(
            context.workspace, chosen, context.as_of, entries(most), max_confidentiality=most,
            progress=lambda done, total: bar.progress(done / total, f"{done} of {total}: {names[chosen[done - 1]]}"),
        )  # fmt: skip
        title, ending, render = KINDS[kind]
        st.session_state["_briefings"] = (asked, render(notes), f"ccm-briefings-{context.as_of}.{ending}")
    except CcmError as error:
        st.error(str(error))
    bar.empty()
made = st.session_state.get("_briefings")
if made and made[0] == asked:
    st.download_button(
        f"Download {made[2]}", made[1], made[2], type="primary", icon=":material/download:", on_click="ignore"
    )
elif not chosen:
    st.info("Choose at least one state, or take the targets of the filter.", icon=":material/flag:")
