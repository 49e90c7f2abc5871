"""The exported history restores bit for bit, and the hash chain proves it or says where it breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ccm_data.errors import CcmError
from ccm_data.log import (
    Activity,
    Create,
    Delete,
    Edit,
    Store,
    export_history,
    head,
    import_history,
    lines,
    open_store,
    parse,
    verify,
)
from ccm_data.log.revision import canonical, digest

MakeActivity = Callable[..., Activity]
NEXT = {"start": "2022-03-01", "type": "other", "status": "done", "title": "Next"}


@pytest.fixture
def filled(store: Store, activity: MakeActivity) -> Store:
    """Three entries, five revisions."""
    entries = store.save([Create(activity(title=title)) for title in ("A", "=B", "Ç")], "Ana")
    store.save([Edit(entries[0].subject, 1, {"outcome": "x"}), Delete(entries[1].subject, 1)], "Bo", "why")
    return store


def rechained(exported: list[str], change: Callable[[list[dict[str, Any]]], None]) -> list[str]:
    """A forged history: changed, with all hashes made anew."""
    rows = [json.loads(line) for line in exported]
    change(rows)
    head = "0" * 64
    for row in rows:
        row["prev_hash"] = head
        row["hash"] = head = digest(row | {"payload": canonical(row["payload"])})
    return [canonical(row) for row in rows]


def test_a_file_restores_on_the_other_backend(filled: Store, embedded: Store, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    assert export_history(filled, file) == 5
    with file.open(encoding="utf-8") as source:
        assert import_history(embedded, source).added == 5
    export_history(embedded, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()
    assert verify(embedded) == verify(filled)
    assert list(embedded.activities()) == list(filled.activities())


def test_the_rest_of_the_same_history_is_added(filled: Store, new_store: Callable[[], Store]) -> None:
    exported, other = list(lines(filled)), new_store()
    import_history(other, exported[:2])
    done = import_history(other, exported)
    assert (done.added, done.revisions) == (3, 5)
    assert import_history(other, exported).added == 0
    done = import_history(other, exported[:1])
    assert (done.added, done.revisions, done.head) == (0, 5, verify(filled).head)
    assert list(lines(other)) == exported
    assert verify(other).ok


def test_another_history_is_refused(filled: Store, new_store: Callable[[], Store], activity: MakeActivity) -> None:
    other = new_store()
    other.save([Create(activity())], "Eve")
    with pytest.raises(CcmError, match="different histories from revision 1 on; import into an empty folder"):
        import_history(other, lines(filled))
    assert other.last_seq() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[2].update(author="Eve"), "revision 3 was changed: its hash does not fit its content"),
        (lambda rows: rows[1]["payload"].update(title="X"), "revision 2 was changed"),
        (lambda rows: rows.pop(2), "revision 3 is missing: 4 follows 2"),
        (lambda rows: rows.reverse(), "revision 1 is missing: 5 follows 0"),
        (lambda rows: rows[0].pop("reason"), "Line 1 of the file is no revision; each has seq, id"),
        (lambda rows: rows[0].update(seq="1"), "Line 1 of the file is no revision"),
        (lambda rows: rows[3].update(author=None), "Line 4 of the file is no revision: a text is missing"),
    ],
)
def test_a_changed_file_is_refused(
    filled: Store, embedded: Store, change: Callable[[list[dict[str, Any]]], None], sentence: str
) -> None:
    rows = [json.loads(line) for line in lines(filled)]
    change(rows)
    with pytest.raises(CcmError, match=sentence):
        import_history(embedded, map(json.dumps, rows))
    assert embedded.last_seq() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[1]["payload"].update(type="x"), "revision 2 holds what the log does not know"),
        (lambda rows: rows[1]["payload"].update(summary="a\x1bb"), "control character U\\+001B"),
        (lambda rows: rows[1].update(kind="note"), "'note' is no kind of entry"),
        (
            lambda rows: rows[3].update(at="yesterday"),
            "revision 4 has no readable time",
        ),
        (lambda rows: rows[3].update(version=3), "the versions of entry .* are not complete"),
        (lambda rows: rows[1]["payload"].pop("cost"), "revision 2 is not in the log's form"),
    ],
)
def test_a_forged_file_must_still_be_a_log(
    filled: Store, embedded: Store, change: Callable[[list[dict[str, Any]]], None], sentence: str
) -> None:
    forged = rechained(list(lines(filled)), change)
    with pytest.raises(CcmError, match=sentence):
        import_history(embedded, forged)
    assert embedded.last_seq() == 0


@pytest.mark.parametrize("cut", ["{", "", "[]", "null", '"x"', '{"payload": 1}'])
def test_what_is_no_revision_is_refused_by_line(filled: Store, embedded: Store, cut: str) -> None:
    with pytest.raises(CcmError, match="Line 3 of the file is no revision"):
        import_history(embedded, [*list(lines(filled))[:2], cut])
    assert embedded.last_seq() == 0


def test_verify_finds_what_was_changed_behind_the_programs_back(filled: Store) -> None:
    with filled.database.write() as connection:
        if filled.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER log_revision_no_update"))
        else:
            connection.execute(text("DROP TRIGGER log_revision_no_change ON log_revision"))
        connection.execute(text("UPDATE log_revision SET author = 'Eve' WHERE seq = 2"))
    report = verify(filled)
    assert not report.ok
    assert report.problems == ("revision 2 was changed: its hash does not fit its content",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_current SET title = 'X' WHERE number = 1",
        "DELETE FROM log_current WHERE number = 2",
        "DELETE FROM log_contact WHERE number = 3",
    ],
)
def test_verify_compares_the_current_view(filled: Store, statement: str) -> None:
    with filled.database.write() as connection:
        connection.execute(text(statement))
    problems = verify(filled).problems
    assert "is not its newest revision; `ccm log migrate` rebuilds it" in problems[0]


def test_verify_compares_the_search_index(filled: Store) -> None:
    with filled.database.write() as connection:
        connection.execute(text("DELETE FROM log_search"))
    assert verify(filled).problems == (
        "The search index does not hold each activity once; `ccm log migrate` rebuilds it.",
    )


def test_an_export_that_fails_leaves_the_old_file(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("old")

    def broken(_store: Store) -> Any:
        yield "{}\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ccm_data.log.history.lines", broken)
    with pytest.raises(OSError, match="No space left"):
        export_history(filled, file)
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.glob("*log.jsonl*")] == ["log.jsonl"]


def test_an_empty_log_verifies(tmp_path: Path) -> None:
    report = verify(open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    assert (report.ok, report.revisions, report.entries, report.head) == (True, 0, 0, "0" * 64)


def test_a_head_kept_elsewhere_shows_a_cut_tail_and_a_rewritten_history(filled: Store, embedded: Store) -> None:
    kept = head(filled)
    assert kept == verify(filled).anchor == f"5:{verify(filled).head}"
    filled.save([Create(parse("activity", NEXT))], "Ana")
    assert verify(filled, kept).ok, "what came later changes nothing"
    assert head(filled, 5) == kept
    import_history(embedded, list(lines(filled))[:4])
    assert verify(embedded).ok, "by itself a cut tail is no flaw of the chain"
    assert verify(embedded, kept).problems == (
        "the log ends with revision 4 and no longer holds revision 5, which the head names: its end was cut off, or it "
        "is another log",
    )
    shortened = verify(filled, f"4:{kept.partition(':')[2]}")
    assert shortened.problems == ("revision 4 is not the one that the head names: the history was rewritten",)
    for wrong in ("5", "x:y", kept[:-1]):
        with pytest.raises(CcmError, match="is no head of a log; write it as `ccm log verify` prints it"):
            verify(filled, wrong)
