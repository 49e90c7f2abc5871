"""placeholder"""
import streamlit as st
from pages.components import frame
context = frame.require("about")
