"""Documents to take along: one tab for each kind that the registry holds."""

from datetime import date

import streamlit as st

from ccm_data import escape
from ccm_data.access import narrower
from ccm_data.dates import words
from ccm_data.documents import briefing as briefings
from ccm_data.documents import registry
from ccm_data.documents.kind import TEMPLATES
from ccm_data.documents.registry import ANNEX, PERIOD, STATES, TEMPLATE, Kind, Order
from ccm_data.errors import CcmError
from ccm_data.vocab import Confidentiality
from pages.components import filters, frame, link

context = frame.require("documents")
names = link.state_names(context.workspace)
levels = list(Confidentiality)[: list(Confidentiality).index(context.audience) + 1]


def take_filtered() -> None:
    """Put the targets of the filter into the list, best first."""
    found = context.targets(st.session_state["_documents_filter"])
    st.session_state["brief_states"] = found.loc[found["matches"], "iso3"].head(briefings.MOST_STATES).tolist()


def chosen_states() -> tuple[str, ...]:
    """The states that a document is about; the filter proposes them, and is drawn for these documents alone."""
    st.session_state["_documents_filter"] = filters.ask(context)
    selected = st.session_state.get("state")
    if "brief_states" not in st.session_state and selected:
        st.session_state["brief_states"] = [selected]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            f"States, up to {briefings.MOST_STATES}", list(names), format_func=names.__getitem__, key="brief_states",
            persist_state="session", max_selections=briefings.MOST_STATES, placeholder="Type names", width=560,
        )  # fmt: skip
        st.button("Targets in the filter", on_click=take_filtered, icon=":material/filter_alt:")
    if not chosen:
        st.info("Choose at least one state, or take the targets of the filter.", icon=":material/flag:")
    return tuple(chosen)


def chosen_period(kind: Kind) -> tuple[date | None, date | None]:
    """The first and the last day of a document."""
    first, last = kind.period(context)
    start = st.date_input("From", first, key=f"{kind.name}_from", format="YYYY-MM-DD", width=180)
    end = st.date_input(
        "To", last, key=f"{kind.name}_to", format="YYYY-MM-DD", width=180, max_value=context.workspace.latest
    )  # fmt: skip
    return start, end


def chosen_template(kind: Kind) -> bytes | None:
    """The user's own template; None for the product's look."""
    possible = [ending for style in kind.formats for ending in TEMPLATES.get(style, ())]
    given = st.file_uploader("Your own template, if you have one", possible, key=f"{kind.name}_template", width=400)
    return given.getvalue() if given else None


def panel(kind: Kind) -> None:
    """What a document takes, the button that makes it, and the file once it is made for just that."""
    st.caption(kind.about)
    states = chosen_states() if STATES in kind.takes else ()
    template = chosen_template(kind) if TEMPLATE in kind.takes else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start, end = chosen_period(kind) if PERIOD in kind.takes else (None, None)
        style = st.selectbox("As", list(kind.formats), format_func=kind.formats.__getitem__, key=f"{kind.name}_as",
                             width=300)  # fmt: skip
        language = kind.languages[0]
        if len(kind.languages) > 1:
            language = st.selectbox("In", kind.languages, format_func=lambda one: one.label, key=f"{kind.name}_in",
                                    width=140)  # fmt: skip
        most = Confidentiality.PUBLIC
        if not kind.public:
            most = st.selectbox(
                "For", levels, format_func=lambda level: f"{level.label} readers", key=f"{kind.name}_for", width=200,
                help="Entries of the log that are more confidential than this are left out.",
            )  # fmt: skip
        annex = ANNEX in kind.takes and most == Confidentiality.INTERNAL and st.checkbox(
            "With the internal annex", key=f"{kind.name}_annex",
            help="Promises to join whose day has passed, for the coordinators alone.",
        )  # fmt: skip
        asked = st.button(
            "Make it", type="primary", icon=":material/description:", key=f"_make_{kind.name}",
            disabled=STATES in kind.takes and not states,
        )  # fmt: skip
    given = context.for_audience(narrower(most, context.audience))
    order = Order(style, states, start, end, language, template, annex)
    held = f"_made_{kind.name}"
    if asked:
        bar = st.progress(0.0, "Reading and writing …")

        def tell(done: int, total: int) -> None:
            bar.progress(done / total, f"{done} of {total} done")

        try:
            made = registry.make(kind.name, given, order, tell)
            st.session_state[held] = (given.key, order, made)
        except CcmError as error:
            st.error(escape.markdown(error))
        bar.empty()
    ready = st.session_state.get(held)
    if ready and ready[:2] == (given.key, order):
        made = ready[2]
        if made.summary:
            st.markdown(escape.markdown(made.summary))
        if most != Confidentiality.PUBLIC:
            st.warning(f"{given.marking}.", icon=":material/lock:")
        st.download_button(
            f"Download {made.name}", made.content, made.name, type="primary", icon=":material/download:",
            on_click="ignore", key=f"_download_{kind.name}",
        )  # fmt: skip


context.title(f"Documents on {words(context.as_of)}", beside=context.days)
if context.workspace.findings:
    frame.stop_without_facts(context.workspace.facts_error())
kinds = list(registry.KINDS.values())
tabs = st.tabs([kind.title for kind in kinds], key="document", on_change="rerun")
for tab, kind in zip(tabs, kinds, strict=True):
    if tab.open:
        with tab:
            panel(kind)
