"""The box that finds a state by name; its value is the selected state of all pages and of the URL."""

from __future__ import annotations

import streamlit as st

from ccm_data.workspace import Workspace
from pages.components import link


def box(workspace: Workspace) -> str | None:
    """Draw the box; the selected state's ISO3 code."""
    names = link.state_names(workspace)
    return st.selectbox(
        "Find a state", list(names), index=None, format_func=names.__getitem__, key="state", bind="query-params",
        placeholder="Type a name",
    )  # fmt: skip
