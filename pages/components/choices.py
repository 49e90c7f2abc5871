"""What may stand in an address beside the filter of states: of each parameter the codes and its widget's words."""

from __future__ import annotations

from collections.abc import Mapping

from ccm_data.errors import CcmError
from ccm_data.planner import KINDS, Weigh
from ccm_data.ranking.terms import Method
from ccm_data.scheme import ColourBy
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Term

VIEWS = ("World", "Africa", "Americas", "Caribbean", "Asia", "Europe", "Pacific")
DATA_VIEWS = ("Facts", "News", "Bring in", "Correct", "Changes", "Not known", "Findings", "Sources")
PLAN_VIEWS = ("Plan", "Edit", "Campaigns")


def _terms(vocabulary: type[Term]) -> dict[str, str]:
    return {term.value: term.label for term in vocabulary}


def _named(names: tuple[str, ...]) -> dict[str, str]:
    return {name.lower().replace(" ", "_"): name for name in names}


CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "colour": ("way to colour the map", _terms(ColourBy)),
    "view": ("view of the map", _named(VIEWS)),
    "order": ("order of states", _terms(Method)),
    "log_type": ("type of activity", _terms(ActivityType)),
    "log_status": ("status of an activity", _terms(ActivityStatus)),
    "log_seen": ("circle of readers", _terms(Confidentiality)),
    "weigh": ("way to weigh targets", _terms(Weigh)),
    "kinds": ("kind of audience", KINDS),
    "data_view": ("view of the data", _named(DATA_VIEWS)),
    "plan_view": ("view of the work plan", _named(PLAN_VIEWS)),
}
"""Parameter: what it names, and its words by code."""


def words(parameter: str, value: str) -> str:
    """The widget's words for a value, given by code or in words. Raises CcmError naming what is possible."""
    noun, known = CHOICES[parameter]
    folded = value.strip().casefold()
    for code, said in known.items():
        if folded in (code.casefold(), said.casefold()):
            return said
    raise CcmError(f"{value!r} is not a known {noun}; possible: {', '.join(known)}.")
