"""The priority score: additive, monotone, indifferent to order, honest about gaps; weights and their files."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data.errors import CcmError
from ccm_data.ranking import priority, weights
from ccm_data.ranking.components import Components, components
from ccm_data.ranking.terms import Component
from ccm_data.ranking.weights import Weights
from tests.thorough import tries

DAY = date(2026, 2, 3)
NAMES = [c.value for c in Component]
numbers = st.lists(st.floats(0, 1) | st.just(float("nan")), min_size=len(NAMES), max_size=len(NAMES))
scales = st.lists(st.sampled_from([0.0, 0.5, 1.0, 4.0]), min_size=len(NAMES), max_size=len(NAMES)).filter(any)


def made(rows: list[list[float]]) -> Components:
    index = pd.Index([f"S{i:02}" for i in range(len(rows))], name="iso3")
    frame = pd.DataFrame(rows, index=index, columns=NAMES, dtype=float)
    return Components(DAY, frame, frame.astype(str))


def weigh(values: list[float]) -> Weights:
    return Weights("custom", "", "", dict(zip(Component, values, strict=True)))


@pytest.fixture(scope="module")
def parts(facts) -> Components:
    return components(facts, DAY)


def test_components_lie_between_nothing_and_all(parts) -> None:
    known = parts.values.to_numpy()[~np.isnan(parts.values.to_numpy())]
    assert known.min() >= 0
    assert known.max() <= 1
    assert list(parts.values.columns) == NAMES
    assert parts.sentences.map(len).to_numpy().min() > 1


def test_components_say_what_is_known_of_a_state(parts) -> None:
    kenya = parts.sentences.loc["KEN"]
    assert kenya["signature"] == "Signed on 3 December 2008, 17 years ago"
    assert kenya["mine_ban"].startswith("Party to the Mine Ban Convention since")
    assert parts.values.loc["USA", "signature"] == 0
    assert parts.values.loc["LTU", "signature"] == 0
    assert parts.sentences.loc["LTU", "signature"] == "Has withdrawn from the Convention"


def test_last_contact_comes_from_the_log(facts) -> None:
    found = components(facts, DAY, last_contact=pd.Series({"KEN": 73.0}))
    assert found.values.loc["KEN", "last_contact"] == pytest.approx(0.2)
    assert found.values.loc["JAM", "last_contact"] == 1
    assert components(facts, DAY).values["last_contact"].isna().all()


@given(rows=st.lists(numbers, min_size=1, max_size=8), scale=scales)
@settings(max_examples=tries(50, 150), deadline=None)
def test_parts_add_up_to_the_score(rows, scale) -> None:
    parts, chosen = made(rows), weigh(scale)
    found = priority.score(parts, chosen).set_index("iso3")
    total = priority.breakdown(parts, chosen).groupby("iso3")["points"].sum(min_count=1).reindex(found.index)
    assert found["score"].to_numpy() == pytest.approx(total.to_numpy(), nan_ok=True)
    assert found["score"].dropna().between(-1e-9, 100 + 1e-9).all()


@given(rows=st.lists(numbers, min_size=2, max_size=8), scale=scales, column=st.integers(0, len(NAMES) - 1))
@settings(max_examples=tries(50, 150), deadline=None)
def test_more_of_a_component_never_lowers_a_state(rows, scale, column) -> None:
    better = [list(row) for row in rows]
    if np.isnan(better[0][column]):
        return
    better[0][column] = 1.0
    before, after = (priority.score(made(r), weigh(scale)).set_index("iso3").loc["S00"] for r in (rows, better))
    assert np.isnan(before["score"]) or after["score"] >= before["score"] - 1e-9


@given(rows=st.lists(numbers, min_size=2, max_size=8), scale=scales, random=st.randoms())
@settings(max_examples=tries(40, 100), deadline=None)
def test_the_order_of_rows_does_not_matter(rows, scale, random) -> None:
    parts = made(rows)
    mixed = list(parts.values.index)
    random.shuffle(mixed)
    again = Components(DAY, parts.values.loc[mixed], parts.sentences.loc[mixed])
    pd.testing.assert_frame_equal(priority.score(parts, weigh(scale)), priority.score(again, weigh(scale)))


def test_what_is_unknown_counts_neither_for_nor_against() -> None:
    gap = float("nan")
    row = [0.5] * len(NAMES)
    unknown = [gap, *row[1:]]
    chosen = weigh([4.0, *[1.0] * (len(NAMES) - 1)])
    found = priority.score(made([row, unknown, [0.0, *row[1:]]]), chosen).set_index("iso3")
    assert found.loc["S00", "score"] == found.loc["S01", "score"] == pytest.approx(50)
    assert found.loc["S02", "score"] < 50
    assert found.loc["S01", "known"] == pytest.approx((len(NAMES) - 1) / (len(NAMES) + 3))


def test_signatories_first_puts_every_signatory_first(facts, parts) -> None:
    order = priority.score(parts, weights.presets()["signatories_first"])["iso3"]
    status = facts.frame("snapshot/build", {"as_of": DAY.isoformat()}).set_index("iso3")["status"]
    signatories = int((status == "signatory").sum())
    assert set(status[order[:signatories]]) == {"signatory"}


def test_presets_differ_and_survive_a_file_and_a_url() -> None:
    found = weights.presets()
    assert list(found) == ["concept_note", "signatories_first", "largest_humanitarian_gain", "balanced"]
    assert len({tuple(w.values.values()) for w in found.values()}) == 4
    for name, chosen in found.items():
        assert weights.parse(weights.to_toml(chosen), "x.toml", name) == chosen
        assert weights.from_url(weights.to_url(chosen)) == chosen
        assert chosen.name
        assert chosen.description


@given(scale=scales)
def test_own_weights_survive_a_url(scale) -> None:
    chosen = weigh(scale)
    assert weights.from_url(weights.to_url(chosen)).values == chosen.values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weights = [", "own.toml is not a TOML file"),
        ("name = 'x'", "has no [weights] table; components are: signature"),
        ("[weights]\nsignatur = 1", "there is no component 'signatur'; possible: signature, vote"),
        ("[weights]\nvote = -1", "the weight of vote is -1; it must be a number from 0 to 100"),
        ("[weights]\nvote = true", "the weight of vote is True"),
        ("[weights]\nvote = nan", "the weight of vote is nan"),
        ("[weights]\nvote = 0", "all weights are zero"),
    ],
)
def test_a_wrong_weights_file_says_what_is_wrong(tmp_path, text: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(CcmError) as error:
        weights.load(path)
    assert said in str(error.value)


@pytest.mark.parametrize("text", ["nonsense", "vote:x", "votes:1", "vote:0", ""])
def test_wrong_weights_in_a_url_are_a_sentence(text: str) -> None:
    with pytest.raises(CcmError):
        weights.from_url(text)


def test_stability_is_seeded_and_worded(parts) -> None:
    chosen = weights.presets()["concept_note"]
    priority.stability(parts, chosen)
    found = priority.stability(parts, chosen)
    assert priority.DRAWS >= 2000
    pd.testing.assert_frame_equal(found, priority.stability(parts, chosen))
    assert found["top10"].sum() == pytest.approx(10, abs=0.2)
    assert found["top20"].sum() == pytest.approx(20, abs=0.2)
    rank = priority.score(parts, chosen).set_index("iso3")["rank"]
    words = found.set_index("iso3")["words20"]
    assert words[rank.idxmin()] == "always"
    assert words[rank.idxmax()] == "never"
    only = found[found["words20"] == "only_if"]
    assert set(only["needs"]) <= set(NAMES)


def test_stability_names_the_weight_a_place_needs() -> None:
    """Thirty equal states and one that lives by a single component."""
    flat = [[0.5] * len(NAMES) for _ in range(20)]
    lone = [1.0, *[0.46] * (len(NAMES) - 1)]
    found = priority.stability(made([*flat, lone, [0.0] * len(NAMES)]), weigh([1.0] * len(NAMES))).set_index("iso3")
    assert found.loc["S20", "words20"] in ("often", "only_if")
    assert found.loc["S20", "needs"] == "signature"
