"""Streamlit and Plotly as one would begin."""

from pathlib import Path

import choropleth
import streamlit as st
import world

st.set_page_config(layout="wide")
wanted = st.pills("Target categories", world.LABELS, format_func=world.LABELS.__getitem__, selection_mode="multi")
config = choropleth.without_network(Path(__file__).parent / "static", "/app/static/")
st.plotly_chart(choropleth.figure(wanted), key="world", on_select="rerun", config=config)
