"""The legislative stage of all targets on the fixed date, with last year's answer beside it: one table, one Save."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data import stages
from ccm_data.dates import words
from ccm_data.log import Create
from ccm_data.vocab import Stage
from pages.components.frame import Context
from pages.components.log import save

ANSWERS = [stages.NO_STEP, *(stage.label for stage in Stage)]


def show(context: Context) -> None:
    """Ask for the stage of every target on the round of the day; what is answered is saved as one activity."""
    fixed = stages.round_of(context.log_day)
    before = fixed.replace(year=fixed.year - 1)
    # edits are by row position: the copy stays as it is until it is saved
    kept = f"_stages_{fixed}_{save.saves()}"
    if kept not in st.session_state:
        st.session_state[kept] = stages.table(context)
    held: pd.DataFrame = st.session_state[kept]
    st.markdown(
        f"**Where does each target stand on {words(fixed)}?** Answer for all, also when nothing happened: "
        f"{(held['answer'] != '').sum()} of {len(held)} are answered."
    )
    edited = st.data_editor(
        held.drop(columns="iso3"), key=f"{kept}_editor", hide_index=True, height=560, placeholder="",
        disabled=["name", "on_record", "before"],
        column_config={
            "name": st.column_config.TextColumn("State", pinned=True, width="medium"),
            "on_record": st.column_config.TextColumn("Highest stage on record", width="medium"),
            "before": st.column_config.TextColumn(f"Answer of {words(before)}", width="medium"),
            "answer": st.column_config.SelectboxColumn(f"On {words(fixed)}", options=ANSWERS, width="medium"),
        },
    )  # fmt: skip
    changed = (edited["answer"].fillna("") != held["answer"]) & (edited["answer"].fillna("") != "")
    given = dict(zip(held.loc[changed, "iso3"], edited.loc[changed, "answer"], strict=True))
    if st.button(
        f"Save {len(given)} answers" if given else "Save", type="primary", icon=":material/save:",
        disabled=not given, key="stages_save",
    ):  # fmt: skip
        told = stages.activity(fixed, context.log_day, given, context.log_campaign)
        save.commit(context, [Create(told)])
    st.caption(
        "Asked each 1 January and 1 July. Steps are heard of by chance; asked of all on the same day they can one day "
        "show who is likelier to join. The ranking does not read them yet."
    )
