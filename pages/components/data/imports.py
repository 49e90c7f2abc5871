"""What others publish, and corrections of one's own: seen beside the facts first, then taken over row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pandas as pd
import streamlit as st

from ccm_data import escape, factfiles
from ccm_data.errors import CcmError
from ccm_data.importers import child
from ccm_data.importers.model import Parsed
from ccm_data.overlay import corrections
from ccm_data.overlay.compare import Comparison, Verdict, compare
from ccm_data.overlay.rows import columns
from ccm_data.vocab import Treaty
from pages.components import link
from pages.components.data import changes
from pages.components.frame import Context

KINDS = ("Depositary's status page", "Digital Library vote", "First Committee roll call", "CSV or Excel")


def show(context: Context) -> None:
    """Choose what it is, give it, see what it would change, take it over."""
    kind = st.segmented_control(
        "What it is", KINDS, default=KINDS[0], required=True, key="import_kind", label_visibility="collapsed"
    )
    try:
        parsed = ASK[kind or KINDS[0]](context)
    except CcmError as error:
        st.error(escape.markdown(error), icon=":material/error:")
        return
    if parsed:
        _preview(context, compare(parsed, context.workspace.held))


def _untc(context: Context) -> Parsed | None:
    from ccm_data.importers import untc

    file = factfiles.BY_NAME["treaty_actions"]
    left, right = st.columns([1, 2])
    shown = [one for one in Treaty if one in untc.TREATIES]
    treaty = left.selectbox("Treaty", shown, format_func=lambda one: one.label, key="import_treaty")
    st.caption(f"{file.steps} [Open the page]({untc.address(treaty or Treaty.CCM)})")
    given = right.file_uploader("Saved page or XML", type=["html", "htm", "xml"], key=changes.key("import_untc"))
    return child.run(untc.parse, given.getvalue(), treaty) if given and treaty else None


def _undl(context: Context) -> Parsed | None:
    from ccm_data.importers import votes

    st.caption(f"Save the CSV or the MARCXML of the record. [Open the Digital Library]({factfiles.UNDL})")
    given = st.file_uploader("CSV or MARCXML", type=["csv", "xml"], key=changes.key("import_undl"))
    return child.run(votes.parse, given.getvalue()) if given else None


def _rollcall(context: Context) -> Parsed | None:
    from ccm_data.importers import rollcall

    st.caption(f"Copy the roll call from the press release. [Open the press releases]({factfiles.PRESS})")
    totals = context.rows("votes/totals", since=pd.Timestamp("2000-01-01").date())
    lacking = context.rows("data/roll_calls_missing")
    if len(lacking):
        st.caption("Without a First Committee roll call: " + ", ".join(f"session {s}" for s in lacking["session"]))
    first, second, third, fourth = st.columns([0.7, 1, 1.2, 1.4])
    start = int(lacking["session"].max()) if len(lacking) else int(totals["session"].max())
    session = int(first.number_input("Session", 60, 200, start, key=changes.key("call_session")))
    known = lacking[lacking["session"] == session]
    day = second.date_input(
        "Day of the vote", known["vote_date"].item() if len(known) and pd.notna(known["vote_date"].item()) else None,
        max_value=context.workspace.latest, format="YYYY-MM-DD", key=changes.key(f"call_day_{session}"),
    )  # fmt: skip
    resolution = third.text_input(
        "Resolution", known["resolution"].item() if len(known) else "", key=changes.key(f"call_resolution_{session}")
    )
    url = fourth.text_input(
        "Address of the press release", key=changes.key("call_url"), placeholder="https://press.un.org/…"
    )
    text = st.text_area(
        "Roll call",
        key=changes.key("call_text"),
        height=180,
        placeholder="In favour: …; Against: …; Abstaining: …; Absent: …",
    )
    if not text.strip():
        return None
    if day is None or not resolution.strip() or not url.strip():
        st.info(
            "Give the day, the resolution and the address: they are the source of every vote.", icon=":material/edit:"
        )
        return None
    return rollcall.parse(
        text, session=session, year=session + 1945, resolution=resolution.strip(), vote_date=day, draft=None,
        totals=None, url=url.strip(),
    )  # fmt: skip


def _sheet(context: Context) -> Parsed | None:
    from ccm_data.importers import sheet
    from ccm_data.importers.table import read_sheet

    one = st.selectbox("Facts", factfiles.FACT_FILES, format_func=lambda file: file.words, key="import_file", width=320)
    st.caption(f"One row: {one.row} Columns: {', '.join(columns(one.name))}.")
    given = st.file_uploader("CSV or Excel", type=["csv", "xlsx"], key=changes.key("import_sheet"))
    source = _source("import_source", "Source of rows without a source of their own")
    return sheet.propose(child.run(read_sheet, given.name, given.getvalue()), one.name, source) if given else None


ASK: dict[str, Callable[[Context], Parsed | None]] = dict(zip(KINDS, (_untc, _undl, _rollcall, _sheet), strict=True))


def _source(key: str, label: str) -> dict[str, str] | None:
    with st.expander(label):
        left, right = st.columns(2)
        title = left.text_input("Title", key=changes.key(f"{key}_title"))
        publisher = right.text_input("Publisher", key=changes.key(f"{key}_publisher"))
        url = left.text_input("Link", key=changes.key(f"{key}_url"))
        day = right.text_input("Date", key=changes.key(f"{key}_date"), placeholder="YYYY-MM-DD, YYYY-MM or YYYY")
    return corrections.source(title, publisher, url, day) if title.strip() else None


def _preview(context: Context, found: Comparison) -> None:
    """What would change, each row beside the source's words; nothing is written before the button."""
    names = link.state_names(context.workspace)
    titles = context.workspace.sources["title"]
    counts = [f"**{len(found.of(verdict))}** {verdict.label.lower()}" for verdict in Verdict]
    st.markdown(f"**{found.same}** as in the facts · {' · '.join(counts)} · **{len(found.questions)}** questions")
    for note in found.parsed.notes:
        st.caption(escape.markdown(note))
    if found.questions:
        st.warning("Look into these: the facts and the source cannot both be right, and nothing is proposed.",
                   icon=":material/help:")  # fmt: skip
        st.dataframe(pd.DataFrame([
            {"State": names.get(q.iso3, q.iso3), "Question": q.said, "Source's words": q.text} for q in found.questions
        ]), hide_index=True, placeholder="", height="content")  # fmt: skip
    accepted: list[int] = []
    if found.items:
        table = pd.DataFrame([
            {
                "Take over": item.verdict is not Verdict.CONFLICT, "What": item.verdict.label,
                "State": names.get(item.iso3, item.iso3), "Difference": item.said, "Source's words": item.text,
                "Now": _cells(item.was), "Proposed": _cells(item.row),
                "Source now": titles.get((item.was or {}).get("source_id", ""), ""),
                "Facts": factfiles.words(item.file),
            }
            for item in found.items
        ])  # fmt: skip
        edited = st.data_editor(
            table,
            hide_index=True,
            key=changes.key("import_rows"),
            disabled=list(table.columns[1:]),
            height="content" if len(table) < 12 else 460,
        )
        accepted = [place for place, take in enumerate(edited["Take over"]) if take]
    if not found.items and not found.through:
        st.success("The facts say all of it already.", icon=":material/check:")
        return
    title = str(found.parsed.source.get("title") or "rows")
    reason = st.text_input("Reason", f"Import: {title}"[:200], key=changes.key("import_reason"))
    through = found.change("", "", "", accepted).through  # a new row that is left out keeps the horizon where it is
    left = len(found.questions) + sum(
        place not in accepted for place, item in enumerate(found.items) if item.verdict is Verdict.CONFLICT
    )
    whole = f", compared through {through[0].day}" if through else ""
    whole += f" with {left} open" if through and left else ""
    if st.button(
        f"Take over {len(accepted)} {'row' if len(accepted) == 1 else 'rows'}{whole}", type="primary",
        icon=":material/download_done:", key="import_apply", disabled=not accepted and not through,
    ):  # fmt: skip
        changes.commit(lambda author: found.change(str(uuid4()), author, reason, accepted), f"Taken over: {title}")


def _cells(row: Any) -> str:
    if row is None:
        return ""
    return ", ".join(cell for name, cell in row.items() if cell and name not in ("source_id", "iso3", "note"))


def correct(context: Context) -> None:
    """The rows of one state in one kind of facts, as a table to edit; a correction has a source and a reason."""
    names = link.state_names(context.workspace)
    left, right = st.columns(2)
    iso3 = left.selectbox(
        "State", list(names), index=None, format_func=names.__getitem__, key="correct_state", placeholder="Type a name"
    )
    one = right.selectbox("Facts", factfiles.FACT_FILES, format_func=lambda file: file.words, key="correct_file")
    if not iso3:
        st.caption(
            "Choose a state and a kind of facts: its rows open as a table to edit. Add a row for a value from a day on."
        )
        return
    held = corrections.rows_of(context.workspace.held(one.name), iso3)
    table = pd.DataFrame(held, columns=list(columns(one.name)))
    st.caption(one.row)
    edited = st.data_editor(
        table, hide_index=True, num_rows="dynamic", key=changes.key(f"correct_{one.name}_{iso3}"), placeholder="",
    )  # fmt: skip
    source = _source("correct_source", "Source of the correction (its rows cite it)")
    reason = st.text_input("Reason", key=changes.key("correct_reason"), placeholder="What was wrong")
    if st.button("Correct", type="primary", icon=":material/edit:", key="correct_apply"):
        rows = edited.astype(object).where(edited.notna(), "").astype(str).to_dict("records")
        given = [{str(name): cell for name, cell in row.items()} for row in rows]
        changes.commit(
            lambda author: corrections.correction(one.name, held, given, source, author, reason),
            "The facts are corrected",
        )
