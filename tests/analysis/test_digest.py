"""What the digest says about real spans of time."""

from datetime import date

from ccm_data.digest import digest


def between(workspace, start: date, end: date):
    return digest(workspace.states(start), workspace.states(end), start, end)


def test_since_the_baseline_three_joined_and_one_left(workspace):
    found = between(workspace, date(2021, 11, 30), date(2026, 2, 3))
    assert found.sections["Became State Party"] == [
        "Nigeria: ratification 28 February 2023",
        "South Sudan: accession 3 August 2023",
        "Vanuatu: accession 5 September 2025",
    ]
    assert found.sections["Withdrew"] == ["Lithuania: effective 6 March 2025"]
    assert found.sections["Joined the Mine Ban Convention"] == [
        "Lebanon: 2026",  # known to the year only
        "Marshall Islands: 12 March 2025",
        "Tonga: 25 June 2025",
    ]


def test_a_notice_of_withdrawal_is_no_withdrawal_yet(workspace):
    found = between(workspace, date(2024, 9, 1), date(2024, 9, 30))
    assert found.sections["Gave notice of withdrawal"] == ["Lithuania: 6 September 2024, effective 6 March 2025"]
    assert "Withdrew" not in found.sections


def test_a_quiet_week_says_that_nothing_changed(workspace):
    found = between(workspace, date(2022, 2, 1), date(2022, 2, 2))
    assert not found.sections
    assert found.text().endswith("Nothing changed.")


def test_the_text_names_both_days_and_counts(workspace):
    text = between(workspace, date(2021, 11, 30), date(2026, 2, 3)).text()
    assert text.startswith("Changes between 30 November 2021 and 3 February 2026")
    assert "Became State Party: 3\n  - Nigeria" in text
