"""The legislative stage of every target on fixed dates: asked each 1 January and 1 July, also when nothing happened.

A record of steps is made when a step is heard of, so that its gaps look like standing still. Asked of all on the same
days, with "no step to tell of" as an answer, it becomes a record that a ranking may learn from; it is none yet. Answers
are activities of the log, one for each saving; what a state answered last on a round is its answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from ccm_data.dates import words
from ccm_data.log import Activity, StateEntry
from ccm_data.reading import Reading
from ccm_data.vocab import ActivityStatus, ActivityType, Stage, label

CHANNEL = "Stage round"
"""The channel by which the log tells these answers from other contacts."""
NO_STEP = "No step to tell of"
"""The answer of a state that has taken no step, or of one whose step is unknown to who was asked."""


def round_of(day: date) -> date:
    """The fixed date that a day belongs to: the last 1 January or 1 July up to it."""
    return date(day.year, 7 if day.month >= 7 else 1, 1)


def answers(given: Reading, fixed: date) -> dict[str, str]:
    """What states answered on a round, by ISO code: a stage in words, or NO_STEP; who was not asked is absent."""
    found: dict[str, str] = {}
    for entry in given.logged():
        activity = entry.activity
        if activity.channel == CHANNEL and activity.start == fixed and activity.day <= given.log_day:
            found |= {part.iso3: part.stage.label if part.stage else NO_STEP for part in activity.states}
    return found


def table(given: Reading) -> pd.DataFrame:
    """One row per target, by name: iso3, name, on_record (the highest stage of the facts, with its day), before (the
    answer of a year ago), answer (of the round of the day); blank where there is none."""
    fixed = round_of(given.log_day)
    now, before = answers(given, fixed), answers(given, fixed.replace(year=fixed.year - 1))
    states = given.states()
    targets = states[states["is_target"].astype(bool)].sort_values("name_short")
    recorded = [
        f"{label(Stage, stage)} ({words(day, precision)})" if pd.notna(stage) else ""
        for stage, day, precision in zip(
            targets["stage"], targets["stage_date"], targets["stage_precision"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            "iso3": targets["iso3"].to_numpy(),
            "name": targets["name_short"].to_numpy(),
            "on_record": recorded,
            "before": [before.get(iso3, "") for iso3 in targets["iso3"]],
            "answer": [now.get(iso3, "") for iso3 in targets["iso3"]],
        }
    )


def activity(fixed: date, told: date, given: Mapping[str, str], campaign: str = "") -> Activity:
    """The activity that keeps answers of a round, told on a day. Raises KeyError for words that are no answer."""
    stages = {stage.label: stage for stage in Stage}
    return Activity(
        start=fixed,
        end=told if told > fixed else None,
        type=ActivityType.OTHER,
        status=ActivityStatus.DONE,
        title=f"Legislative stage on {words(fixed)}",
        channel=CHANNEL,
        campaign=campaign,
        states=tuple(
            StateEntry(iso3=iso3, position=NO_STEP) if said == NO_STEP else StateEntry(iso3=iso3, stage=stages[said])
            for iso3, said in sorted(given.items())
        ),
    )
