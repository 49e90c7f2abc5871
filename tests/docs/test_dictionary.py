"""The dictionary in docs/data.md is the one that the declared columns make."""

from __future__ import annotations

from ccm_data.paths import ROOT
from ccm_data.validation.dictionary import markdown


def test_the_dictionary_is_up_to_date() -> None:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert text.split("<!-- dictionary -->\n")[1] == markdown(), "run `ccm facts dictionary` and paste it"
