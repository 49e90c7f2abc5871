"""Each condition of the filter on the facts as they are, against sets known by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given as drawn
from hypothesis import settings

from ccm_data import sql
from ccm_data.errors import CcmError
from ccm_data.filters import FIELDS, SMALL_STATE_POPULATION, Kind, StateFilter, by_parameter, checked, describe
from ccm_data.paths import ROOT
from ccm_data.vocab import Category, Match, MunitionsValue, Region, Status, UnGroup, codes
from ccm_data.workspace import Workspace

DAY = date(2026, 2, 3)
TARGETS = ("signatory", "not_party", "withdrawn")
SIGNATORIES = {"AGO", "CAF", "COD", "CYP", "DJI", "HTI", "IDN", "JAM", "KEN", "LBR", "TZA", "UGA"}
Found = Callable[..., set[str]]


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> Found:
    def ask(day: date = DAY, **wanted: Any) -> set[str]:
        states = workspace.states(day, StateFilter(**wanted))
        assert len(states) == 197, "a filter marks states, it drops none"
        return set(states.loc[states["matches"], "iso3"])

    return ask


def test_an_empty_filter_matches_all(found: Found) -> None:
    assert len(found()) == 197
    assert StateFilter().is_empty
    assert StateFilter(match="all", population_limit=5).is_empty
    assert not StateFilter(text="a").is_empty


CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"categories": ("signatory",)}, SIGNATORIES),
    ({"categories": codes(Category), "match": "all"}, {"COD", "CYP", "HTI", "KEN", "LBR"}),
    ({"categories": ("signatory", "mine_ban_party"), "match": "all"}, SIGNATORIES),
    ({"categories": ("signatory",), "without": ("mine_ban_party",)}, set()),
    ({"statuses": ("withdrawn",)}, {"LTU"}),
    ({"statuses": ("withdrawn", "signatory")}, {"LTU"} | SIGNATORIES),
    ({"statuses": TARGETS, "groups": ("Eastern European",)},
     {"ARM", "AZE", "BLR", "EST", "GEO", "LTU", "LVA", "POL", "ROU", "RUS", "SRB", "UKR"}),
    ({"statuses": TARGETS, "regions": ("Oceania",)}, {"FSM", "KIR", "MHL", "PNG", "SLB", "TON", "TUV"}),
    ({"orgs": ("ECOWAS",)},
     {"BEN", "CIV", "CPV", "GHA", "GIN", "GMB", "GNB", "LBR", "NGA", "SEN", "SLE", "TGO"}),
    ({"statuses": TARGETS, "orgs": ("ECOWAS",)}, {"LBR"}),
    ({"orgs": ("ECOWAS", "EAC"), "categories": ("signatory",)}, {"COD", "KEN", "LBR", "TZA", "UGA"}),
    ({"producer": ("yes",)},
     {"BRA", "CHN", "EGY", "GRC", "IND", "IRN", "ISR", "KOR", "MMR", "PAK", "POL", "PRK", "ROU", "RUS", "SGP", "TUR",
      "USA"}),
    ({"stockpiler": ("yes",), "producer": ("yes",), "regions": ("Europe",)}, {"GRC", "POL", "ROU", "RUS"}),
    ({"contaminated": ("suspected",)}, {"COD", "ERI"}),
    ({"contaminated": ("suspected", "yes"), "orgs": ("EAC",)}, {"COD", "SOM", "SSD"}),
    ({"unaffected": True, "population_limit": 10_000}, {"COK", "NIU", "TUV", "VAT"}),
    ({"statuses": TARGETS, "unaffected": True, "population_limit": 300_000},
     {"BRB", "DMA", "FSM", "KIR", "MHL", "TON", "TUV"}),
    ({"statuses": TARGETS, "unaffected": True},
     {"BHS", "BRB", "BRN", "BTN", "DJI", "DMA", "FSM", "KIR", "MHL", "SLB", "SUR", "TLS", "TON", "TUV"}),
    ({"text": "guinea"}, {"GIN", "GNB", "GNQ", "PNG"}),
    ({"text": "LTU"}, {"LTU"}),
    ({"text": "nowhere at all"}, set()),
    ({"text": "' or true --"}, set()),
    ({"text": "%"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "expected"), CASES, ids=[str(wanted)[:70] for wanted, _ in CASES])
def test_the_states_of_a_condition(found: Found, wanted: dict[str, Any], expected: set[str]) -> None:
    assert found(**{k: tuple(v) if isinstance(v, list) else v for k, v in wanted.items()}) == expected


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Côte", "CIV"), ("Cote", "CIV"), ("COTE D", "CIV"), ("Türkiye", "TUR"), ("turkiye", "TUR"),
        ("sao tome", "STP"), ("São Tomé", "STP"), ("ltu", "LTU"), ("Viet Nam", "VNM"),
    ],
)  # fmt: skip
def test_text_knows_no_accents_and_no_case(found: Found, text: str, iso3: str) -> None:
    assert found(text=text) == {iso3}


def test_any_all_and_without_are_union_intersection_and_difference(found: Found) -> None:
    single = {name: found(categories=(name,)) for name in codes(Category)}
    assert all(single.values())
    for both in combinations(codes(Category), 2):
        first, second = (single[name] for name in both)
        assert found(categories=both) == first | second
        assert found(categories=both, match="all") == first & second
        assert found(categories=both[:1], without=both[1:]) == first - second


def test_states_without_a_regional_group_are_in_none(found: Found) -> None:
    grouped = [found(groups=(group,)) for group in codes(UnGroup)]
    assert sum(map(len, grouped)) == len(set().union(*grouped)) == 193
    assert {"COK", "NIU", "PSE", "VAT"}.isdisjoint(set().union(*grouped))


def test_every_state_is_in_one_region_and_has_one_status(found: Found) -> None:
    assert sum(len(found(regions=(region,))) for region in codes(Region)) == 197
    assert sum(len(found(statuses=(status,))) for status in codes(Status)) == 197


class TestSmallUnaffected:
    def test_the_verdict_follows_its_attributes(self, workspace: Workspace) -> None:
        for limit in (100_000, SMALL_STATE_POPULATION, 2_000_000_000):
            for row in workspace.states(DAY, StateFilter(population_limit=limit)).to_dict("records"):
                munitions = [row["producer"], row["stockpiler"], row["contaminated"]]
                if "yes" in munitions or row["population"] >= limit:
                    expected = "no"
                else:
                    expected = "yes" if set(munitions) <= {"no", "former"} else "unknown"
                assert row["small_unaffected"] == expected, row["iso3"]

    def test_a_missing_source_is_unknown_not_unaffected(self, workspace: Workspace) -> None:
        early = workspace.states(date(2009, 1, 1), StateFilter(unaffected=True))
        small = early[early["population"] < SMALL_STATE_POPULATION]
        blank = small[small[["producer", "stockpiler", "contaminated"]].isna().any(axis=1)]
        assert len(blank) > 0
        assert set(blank["small_unaffected"]) <= {"unknown", "no"}
        assert not blank["matches"].any()

    def test_the_limit_is_exclusive(self, workspace: Workspace) -> None:
        tuvalu = workspace.states(DAY).set_index("iso3").loc["TUV"]
        for limit, verdict in ((int(tuvalu["population"]), "no"), (int(tuvalu["population"]) + 1, "yes")):
            states = workspace.states(DAY, StateFilter(population_limit=limit)).set_index("iso3")
            assert states.loc["TUV", "small_unaffected"] == verdict


SAMPLES = {
    "categories": codes(Category), "without": codes(Category), "statuses": codes(Status), "groups": codes(UnGroup),
    "regions": codes(Region), "producer": codes(MunitionsValue), "stockpiler": codes(MunitionsValue),
    "contaminated": codes(MunitionsValue), "orgs": ["AU", "ASEAN", "EU", "CARICOM", "NATO"],
}  # fmt: skip


@drawn(
    data=st.fixed_dictionaries(
        {}, optional={k: st.lists(st.sampled_from(v), max_size=2, unique=True).map(tuple) for k, v in SAMPLES.items()}
    ),
    match=st.sampled_from(["any", "all"]),
    unaffected=st.booleans(),
)
@settings(max_examples=10)
def test_conditions_combine_by_and(
    workspace: Workspace, data: dict[str, tuple[str, ...]], match: str, unaffected: bool
) -> None:
    def matches(**wanted: Any) -> set[str]:
        states = workspace.states(DAY, StateFilter(**wanted))
        return set(states.loc[states["matches"], "iso3"])

    together = matches(match=match, unaffected=unaffected, **data)
    each = [matches(match=match, **{name: values}) for name, values in data.items()]
    assert together == matches(unaffected=unaffected).intersection(*each)


ROWS = {field.name: field for field in FIELDS}
ORGS = (
    "ASEAN, AU, BRICS, CARICOM, CELAC, CIS, COE, COMMONWEALTH, CPLP, EAC, ECCAS, ECOWAS, EU, G77, GCC, IGAD, LAS, "
    "NATO, OAS, OIC, OIF, OSCE, PIF, SAARC, SADC, SCO, SEGIB"
)
CATEGORIES = "first_committee_yes, mine_ban_party, signatory, declared_support"
MUNITIONS = "yes, no, former, alleged, suspected, unclear"
UNKNOWN = {
    "categories": f"'FOO' is not a known category; possible: {CATEGORIES}.",
    "match": "'FOO' is not a known way to combine categories; possible: any, all.",
    "without": f"'FOO' is not a known category to leave out; possible: {CATEGORIES}.",
    "statuses": "'FOO' is not a known status; possible: state_party, signatory, not_party, withdrawn.",
    "groups": "'FOO' is not a known UN regional group; possible: African, Asia-Pacific, Eastern European, GRULAC, "
    "WEOG.",
    "regions": "'FOO' is not a known region; possible: Africa, Americas, Asia, Europe, Oceania.",
    "orgs": f"'FOO' is not a known organization; possible: {ORGS}.",
    "producer": f"'FOO' is not a known production status; possible: {MUNITIONS}.",
    "stockpiler": f"'FOO' is not a known stockpile status; possible: {MUNITIONS}.",
    "contaminated": f"'FOO' is not a known contamination status; possible: {MUNITIONS}.",
    "unaffected": "'FOO' is not a known answer on small unaffected states; possible: true, false.",
    "population_limit": "'FOO' is no population limit; possible: whole numbers from 1 to 10000000000.",
}


class TestTheTable:
    def test_each_row_has_its_parameter_in_the_statement_and_the_reverse(self) -> None:
        assert sql.parameters("states/filtered") == set(ROWS) == set(StateFilter().parameters())

    def test_no_two_rows_share_a_parameter_or_an_option(self) -> None:
        parameters = [name for field in FIELDS for name in (field.parameter, *field.old)]
        options = [field.option or field.parameter for field in FIELDS]
        assert len(set(parameters)) == len(parameters)
        assert len(set(options)) == len(options)

    def test_links_sent_before_name_these_parameters(self) -> None:
        sent = ("category", "match", "q", "without", "status", "group", "region", "org", "producer", "stockpiler",
                "contaminated", "unaffected", "limit")  # fmt: skip
        assert [field.name for name in sent if (field := by_parameter(name))] == list(ROWS)
        assert by_parameter("state") is None

    def test_what_modifies_a_condition_names_one(self) -> None:
        assert {f.name: f.modifies for f in FIELDS if f.modifies} == {
            "match": "categories", "population_limit": "unaffected",
        }  # fmt: skip

    @pytest.mark.parametrize("name", ROWS)
    def test_each_value_is_understood_by_code_and_in_words(self, workspace: Workspace, name: str) -> None:
        field, options = ROWS[name], workspace.options
        match field.kind:
            case Kind.FLAG:
                values: tuple[Any, ...] = (True, False)
            case Kind.NUMBER:
                values = (field.least, field.default, field.most)
            case Kind.TEXT:
                values = ("Côte d'Ivoire", "*", "")
            case _:
                values = field.possible(options)
        assert values
        for value in values:
            assert field.read(str(value), options) == value
            assert field.read(field.words(value), options) == value

    @pytest.mark.parametrize("name", UNKNOWN)
    def test_an_unknown_value_is_a_sentence_with_the_possible_ones(self, workspace: Workspace, name: str) -> None:
        with pytest.raises(CcmError) as raised:
            ROWS[name].read("FOO", workspace.options)
        assert str(raised.value) == UNKNOWN[name]

    @pytest.mark.parametrize("text", ["0", "-5", "10000000001", "1.5", "1e6", "", "many"])
    def test_a_number_keeps_to_its_bounds(self, workspace: Workspace, text: str) -> None:
        with pytest.raises(CcmError) as raised:
            ROWS["population_limit"].read(text, workspace.options)
        assert str(raised.value) == UNKNOWN["population_limit"].replace("FOO", text)


def given(**wanted: Any) -> dict[str, Any]:
    """Values of all fields: these, else the ones that ask nothing."""
    return {field.name: field.default for field in FIELDS} | wanted


class TestChecked:
    def test_known_values_come_back_as_codes(self, workspace: Workspace) -> None:
        wanted = checked(
            given(categories=[Category.SIGNATORY], match=Match.ALL, groups=["African Group"], orgs=["AU", "EU"],
                  text=" guinea ", unaffected=True, population_limit=5), workspace.options,
        )  # fmt: skip
        assert wanted == StateFilter(
            categories=("signatory",), match="all", groups=("African",), orgs=("AU", "EU"), text="guinea",
            unaffected=True, population_limit=5,
        )  # fmt: skip
        assert type(wanted.categories[0]) is str
        assert checked(given(), workspace.options) == StateFilter()

    def test_one_unknown_value_among_several_is_named(self, workspace: Workspace) -> None:
        with pytest.raises(CcmError, match="'FOO' is not a known organization"):
            checked(given(orgs=["AU", "FOO"]), workspace.options)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, ""),
        ({"match": "all", "population_limit": 5}, ""),
        ({"categories": ("signatory", "mine_ban_party")},
         "Target categories: Signatory, not ratified, Mine Ban Convention party"),
        ({"categories": ("signatory", "mine_ban_party"), "match": "all"},
         "Target categories: Signatory, not ratified and Mine Ban Convention party"),
        ({"without": ("declared_support",), "orgs": ("AU", "EU"), "contaminated": ("yes",)},
         "Without: Declared support or interim step; Organization: AU, EU; Contamination: Yes"),
        ({"unaffected": True, "population_limit": 250_000}, "small unaffected (population below 250,000)"),
        ({"text": "{name} *a*", "regions": ("Asia",)}, "name contains “{name} *a*”; Region: Asia"),
    ],
)  # fmt: skip
def test_the_filter_in_words(wanted: dict[str, Any], said: str) -> None:
    assert describe(StateFilter(**wanted)) == said


def test_a_filter_is_two_files_as_the_map_of_the_house_says() -> None:
    """Whoever adds a filter touches these alone: sidebar, address, command and words follow (test_new_filter.py)."""
    house = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    row = next(line for line in house.splitlines() if line.startswith("| a filter of states"))
    named = re.findall(r"`([^`]+)`", row)
    assert named == ["ccm_data/filters.py", "queries/states/filtered.sql"]
    assert all((ROOT / name).is_file() for name in named)
