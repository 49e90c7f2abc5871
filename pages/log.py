"""log"""

import streamlit as st

from pages.components import frame

context = frame.require("log")
st.info("This page is being built.")
