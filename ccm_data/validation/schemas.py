"""The columns of every facts file: what each may hold, and its roles (roles.py). A column not named here is unknown."""

from __future__ import annotations

from collections.abc import Collection

import pandera.pandas as pandera

from ccm_data.raw import FILES, SOURCE_FILES
from ccm_data.validation.cells import (
    ANY_DATE,
    DAY,
    FLAG,
    NAME,
    TEXT,
    URL,
    YEAR,
    between,
    matches,
    one_of,
    optional,
    required,
    several,
    whole,
)
from ccm_data.vocab import (
    ActivityType,
    ActKind,
    MunitionsAttribute,
    MunitionsValue,
    Obstacle,
    OfficeRole,
    OrganizationKind,
    PostKind,
    Precision,
    Region,
    Role,
    Scope,
    Stage,
    Stance,
    Treaty,
    TreatyAction,
    UnGroup,
    Vote,
    VoteStage,
    codes,
)

_ISO3 = "the ISO 3166-1 alpha-3 code of one of the 197 states in states.csv"
_RESOLUTION = matches("A/RES/[0-9]+/[0-9]+", "a resolution such as A/RES/70/54")
_DRAFT = matches(r"A/C\.1/[0-9]+/L\.[0-9]+(/Rev\.[0-9]+)?", "a draft such as A/C.1/70/L.49/Rev.1")


def schemas(states: Collection[str]) -> dict[str, pandera.DataFrameSchema]:
    """The schema of each facts file, by its name without .csv. `states` are the codes in states.csv."""
    known = [code for code in states if code]
    # without a list of states, only the form of a code can be checked
    state = one_of(known, _ISO3) if known else matches("[A-Z]{3}", _ISO3)
    source = {
        "source_id": required(NAME, unique=True),
        "title": required(*TEXT),
        "publisher": required(*TEXT),
        "url": optional(*TEXT, URL),
        "source_date": optional(ANY_DATE),
        "note": optional(*TEXT),
    }
    files: dict[str, dict[str, pandera.Column]] = {
        "states": {
            "iso3": required(matches("[A-Z]{3}", "an ISO 3166-1 alpha-3 code (three capital letters)"), unique=True),
            "iso2": required(matches("[A-Z]{2}", "an ISO 3166-1 alpha-2 code (two capital letters)"), unique=True),
            "m49": required(matches("[0-9]{3}", "a UN M49 code (three digits)"), unique=True),
            "name": required(*TEXT, unique=True),
            "name_short": required(*TEXT),
            "exists_from": optional(DAY, dated=True),
            "un_member": required(FLAG),
            "un_group": optional(one_of(UnGroup)),
            "un_group_note": optional(*TEXT),
            "region": required(one_of(Region)),
            "subregion": required(*TEXT),
            "intermediate_region": optional(*TEXT),
            "label_lon": required(between(-180, 180, "a longitude in degrees, -180 to 180")),
            "label_lat": required(between(-90, 90, "a latitude in degrees, -90 to 90")),
            "area_km2": required(between(0, 2e7, "an area in square kilometres")),
            "population": required(whole(10)),
            "population_year": required(YEAR, dated=True),
            "sids": required(FLAG),
            "landlocked": required(FLAG),
            "source_id": required(NAME, source=True),
            "un_group_source_id": required(NAME, source=True),
            "ldc_source_id": required(NAME, source=True),
            "area_source_id": required(NAME, source=True),
            "population_source_id": required(NAME, source=True),
            "label_source_id": required(NAME, source=True),
            "exists_source_id": optional(NAME, source=True, needed_by="exists_from"),
        },
        "least_developed_countries": {
            "iso3": required(state, key=True),
            "since": required(DAY, key=True, dated=True, precise_by="precision"),
            "precision": required(one_of(Precision)),
            "source_id": required(NAME, source=True),
            "until": optional(
                DAY, dated=True, precise_by="until_precision", not_before="since", needed_by="until_precision"
            ),
            "until_precision": optional(one_of(Precision), needed_by="until"),
            "until_source_id": optional(NAME, source=True, needed_by="until"),
            "note": optional(*TEXT),
            "note_source_id": optional(NAME, source=True, needed_by="note"),
        },
        "treaty_actions": {
            "treaty": required(one_of(Treaty), key=True),
            "iso3": required(state, key=True),
            "action": required(one_of(TreatyAction), key=True),
            "date": required(DAY, key=True, dated=True, precise_by="precision"),
            "precision": required(one_of(Precision)),
            "effective_date": optional(DAY, not_before="date"),
            "source_id": required(NAME, source=True),
        },
        "unga_votes": {
            "session": required(whole(3), key=True),
            "year": required(YEAR),
            "stage": required(one_of(VoteStage), key=True),
            "resolution": required(_RESOLUTION),
            "vote_date": required(DAY, dated=True),
            "iso3": required(state, key=True),
            "vote": required(one_of(Vote)),
            "source_id": required(NAME, source=True),
        },
        "unga_vote_totals": {
            "session": required(whole(3), key=True),
            "year": required(YEAR),
            "stage": required(one_of(VoteStage), key=True),
            "resolution": required(_RESOLUTION),
            "draft": optional(_DRAFT),
            "vote_date": optional(DAY, dated=True),
            "yes": required(whole(3)),
            "no": required(whole(3)),
            "abstain": required(whole(3)),
            "sponsors_lead": optional(state),
            "source_id": required(NAME, source=True),
        },
        "commitments": {
            "iso3": required(state, key=True),
            "kind": required(one_of(ActKind), key=True),
            "date": required(DAY, key=True, dated=True, precise_by="precision"),
            "precision": required(one_of(Precision)),
            "summary": required(*TEXT, key=True),
            "source_id": required(NAME, source=True),
            "scope": required(one_of(Scope)),
            "stance": required(one_of(Stance)),
            "promise_due": optional(DAY, not_before="date"),
            "stage": optional(one_of(Stage)),
            "obstacle": optional(several(codes(Obstacle), ", ".join(codes(Obstacle)))),
            "counts_for_category_4": required(FLAG),
            "reason": optional(*TEXT),
        },
        "munitions_profile": {
            "iso3": required(state, key=True),
            "attribute": required(one_of(MunitionsAttribute), key=True),
            "value": required(one_of(MunitionsValue)),
            "as_of": required(YEAR, key=True, dated=True),
            "last_use": optional(ANY_DATE, dated=True),
            "source_id": required(NAME, source=True),
        },
        "organizations": {
            "code": required(NAME, key=True),
            "name": required(*TEXT),
            "kind": required(one_of(OrganizationKind)),
            "seat_city": optional(*TEXT),
            "note": optional(*TEXT),
            "source_id": required(NAME, source=True),
            "seat_source_id": optional(NAME, source=True, needed_by="seat_city"),
        },
        "memberships": {
            "org": required(NAME, key=True, refers_to="organizations"),
            "iso3": required(state, key=True),
            "since": optional(DAY, dated=True, precise_by="precision", needed_by="precision"),
            "precision": optional(one_of(Precision), needed_by="since"),
            "note": optional(*TEXT),
            "source_id": required(NAME, source=True),
        },
        "posts": {
            "sender": required(state, key=True),
            "host": required(state, key=True),
            "kind": required(one_of(PostKind), key=True),
            "city": optional(*TEXT, key=True),
            "seat": optional(state),
            "phone": optional(*TEXT),
            "email": optional(*TEXT),
            "website": optional(*TEXT, URL),
            "present": optional(FLAG),
            "as_of": required(ANY_DATE, dated=True),
            "note": optional(*TEXT),
            "source_id": required(NAME, key=True, source=True),
        },
        "meetings": {
            "code": required(NAME, key=True),
            "name": required(*TEXT),
            "start_date": required(DAY, dated=True, precise_by="precision"),
            "end_date": required(DAY, dated=True, precise_by="precision", not_before="start_date"),
            "precision": required(one_of(Precision)),
            "place": required(*TEXT),
            "president_iso3": optional(state),
            "note": optional(*TEXT),
            "source_id": required(NAME, source=True),
        },
        "coordinators": {
            "role": required(one_of(OfficeRole), key=True),
            "iso3": required(state, key=True),
            "from_meeting": required(NAME, key=True, refers_to="meetings"),
            "to_meeting": required(NAME, refers_to="meetings"),
            "source_id": required(NAME, source=True),
        },
        "outreach_events": {
            "event_id": required(matches("OE-[0-9]{4}-[A-Z0-9-]+", "an event id such as OE-2014-05-LUSAKA"), key=True),
            "type": required(one_of(ActivityType)),
            "title": required(*TEXT),
            "start_date": required(DAY, dated=True, precise_by="precision"),
            "end_date": optional(DAY, dated=True, precise_by="precision", not_before="start_date"),
            "precision": required(one_of(Precision)),
            "place": optional(*TEXT),
            "hosts": optional(several(known, f"codes, each {_ISO3}")) if known else optional(*TEXT),
            "partners": optional(*TEXT),
            "summary": required(*TEXT),
            "source_id": required(NAME, source=True),
        },
        "outreach_event_states": {
            "event_id": required(NAME, key=True, refers_to="outreach_events"),
            "iso3": required(state, key=True),
            "role": required(one_of(Role), key=True),
            "source_id": required(NAME, source=True),
        },
        "horizons": {
            "file": required(one_of(f"{name}.csv" for name in FILES if name != "horizons"), key=True),
            "scope": optional(one_of(Treaty), key=True),
            "known_complete_through": required(DAY),
            "single_entries_through": optional(DAY, not_before="known_complete_through"),
            "note": optional(*TEXT),
        },
    }  # fmt: skip
    return {
        name: pandera.DataFrameSchema(columns, strict=True)
        for name, columns in {**files, **dict.fromkeys(SOURCE_FILES, source)}.items()
    }
