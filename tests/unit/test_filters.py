"""Each condition of the filter on the facts as they are, against sets known by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from ccm_data.errors import CcmError
from ccm_data.filters import SMALL_STATE_POPULATION, WORDS, StateFilter, check
from ccm_data.vocab import Category, MunitionsValue, Region, Status, UnGroup, codes
from ccm_data.workspace import Workspace

DAY = date(2026, 1, 23)
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


FIELDS = {
    "categories": codes(Category), "without": codes(Category), "statuses": codes(Status), "groups": codes(UnGroup),
    "regions": codes(Region), "producer": codes(MunitionsValue), "stockpiler": codes(MunitionsValue),
    "contaminated": codes(MunitionsValue), "orgs": ["AU", "ASEAN", "EU", "CARICOM", "NATO"],
}  # fmt: skip


@given(
    data=st.fixed_dictionaries(
        {}, optional={k: st.lists(st.sampled_from(v), max_size=2, unique=True).map(tuple) for k, v in FIELDS.items()}
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


POSSIBLE = {
    "categories": "first_committee_yes, mine_ban_party, signatory, declared_support",
    "statuses": "state_party, signatory, not_party, withdrawn",
    "groups": "African, Asia-Pacific, Eastern European, GRULAC, WEOG",
    "regions": "Africa, Americas, Asia, Europe, Oceania",
    "contaminated": "yes, no, former, alleged, suspected, unclear",
    "orgs": "ASEAN, AU, BRICS, CARICOM, CELAC, CIS, COE, COMMONWEALTH, CPLP, EAC, ECCAS, ECOWAS, EU, G77, GCC, IGAD, "
    "LAS, NATO, OAS, OIC, OIF, OSCE, PIF, SAARC, SADC, SCO, SEGIB",
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_an_unknown_value_is_a_sentence_with_the_possible_ones(workspace: Workspace, name: str) -> None:
    with pytest.raises(CcmError) as raised:
        check(name, ["FOO"], workspace.options)
    assert str(raised.value) == f"'FOO' is not a known {WORDS[name]}; possible: {POSSIBLE[name]}."


def test_known_values_come_back_as_they_are(workspace: Workspace) -> None:
    assert check("orgs", ["AU", "EU"], workspace.options) == ("AU", "EU")
    assert check("categories", [], workspace.options) == ()
