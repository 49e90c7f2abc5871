"""documents"""

import streamlit as st

from pages.components import frame

context = frame.require("documents")
st.info("This page is being built.")
