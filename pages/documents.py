"""Documents to take along: bilateral briefings, the progress report, the handover pack."""

import streamlit as st

from ccm_data.dates import words
from ccm_data.documents import briefing as briefings
from ccm_data.documents.handover import handover
from ccm_data.documents.report import report
from ccm_data.errors import CcmError, FactsError
from ccm_data.log import Filter
from ccm_data.log.history import lines
from ccm_data.log.public import public_history
from ccm_data.ranking.weights import presets, to_toml
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
    logged = context.store.activities(Filter(until=context.log_day, max_confidentiality=most))
    return [*logged, *public_history(context.workspace.facts_dir)]


def take_filtered() -> None:
    """Put the targets of the filter into the list, best first."""
    found = states[states["matches"] & states["is_target"]]
    st.session_state["brief_states"] = found.sort_values("category_count", ascending=False)["iso3"].head(
        briefings.MOST_STATES
    ).tolist()  # fmt: skip


notes_tab, report_tab, handover_tab = st.tabs(["Briefings", "Progress report", "Handover pack"])
with notes_tab:
    st.subheader(f"Bilateral briefings on {words(context.as_of)}", anchor=False)
    st.caption(
        "One page a state: where it stands, what it has said and promised, whom to ask for help, what to ask for."
    )
    selected = next((iso3 for iso3, name in names.items() if name == st.query_params.get("state")), None)
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
            "Contacts from the log", list(Confidentiality), format_func=lambda c: f"{c.label} entries",
            key="brief_most",
            width=240, help="Entries more confidential than this are left out of the notes.",
        )  # fmt: skip
        make = st.button("Make the briefings", type="primary", disabled=not chosen, icon=":material/description:")

    asked = (tuple(chosen), kind, most, context.as_of)
    if make:
        bar = st.progress(0.0, "Reading the facts …")
        try:
            notes = briefings.many(
                context.workspace, chosen, context.as_of, entries(most), max_confidentiality=most,
                progress=lambda done, total: bar.progress(done / total, f"{done} of {total} briefings"),
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

with report_tab:
    campaign = context.campaign
    st.subheader(f"Progress report of the campaign {campaign.name}", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.date_input("From", campaign.baseline, key="report_from", format="YYYY-MM-DD", width=180)
        last = st.date_input(
            "To", min(campaign.end, context.as_of), key="report_to", format="YYYY-MM-DD", width=180,
            max_value=context.workspace.latest,
        )  # fmt: skip
        shown_to = st.selectbox(
            "For", list(Confidentiality), format_func=lambda c: f"{c.label} readers", key="report_most", width=200,
            help="Entries more confidential than this are left out of the report.",
        )  # fmt: skip
        draft = st.button("Draft the report", type="primary", icon=":material/summarize:")
    wished = (campaign.name, first, last, shown_to)
    if draft:
        try:
            with st.spinner("Counting and writing …"):
                drafted = report(
                    context.workspace, campaign, first, last, entries(shown_to), max_confidentiality=shown_to
                )
                st.session_state["_report"] = (wished, drafted.result, drafted.docx())
        except CcmError as error:
            st.error(str(error))
    ready = st.session_state.get("_report")
    if ready and ready[0] == wished:
        result = ready[1]
        st.markdown(
            f"**{result['joined']} joined, {result['withdrew']} withdrew, net {result['net']:+d}** between "
            f"{words(first)} and {words(last)}."
        )
        name = f"ccm-progress-report-{campaign.name}-{first}-{last}.docx"
        st.download_button(
            f"Download {name}", ready[2], name, type="primary", icon=":material/download:", on_click="ignore"
        )
    else:
        st.caption("Result against expected output, status changes, activities, workshops, promises, votes, annexes.")

with handover_tab:
    st.subheader("Everything for the next coordinators, in one zip", anchor=False)
    st.caption(
        "Report, a briefing for every target, the whole log, the plan, weights, facts with sources and dictionary."
    )
    if st.button("Pack it", icon=":material/inventory_2:"):
        bar = st.progress(0.0, "Packing …")
        try:
            st.session_state["_handover"] = (
                (context.campaign.name, context.as_of),
                handover(
                    context.workspace, context.campaign, context.as_of, entries(Confidentiality.INTERNAL),
                    history="".join(lines(context.store)).encode(),
                    plan=context.store.entries("plan_item", context.campaign.name),
                    weights={f"{name}.toml": to_toml(kept).encode() for name, kept in presets().items()},
                    progress=lambda done, total: bar.progress(done / total, f"{done} of {total} briefings"),
                ),
            )  # fmt: skip
        except CcmError as error:
            st.error(str(error))
        bar.empty()
    packed = st.session_state.get("_handover")
    if packed and packed[0] == (context.campaign.name, context.as_of):
        name = f"ccm-handover-{context.as_of}.zip"
        st.warning("The pack holds internal entries. Hand it to the next coordinators only.", icon=":material/lock:")
        st.download_button(
            f"Download {name}", packed[1], name, type="primary", icon=":material/download:", on_click="ignore"
        )
