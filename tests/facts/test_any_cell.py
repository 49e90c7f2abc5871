"""Whatever stands in a cell: a finding that names the place, or facts that load."""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_data import factbase, paths, validation
from ccm_data import raw as raw_facts
from tests.thorough import tries

FINDING = re.compile(r"\w+\.csv:[1-9][0-9]*: \w+: .+")
VALUES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["9999-12-31", "2024-02-30", "infinity", "-1", "1e9", "99999999999999999999", "true", "yes", "XKX", "'; drop"]
    ),
)


@cache
def shipped() -> dict[str, pa.Table]:
    return raw_facts.read(paths.PACKAGE / "facts")


@st.composite
def one_cell_changed(draw: st.DrawFn) -> dict[str, pa.Table]:
    """The shipped facts with one cell, or a whole column, replaced."""
    raw = dict(shipped())
    name = draw(st.sampled_from(sorted(raw)))
    own = {"line"} if name == "horizons" else {"line", "file"}
    column = draw(st.sampled_from([c for c in raw[name].column_names if c not in own]))
    cells, value = raw[name][column].to_pylist(), draw(VALUES)
    chosen = draw(st.one_of(st.none(), st.integers(0, len(cells) - 1)))
    changed = [value if chosen in (None, i) else cell for i, cell in enumerate(cells)]
    place = raw[name].column_names.index(column)
    raw[name] = raw[name].set_column(place, column, pa.array([cell or None for cell in changed], pa.string()))
    return raw


@settings(max_examples=tries(12, 25), deadline=None, derandomize=True)
@given(one_cell_changed())
def test_any_cell(raw: dict[str, pa.Table]) -> None:
    found = validation.findings(raw)
    if found:
        assert all(FINDING.fullmatch(line.replace("\n", " ")) for line in found)
        places = [(file, int(line)) for file, line in (text.split(":")[:2] for text in found)]
        assert places == sorted(places)
    else:
        factbase.connect(raw).close()
