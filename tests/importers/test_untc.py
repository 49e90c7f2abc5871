"""Status pages of the UN Treaty Collection: what is proposed, and what is refused with which sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ccm_data import paths
from ccm_data.errors import CcmError
from ccm_data.importers import untc
from ccm_data.importers.model import Parsed, Whole
from ccm_data.vocab import Treaty

PAGES = Path(__file__).parent / "pages"
HTML, XML = (PAGES / "ccm.html").read_bytes(), (PAGES / "ccm.xml").read_bytes()
SAMPLES = {"XXVI-5": "APMBC", "XXVI-6": "CCM"}
"""The treaty of a page that a browser saved, by the number in its name: such pages may lie beside the repository."""
SAVED = [
    (path, treaty)
    for path in (paths.PACKAGE.parent.parent / "shared" / "samples").glob("untc-*.html")
    for number, treaty in SAMPLES.items()
    if number in path.name
]


def acts(parsed: Parsed) -> set[tuple[str, str, str]]:
    return {(row.row["iso3"], row.row["action"], row.row["date"]) for row in parsed.rows}


def refused(content: bytes, treaty: str = "CCM") -> str:
    with pytest.raises(CcmError) as error:
        untc.parse(content, treaty)
    message = str(error.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def with_table(rows: str) -> bytes:
    """The page by hand with another table of participants."""
    page = HTML.decode()
    start, end = page.index('<tr class="thead-one">'), page.index("</table>\r\n</td></tr></table>")
    return (page[:start] + rows + page[end:]).encode()


def changed(old: str, new: str, page: bytes = HTML) -> bytes:
    assert page.count(old.encode()) >= 1
    return page.replace(old.encode(), new.encode(), 1)


def test_every_suffix_mark_and_bracket_of_a_page() -> None:
    parsed = untc.parse(HTML, Treaty.CCM)
    assert acts(parsed) == {
        ("AND", "accession", "2013-04-09"),
        ("BEL", "signature", "2008-12-03"),
        ("BEL", "ratification", "2009-12-22"),
        ("CIV", "signature", "2008-12-04"),
        ("CIV", "approval", "2012-03-12"),
        ("LTU", "signature", "2008-12-03"),
        ("LTU", "ratification", "2011-03-24"),
        ("MNE", "succession_to_signature", "2009-10-23"),
        ("MNE", "succession", "2010-01-25"),
        ("NLD", "signature", "2008-12-03"),
        ("NLD", "acceptance", "2011-02-23"),
        ("NOR", "signature", "2008-12-03"),
        ("TGO", "signature", "2008-12-03"),
        ("TGO", "ratification", "2012-06-22"),
        ("GBR", "signature", "2008-12-03"),
        ("GBR", "ratification", "2010-05-04"),
        ("GBR", "acceptance", "2021-01-20"),
    }
    # The United Kingdom of the fixture came back, so it is not among those that left.
    assert [(left.iso3, left.text) for left in parsed.withdrawn] == [
        ("LTU", "Lithuania | [ 3 Dec 2008 ] | [24 Mar 2011 n] | [24 Mar 2011 ]"),
        ("TGO", "[Togo] | 3 Dec 2008 | 22 Jun 2012"),
    ]


def test_a_row_is_as_the_facts_hold_it_and_keeps_the_words_of_the_table() -> None:
    row = untc.parse(HTML, "CCM").rows[0]
    assert row.file == "treaty_actions"
    assert row.row == {
        "treaty": "CCM",
        "iso3": "AND",
        "action": "accession",
        "date": "2013-04-09",
        "precision": "day",
        "source_id": "untc_XXVI-6_2026-02-03",
    }
    assert row.text == "Andorra | 9 Apr 2013 a"


def test_the_page_is_cited_and_complete_through_its_day() -> None:
    parsed = untc.parse(HTML, Treaty.CCM)
    assert parsed.source_file == "sources_treaties"
    assert parsed.source == {
        "source_id": "untc_XXVI-6_2026-02-03",
        "title": "UNTC status table XXVI-6 Convention on Cluster Munitions",
        "publisher": "United Nations Treaty Collection",
        "url": "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XXVI-6&chapter=26&clang=_en",
        "source_date": "2026-02-03",
        "note": "Status as at 03-02-2026 10:16:18 EDT",
    }
    assert parsed.whole == Whole("treaty_actions", {"treaty": "CCM"}, date(2026, 2, 3))


def test_what_is_left_aside_is_said() -> None:
    assert untc.parse(HTML, "CCM").notes == (
        "European Union is no state and was left aside: European Union | 4 Dec 2008 | 23 Dec 2010 c.",
        "Provisional application is no action of the facts and was left aside: Lithuania, Norway.",
        "Footnote marks were left out: 3.",
    )


def test_the_xml_of_a_table() -> None:
    parsed = untc.parse(XML, "CCM")
    assert acts(parsed) == {
        ("BEL", "signature", "2008-12-03"),
        ("BEL", "ratification", "2009-12-22"),
        ("CIV", "signature", "2008-12-04"),
        ("CIV", "approval", "2012-03-12"),
        ("VAT", "signature", "2008-12-03"),
        ("VAT", "ratification", "2008-12-03"),
        ("LTU", "signature", "2008-12-03"),
        ("LTU", "ratification", "2011-03-24"),
        ("TUR", "accession", "2024-09-12"),
    }
    assert [left.iso3 for left in parsed.withdrawn] == ["LTU"]
    assert parsed.source["source_id"] == "untc_XXVI-6_2026-02-03"
    assert parsed.notes == ("Footnote marks were left out: 3.",)


def test_xml_without_a_day_puts_nothing_in_doubt() -> None:
    parsed = untc.parse(changed("STATUS AS AT : 03-02-2026 10:16:18 EDT", "", XML), "CCM")
    assert parsed.whole is None
    assert parsed.source["source_date"] == ""
    assert parsed.source["source_id"] == "untc_XXVI-6_undated"
    assert "The file does not say as at which day it is" in parsed.notes[0]


def test_a_protocol_is_consented_to() -> None:
    page = with_table(
        "<tr><td>Participant</td><td>Succession(d), Consent to be bound(P)</td></tr>"
        "<tr><td>Chad</td><td>6 Nov 2015 P</td></tr><tr><td>Serbia</td><td>12 Mar 2001 d</td></tr>"
    )
    for old, new in [
        (b"XXVI-6", b"XXVI-2-d"),
        (b" 6. ", b" 2. d  "),
        (b"Signatories :", b""),
        (b"7</div>", b"2</div>"),
    ]:
        page = page.replace(old, new)
    parsed = untc.parse(page.replace(b"7.", b""), "CCW_P5")
    assert acts(parsed) == {("TCD", "consent", "2015-11-06"), ("SRB", "succession", "2001-03-12")}
    assert "mtdsg_no=XXVI-2-d&chapter=26&" in parsed.source["url"]


@pytest.mark.parametrize(("path", "treaty"), [(PAGES / "ccm.html", "CCM"), *SAVED], ids=lambda value: Path(value).name)
def test_a_saved_page_agrees_with_the_numbers_that_it_prints(path: Path, treaty: str) -> None:
    parsed = untc.parse(path.read_bytes(), treaty)
    assert parsed.whole == Whole("treaty_actions", {"treaty": treaty}, date(2026, 2, 3))
    assert not any("The page says that there are" in note for note in parsed.notes)
    assert len(acts(parsed)) == len(parsed.rows)


def test_a_page_of_another_treaty_names_both() -> None:
    assert refused(HTML, "APMBC") == (
        "The page is of CCM (XXVI-6 Convention on Cluster Munitions), not of APMBC (XXVI-5 Convention on the "
        "Prohibition of the Use, Stockpiling, Production and Transfer of Anti-Personnel Mines); give the page of APMBC."
    )
    assert refused(XML, "ATT").startswith("The page is of Convention on Cluster Munitions, not of ATT (XXVI-8")


def test_the_address_names_the_treaty_when_the_heading_does_not() -> None:
    page = changed("CHAPTER XXVI", "")
    assert acts(untc.parse(page, "CCM")) == acts(untc.parse(HTML, "CCM"))
    assert "not of APMBC" in refused(page, "APMBC")


@pytest.mark.parametrize("treaty", ["BWC", "", "XXVI-6", "ccm"])
def test_a_treaty_that_the_collection_lacks(treaty: str) -> None:
    assert f"'{treaty}' is no treaty of the UN Treaty Collection; possible are CCM, " in refused(HTML, treaty)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "22 Dec	 2009 <br>",
            "32 Dec	 2009 <br>",
            "The row of Belgium has '32 Dec 2009', which is no day of the calendar.",
        ),
        ("22 Dec	 2009 <br>", "22 Dez	 2009 <br>", "The row of Belgium has '22 Dez 2009', which is no day"),
        ("22 Dec	 2009 <br>", "soon<br>", "The row of Belgium has 'soon' under 'Approval(AA), "),
        ("22 Dec	 2009 <br>", "[22 Dec	 2009 <br>", "where dates such as '8 Sep 2011' or '[12 May 2004 a]' are"),
        ("22 Dec	 2009 <br>", "22 Dec 2009 s<br>", "does not say what the suffix 's' means."),
        ("22 Dec	 2009 <br>", "22 Dec 2026<br>", "an act of 2026-12-22, after the page's own day, 2026-02-03."),
        (
            "22 Dec	 2009 <br>",
            "22 Dec 2009 c<br>",
            "Belgium has a formal confirmation, which the facts have no action",
        ),
        ("22 Dec	 2009 <br>", "22 Dec 2009, 22 Dec 2009<br>", "The page has the ratification in 'Belgium | 3 Dec"),
        ("Accession(a)", "Accession", "gives one mark to several acts; each needs its own."),
        ("Accession(a)", "Objection(a)", "is not understood; acts can be acceptance, accession, approval, "),
        ("Participant<br>", "State<br>", "The table's heads are 'State | Signature, Succession"),
        ("Andorra", "Andora", "No state of the facts is called 'Andora' (perhaps Andorra, "),
        ("      7.", "      8.", "The page says that there are 8 signatories, but its table shows 7; save"),
        ("<td>Andorra<br></td>", "", "The row '9 Apr 2013 a' has 3 cells, or no name, under 4 column heads"),
        ("Andorra", "&nbsp;", "The row '9 Apr 2013 a' has 4 cells, or no name, under 4 column heads"),
        (" &nbsp;9 Apr	 2013 a<br>", "", "The row of Andorra has no date; save"),
        ("03-02-2026", "31-02-2026", "'Status as at 31-02-2026 10:16:18 EDT' is no day; it is read as day-month-year."),
    ],
)
def test_a_page_that_is_not_fully_understood_is_refused(old: str, new: str, sentence: str) -> None:
    assert sentence in refused(changed(old, new))


def test_an_empty_table_is_refused() -> None:
    assert refused(with_table("<tr><td>Participant</td><td>Signature</td></tr>")) == (
        "The table of participants is empty; save the page again when it has loaded fully."
    )
    assert "heads are ''" in refused(with_table(""))


def test_all_unknown_names_are_named_at_once() -> None:
    page = changed("Andorra", "Andora", changed("Montenegro", "Serbia and Montenegro"))
    message = refused(page)
    assert "'Andora' (perhaps Andorra" in message
    assert "'Serbia and Montenegro'" in message


def test_a_page_cut_off_is_refused() -> None:
    """Wherever a download stopped within the table: what is left is never taken for the whole."""
    start, end = HTML.index(b"tblgrid"), HTML.index(b"20 Jan	 2021 A") + len("20 Jan	 202")
    for at in range(start, end, 97):
        refused(HTML[:at])


def test_more_than_printed_is_a_note() -> None:
    parsed = untc.parse(changed("      7.", "      6."), "CCM")
    assert "The page says that there are 6 signatories; its table shows 7." in parsed.notes
