"""What people wrote is inert where it is shown: no Markdown, no formula."""

import pytest

from ccm_data import escape


@pytest.mark.parametrize("text", ["*a*", "[a](javascript:x)", "<b>a</b>", ":red[a]", "$x$", "# a", "`a`"])
def test_what_people_wrote_is_no_markup(text: str) -> None:
    escaped = escape.markdown(text)
    assert escaped.replace("\\", "") == text
    assert all(escaped[place - 1] == "\\" for place, char in enumerate(escaped) if char in "*[]()<>:$#`_")


def test_a_line_break_cannot_begin_a_heading_or_a_list() -> None:
    assert escape.markdown("a\n# b\n- c") == r"a \# b \- c"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''=1", "\n=1"])
def test_no_text_starts_a_formula_and_it_comes_back_as_it_was(text: str) -> None:
    assert escape.cell(text) == f"'{text}"
    assert escape.uncell(f"'{text}") == text


@pytest.mark.parametrize("value", ["Kenya", "1-2", "a=b", "", "'quoted'", 5, -5, 2.5, None, True])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert escape.cell(value) is value
    if isinstance(value, str):
        assert escape.uncell(value) == value


def test_a_bare_address_is_no_link() -> None:
    """The browser makes links of `http://`, `www.` and `a@b` after the escapes are gone; a word joiner parts them."""
    assert escape.markdown("http://a.b WWW.c.d x@y.z") == ("http\\:\u2060\\/\\/a\\.b WWW\u2060\\.c\\.d x\\@\u2060y\\.z")
