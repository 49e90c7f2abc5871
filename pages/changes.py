"""changes"""

import streamlit as st

from pages.components import frame

context = frame.require("changes")
st.info("This page is being built.")
