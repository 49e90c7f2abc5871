"""The parts of the priority score: one number between 0 and 1 and one sentence per state and component.

A blank number means that no source says; the score leaves it out and weighs the known parts up (see `priority`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ccm_data import vocab
from ccm_data.dates import words as day_words
from ccm_data.factbase import Factbase
from ccm_data.ranking.terms import Component
from ccm_data.vocab import MunitionsAttribute, MunitionsValue, Stage, Treaty

Part = tuple[float, str]
UNKNOWN = float("nan")
HUMANITARIAN = [t.value for t in (Treaty.ATT, Treaty.BWC, Treaty.CCW, Treaty.CRPD, Treaty.CWC, Treaty.ICC, Treaty.TPNW)]
"""Treaties whose parties are thought nearer to this one; the protocols of one and the same treaty are not counted."""
SIGNATURE_FADES = 40.0  # years in which a signature's weight would fall to nothing; half is left after 20
CONTACT_DUE = 365.0  # days after which the next contact is fully due
SMALL, LARGE = 5.0, 8.0  # logarithms of the populations that count as 1 and 0 for a small state
EASE = {"no": 1.0, "former": 0.75, "unclear": 0.5, "suspected": 0.25, "alleged": 0.25, "yes": 0.0}
VOTE = {"yes": 1.0, "abstain": 0.25, "no": 0.0}


@dataclass(frozen=True)
class Components:
    """Rows are states outside the Convention by ISO code, columns the components; `values` 0 to 1 or NaN."""

    as_of: date
    values: pd.DataFrame
    sentences: pd.DataFrame


def components(
    facts: Factbase, as_of: date, snapshot: pd.DataFrame | None = None, last_contact: pd.Series[Any] | None = None
) -> Components:
    """The components of every state outside the Convention on a day.

    `snapshot` spares building it when the caller has it. `last_contact` holds days since the last contact by ISO code,
    from the activity log and the public record; without it the component is unknown for all.
    """
    if snapshot is None:
        snapshot = facts.frame("snapshot/build", {"as_of": as_of.isoformat()})
    engaged = facts.frame("ranking/engagement", {"as_of": as_of.isoformat(), "humanitarian": HUMANITARIAN})
    rows = snapshot[snapshot["is_target"].astype(bool)].merge(engaged, on="iso3", validate="1:1").set_index("iso3")
    rows["contact_days"] = UNKNOWN if last_contact is None else last_contact.reindex(rows.index)
    rows["logged"] = last_contact is not None
    parts = [
        [part(row, as_of) for part in PARTS.values()]
        for row in ({str(k): v for k, v in cells.items()} for cells in rows.to_dict("records"))
    ]
    names = [component.value for component in PARTS]
    return Components(
        as_of,
        pd.DataFrame([[value for value, _ in row] for row in parts], index=rows.index, columns=names, dtype=float),
        pd.DataFrame([[words for _, words in row] for row in parts], index=rows.index, columns=names),
    )


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def _years(since: Any, as_of: date) -> float:
    return (pd.Timestamp(as_of) - pd.Timestamp(since)).days / 365.25


def _signature(row: dict[str, Any], as_of: date) -> Part:
    if row["status"] == vocab.Status.WITHDRAWN:
        return 0.0, "Has withdrawn from the Convention"
    if not _known(row["signature_date"]):
        return 0.0, "Has not signed"
    age = _years(row["signature_date"], as_of)
    return max(0.0, 1 - age / SIGNATURE_FADES), f"Signed on {day_words(row['signature_date'])}, {age:.0f} years ago"


def _vote(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["vote"]):
        return UNKNOWN, "No recorded vote on the resolution"
    stage = vocab.label(vocab.VoteStage, row["vote_stage"])
    return VOTE[row["vote"]], f"{vocab.label(vocab.Vote, row['vote'])} ({stage}, {day_words(row['vote_date'])})"


def _vote_trend(row: dict[str, Any], as_of: date) -> Part:
    recent, before = row["yes_recent"], row["yes_before"]
    if not (_known(recent) and _known(before)):
        return UNKNOWN, "Too few recorded votes for a trend"
    words = "as often as before" if recent == before else f"{before:.0%} before"
    return (1 + recent - before) / 2, f"Yes in {recent:.0%} of its votes in the last three sessions, {words}"


def _mine_ban(row: dict[str, Any], as_of: date) -> Part:
    if vocab.Category.MINE_BAN_PARTY not in row["categories"]:
        return 0.0, "Not party to the Mine Ban Convention"
    return 1.0, f"Party to the Mine Ban Convention since {row['mine_ban_joined_date'].year}"


def _support(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["support_date"]):
        return UNKNOWN, "No act of support recorded"
    age = _years(row["support_date"], as_of)
    return float(
        np.clip(1.25 - age / 20, 0.25, 1)
    ), f"Declared support or took a step, last in {row['support_date'].year}"


def _stage(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["stage"]):
        return UNKNOWN, "No step towards joining recorded"
    ladder = vocab.codes(Stage)
    rung = ladder.index(row["stage"]) / ladder.index(Stage.DEPOSITED)
    return min(rung, 1.0), f"{vocab.label(Stage, row['stage'])} (recorded {row['stage_date'].year})"


def _promise(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["promise_due"]):
        return UNKNOWN, "No promise with a date recorded"
    late, due = _years(row["promise_due"], as_of), day_words(row["promise_due"])
    if late <= 0:
        return 1.0, f"Promised to join by {due}"
    return max(0.2, 0.8 - late / 10), f"Promised to join by {due}, overdue by {late:.0f} years"


def _engagement(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["attended_3y"]):
        return UNKNOWN, "No attendance or statement recorded"
    attended, spoke = int(row["attended_3y"]), int(row["spoke_3y"])
    return min(
        1.0, (attended + spoke) / 3
    ), f"Attended {attended} meetings and spoke or acted {spoke} times in three years"


def _peers(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["peer_share"]):
        return UNKNOWN, "No other state in its subregion"
    return row[
        "peer_share"
    ], f"{row['peer_share']:.0%} of {row['peer_count']} neighbours in {row['subregion']} are parties"


def _treaties(row: dict[str, Any], as_of: date) -> Part:
    joined, possible = int(row["treaties"]), int(row["treaties_open"])
    return joined / possible, f"Party to {joined} of {possible} other humanitarian treaties"


def _munitions_values(row: dict[str, Any], names: tuple[MunitionsAttribute, ...]) -> list[tuple[str, str]]:
    return [
        (row[n], f"{n.label}: {vocab.label(MunitionsValue, row[n]).lower()} ({row[f'{n}_year']:.0f})")
        for n in names
        if _known(row[n])
    ]


def _munitions(row: dict[str, Any], as_of: date) -> Part:
    known = _munitions_values(
        row, (MunitionsAttribute.PRODUCER, MunitionsAttribute.STOCKPILER, MunitionsAttribute.CONTAMINATED)
    )
    if not known:
        return UNKNOWN, "No munitions profile by this day"
    return float(np.mean([EASE[value] for value, _ in known])), "; ".join(words for _, words in known)


def _gain(row: dict[str, Any], as_of: date) -> Part:
    known = _munitions_values(row, tuple(a for a in MunitionsAttribute if a != MunitionsAttribute.TRANSFERRED))
    if not known:
        return UNKNOWN, "No munitions profile by this day"
    affected = [words for value, words in known if value not in ("no", "former")]
    share = float(np.mean([1 - EASE[value] for value, _ in known]))
    return share, "; ".join(affected) or "Neither affected nor armed with cluster munitions"


def _small(row: dict[str, Any], as_of: date) -> Part:
    if not _known(row["population"]):
        return UNKNOWN, "No population figure"
    log = np.log10(max(float(row["population"]), 1.0))
    return float(np.clip((LARGE - log) / (LARGE - SMALL), 0, 1)), f"{row['population'] / 1e6:,.2f} million people"


def _last_contact(row: dict[str, Any], as_of: date) -> Part:
    if not row["logged"]:
        return UNKNOWN, "Contacts were not read"
    if not _known(row["contact_days"]):
        return 1.0, "No contact on record"
    return min(1.0, row["contact_days"] / CONTACT_DUE), f"Last contact {row['contact_days']:.0f} days ago"


PARTS: dict[Component, Callable[[dict[str, Any], date], Part]] = {
    Component.SIGNATURE: _signature, Component.VOTE: _vote, Component.VOTE_TREND: _vote_trend,
    Component.MINE_BAN: _mine_ban, Component.SUPPORT: _support, Component.STAGE: _stage,
    Component.PROMISE: _promise, Component.ENGAGEMENT: _engagement, Component.PEERS: _peers,
    Component.TREATIES: _treaties, Component.MUNITIONS: _munitions, Component.GAIN: _gain,
    Component.SMALL: _small, Component.LAST_CONTACT: _last_contact,
}  # fmt: skip
"""How each component is found, in the order in which bars are stacked."""
