"""The campaign's work plan: what was to be done by when, how far it has come, and what it costs."""

import streamlit as st

from ccm_data.log import plan_progress
from pages.components import frame, gauge
from pages.components.choices import PLAN_VIEWS
from pages.components.log import columns, editor, filters, plan, save, stages, who

context = frame.require("plan")
writes = filters.may_write(context)
items = editor.grid("_plan_grid", columns.PLAN)
campaigns = editor.grid("_campaign_grid", columns.CAMPAIGN)
items.collect()
campaigns.collect()
if writes:
    who.ask(context.side)
save.settle(context)

today = filters.today(context)
campaign = context.campaign
found = plan_progress(context.store, campaign.name, today=today, max_confidentiality=context.audience)
context.title(f"Work plan of {campaign.name}" if context.log_campaign else "Work plan")
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    if writes:
        with st.container(horizontal=True, width="content"):
            view = st.segmented_control(
                "View", PLAN_VIEWS, default="Plan", required=True, key="plan_view",
                label_visibility="collapsed",
            )  # fmt: skip
            save.undo_button(context)
    else:
        view = "Plan"
if view == "Edit":
    plan.edit(context, found, items)
elif view == "Campaigns":
    plan.campaigns(context, campaigns)
elif view == "Stages":
    stages.show(context)
elif found:
    plan.figures(context, found, today)
    if not context.workspace.findings:
        gauge.show(context)
    plan.overview(context, found, today)
elif not context.log_campaign:
    plan.begin(context)
else:
    st.info("This campaign has no plan item yet. Add the first one under Edit.", icon=":material/view_timeline:")
