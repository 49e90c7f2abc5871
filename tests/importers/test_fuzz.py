"""Whatever the bytes or the text: it is read, or refused in one sentence."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.fuzz import SUBJECTS, damaged, held

IMPORTERS = pytest.mark.parametrize("name", sorted(SUBJECTS))


@IMPORTERS
def test_what_the_damage_is_done_to_is_read(name: str) -> None:
    assert [held(SUBJECTS[name], seed) for seed in SUBJECTS[name].seeds] == [""] * len(SUBJECTS[name].seeds)


@IMPORTERS
@settings(max_examples=100, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_damaged_input(name: str, chance: random.Random) -> None:
    sentence = held(SUBJECTS[name], damaged(chance.choice(SUBJECTS[name].seeds), random.Random(chance.getrandbits(32))))
    assert "\n" not in sentence


@IMPORTERS
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=500) | st.text(max_size=500).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_input(name: str, data: bytes) -> None:
    assert "\n" not in held(SUBJECTS[name], data)
