"""The fact files in human words: what one row is, and how each is brought up to date. docs/data.md prints the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactFile:
    """One file of the facts. name: without .csv. words: its title. row: what one row is. steps: how to refresh it.

    address: the page to open, blank where there is no single one. importer: the command that reads it, or csv.
    """

    name: str
    words: str
    row: str
    steps: str
    address: str
    importer: str = "csv"


UNTC = "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XXVI-6&chapter=26&clang=_en"
UNDL = (
    "https://digitallibrary.un.org/search?cc=Voting+Data&p=%22Implementation+of+the+Convention+on+Cluster+Munitions%22"
)
PRESS = "https://press.un.org/en/meetings-coverage-and-press-releases/first-committee"
MONITOR = "https://www.the-monitor.org/country-profiles"
CONVENTION = "https://www.clusterconvention.org/"
GENEVA = "https://www.ungeneva.org/en/blue-book"

FACT_FILES: tuple[FactFile, ...] = (
    FactFile(
        "treaty_actions", "Treaty actions", "A signature, joining or withdrawal of one state, by its day.",
        "Open the depositary's status page, save it from the browser as a web page, and bring in that file.",
        UNTC, "untc",
    ),
    FactFile(
        "unga_votes", "Votes on the resolution", "One state's entry in one roll call.",
        "Plenary: open the voting record in the Digital Library and save its CSV or MARCXML. First Committee: copy the "
        "roll call from the press release and paste it.", UNDL, "votes",
    ),
    FactFile(
        "unga_vote_totals", "Totals of the votes", "The counts of one roll call.",
        "They come with the roll call.", UNDL, "votes",
    ),
    FactFile(
        "commitments", "Declarations, interim steps, reports", "One dated act of a state that was not party.",
        "Read the state's country profile, its statements at meetings, and its voluntary reports.", MONITOR,
    ),
    FactFile(
        "munitions_profile", "Munitions profiles", "What one source says of one attribute of a state in a year.",
        "Read the ban policy profile of the state in the Cluster Munition Monitor.", MONITOR,
    ),
    FactFile(
        "posts", "Embassies and missions", "One embassy or mission that a source shows.",
        "Look the mission up in the Blue Book of Geneva, the embassy at the sending ministry.", GENEVA,
    ),
    FactFile(
        "memberships", "Memberships of organizations", "One state's membership of one organization.",
        "Read the members' list of the organization.", "",
    ),
    FactFile("organizations", "Organizations", "One organization.", "Read the organization's own page.", ""),
    FactFile(
        "meetings", "Formal meetings", "One formal meeting under the Convention.",
        "Open the Convention's site and read its meetings.", CONVENTION,
    ),
    FactFile(
        "coordinators", "Offices under the Convention", "One state in one office, from one meeting to another.",
        "Read the reports of the meetings on the Convention's site.", CONVENTION,
    ),
    FactFile(
        "outreach_events", "Recorded outreach events", "One workshop or meeting of outreach.",
        "Read the news of the Convention's site.", CONVENTION,
    ),
    FactFile(
        "outreach_event_states", "States at outreach events", "One state's part in one outreach event.",
        "It comes with the event.", CONVENTION,
    ),
    FactFile(
        "states", "States", "One state: names, codes, groups, geography.",
        "Read the M49 standard of the United Nations.", "https://unstats.un.org/unsd/methodology/m49/",
    ),
    FactFile(
        "least_developed_countries", "Least developed countries", "One period in which a state stood on the list.",
        "Read the list of the Committee for Development Policy, and when the last state left it.",
        "https://policy.desa.un.org/themes/least-developed-countries-category",
    ),
)  # fmt: skip
"""In the order of their importance."""

BY_NAME = {one.name: one for one in FACT_FILES}


def words(name: str) -> str:
    """The title of a fact file, also for one of the source files and horizons."""
    if name in BY_NAME:
        return BY_NAME[name].words
    return "Sources" if name.startswith("sources_") else name.replace("_", " ").capitalize()
