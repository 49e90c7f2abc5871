"""`ccm brief`, `ccm report`, `ccm deck` and `ccm document make` as a person types them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pptx
import pytest
from click.testing import CliRunner, Result

from ccm_data.cli.documents import brief, deck, make, report
from ccm_data.errors import CcmError
from ccm_data.log import Create, open_store, parse
from tests.documents.conftest import SECRET, pdf_pages, word_text


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of its own with one internal entry."""
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CCM_DATABASE_URL", raising=False)
    store = open_store()
    values = {
        "start": "2021-10-15", "type": "bilateral_geneva", "status": "done", "title": SECRET,
        "states": [{"iso3": "KEN"}],
    }  # fmt: skip
    store.save([Create(parse("activity", values))], "Ana")
    store.close()
    return tmp_path


def run(command: object, *words: str) -> Result:
    return CliRunner().invoke(command, words, catch_exceptions=False)  # type: ignore[arg-type]


def test_one_briefing_in_a_file(home: Path) -> None:
    file = home / "note.docx"
    run(brief, "ken", "--as-of", "2021-11-30", "--out", str(file))
    text = word_text(file.read_bytes())
    assert "signed 3 December 2008" in text
    assert "Zanzibar" not in text
    run(brief, "KEN", "--as-of", "2021-11-30", "--audience", "internal", "--out", str(file))
    assert "Zanzibar" in word_text(file.read_bytes())


def test_several_in_a_folder_a_pdf_and_a_zip(home: Path) -> None:
    asked = ("KEN", "UGA", "--as-of", "2021-11-30", "--format", "json", "--out")
    told = json.loads(run(brief, *asked, str(home / "notes")).stdout)
    assert told["states"] == ["KEN", "UGA"]
    assert sorted(p.name for p in (home / "notes").iterdir()) == [Path(f).name for f in sorted(told["files"])]
    run(brief, *asked, str(home / "all.pdf"))
    assert len(pdf_pages((home / "all.pdf").read_bytes())) == 2
    run(brief, *asked, str(home / "all.zip"))
    assert len(zipfile.ZipFile(home / "all.zip").namelist()) == 2


def test_a_report_in_a_file(home: Path) -> None:
    file = home / "report.docx"
    made = run(report, "--campaign", "10MSP", "--to", "2022-08-30", "--out", str(file), "--format", "json")
    told = json.loads(made.stdout)
    assert (told["from"], told["to"], told["joined"], told["net"]) == ("2021-11-30", "2022-08-30", 0, 0)
    assert "0 new States Parties" in word_text(file.read_bytes())
    longer = run(report, "--campaign", "10MSP", "--to", "2026-02-03", "--out", str(home / "report.pdf"))
    assert "Nigeria, South Sudan and Vanuatu joined" in longer.stdout


def test_a_deck_in_a_file_in_the_look_of_a_template(home: Path) -> None:
    file, template = home / "deck.pptx", home / "template.pptx"
    told = run(deck, "--as-of", "2024-01-10", "--from", "2022-09-02", "--out", str(file)).stdout
    assert told == f"8 slides; changes since the Tenth Meeting of States Parties, 2 September 2022.\nWritten: {file}\n"
    mine = pptx.Presentation(io.BytesIO(file.read_bytes()))
    assert len(mine.slides) == 8
    mine.slide_width, mine.slide_height = mine.slide_width // 2, mine.slide_height // 2
    for one in (mine.slide_master, mine.slide_layouts[0]):
        for shape in one.placeholders:
            shape.left, shape.top, shape.width, shape.height = (
                length // 2 for length in (shape.left, shape.top, shape.width, shape.height)
            )
    mine.save(str(template))
    run(make, "deck", "--as-of", "2024-01-10", "--template", str(template), "--out", str(file))
    assert pptx.Presentation(io.BytesIO(file.read_bytes())).slide_width == mine.slide_width


def test_a_map_in_a_file(home: Path) -> None:
    file = home / "map.html"
    assert run(make, "map", "--as-of", "2024-01-10", "--out", str(file)).stdout == f"Written: {file}\n"
    page = file.read_text(encoding="utf-8")
    assert "Public facts as of 10 January 2024." in page
    assert "Zanzibar" not in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((brief, "XXX", "--out", "a.docx"), "'XXX' is no ISO 3166-1"),
        ((brief, "KEN", "--out", "a.odt"), "'a.odt' cannot be written"),
        ((report, "--campaign", "none", "--out", "a.docx"), "There is no campaign 'none'"),
        ((report, "--campaign", "10MSP", "--out", "a.txt"), "'a.txt' cannot be written"),
        ((deck, "--out", "a.ppt"), "'a.ppt' cannot be written; possible is FILE.pptx"),
        ((deck, "--from", "2024-01-10", "--as-of", "2024-01-10", "--out", "a.pptx"), "two days in order"),
        ((deck, "--template", __file__, "--out", "a.pptx"), "The template is no PowerPoint file"),
        ((make, "map", "--template", __file__, "--out", "a.html"), "The document map is made from no template"),
        ((make, "deck", "--out", "a.docx"), "The document deck is not made as 'docx'; possible: pptx, pdf"),
        ((report, "--campaign", "10MSP", "--from", "1999-01-01", "--out", "a.docx"), "1999-01-01"),
    ],
)
def test_wrong_usage_gets_a_sentence(words: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(CcmError, match=sentence):
        run(words[0], *map(str, words[1:]))
