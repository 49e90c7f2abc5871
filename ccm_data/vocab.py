"""The closed vocabularies (DESIGN sections 3 and 4): codes as stored, words as shown. One place for both."""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A code with the words people read; subclasses list `CODE = "code", "Words"`."""

    label: str

    def __new__(cls, code: str, label: str) -> Term:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        return term


class Status(Term):
    """Where a state stands towards the Convention on the as-of date."""

    STATE_PARTY = "state_party", "State Party"
    SIGNATORY = "signatory", "Signatory"
    NOT_PARTY = "not_party", "State not party"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Category(Term):
    """The four target categories of the coordinators' concept note; only states that are not parties have any."""

    FIRST_COMMITTEE_YES = "first_committee_yes", "Voted yes, not party"
    MINE_BAN_PARTY = "mine_ban_party", "Mine Ban Convention party"
    SIGNATORY = "signatory", "Signatory, not ratified"
    DECLARED_SUPPORT = "declared_support", "Declared support or interim step"


CATEGORY_SHORT = {
    Category.FIRST_COMMITTEE_YES: "Voted yes",
    Category.MINE_BAN_PARTY: "Mine Ban",
    Category.SIGNATORY: "Signed",
    Category.DECLARED_SUPPORT: "Declared",
}
"""Words for narrow columns."""


class Match(Term):
    """How several categories combine in a filter."""

    ANY = "any", "Any of"
    ALL = "all", "All of"


class Vote(Term):
    """A state's entry in a roll call."""

    YES = "yes", "Yes"
    ABSTAIN = "abstain", "Abstained"
    NO = "no", "No"
    ABSENT = "absent", "Absent"


class VoteStage(Term):
    """Which body voted."""

    FIRST_COMMITTEE = "first_committee", "First Committee"
    PLENARY = "plenary", "Plenary"


class UnGroup(Term):
    """UN regional groups; the four states outside them have none."""

    AFRICAN = "African", "African Group"
    ASIA_PACIFIC = "Asia-Pacific", "Asia-Pacific Group"
    EASTERN_EUROPEAN = "Eastern European", "Eastern European Group"
    GRULAC = "GRULAC", "Latin American and Caribbean Group"
    WEOG = "WEOG", "Western European and Others Group"


class Region(Term):
    """UN M49 regions."""

    AFRICA = "Africa", "Africa"
    AMERICAS = "Americas", "Americas"
    ASIA = "Asia", "Asia"
    EUROPE = "Europe", "Europe"
    OCEANIA = "Oceania", "Oceania"


class Treaty(Term):
    """Treaties whose actions the facts hold."""

    CCM = "CCM", "Convention on Cluster Munitions"
    APMBC = "APMBC", "Anti-Personnel Mine Ban Convention"
    ATT = "ATT", "Arms Trade Treaty"
    BWC = "BWC", "Biological Weapons Convention"
    CCW = "CCW", "Convention on Certain Conventional Weapons"
    CRPD = "CRPD", "Convention on the Rights of Persons with Disabilities"
    CWC = "CWC", "Chemical Weapons Convention"
    ICC = "ICC", "Rome Statute of the International Criminal Court"
    TPNW = "TPNW", "Treaty on the Prohibition of Nuclear Weapons"
    CTBT = "CTBT", "Comprehensive Nuclear-Test-Ban Treaty"
    ENMOD = "ENMOD", "Environmental Modification Convention"
    CCW_A1 = "CCW_A1", "CCW, amended Article 1"
    CCW_AP2 = "CCW_AP2", "CCW, amended Protocol II (mines, booby-traps)"
    CCW_P4 = "CCW_P4", "CCW, Protocol IV (blinding laser weapons)"
    CCW_P5 = "CCW_P5", "CCW, Protocol V (explosive remnants of war)"


class TreatyAction(Term):
    """What a state did towards a treaty; all but signature, succession to it and withdrawal make it a party."""

    SIGNATURE = "signature", "Signature"
    RATIFICATION = "ratification", "Ratification"
    ACCESSION = "accession", "Accession"
    ACCEPTANCE = "acceptance", "Acceptance"
    APPROVAL = "approval", "Approval"
    SUCCESSION = "succession", "Succession"
    CONSENT = "consent", "Consent to be bound"
    SUCCESSION_TO_SIGNATURE = "succession_to_signature", "Succession to signature"
    WITHDRAWAL = "withdrawal", "Withdrawal"


class Precision(Term):
    """How exact a date is; unknown parts are written 01."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class ActKind(Term):
    """Acts of states that were not party when they acted (README_commitments.md)."""

    DECLARATION = "declaration", "Declaration"
    INTERIM_STEP = "interim_step", "Interim step"
    VOLUNTARY_REPORT = "voluntary_report", "Voluntary report"
    OBSERVER = "observer", "Attended"


class Scope(Term):
    """Whose act it was (README_commitments.md)."""

    UNILATERAL = "unilateral", "The state's own act"
    MULTILATERAL = "multilateral", "Joint text or group statement"
    ATTENDANCE = "attendance", "Attendance"


class Stance(Term):
    """The strongest stance an act supports (README_commitments.md)."""

    INTENDS_TO_JOIN = "intends_to_join", "Intends to join"
    SUPPORTS_NORM = "supports_norm", "Supports the norm"
    STATES_FACT = "states_fact", "States a fact"
    CONSIDERS = "considers", "Considers joining"
    NAMES_OBSTACLE = "names_obstacle", "Names an obstacle"
    DECLINES = "declines", "Declines"
    NONE = "none", "None"


class Stage(Term):
    """The ladder to joining, lowest step first."""

    NO_POSITION = "no_position", "No position"
    IN_FAVOUR = "in_favour", "In favour"
    INTENT = "intent", "Intent stated"
    INTERMINISTERIAL = "interministerial", "Interministerial work"
    CABINET_APPROVED = "cabinet_approved", "Cabinet approved"
    IN_PARLIAMENT = "in_parliament", "In parliament"
    PARLIAMENT_APPROVED = "parliament_approved", "Parliament approved"
    ASSENTED = "assented", "Assented"
    DEPOSITED = "deposited", "Instrument deposited"
    IN_FORCE = "in_force", "In force"


class Obstacle(Term):
    """What a state itself names as holding it back (README_commitments.md)."""

    SECURITY_CONCERN = "security_concern", "Security concern"
    MILITARY_NECESSITY = "military_necessity", "Military necessity"
    PROCESS_COMPETING_CCW = "process_competing_ccw", "Prefers the CCW process"
    ALLIANCE = "alliance", "Alliance commitments"
    CAPACITY = "capacity", "Capacity (staff, money)"
    LEGISLATIVE_CALENDAR = "legislative_calendar", "Legislative calendar"
    NEEDS_IMPLEMENTING_LAW = "needs_implementing_law", "Needs implementing law"
    COST_OF_DESTRUCTION_OR_CLEARANCE = "cost_of_destruction_or_clearance", "Cost of destruction or clearance"
    LOW_PRIORITY_NOT_AFFECTED = "low_priority_not_affected", "Low priority, not affected"
    DOMESTIC_POLITICS = "domestic_politics", "Domestic politics"
    DEFINITION_OBJECTION = "definition_objection", "Objects to scope or text"
    INFORMATION_GAP = "information_gap", "Survey or study pending"
    NEIGHBOUR_NOT_PARTY = "neighbour_not_party", "Neighbour not party"
    OTHER = "other", "Other"


class MunitionsAttribute(Term):
    """What a munitions profile says about a state."""

    PRODUCER = "producer", "Producer"
    STOCKPILER = "stockpiler", "Stockpiler"
    CONTAMINATED = "contaminated", "Contaminated"
    USED = "used", "Used"
    USED_RECENT = "used_recent", "Used recently"
    TRANSFERRED = "transferred", "Transferred"


class MunitionsValue(Term):
    """A munitions attribute's value; a blank means no source, never no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    FORMER = "former", "Formerly"
    ALLEGED = "alleged", "Alleged"
    SUSPECTED = "suspected", "Suspected"
    UNCLEAR = "unclear", "Unclear"


class Unaffected(Term):
    """Whether a state neither produces, nor stockpiles, nor is contaminated, and is below the population limit."""

    YES = "yes", "Small and unaffected"
    NO = "no", "Not small and unaffected"
    UNKNOWN = "unknown", "No source for some attribute"


class OrganizationKind(Term):
    """What binds an organization's members."""

    REGIONAL = "regional", "Regional"
    SUBREGIONAL = "subregional", "Subregional"
    SECURITY = "security", "Security"
    LINGUISTIC = "linguistic", "Linguistic"
    ECONOMIC = "economic", "Economic"


class PostKind(Term):
    """How a state is present with another, or in Geneva."""

    MISSION = "mission", "Mission in Geneva"
    EMBASSY = "embassy", "Embassy"
    ACCREDITED = "accredited", "Accredited embassy"


class ActivityType(Term):
    """Types of universalization activity."""

    BILATERAL_GENEVA = "bilateral_geneva", "Bilateral in Geneva"
    BILATERAL_CAPITAL = "bilateral_capital", "Bilateral in capital"
    EMBASSY_OUTREACH = "embassy_outreach", "Embassy outreach"
    SIDE_EVENT = "side_event", "Side event"
    SPEAKING_SLOT = "speaking_slot", "Speaking slot"
    REGIONAL_MEETING = "regional_meeting", "Regional meeting"
    REGIONAL_WORKSHOP = "regional_workshop", "Regional workshop"
    INFORMAL_WORKING_GROUP = "informal_working_group", "Informal Working Group"
    MILITARY_TO_MILITARY = "military_to_military", "Military-to-military dialogue"
    RATIFICATION_TOOLKIT = "ratification_toolkit", "ICRC Ratification Toolkit"
    MODEL_LEGISLATION = "model_legislation", "Model legislation"
    PARTNER_COLLABORATION = "partner_collaboration", "Collaboration with partners"
    PRESIDENCY_ISU_MEETING = "presidency_isu_meeting", "Meeting with Presidency and ISU"
    INTERSESSIONAL_OUTREACH = "intersessional_outreach", "Intersessional outreach"
    PROGRESS_REPORT = "progress_report", "Progress report"
    OTHER = "other", "Other"


class ActivityStatus(Term):
    """Whether an activity has happened."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class Opening(Term):
    """On which days pages open on a campaign by themselves."""

    BY_PERIOD = "by_period", "While it runs"
    ALWAYS = "always", "Always, for everybody"


class Confidentiality(Term):
    """Who may see an activity; internal unless said otherwise."""

    PUBLIC = "public", "Public"
    PARTNERS = "partners", "Partners"
    INTERNAL = "internal", "Internal"


class Language(Term):
    """Languages in which documents are made, three of those of the United Nations."""

    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"
    SPANISH = "es", "Español"


class Role(Term):
    """A state's part in an activity."""

    TARGET = "target", "Target"
    HOST = "host", "Host"
    PARTICIPANT = "participant", "Participant"
    CHAMPION = "champion", "Champion"


class OfficeRole(Term):
    """Offices under the Convention."""

    PRESIDENCY = "presidency", "Presidency"
    UNIVERSALIZATION = "universalization", "Coordinator on universalization"
    NATIONAL_IMPLEMENTATION = "national_implementation", "Coordinator on national implementation measures"


def codes(vocabulary: type[Term]) -> list[str]:
    """The codes of a vocabulary, in its own order."""
    return [term.value for term in vocabulary]


def label(vocabulary: type[Term], code: object) -> str:
    """The words for a code; blank for a missing one (None or NaN). Raises KeyError for an unknown code."""
    return {term.value: term.label for term in vocabulary}[code] if isinstance(code, str) else ""
