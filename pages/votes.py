"""votes"""

import streamlit as st

from pages.components import frame

context = frame.require("votes")
st.info("This page is being built.")
