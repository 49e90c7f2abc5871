"""Colours told apart by everyone: measured as seen with normal sight, two colour-vision deficiencies, and in grey."""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from ccm_data import palette
from ccm_data.vocab import Category, Status, Vote

STATUS = palette.STATUS | {"no status": palette.NO_STATUS}
VOTES = {vote: palette.VOTE[vote] for vote in Vote}
COUNTS = dict(enumerate(palette.SEQUENTIAL[: len(Category) + 1]))

# Least difference in CAM02-UCS; below about 5 two large areas look alike on a projector.
LEAST = 9.0


def sight(colour: str, kind: str) -> np.ndarray:
    """The colour as seen: sRGB, 0-1."""
    seen = np.array(palette.rgb(colour)[:3]) / 255
    if kind == "grey":
        lightness = cspace_convert(seen, "sRGB1", "CIELab")[0]
        return np.clip(cspace_convert([lightness, 0, 0], "CIELab", "sRGB1"), 0, 1)
    if kind == "normal":
        return seen
    return np.clip(cspace_convert(seen, {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}, "sRGB1"), 0, 1)


@pytest.mark.parametrize("kind", ["normal", "deuteranomaly", "protanomaly", "grey"])
@pytest.mark.parametrize("colours", [STATUS, VOTES, COUNTS], ids=["status", "votes", "counts"])
def test_every_pair_of_colours_differs(colours, kind):
    differences = {
        (str(a), str(b)): float(deltaE(sight(colours[a], kind), sight(colours[b], kind), input_space="sRGB1"))
        for a, b in combinations(colours, 2)
    }
    nearest = min(differences, key=differences.get)
    print(f"{kind}: nearest {nearest} at {differences[nearest]:.1f}")
    assert differences[nearest] >= LEAST, f"{nearest} differ by {differences[nearest]:.1f} only"


def test_status_is_ordered_in_grey():
    lightness = [cspace_convert(sight(palette.STATUS[s], "normal"), "sRGB1", "CIELab")[0] for s in
                 (Status.STATE_PARTY, Status.WITHDRAWN, Status.SIGNATORY, Status.NOT_PARTY)]  # fmt: skip
    assert lightness == sorted(lightness)


def test_paler_keeps_hue_and_nears_white():
    assert palette.paler("#005A9C", 0.0) == "#005A9C"
    assert palette.paler("#005A9C", 1.0) == "#FFFFFF"
    assert palette.rgb("#E69600") == [230, 150, 0, 255]


def test_letters_contrast_with_what_they_stand_on() -> None:
    on = {status: palette.ink_on(colour) for status, colour in palette.STATUS.items()}
    assert (on["state_party"], on["signatory"], on["not_party"]) == (palette.WATER, palette.INK, palette.INK)
