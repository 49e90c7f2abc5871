"""The columns of every facts file and what each may hold. A column not named here is unknown."""

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
        "source_id": required(NAME),
        "title": required(*TEXT),
        "publisher": required(*TEXT),
        "url": required(*TEXT, URL),
        "source_date": optional(ANY_DATE),
        "note": optional(*TEXT),
    }
    files: dict[str, dict[str, pandera.Column]] = {
        "states": {
            "iso3": required(matches("[A-Z]{3}", "an ISO 3166-1 alpha-3 code (three capital letters)")),
            "iso2": required(matches("[A-Z]{2}", "an ISO 3166-1 alpha-2 code (two capital letters)")),
            "m49": required(matches("[0-9]{3}", "a UN M49 code (three digits)")),
            "name": required(*TEXT),
            "name_short": required(*TEXT),
            "exists_from": optional(DAY),
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
            "population_year": required(YEAR),
            "sids": required(FLAG),
            "ldc": required(FLAG),
            "ldc_note": optional(*TEXT),
            "landlocked": required(FLAG),
            "source_id": required(NAME),
            "un_group_source_id": required(NAME),
            "ldc_source_id": required(NAME),
            "area_source_id": required(NAME),
            "population_source_id": required(NAME),
            "label_source_id": required(NAME),
            "exists_source_id": optional(NAME),
        },
        "treaty_actions": {
            "treaty": required(one_of(Treaty)),
            "iso3": required(state),
            "action": required(one_of(TreatyAction)),
            "date": required(DAY),
            "precision": required(one_of(Precision)),
            "effective_date": optional(DAY),
            "source_id": required(NAME),
        },
        "unga_votes": {
            "session": required(whole(3)),
            "year": required(YEAR),
            "stage": required(one_of(VoteStage)),
            "resolution": required(_RESOLUTION),
            "vote_date": required(DAY),
            "iso3": required(state),
            "vote": required(one_of(Vote)),
            "source_id": required(NAME),
        },
        "unga_vote_totals": {
            "session": required(whole(3)),
            "year": required(YEAR),
            "stage": required(one_of(VoteStage)),
            "resolution": required(_RESOLUTION),
            "draft": optional(_DRAFT),
            "vote_date": optional(DAY),
            "yes": required(whole(3)),
            "no": required(whole(3)),
            "abstain": required(whole(3)),
            "sponsors_lead": optional(state),
            "source_id": required(NAME),
        },
        "commitments": {
            "iso3": required(state),
            "kind": required(one_of(ActKind)),
            "date": required(DAY),
            "precision": required(one_of(Precision)),
            "summary": required(*TEXT),
            "source_id": required(NAME),
            "scope": required(one_of(Scope)),
            "stance": required(one_of(Stance)),
            "promise_due": optional(DAY),
            "stage": optional(one_of(Stage)),
            "obstacle": optional(several(codes(Obstacle), ", ".join(codes(Obstacle)))),
            "counts_for_category_4": required(FLAG),
            "reason": optional(*TEXT),
        },
        "munitions_profile": {
            "iso3": required(state),
            "attribute": required(one_of(MunitionsAttribute)),
            "value": required(one_of(MunitionsValue)),
            "as_of": required(YEAR),
            "source_id": required(NAME),
        },
        "organizations": {
            "code": required(NAME),
            "name": required(*TEXT),
            "kind": required(one_of(OrganizationKind)),
            "seat_city": optional(*TEXT),
            "note": optional(*TEXT),
            "source_id": required(NAME),
            "seat_source_id": optional(NAME),
        },
        "memberships": {
            "org": required(NAME),
            "iso3": required(state),
            "since": optional(DAY),
            "precision": optional(one_of(Precision)),
            "note": optional(*TEXT),
            "source_id": required(NAME),
        },
        "posts": {
            "sender": required(state),
            "host": required(state),
            "kind": required(one_of(PostKind)),
            "city": optional(*TEXT),
            "seat": optional(state),
            "phone": optional(*TEXT),
            "email": optional(*TEXT),
            "website": optional(*TEXT, URL),
            "present": optional(FLAG),
            "as_of": required(ANY_DATE),
            "note": optional(*TEXT),
            "source_id": required(NAME),
        },
        "meetings": {
            "code": required(NAME),
            "name": required(*TEXT),
            "start_date": required(DAY),
            "end_date": required(DAY),
            "precision": required(one_of(Precision)),
            "place": required(*TEXT),
            "president_iso3": optional(state),
            "note": optional(*TEXT),
            "source_id": required(NAME),
        },
        "coordinators": {
            "role": required(one_of(OfficeRole)),
            "iso3": required(state),
            "from_meeting": required(NAME),
            "to_meeting": required(NAME),
            "source_id": required(NAME),
        },
        "outreach_events": {
            "event_id": required(matches("OE-[0-9]{4}-[A-Z0-9-]+", "an event id such as OE-2014-05-LUSAKA")),
            "type": required(one_of(ActivityType)),
            "title": required(*TEXT),
            "start_date": required(DAY),
            "end_date": optional(DAY),
            "precision": required(one_of(Precision)),
            "place": optional(*TEXT),
            "hosts": optional(several(known, f"codes, each {_ISO3}")) if known else optional(*TEXT),
            "partners": optional(*TEXT),
            "summary": required(*TEXT),
            "source_id": required(NAME),
        },
        "outreach_event_states": {
            "event_id": required(NAME),
            "iso3": required(state),
            "role": required(one_of(Role)),
            "source_id": required(NAME),
        },
        "horizons": {
            "file": required(one_of(f"{name}.csv" for name in FILES if name != "horizons")),
            "known_complete_through": required(DAY),
            "single_entries_through": optional(DAY),
            "note": optional(*TEXT),
        },
    }  # fmt: skip
    return {
        name: pandera.DataFrameSchema(columns, strict=True)
        for name, columns in {**files, **dict.fromkeys(SOURCE_FILES, source)}.items()
    }
