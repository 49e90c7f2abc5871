"""Who holds an office under the Convention on the day of a reading, as documents for other states name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ccm_data import wording
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.reading import Reading
from ccm_data.vocab import OfficeRole


@dataclass(frozen=True)
class Offices:
    """Who holds which office, by ISO code, and the sources that show it; and how states are named in lists."""

    holders: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def name(self, t: Tongue, iso3: str) -> str:
        """A state as lists of the United Nations name it."""
        return self.names[iso3] if t is ENGLISH else t.state(iso3)


def offices(reading: Reading) -> Offices:
    """Those in office by the facts, and the campaign's own coordinators while it runs (Reading.offers)."""
    states = reading.states()
    codes = dict(zip(states["name_short"], states["iso3"], strict=True))
    holders = {
        office.value: tuple(codes[name] for name in reading.offers.get(office.value, ()) if name in codes)
        for office in OfficeRole
    }
    sources = {office.value: wording.ids(reading.in_office(office)["source_id"]) for office in OfficeRole}
    return Offices(holders, sources, dict(zip(states["iso3"], states["name"], strict=True)))
