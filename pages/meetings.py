"""meetings"""

import streamlit as st

from pages.components import frame

context = frame.require("meetings")
st.info("This page is being built.")
