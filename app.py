"""Page setup, navigation, sign-in, as-of date and campaign: nothing else. Run with `streamlit run app.py`."""

import streamlit as st

from ccm_data import logs
from ccm_data.paths import STATIC
from pages.components import guard, warm

logs.configure()
if __name__ == "__main__":  # each time a browser asks
    from pages.components import frame, sign_in

    st.set_page_config(page_title=sign_in.PRODUCT, page_icon=STATIC / "icon.svg", layout="wide")
    sign_in.gate()
    frame.settle()
    page = st.navigation(frame.navigation(), position="top")
    st.set_page_config(page_title=f"{page.title} · {sign_in.PRODUCT}")
    frame.enter()
    frame.guarded(page.run)()
else:  # once, when the server starts
    server = st.App(__file__, middleware=guard.at_start())
    warm.begin()
