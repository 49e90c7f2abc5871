"""The campaign's work plan: what was to be done by when, how far it has come, and what it costs."""

import streamlit as st

from ccm_data import escape
from ccm_data.log import plan_progress
from pages.components import frame, gauge, log_columns, log_filters, log_grid, log_plan, log_save, who

context = frame.require("plan")
writes = log_filters.may_write(context)
items = log_grid.grid("_plan_grid", log_columns.PLAN)
campaigns = log_grid.grid("_campaign_grid", log_columns.CAMPAIGN)
items.collect()
campaigns.collect()
if writes:
    who.ask(context.side)
log_save.settle(context)

today = log_filters.today(context)
campaign = context.campaign
found = plan_progress(context.store, campaign.name, today=today, max_confidentiality=context.audience)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.subheader(f"Work plan of {escape.markdown(campaign.name)}", anchor=False)
    if writes:
        with st.container(horizontal=True, width="content"):
            view = st.segmented_control(
                "View", ("Plan", "Edit", "Campaigns"), default="Plan", required=True, key="plan_view",
                bind="query-params", label_visibility="collapsed",
            )  # fmt: skip
            log_save.undo_button(context)
    else:
        view = "Plan"
if view == "Edit":
    log_plan.edit(context, found, items)
elif view == "Campaigns":
    log_plan.campaigns(context, campaigns)
elif found:
    log_plan.figures(context, found)
    if not context.workspace.findings:
        gauge.show(context)
    log_plan.overview(context, found, today)
else:
    st.info("This campaign has no plan item yet. Add the first one under Edit.", icon=":material/view_timeline:")
