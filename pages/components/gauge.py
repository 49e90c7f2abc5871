"""Where the campaign stands against its target, and what pace and chances say."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ccm_data import escape, targets
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.ranking.gauge import Gauge
from pages.components.frame import Context


def show(context: Context) -> None:
    """Joins and withdrawals since the baseline, paces, and the chance of the target by model and by base rate."""
    campaign = context.campaign
    name = escape.markdown(campaign.name)
    if context.as_of < campaign.baseline:
        st.caption(f"The campaign {name} begins on {words(campaign.baseline)}, after the as-of date.")
        return
    try:
        found = context.gauge()
    except CcmError as error:
        st.caption(escape.markdown(error))
        return
    through = min(context.as_of, campaign.end)
    if not campaign.target:
        st.markdown(
            f"**{name}: {found.joined} new States Parties**, {found.withdrawn} withdrew, net {found.net:+d}. "
            f"Pace of the last five years: {found.pace_5_years:.1f} a year."
        )
        return
    st.markdown(
        f"**{name}: {found.joined} of {campaign.target} new States Parties** between "
        f"{words(campaign.baseline)} and {words(through)}; {found.withdrawn} withdrew, net {found.net:+d}. "
        f"Pace of the last five years: {found.pace_5_years:.1f} a year."
    )
    if found.ended:
        st.caption(f"The campaign ended on {words(campaign.end)}, the target {'met' if found.reached else 'not met'}.")
    elif found.reached:
        st.caption(f"The target is met; the campaign runs until {words(campaign.end)}.")
    else:
        st.caption(_ahead(found, campaign.end))


def _ahead(found: Gauge, end: date) -> str:
    """What is still needed, and the chance of it by both levels."""
    said = f"{found.missing} more are needed by {words(end)}, a pace of {found.pace_needed:.1f} a year."
    if found.chances is None:
        return said
    low, high = found.chances
    return (
        f"{said} Chance of reaching the target: {targets.chance_range(low, high)} "
        f"({found.chance_five_years:.0%} by the rate of the last five years, {found.chance_decayed:.0%} by the rate "
        "that falls with the Convention's age)."
    )
