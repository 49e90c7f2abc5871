"""plan"""

import streamlit as st

from pages.components import frame

context = frame.require("plan")
st.info("This page is being built.")
