"""A pasted roll call: names however they are broken, lists held to their result, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.errors import CcmError
from ccm_data.importers.name_list import names
from tests.importers.given import PRESS, RELEASE, pasted, votes

OF_RELEASE = {
    "AFG": "yes", "BIH": "yes", "GNB": "yes", "CIV": "yes", "ZMB": "yes", "RUS": "no",
    "IND": "abstain", "IRN": "abstain",
    "BEN": "absent", "TTO": "absent", "GIN": "absent", "NER": "absent", "VNM": "absent",
}  # fmt: skip


def cast(text: str, **given: object) -> dict[str, str]:
    return {iso3: vote for (_, iso3), vote in votes(pasted(text, **given)).items()}


def error(text: str = RELEASE, **given: object) -> str:
    with pytest.raises(CcmError) as raised:
        pasted(text, **given)
    return str(raised.value)


def test_a_press_release() -> None:
    parsed = pasted()
    assert cast(RELEASE) == OF_RELEASE
    assert parsed.rows[0].row == {
        "session": "79", "year": "2024", "stage": "first_committee", "resolution": "A/RES/79/58",
        "draft": "A/C.1/79/L.25", "vote_date": "2024-11-01", "yes": "5", "no": "1", "abstain": "2",
        "source_id": "press_A-RES-79-58",
    }  # fmt: skip
    assert parsed.source == {
        "source_id": "press_A-RES-79-58",
        "title": "First Committee roll call on A/C.1/79/L.25, Implementation of the Convention on Cluster Munitions",
        "publisher": "United Nations press service",
        "url": PRESS,
        "source_date": "2024-11-01",
        "note": "",
    }
    assert parsed.notes == ("Left aside after the lists: 'The Committee then took up “L.26”.'.",)
    assert parsed.whole is not None
    assert parsed.whole.where == {"session": "79", "stage": "first_committee"}
    assert {row.text for row in parsed.rows} >= {
        "Against: Russian Federation",
        "Abstaining: Iran (Islamic Republic of)",
    }


def test_without_a_list_of_absent_states_nothing_is_said_of_them() -> None:
    parsed = pasted(
        "IN FAVOUR: Albania\nAGAINST: None.\nABSTENTIONS: Fiji",
        totals=(1, 0, 1),
        draft=None,
        url="https://example.org/a",
    )
    assert votes(parsed) == {("79", "ALB"): "yes", ("79", "FJI"): "abstain"}
    assert parsed.whole is None
    assert parsed.notes == ("The text has no list of absent states; nothing is said of states that it does not name.",)
    assert "draft" not in parsed.rows[0].row
    assert parsed.source["publisher"] == "example.org"


@pytest.mark.parametrize(
    "text",
    [
        "In favor:\nAlbania\nBosnia and Herzegovina\nTrinidad and Tobago\nand Fiji\nAgainst: None",
        "In favour (4): Albania, Bosnia and Herzegovina, Trinidad and Tobago, Fiji.",
        "In\nfavour : Albania and Bosnia and Herzegovina and Trinidad and Tobago and Fiji. Abstain: none. Absent: –",
        "In favour: Al\xadbania; Bosnia\u00a0and\r\nHerzegovina;\r\nTrini-\r\ndad and Tobago, and Fiji.\r\n",
    ],
)
def test_lists_as_they_are_pasted(text: str) -> None:
    assert cast(text) == dict.fromkeys(("ALB", "BIH", "TTO", "FJI"), "yes")


def test_names_within_names() -> None:
    text = (
        "Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea, Niger, Nigeria, Dominica, Dominican Republic, "
        "Congo, Democratic Republic of the Congo, Democratic People's Republic of Korea, Republic "
        "of Korea, Republic of "
        "Moldova, United Kingdom of Great Britain and Northern Ireland, Ireland, Sudan, South Sudan and Mali"
    )
    assert [name.iso3 for name in names(text)] == [
        "GIN", "GNB", "GNQ", "PNG", "NER", "NGA", "DMA", "DOM", "COG", "COD", "PRK", "KOR", "MDA", "GBR", "IRL", "SDN",
        "SSD", "MLI",
    ]  # fmt: skip
    assert [(name.text, name.iso3) for name in names("Fiji, and Atlantis of Mali")] == [
        ("Fiji", "FJI"),
        ("Atlantis of Mali", None),
    ]


def test_every_unknown_name_is_told_at_once() -> None:
    told = error("In favour: Albenia, Fiji, Atlantis.\nAgainst: Frence.")
    assert "'Albenia'" in told
    assert "albania" in told.casefold()
    assert "'Atlantis'" in told
    assert "'Frence'" in told
    assert "\n" not in told
    many = error("In favour: " + ", ".join(f"Nowhere {n}" for n in range(30)))
    assert many.endswith("And 10 more names are of no state.")


@pytest.mark.parametrize(
    ("text", "given", "sentence"),
    [
        ("In favour: Albania\nAgainst: Albania", {}, "The roll call has ALB twice, as Yes and as "
         "No; a state has one vote."),
        ("In favour: Albania, Albania", {}, "The roll call has ALB twice, as Yes and as Yes; a state has one vote."),
        ("In favour: Albania, Fiji", {"totals": (3, 0, 0)}, "The roll call states 3 in favour, 0 "
         "against, 0 abstaining, but its "
         "votes add up to 2 in favour, 0 against, 0 abstaining; nothing of it is imported."),
        ("by a recorded vote of 2 in favour to none against, with 1 abstention. In favour: Albania. Abstain: Fiji", {},
         "The roll call states 2 in favour, 0 against, 1 abstaining, but its votes add up to 1 in favour, 0 against, 1 "
         "abstaining; nothing of it is imported."),
        ("2 in favour to 1 against, with 1 abstention. In favour: "
         "Albania", {"totals": (1, 0, 0)}, "The text states '2 in favour "
         "to 1 against, with 1 abst', but 1-0-0 was given; correct one of them."),
        ("1 in favour to none against, with 1 abstention; 2 in favour to 1 against with 3 "
         "abstentions. In favour: Albania", {},
         "The text states 2 results, 1-0-1 and 2-1-3; paste the part about one vote only."),
        ("In favour (3): Albania", {}, "The list 'In favour' states 3 states, but names 1; nothing of it is imported."),
        ("In favour: Albania", {"totals": (1, 1, 0)}, "The text has no list of 'No', of which 1 are stated."),
        ("In favour: Albania\nIn favour: Fiji", {}, "The text has two lists of 'Yes'; paste one roll call at a time."),
        ("Albania, Fiji", {}, "The text has no list that begins with 'In favour:'; paste the roll "
         "call with its four lists."),
        ("x" * 200_001, {}, "The text has 200,001 characters; at most 200,000 are read."),
        (RELEASE, {"resolution": "A/RES/78/32"}, "'A/RES/78/32' is no resolution of session 79; "
         "possible is one such as A/RES/79/58."),
        (RELEASE, {"draft": "A/C.1/78/L.1"}, "'A/C.1/78/L.1' is no draft of session 79; possible is "
         "one such as A/C.1/79/L.25, or none."),
        (RELEASE, {"year": 2023}, "The vote is dated 2024-11-01, which is not in 2023; correct the date or the year."),
        (RELEASE, {"year": 2023, "vote_date": date(2023, 11, 1)}, "The roll call is dated "
         "2023-11-01, but session 79 votes on it in 2024."),
        (RELEASE, {"url": "http://[x.y"}, "The roll call gives 'http://[x.y' as its address; "
         "possible is one that begins with https://."),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, given: dict[str, object], sentence: str) -> None:
    assert error(text, **given) == sentence


def test_a_result_that_is_given_chooses_among_those_stated() -> None:
    text = "1 in favour to none against, with 1 abstention; 2 in favour to 1 against with 3 abstentions. "
    assert cast(text + "In favour: Albania. Abstain: Fiji", totals=(1, 0, 1)) == {"ALB": "yes", "FJI": "abstain"}


def test_a_list_that_goes_on_after_a_full_stop() -> None:
    assert cast("In favour: Albania. Fiji. Mali") == dict.fromkeys(("ALB", "FJI", "MLI"), "yes")
