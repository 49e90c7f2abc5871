"""Page setup, navigation, as-of date and campaign: nothing else. Run with `streamlit run app.py`."""

import streamlit as st

from ccm_data import logs
from ccm_data.paths import STATIC
from pages.components import frame

PRODUCT = "CCM universalization"
st.set_page_config(page_title=PRODUCT, page_icon=STATIC / "icon.png", layout="wide")
logs.configure()
frame.settle()
page = st.navigation(frame.navigation(), position="top")
st.set_page_config(page_title=f"{page.title} · {PRODUCT}")
frame.enter()
frame.guarded(page.run)()
