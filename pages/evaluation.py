"""evaluation"""

import streamlit as st

from pages.components import frame

context = frame.require("evaluation")
st.info("This page is being built.")
