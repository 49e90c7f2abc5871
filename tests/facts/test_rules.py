"""Each rule of the facts is broken once; the finding is read word for word.

In an expected finding, {line} is the line of the last edit and {first} the line of the row named as `first`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from ccm_data import paths, validation
from ccm_data import raw as raw_facts

Edit = Callable[[Any], int]


class Broken(NamedTuple):
    rule: str
    edits: list[Edit]
    finds: list[str]
    first: tuple[str, str] | None = None


def change(name: str, start: str, /, **cells: str) -> Edit:
    return lambda facts: facts.change(name, start, **cells)


def add(name: str, text: str) -> Edit:
    return lambda facts: facts.add(name, text)


def drop(name: str, start: str) -> Edit:
    return lambda facts: facts.drop(name, start)


def header(name: str, text: str) -> Edit:
    return lambda facts: facts.header(name, text)


ISO3 = "is not the ISO 3166-1 alpha-3 code of one of the 197 states in states.csv"
LTU_SIGNED, LTU_JOINED = ("treaty_actions", "CCM,LTU,signature"), ("treaty_actions", "CCM,LTU,ratification")
VOTE = "80,2025,plenary,A/RES/80/52,2025-12-01,"
OBSTACLES = (
    "security_concern, military_necessity, process_competing_ccw, alliance, capacity, legislative_calendar, "
    "needs_implementing_law, cost_of_destruction_or_clearance, low_priority_not_affected, domestic_politics, "
    "definition_objection, information_gap, neighbour_not_party, other"
)

CELLS = [
    Broken(
        "unknown state",
        [change("treaty_actions", "CCM,KEN,signature", iso3="XKX")],
        [f"treaty_actions.csv:{{line}}: iso3: 'XKX' {ISO3}"],
    ),
    Broken(
        "unknown state in a list",
        [change("outreach_events", "OE-2008-09-KAMPALA", hosts="UGA; Norway")],
        [f"outreach_events.csv:{{line}}: hosts: 'UGA; Norway' is not a list, separated by ;, of codes, "
         f"each {ISO3.removeprefix('is not ')}"],
    ),
    Broken(
        "blank required cell",
        [change(*LTU_SIGNED, source_id="")],
        ["treaty_actions.csv:{line}: source_id: is blank, but is required"],
    ),
    Broken(
        "impossible date",
        [change(*LTU_SIGNED, date="2008-02-30")],
        ["treaty_actions.csv:{line}: date: '2008-02-30' is not a date written YYYY-MM-DD"],
    ),
    Broken(
        "date in another order",
        [change("commitments", "AGO,declaration,2016-08-05", date="05/08/2016")],
        ["commitments.csv:{line}: date: '05/08/2016' is not a date written YYYY-MM-DD"],
    ),
    Broken(
        "date with a line break",
        [change("meetings", "OSLO,", end_date="2008-12-04\n")],
        # the cell holds a line break, so the row ends one line further down
        [r"meetings.csv:4: end_date: '2008-12-04\n' is not a date written YYYY-MM-DD"],
    ),
    Broken(
        "source date",
        [change("sources_votes", "V-UNDL-70,", source_date="2015-13")],
        ["sources_votes.csv:{line}: source_date: '2015-13' is not a date written YYYY-MM-DD, YYYY-MM or YYYY"],
    ),
    Broken(
        "enum of treaties",
        [change("treaty_actions", "ATT,AFG,accession", treaty="NPT")],
        ["treaty_actions.csv:{line}: treaty: 'NPT' is not one of CCM, APMBC, ATT, BWC, CCW, CRPD, CWC, ICC, TPNW, "
         "CTBT, ENMOD, CCW_A1, CCW_AP2, CCW_P4, CCW_P5"],
    ),
    Broken(
        "enum of votes",
        [change("unga_votes", VOTE + "AFG", vote="abstention")],
        ["unga_votes.csv:{line}: vote: 'abstention' is not one of yes, abstain, no, absent"],
    ),
    Broken(
        "enum of obstacles",
        [change("commitments", "AGO,declaration,2017-09-09", obstacle="information_gap; money")],
        [f"commitments.csv:{{line}}: obstacle: 'information_gap; money' is not a list, separated by ;, of {OBSTACLES}"],
    ),
    Broken(
        "boolean",
        [change("posts", "MHL,CHE,", present="yes")],
        ["posts.csv:{line}: present: 'yes' is not true or false"],
    ),
    Broken(
        "whole number",
        [change("states", "AFG,", population="42.6 million")],
        ["states.csv:{line}: population: '42.6 million' is not a whole number of at most 10 digits"],
    ),
    Broken(
        "number within bounds",
        [change("states", "AFG,", label_lat="133.97")],
        ["states.csv:{line}: label_lat: '133.97' is not a latitude in degrees, -90 to 90"],
    ),
    Broken(
        "year",
        [change("munitions_profile", "AFG,producer", as_of="18")],
        ["munitions_profile.csv:{line}: as_of: '18' is not a year written YYYY"],
    ),
    Broken(
        "form of an id",
        [add("outreach_events", "sofia 2008,other,Title,2008-09-01,,month,,,,Summary,EV-M09-MKD")],
        ["outreach_events.csv:{line}: event_id: 'sofia 2008' is not an event id such as OE-2014-05-LUSAKA"],
    ),
    Broken(
        "form of a resolution",
        [change("unga_vote_totals", "79,2024,plenary", resolution="79/58")],
        ["unga_vote_totals.csv:{line}: resolution: '79/58' is not a resolution such as A/RES/70/54",
         "unga_votes.csv:{first}: resolution: A/RES/79/58 differs from 79/58 in unga_vote_totals.csv line {line} "
         "(session 79, plenary)"],
        ("unga_votes", "79,2024,plenary,A/RES/79/58,2024-12-02,AFG"),
    ),
    Broken(
        "web address",
        [change("sources_votes", "V-UNDL-70,", url="digitallibrary.un.org/record/827205")],
        ["sources_votes.csv:{line}: url: 'digitallibrary.un.org/record/827205' is not a web address "
         "beginning http:// or https://"],
    ),
    Broken(
        "control character",
        [change("outreach_events", "OE-2008-09-SOFIA", title="Sofia Regional Conference\x07 on Cluster Munitions")],
        ["outreach_events.csv:{line}: title: has the control character U+0007 after ' Regional Conference'"],
    ),
    Broken(
        "text running right to left unseen",
        [change("commitments", "AGO,declaration,2016-08-05", reason="joined\u202elater")],
        ["commitments.csv:{line}: reason: has the control character U+202E after 'joined'"],
    ),
    Broken(
        "space around text",
        [change("organizations", "AU,", name="African Union ")],
        ["organizations.csv:{line}: name: 'African Union ' begins or ends with a space"],
    ),
    Broken(
        "long values are cut",
        [change("sources_votes", "V-UNDL-70,", source_date="9" * 80)],
        [f"sources_votes.csv:{{line}}: source_date: '{'9' * 59}…' is not a date written YYYY-MM-DD, YYYY-MM or YYYY"],
    ),
]  # fmt: skip

FILES = [
    Broken(
        "missing column",
        [header("coordinators", "role,iso3,from_meeting,until,source_id")],
        ["coordinators.csv:1: header: has the unknown column 'until'",
         "coordinators.csv:1: header: lacks the column to_meeting"],
    ),
    Broken(
        "byte-order mark",
        [header("horizons", "\ufefffile,scope,known_complete_through,single_entries_through,note")],
        ["horizons.csv:1: header: begins with a byte-order mark; save the file as UTF-8 without it"],
    ),
    Broken(
        "byte-order mark besides another error",
        [header("coordinators", '\ufeff"role",iso3,from_meeting,to_meeting,source_id'),
         change("memberships", "AU,AGO", org="OAU")],
        ["coordinators.csv:1: header: begins with a byte-order mark; save the file as UTF-8 without it",
         "memberships.csv:{line}: org: 'OAU' is not in organizations.csv"],
    ),
    Broken(
        "197 states",
        [add("states", "XKX,XK,926,Kosovo,Kosovo,,false,,,Europe,Southern Europe,,20.9,42.6,10887,1600000,2024,false,"
             "true" + ",geo-country-codes" * 6 + ",")],
        ["states.csv:1: iso3: holds 198 states, not 197"],
    ),
    Broken(
        "193 UN members",
        [change("states", "VAT,", un_member="true", un_group="WEOG")],
        ["states.csv:1: un_member: holds 194 UN members, not 193"],
    ),
    Broken(
        "horizon of every file",
        [drop("horizons", "meetings.csv")],
        ["horizons.csv:1: file: no row says through which day meetings.csv is known complete"],
    ),
]  # fmt: skip

BETWEEN_FILES = [
    Broken(
        "duplicate act",
        [add("treaty_actions", "CCM,LTU,signature,2008-12-03,day,,untc_2014")],
        ["treaty_actions.csv:{line}: date: CCM LTU signature 2008-12-03 is already in line {first}"],
        LTU_SIGNED,
    ),
    Broken(
        "duplicate row",
        [add("memberships", "AU,AGO,,,,geo-worldcountrygroups")],
        ["memberships.csv:{line}: iso3: AU AGO is already in line {first}"],
        ("memberships", "AU,AGO"),
    ),
    Broken(
        "duplicate source id in another file",
        [add("sources_votes", "EV-10MSP,Record,UN,https://www.un.org/x,2022,")],
        ["sources_votes.csv:{line}: source_id: EV-10MSP is already in sources_events.csv line {first}"],
        ("sources_events", "EV-10MSP,"),
    ),
    Broken(
        "joins once before withdrawing",
        [add("treaty_actions", "CCM,NOR,accession,2012-05-01,day,,untc_2014")],
        ["treaty_actions.csv:{line}: action: NOR joined CCM already on 2008-12-03 (line {first}) and has not "
         "withdrawn since"],
        ("treaty_actions", "CCM,NOR,ratification"),
    ),
    Broken(
        "joins again after withdrawing",
        [add("treaty_actions", "CCM,LTU,accession,2025-06-02,day,,untc_2014")],
        [],
    ),
    Broken(
        "withdraws only after joining",
        [add("treaty_actions", "CCM,USA,withdrawal,2020-01-01,day,2020-07-01,untc_2014")],
        ["treaty_actions.csv:{line}: action: USA withdraws from CCM without being a party to it"],
    ),
    Broken(
        "withdraws once",
        [add("treaty_actions", "CCM,LTU,withdrawal,2025-06-01,day,2025-12-01,untc_2014")],
        ["treaty_actions.csv:{line}: action: LTU withdraws from CCM without being a party to it"],
    ),
    Broken(
        "withdrawal needs its effective date",
        [change("treaty_actions", "CCM,LTU,withdrawal", effective_date="")],
        ["treaty_actions.csv:{line}: effective_date: is blank, but a withdrawal needs it"],
    ),
    Broken(
        "effective date not before the act",
        [change("treaty_actions", "CCM,LTU,withdrawal", effective_date="2024-03-06")],
        ["treaty_actions.csv:{line}: effective_date: 2024-03-06 is before date 2024-09-06"],
    ),
    Broken(
        "signs once",
        [add("treaty_actions", "CCM,LTU,signature,2009-01-05,day,,untc_2014")],
        ["treaty_actions.csv:{line}: action: LTU signed CCM already on 2008-12-03 (line {first})"],
        LTU_SIGNED,
    ),
    Broken(
        "signs before joining",
        [change(*LTU_SIGNED, date="2011-03-25")],
        ["treaty_actions.csv:{line}: action: LTU signs CCM on 2011-03-25, after joining it on 2011-03-24 "
         "(line {first})"],
        LTU_JOINED,
    ),
    Broken(
        "ratifies without having signed",
        [add("treaty_actions", "CCM,BRA,ratification,2020-01-06,day,2020-07-01,untc_2014")],
        ["treaty_actions.csv:{line}: action: BRA has not signed CCM and cannot join it by ratification; possible is "
         "accession"],
    ),
    Broken(
        "signs in a year of which only the joining's year is known",
        [change("treaty_actions", "ICC,UKR,signature", date="2024-12-31")],
        [],
    ),
    Broken(
        "roll call adds up",
        [change("unga_votes", VOTE + "RUS", vote="absent")],
        ["unga_vote_totals.csv:{first}: no: the total is 2, but the roll call of session 80, plenary, has 1"],
        ("unga_vote_totals", "80,2025,plenary"),
    ),
    Broken(
        "roll call with no such vote at all",
        [change("unga_vote_totals", "75,2020,plenary", no="1")],
        ["unga_vote_totals.csv:{line}: no: the total is 1, but the roll call of session 75, plenary, has 0"],
    ),
    Broken(
        "totals without a roll call by state",
        [change("unga_vote_totals", "78,2023,first_committee", yes="138")],
        [],
    ),
    Broken(
        "one vote a state",
        [add("unga_votes", VOTE + "RUS,absent,V-UNDL-80")],
        ["unga_votes.csv:{line}: iso3: 80 plenary RUS is already in line {first}"],
        ("unga_votes", VOTE + "RUS"),
    ),
    Broken(
        "roll call has totals",
        [add("unga_votes", "79,2024,first_committee,A/RES/79/58,2024-11-05,NOR,yes,V-UNDL-79")],
        ["unga_votes.csv:{line}: session: the roll call of session 79, first_committee, has no row in "
         "unga_vote_totals.csv"],
    ),
    Broken(
        "roll call and totals of one day",
        [change("unga_votes", VOTE + "RUS", vote_date="2025-11-30")],
        ["unga_votes.csv:{line}: vote_date: 2025-11-30 differs from 2025-12-01 in unga_vote_totals.csv line {first} "
         "(session 80, plenary)"],
        ("unga_vote_totals", "80,2025,plenary"),
    ),
    Broken(
        "session and year",
        [change("unga_vote_totals", "78,2023,first_committee", year="2024")],
        ["unga_vote_totals.csv:{line}: year: session 78 votes in 2023, not in 2024"],
    ),
    Broken(
        "vote in its year",
        [change("unga_vote_totals", "73,2018,first_committee", vote_date="2019-11-06")],
        ["unga_vote_totals.csv:{line}: vote_date: 2019-11-06 is not in 2018, the year of its row"],
    ),
    Broken(
        "only UN members vote",
        [add("unga_votes", VOTE + "VAT,absent,V-UNDL-80")],
        ["unga_votes.csv:{line}: iso3: VAT is not a UN member and has no vote"],
    ),
    Broken(
        "source resolves",
        [change("commitments", "AGO,declaration,2016-08-05", source_id="PLCY-NONE")],
        ["commitments.csv:{line}: source_id: 'PLCY-NONE' is in none of the sources_*.csv files"],
    ),
    Broken(
        "further source resolves",
        [change("states", "AFG,", label_source_id="geo-none")],
        ["states.csv:{line}: label_source_id: 'geo-none' is in none of the sources_*.csv files"],
    ),
    Broken(
        "event resolves",
        [change("outreach_event_states", "OE-2009-09-SANTIAGO,CHL,host", event_id="OE-2009-09-LIMA")],
        ["outreach_event_states.csv:{line}: event_id: 'OE-2009-09-LIMA' is not in outreach_events.csv"],
    ),
    Broken(
        "organization resolves",
        [change("memberships", "AU,AGO", org="OAU")],
        ["memberships.csv:{line}: org: 'OAU' is not in organizations.csv"],
    ),
    Broken(
        "meeting resolves",
        [change("coordinators", "presidency,NOR", to_meeting="40MSP")],
        ["coordinators.csv:{line}: to_meeting: '40MSP' is not in meetings.csv"],
    ),
    Broken(
        "term in order",
        [change("coordinators", "presidency,NOR", to_meeting="1MSP")],
        ["coordinators.csv:{line}: to_meeting: 1MSP (2010-11-09) is before 3MSP (2012-09-11)"],
    ),
    Broken(
        "meeting in order",
        [change("meetings", "OSLO,", end_date="2008-12-02")],
        ["meetings.csv:{line}: end_date: 2008-12-02 is before start_date 2008-12-03"],
    ),
    Broken(
        "event in order",
        [change("outreach_events", "OE-2008-09-KAMPALA", end_date="2008-09-28")],
        ["outreach_events.csv:{line}: end_date: 2008-09-28 is before start_date 2008-09-29"],
    ),
    Broken(
        "horizon in order",
        [change("horizons", "outreach_event_states.csv", single_entries_through="2020-01-01")],
        ["horizons.csv:{line}: single_entries_through: 2020-01-01 is before known_complete_through 2024-04-29"],
    ),
    Broken(
        "promise due after it is made",
        [change("commitments", "AGO,declaration,2017-09-09", promise_due="2017-09-08")],
        ["commitments.csv:{line}: promise_due: 2017-09-08 is before date 2017-09-09"],
    ),
    Broken(
        "act after the horizon",
        [add("treaty_actions", "CCM,USA,signature,2026-02-21,day,,untc_2014")],
        ["treaty_actions.csv:{line}: date: 2026-02-21 is later than 2026-02-20, the horizon of treaty_actions.csv in "
         "horizons.csv"],
    ),
    Broken(
        "entry after the last single entries",
        [change("commitments", "AGO,declaration,2016-08-05", date="2025-12-16")],
        ["commitments.csv:{line}: date: 2025-12-16 is later than 2025-12-15, the horizon of commitments.csv in "
         "horizons.csv"],
    ),
    Broken(
        "entry up to the last single entries",
        [change("commitments", "AGO,declaration,2016-08-05", date="2025-12-15")],
        [],
    ),
    Broken(
        "year after the horizon's",
        [change("munitions_profile", "AFG,producer", as_of="2027")],
        ["munitions_profile.csv:{line}: as_of: 2027 is later than 2026-03-07, the horizon of munitions_profile.csv in "
         "horizons.csv"],
    ),
    Broken(
        "promises and effective dates may lie ahead",
        [change("commitments", "AGO,declaration,2017-09-09", promise_due="2040-12-31"),
         change("treaty_actions", "CCM,LTU,withdrawal", effective_date="2040-01-01")],
        [],
    ),
    Broken(
        "precision of a month",
        [change("meetings", "TE-2009,", start_date="2009-09-21", end_date="2009-09-21")],
        ["meetings.csv:{line}: end_date: 2009-09-21 has precision month, so it must be written 2009-09-01",
         "meetings.csv:{line}: start_date: 2009-09-21 has precision month, so it must be written 2009-09-01"],
    ),
    Broken(
        "precision of a year",
        [change("memberships", "COE,ALB", since="1995-07-13")],
        ["memberships.csv:{line}: since: 1995-07-13 has precision year, so it must be written 1995-01-01"],
    ),
    Broken(
        "since needs its precision",
        [change("memberships", "COE,ALB", precision="")],
        ["memberships.csv:{line}: precision: is blank, but since needs it"],
    ),
    Broken(
        "UN member needs its group",
        [change("states", "NOR,", un_group="")],
        ["states.csv:{line}: un_group: is blank, but a UN member needs it"],
    ),
    Broken(
        "existence needs its source",
        [change("states", "SSD,", exists_source_id="")],
        ["states.csv:{line}: exists_source_id: is blank, but exists_from needs it"],
    ),
    Broken(
        "post needs its source",
        [change("posts", "MHL,CHE,", source_id="")],
        ["posts.csv:{line}: source_id: is blank, but is required"],
    ),
    Broken(
        "month after the horizon",
        [change("posts", "MHL,CHE,", as_of="2025-01")],
        ["posts.csv:{line}: as_of: 2025-01 is later than 2024-12-31, the horizon of posts.csv in horizons.csv"],
    ),
    Broken(
        "post needs its day",
        [change("posts", "MHL,CHE,", as_of="")],
        ["posts.csv:{line}: as_of: is blank, but is required"],
    ),
    Broken(
        "accredited embassy needs its seat",
        [change("posts", "NZL,AGO,accredited", seat="")],
        ["posts.csv:{line}: seat: is blank, but an accredited embassy needs it"],
    ),
    Broken(
        "attendance has no stance",
        [change("commitments", "AGO,observer,2010-11-01", stance="supports_norm")],
        ["commitments.csv:{line}: stance: 'supports_norm' cannot go with kind observer, which has stance none"],
    ),
    Broken(
        "stance none is for attendance",
        [change("commitments", "AGO,declaration,2016-08-05", stance="none")],
        ["commitments.csv:{line}: stance: 'none' goes only with kind observer, not with declaration"],
    ),
    Broken(
        "what counts for category 4",
        [change("commitments", "AGO,declaration,2016-08-05", counts_for_category_4="true")],
        ["commitments.csv:{line}: counts_for_category_4: true, but a multilateral declaration with stance "
         "intends_to_join cannot count: possible are a unilateral declaration with stance supports_norm, a "
         "voluntary_report and an interim_step"],
    ),
    Broken(
        "acts are of states not party",
        [change("commitments", "AGO,declaration,2016-08-05", iso3="LTU")],
        ["commitments.csv:{line}: date: LTU acted on 2016-08-05, but had joined the Convention on 2011-03-24 "
         "(treaty_actions.csv line {first})"],
        LTU_JOINED,
    ),
    Broken(
        "acts after withdrawing",
        [change("commitments", "AGO,declaration,2016-08-05", iso3="LTU", date="2025-03-06")],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CELLS, *FILES, *BETWEEN_FILES], ids=lambda case: case.rule)
def test_rule(facts_copy: Any, case: Broken) -> None:
    first = facts_copy.line(*case.first) if case.first else None
    line = [edit(facts_copy) for edit in case.edits][-1]
    expected = [text.format(line=line, first=first) for text in case.finds]
    assert validation.findings(raw_facts.read(facts_copy.folder)) == sorted(expected)


def test_shipped_facts_pass() -> None:
    assert validation.findings(raw_facts.read(paths.PACKAGE / "facts")) == []
