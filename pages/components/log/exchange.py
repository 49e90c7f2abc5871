"""The log as files: what the filters find, the whole history, and a spreadsheet back in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ccm_data import campaign as campaigns
from ccm_data import escape, log
from ccm_data.errors import CcmError
from ccm_data.importers import child
from ccm_data.log import Entry, calendar
from ccm_data.log import sheet as sheets
from ccm_data.log.importing import Preview, guess_mapping, preview
from ccm_data.log.sheet import COLUMNS, Sheet
from pages.components import sign_in
from pages.components.frame import Context
from pages.components.log import save, who
from pages.components.log.filters import Asked, may_write

NOT_READ = "(not read)"
EFFECTS = {"create": "new", "edit": "change", "same": "nothing to do", "error": "error"}
_ROUND = "_log_upload"


def view(context: Context, asked: Asked) -> None:
    """Downloads, then uploads."""
    _downloads(context, asked)
    if may_write(context):
        _spreadsheet(context)
        _history(context)


def _downloads(context: Context, asked: Asked) -> None:
    store, day, wanted = context.store, date.today(), asked.filter
    readers = wanted.max_confidentiality

    def activities() -> Iterator[Entry]:
        return campaigns.named_to(readers, store, store.activities(wanted))

    if asked.impossible:
        st.info("No state matches the filter at the side, so there is nothing to download.")
        return
    count = store.current(wanted, 1)
    number = f"more than {count.total:,}" if count.capped else f"{count.total:,}"
    st.markdown(f"**Download** the {number} entries of the log that the filters find")
    with st.container(horizontal=True):
        _download("CSV", lambda: sheets.write_csv(activities()), f"ccm-log-{day}.csv", "text/csv")
        _download("Excel", lambda: sheets.write_xlsx(activities()), f"ccm-log-{day}.xlsx")
        _download(
            "Calendar (.ics)",
            lambda: calendar.ics([*activities(), *campaigns.plan_items(store, readers, wanted.campaign)]),
            f"ccm-log-{day}.ics", "text/calendar", help="Planned activities and everything that is due.",
        )  # fmt: skip
        if may_write(context):
            _download(
                "Whole history (.jsonl)", lambda: "".join(log.lines(store)).encode(), f"ccm-log-history-{day}.jsonl",
                "application/jsonl", help="Every version of every entry; restores the log bit for bit.",
            )  # fmt: skip


def _download(label: str, data: Callable[[], bytes], name: str, mime: str | None = None, help: str = "") -> None:
    st.download_button(
        label,
        data,
        name,
        mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{label.split()[0]}_{name}",
    )


def _key(name: str) -> str:
    """An upload's widgets are new after each import."""
    return f"{name}_{st.session_state.get(_ROUND, 0)}"


def _done() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _spreadsheet(context: Context) -> None:
    st.markdown("**Import** a CSV or Excel file; nothing is written before you have seen what each row would do")
    given = st.file_uploader(
        "CSV or Excel file", type=["csv", "xlsx"], key=_key("import_file"), label_visibility="collapsed"
    )
    if given is None:
        with st.container(horizontal=True):
            for format in ("csv", "xlsx"):
                _download(f"Template {format.upper()}", partial(sheets.template, format), f"ccm-log-template.{format}")
        return
    try:
        sheet = child.run(sheets.read_sheet, given.name, given.getvalue())
        mapping = _mapping(sheet, hashlib.sha256(given.getvalue()).hexdigest()[:12])
        seen = preview(context.store, sheet, mapping)
    except CcmError as error:
        save.refuse(error)
        return
    _preview(context, seen, given.name)


def _mapping(sheet: Sheet, digest: str) -> dict[str, str]:
    """Which column of the file is which field, guessed and open to correction."""
    guessed = guess_mapping(sheet.heads)
    heads = [head for head in sheet.heads if head]
    table = pd.DataFrame(
        {
            "Column of the file": heads,
            "Is": [guessed.get(head, NOT_READ) for head in heads],
            "First row": [sheet.rows[0][sheet.heads.index(head)][:80] if sheet.rows else "" for head in heads],
        }
    )
    unread = [head for head in heads if head not in guessed]
    said = f"{len(guessed)} of {len(heads)} columns recognized"
    with st.expander(f"{said}: check or correct", expanded=bool(unread)):
        chosen = st.data_editor(
            table, hide_index=True, key=f"{_key('import_map')}_{digest}", disabled=["Column of the file", "First row"],
            column_config={"Is": st.column_config.SelectboxColumn(options=[NOT_READ, *COLUMNS], required=True)},
        )  # fmt: skip
    return {head: is_ for head, is_ in zip(heads, chosen["Is"], strict=True) if is_ != NOT_READ}


def _preview(context: Context, preview: Preview, name: str) -> None:
    broken = [row for row in preview.rows if row.errors]
    rows = [
        {
            "Row": ", ".join(map(str, row.numbers[:5])) + (" …" if len(row.numbers) > 5 else ""),
            "Title": row.title,
            "What it does": EFFECTS[row.effect],
            "What is wrong": "; ".join(row.errors),
        }
        for row in sorted(preview.rows, key=lambda row: (not row.errors, row.numbers))
    ]
    counted = Counter(row.effect for row in preview.rows).most_common()
    st.markdown(" · ".join(f"**{count}** {EFFECTS[effect]}" for effect, count in counted) or "The file has no rows.")
    st.dataframe(
        pd.DataFrame(rows, columns=["Row", "Title", "What it does", "What is wrong"]), hide_index=True, placeholder="",
        height="content" if len(rows) < 9 else 300, alt="What each row of the file would do, errors first",
    )  # fmt: skip
    without = broken and st.toggle(
        f"Leave out the {len(broken)} {'row' if len(broken) == 1 else 'rows'} with errors", key=_key("import_leave")
    )
    usable = [row for row in preview.rows if row.command]
    if broken and not without:
        st.caption("Nothing is imported while rows have errors: correct the file, or leave these rows out.")
    if st.button(
        f"Import {len(usable)} {'entry' if len(usable) == 1 else 'entries'}", type="primary", icon=":material/upload:",
        disabled=not usable or bool(broken and not without), key="import_commit",
    ):  # fmt: skip
        try:
            commands = preview.commands([number for row in broken for number in row.numbers])
        except CcmError as error:
            save.refuse(error)
        else:
            save.commit(context, commands, f"Import of {name}"[: log.LINE_LIMIT], _done)


def _history(context: Context) -> None:
    with st.expander("Restore a whole history"):
        st.caption("For an empty log, or one that is the beginning of the same history. Anything else is refused.")
        may = sign_in.administers()  # a history signs for others
        given = st.file_uploader(
            "History (.jsonl)" if may else "History (.jsonl), by an administrator", type=["jsonl"],
            key=_key("history_file"), disabled=not may,
        )  # fmt: skip
        pressed = given and st.button("Restore", icon=":material/settings_backup_restore:", key="history_commit")
        if given and pressed and may and who.signs():
            try:
                done = log.import_history(context.store, given.getvalue().decode("utf-8").splitlines())
            except UnicodeDecodeError:
                save.refuse(f"{given.name} is not UTF-8 text, so it is no history of the log.")
            except CcmError as error:
                save.refuse(error)
            else:
                _done()
                save.tell(f"Restored {done.added:,} revisions; the history has {done.revisions:,}.")
                st.rerun()
        kept = st.text_input(
            "Head that was kept elsewhere", key="history_head", placeholder="12:3f9a…",
            help="From an export, a backup or paper: the log must still contain it.",
        )  # fmt: skip
        if st.button("Verify the log", icon=":material/verified:", key="history_verify"):
            try:
                report = log.verify(context.store, kept)
            except CcmError as error:
                save.refuse(error)
                return
            if report.ok and not report.revisions:
                st.info("The log is empty: there is nothing to prove.")
            elif report.ok:
                st.success(f"{report.revisions:,} revisions of {report.entries:,} entries: the chain is whole.")
                st.text(f"Head {report.anchor}")
            for note in report.notes:
                st.warning(escape.markdown(note), icon=":material/schedule:")
            for problem in report.problems:
                st.error(escape.markdown(problem))
