"""The Documents page: one tab for each kind that the registry holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pptx
from streamlit.testing.v1 import AppTest

from ccm_data import escape
from ccm_data.vocab import Language

Open = Callable[..., AppTest]


def tab(open_page: Open, title: str) -> AppTest:
    app = open_page("documents", as_of=date(2024, 1, 10))
    app.session_state["document"] = title
    return app.run()


def test_the_deck_is_made_by_one_click_since_the_last_meeting(open_page: Open) -> None:
    app = tab(open_page, "Deck")
    assert app.date_input(key="deck_from").value == date(2023, 9, 14)
    assert app.date_input(key="deck_to").value == date(2024, 1, 10)
    assert "deck_for" not in [box.key for box in app.selectbox], "it is public, whoever makes it"
    app.button(key="_make_deck").click().run()
    assert not app.exception
    _, _, made = app.session_state["_made_deck"]
    assert made.name == "ccm-deck-2024-01-10.pptx"
    assert len(pptx.Presentation(io.BytesIO(made.content)).slides) == 8
    assert "since the Eleventh Meeting of States Parties" in app.markdown[-1].value
    assert not app.warning


def test_a_template_that_is_none_gets_a_sentence(open_page: Open) -> None:
    app = tab(open_page, "Deck")
    app.get("file_uploader")[0].upload("mine.pptx", b"nothing of the kind", "application/octet-stream").run()
    app.button(key="_make_deck").click().run()
    said = escape.markdown("The template is no PowerPoint file; save it as .pptx or .potx.")
    assert [error.value for error in app.error] == [said]


def test_the_map_is_made_by_one_click(open_page: Open) -> None:
    app = tab(open_page, "Map")
    app.button(key="_make_map").click().run()
    _, _, made = app.session_state["_made_map"]
    assert made.name == "ccm-map-2024-01-10.html"
    assert b"Public facts as of 10 January 2024." in made.content


def test_a_leave_behind_is_made_in_french_for_everybody(open_page: Open) -> None:
    app = tab(open_page, "Leave-behind")
    app.multiselect(key="brief_states").set_value(["KEN"]).run()
    assert "leave-behind_for" not in [box.key for box in app.selectbox], "it is public, whoever makes it"
    app.selectbox(key="leave-behind_in").select(Language.FRENCH).run()
    app.button(key="_make_leave-behind").click().run()
    assert not app.exception
    _, _, made = app.session_state["_made_leave-behind"]
    assert made.name == "ccm-leave-behind-2024-01-10-fr.docx"
    assert "Aide-mémoire adressé au Kenya" in [one.text for one in docx.Document(io.BytesIO(made.content)).paragraphs]


def test_a_note_verbale_is_written_on_an_uploaded_letterhead(open_page: Open) -> None:
    letterhead, out = docx.Document(), io.BytesIO()
    letterhead.add_paragraph("Our mission")
    letterhead.save(out)
    app = tab(open_page, "Note verbale")
    app.multiselect(key="brief_states").set_value(["KEN"]).run()
    app.get("file_uploader")[0].upload("mission.docx", out.getvalue(), "application/octet-stream").run()
    app.button(key="_make_note-verbale").click().run()
    assert not app.exception
    _, _, made = app.session_state["_made_note-verbale"]
    said = [one.text for one in docx.Document(io.BytesIO(made.content)).paragraphs]
    assert said[:3] == ["Our mission", "Ref.: [reference]", "Note verbale"]
    assert "Fill in what stands in square brackets" in app.markdown[-1].value
