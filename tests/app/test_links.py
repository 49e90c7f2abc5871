"""What an address asks of the filter: words and codes, what is unknown in it, and text that stays text."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import escape
from ccm_data.filters import FIELDS, Kind
from pages.components import parameters
from tests.app.conftest import Open

CATEGORIES = "first_committee_yes, mine_ban_party, signatory, declared_support"


def notices(app: AppTest) -> list[str]:
    """What was wrong in the link, as Markdown."""
    return [warning.value for warning in app.warning if warning.icon == ":material/link_off:"]


def asked(app: AppTest) -> dict[str, Any]:
    """Values of the filter's widgets that differ from asking nothing, by parameter."""
    values = {field.parameter: app.session_state[field.parameter] for field in FIELDS}
    return {
        field.parameter: values[field.parameter]
        for field in FIELDS
        if values[field.parameter] != (list(field.default) if field.kind == Kind.SEVERAL else field.default)
    }


ALL = {
    "category": ["signatory", "mine_ban_party"], "match": "all", "q": "a", "without": ["declared_support"],
    "status": ["signatory"], "group": ["African"], "region": ["Africa"], "org": ["AU", "SADC"], "producer": ["no"],
    "stockpiler": ["no", "former"], "contaminated": ["suspected"], "unaffected": True, "limit": 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("form", ["words", "codes"])
def test_every_filter_is_set_by_words_and_by_codes(open_link: Open, form: str) -> None:
    assert list(ALL) == [field.parameter for field in FIELDS]

    def sent(value: Any) -> Any:
        return field.words(value) if form == "words" else str(value)

    link = {}
    for field in FIELDS:
        value = ALL[field.parameter]
        link[field.parameter] = [sent(one) for one in value] if isinstance(value, list) else sent(value)
    app = open_link(**link)
    assert asked(app) == ALL
    assert notices(app) == []


@pytest.mark.parametrize("state", ["KEN", "Kenya"])
def test_a_link_as_the_widgets_write_it(open_link: Open, state: str) -> None:
    app = open_link(category="Signatory, not ratified", match="All of", state=state)
    assert asked(app) == {"category": ["signatory"], "match": "all"}
    assert app.session_state["state"] == "KEN"
    assert notices(app) == []


def test_each_unknown_value_is_named_and_only_it_is_left_out(open_link: Open) -> None:
    app = open_link(
        category=["signatory", "nonsense", "Mine Ban Convention party"], match="none", unaffected="perhaps",
        limit="0", group="African", org=["AU", "NATOO", "EUU"], state="XYZ",
    )  # fmt: skip
    assert asked(app) == {"category": ["signatory", "mine_ban_party"], "group": ["African"], "org": ["AU"]}
    said = "\n".join(notices(app))
    for sentence in (
        f"'nonsense' is not a known category; possible: {CATEGORIES}.",
        "'none' is not a known way to combine categories; possible: any, all.",
        "'perhaps' is not a known answer on small unaffected states; possible: true, false.",
        "'0' is no population limit; possible: whole numbers from 1 to 10000000000.",
        "'NATOO' is not a known organization; possible: ASEAN, AU, BRICS,",
        "'EUU' is not a known organization; possible: ASEAN, AU, BRICS,",
        "'XYZ' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN.",
    ):
        assert escape.markdown(sentence) in said
    assert len(notices(app)) == 7


def test_an_address_is_text_never_markdown(open_link: Open) -> None:
    evil = "[click](https://example.org) **now** :material/close:"
    app = open_link(org=evil, q="*a*")
    assert notices(app)[0].startswith(escape.markdown(f"'{evil}' is not a known organization"))
    app = open_link(q="(plurinational").switch_page("pages/targets.py").run()
    assert any("name contains “\\(plurinational”" in caption.value for caption in app.caption)


def test_clearing_sets_every_widget_back(open_link: Open) -> None:
    app = open_link(**{name: [str(v) for v in value] if isinstance(value, list) else str(value)
                       for name, value in ALL.items()})  # fmt: skip
    assert asked(app) == ALL
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert not app.exception
    assert asked(app) == {}


@pytest.mark.parametrize(
    ("parameter", "code", "words"),
    [
        ("colour", "vote", "vote"),
        ("view", "africa", "Africa"),
        ("view", "Africa", "Africa"),
        ("colour", "Latest vote", "vote"),
    ],
)
def test_choices_by_code_and_by_words(open_link: Open, parameter: str, code: str, words: str) -> None:
    app = open_link(**{parameter: code})
    assert app.session_state[parameter] == words
    assert notices(app) == []


def test_what_is_unknown_gets_one_sentence_for_every_parameter_and_stays_text(open_link: Open) -> None:
    names = [name for name in parameters.every() if name not in ("q", "entry")]
    app = open_link(**{name: f"[{name}](http://evil)" for name in names})
    told = notices(app)
    assert len(told) == len(names) > 40
    for name in names:
        (notice,) = (notice for notice in told if escape.markdown(f"[{name}](http://evil)") in notice)
        assert any(word in notice for word in ("possible", "write it as", "such as")), notice
    assert dict(app.query_params) == {}


def test_an_unknown_parameter_gets_a_sentence(open_link: Open) -> None:
    app = open_link(colr="vote", meeting="off", colour="vote")
    told = [notice.replace("\\", "") for notice in notices(app)]
    assert told[0].startswith(
        "There is no parameter 'colr' of an address; possible: as_of, campaign, category, match, "
    )
    assert told[1:] == ["'off' is not a known answer on meeting mode; possible: on."]
    assert dict(app.query_params) == {"colour": "vote"}


OTHERS = {
    "as_of": ("2021-11-30", "2021-11-30"), "campaign": ("period", "Since the Second Review Conference, part two"),
    "state": ("KEN", "Kenya"), "colour": ("vote", "Latest vote"), "view": ("africa", "Africa"),
    "order": ("priority", "Priority score"), "preset": ("balanced", "Balanced"), "show": ("all", "All in the filter"),
    "summary_by": ("org", "Organizations"), "log_view": ("next_steps", "Next steps"),
    "log_scope": ("all", "All campaigns"), "log_public": ("false", "False"), "data_view": ("not_known", "Not known"),
    "plan_view": ("edit", "Edit"), "changes_view": ("year_by_year", "Year by year"), "from_day": ("2020-01-01",) * 2,
}  # fmt: skip


@pytest.mark.parametrize("place", [0, 1], ids=["codes", "words"])
def test_an_address_is_written_in_codes(open_link: Open, place: int) -> None:
    app = open_link(**{name: said[place] for name, said in OTHERS.items()})
    assert notices(app) == []
    assert dict(app.query_params) == {name: said[0] for name, said in OTHERS.items()}
    app.switch_page("pages/evaluation.py").run()
    app.switch_page("pages/votes.py").run()
    assert app.segmented_control(key="show").value == "all"
    app.segmented_control(key="show").set_value("changed").run()
    app.switch_page("pages/evaluation.py").run()
    assert dict(app.query_params) == {name: said[0] for name, said in OTHERS.items()} | {"show": "changed"}
