"""The ladder to joining: which of its steps a state took, when it is first recorded to have, and by what source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.contacts import ORIGINS, Contact
from ccm_data.dates import words
from ccm_data.records import each
from ccm_data.vocab import Precision, Stage, Status
from ccm_data.wording import ids


@dataclass(frozen=True, slots=True)
class Rung:
    """One step, lowest first. `when` is the day it is first recorded, as exact as known; blank where none is.

    passed: a higher step is recorded, or this one. origin: log or public record, blank where no day is recorded.
    """

    stage: Stage
    passed: bool
    when: str = ""
    origin: str = ""
    source_ids: tuple[str, ...] = ()


Record = tuple[date, Rung]
STAGES = {stage.value: stage for stage in Stage}


def ladder(row: Any, acts: pd.DataFrame, mine: Sequence[Contact]) -> tuple[Rung, ...]:
    """The steps of a state by its row, its acts (queries/state/acts.sql) and its contacts.

    For a state that withdrew the steps count that it took since the withdrawal took effect.
    """
    since = row["withdrawal_effective_date"].date() if row["status"] == Status.WITHDRAWN else date.min
    first: dict[Stage, Record] = {}
    for day, rung in (*_joined(row), *_said(acts), *_logged(mine)):
        if day >= since and (rung.stage not in first or day < first[rung.stage][0]):
            first[rung.stage] = day, rung
    steps = list(Stage)
    highest = max(map(steps.index, first), default=-1)
    return tuple(
        first[stage][1] if stage in first else Rung(stage, place < highest) for place, stage in enumerate(steps)
    )


def _joined(row: Any) -> Iterator[Record]:
    for stage, column in ((Stage.DEPOSITED, "joined_date"), (Stage.IN_FORCE, "entry_into_force_date")):
        day = row[column]
        if pd.notna(day) and day.date() <= row["as_of"].date():
            yield _record(stage, day.date(), Precision.DAY, ORIGINS["facts"], ids(row["joined_source_id"]))


def _said(acts: pd.DataFrame) -> Iterator[Record]:
    for act in each(acts):
        if stage := STAGES.get(act.stage):
            yield _record(stage, act.date.date(), act.precision, ORIGINS["facts"], ids(act.source_id))


def _logged(mine: Sequence[Contact]) -> Iterator[Record]:
    for contact in mine:
        if stage := contact.part.stage:
            entry = contact.entry
            yield _record(stage, contact.day, entry.precision, ORIGINS[contact.origin], entry.source_ids)


def _record(stage: Stage, day: date, precision: str, origin: str, source_ids: tuple[str, ...]) -> Record:
    return day, Rung(stage, True, words(day, precision), origin, source_ids)
