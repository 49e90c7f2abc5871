"""Everything that people wrote in one file: brought back it is the same, damaged it is refused, made whole or not."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from ccm_data import backup, cli, paths
from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Delete, Edit, Store, open_store, verify
from ccm_data.overlay.store import ChangeStore
from ccm_data.reading import read
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace
from tests.overlay.made import deposit
from tests.thorough import tries

MakeActivity = Callable[..., Activity]
Home = SimpleNamespace
PARTS = (backup.LOG, backup.FACTS, backup.MANIFEST)


def address(store: Store) -> str:
    return store.database.url.render_as_string(hide_password=False)


def facts_beside(store: Store, folder: Path) -> ChangeStore:
    """Where `ccm` keeps the changes of the facts of a log: a file in its folder, or its own database."""
    return ChangeStore(folder / "changes.sqlite" if store.database.embedded else address(store))


def written(store: Store, changes: ChangeStore, activity: MakeActivity) -> None:
    """Entries with a history, and a change of the facts."""
    first, second, third = store.save([Create(activity(title=f"Talk {n} – Ω")) for n in range(3)], "Ana", "first")
    store.save([Edit(first.subject, 1, {"outcome": "Will sign"}), Delete(second.subject, 1)], "Bo")
    store.save([Edit(third.subject, 1, {"title": "Talk"})], "Ana")
    store.undo_last("Ana")
    changes.append(lambda _held: deposit(), lambda _held: None)


def shown(store: Store, changes: ChangeStore) -> tuple[object, ...]:
    """What people see of it."""
    workspace = Workspace(paths.PACKAGE / "facts", overlay=changes.overlay())
    given = read(workspace, store, as_of=date(2026, 11, 24), audience=Confidentiality.INTERNAL)
    states = {row["iso3"]: row["status"] for row in workspace.state_records(date(2026, 11, 24))}
    return (
        states,
        given.contacts("FJI"),
        given.actions().to_dict("records"),
        [store.history(entry.subject) for entry in store.activities()],
    )


def test_what_is_brought_back_is_the_same(
    store: Store, new_store: Callable[[], Store], tmp_path: Path, activity: MakeActivity
) -> None:
    (tmp_path / "here").mkdir()
    changes = facts_beside(store, tmp_path / "here")
    written(store, changes, activity)
    file, again = tmp_path / "one.zip", tmp_path / "two.zip"
    manifest = backup.make(store, changes, file)
    report = verify(store)
    assert (manifest.revisions, manifest.entries, manifest.changes) == (7, 3, 1)
    assert manifest.head == f"{report.revisions}:{report.head}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = shown(store, changes)
    assert before[0]["KEN"] == "state_party"  # by the change of the facts
    laptop = open_store(f"sqlite:///{tmp_path / 'laptop' / 'log.sqlite'}")
    there = new_store()
    for place, folder in ((laptop, "laptop"), (there, "there")):  # from either kind of database to either
        beside = facts_beside(place, tmp_path / folder)
        assert backup.check(file) == manifest
        backup.restore(file, place, beside)
        assert verify(place) == report
        assert backup.make(place, beside, again).sha256 == manifest.sha256
        with pytest.raises(CcmError, match=r"is not empty \(revisions: 7, changes of the facts: 1\); .*--add"):
            backup.restore(file, place, beside)
        backup.restore(file, place, beside, add=True)
        assert verify(place) == report
        if place is laptop:
            assert shown(place, beside) == before
        beside.close()
    laptop.save([Create(activity())], "Ana")
    with closing(facts_beside(laptop, tmp_path / "laptop")) as beside:
        backup.make(laptop, beside, again)
    backup.restore(again, store, changes, add=True)  # what came later is added
    assert verify(store) == verify(laptop)
    store.save([Create(activity())], "Bo")
    laptop.save([Create(activity())], "Ana")
    with closing(facts_beside(laptop, tmp_path / "laptop")) as beside:
        backup.make(laptop, beside, again)
    with pytest.raises(CcmError, match="different histories from revision 9 on"):
        backup.restore(again, store, changes, add=True)
    laptop.close()
    changes.close()


@pytest.fixture
def home(embedded: Store, tmp_path: Path, activity: MakeActivity) -> Home:
    """A log and changes with what they hold, and a backup of them."""
    changes = ChangeStore(tmp_path / "changes.sqlite")
    written(embedded, changes, activity)
    file = tmp_path / "backup.zip"
    return Home(store=embedded, changes=changes, file=file, manifest=backup.make(embedded, changes, file))


def altered(file: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A copy of a backup with one part changed, or left out where the change is None."""
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    made = file.with_name("altered.zip")
    with zipfile.ZipFile(made, "w") as archive:
        for part, data in parts.items():
            if (kept := change(data) if part == name else data) is not None:
                archive.writestr(part, kept)
    return made


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(
    "change",
    [lambda _: None, lambda _: b"", lambda data: data[:-2], lambda data: data.replace(b"1", b"2", 1), lambda _: b"[1]"],
    ids=["missing", "empty", "cut", "changed", "other"],
)
def test_a_damaged_part_is_refused(home: Home, name: str, change: Callable[[bytes], bytes | None]) -> None:
    with zipfile.ZipFile(home.file) as archive:
        same = change(archive.read(name)) == archive.read(name)
    assert not same
    if name == backup.MANIFEST and change(b"}\n}\n") == b"}\n":  # its last line end says nothing
        return
    with pytest.raises(CcmError, match=r"altered\.zip is damaged|Line \d+ of the file|newer than this program"):
        backup.check(altered(home.file, name, change))


def test_a_history_that_fits_its_sum_but_not_its_chain_is_refused(home: Home) -> None:
    made = altered(home.file, backup.LOG, lambda data: data.replace(b"Will sign", b"Won't ign"))
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read(backup.MANIFEST))
        manifest["sha256"][backup.LOG] = hashlib.sha256(archive.read(backup.LOG)).hexdigest()
    with pytest.raises(CcmError, match="revision 4 was changed"):
        backup.check(altered(made, backup.MANIFEST, lambda _: json.dumps(manifest).encode()))


def test_a_flipped_byte_anywhere_is_refused_or_harms_nothing(home: Home) -> None:
    good = home.file.read_bytes()
    refused = 0
    tried = range(0, len(good), tries(5, 1))
    for place in tried:
        home.file.write_bytes(good[:place] + bytes([good[place] ^ 0x41]) + good[place + 1 :])
        try:
            assert backup.check(home.file) == home.manifest
        except CcmError:
            refused += 1
    assert refused > len(tried) * 0.8
    for length in range(0, len(good), 50):
        home.file.write_bytes(good[:length])
        with pytest.raises(CcmError, match="damaged or no backup"):
            backup.check(home.file)


def test_others_write_meanwhile(home: Home, activity: MakeActivity) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(open_store(address(home.store))) as own:
            while not stop.is_set():
                own.save([Create(activity()), Create(activity())], "Cy")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(home.store, home.changes, home.file)]
        while len({manifest.revisions for manifest in made}) < 4:
            made.append(backup.make(home.store, home.changes, home.file))
            assert backup.check(home.file) == made[-1]
    finally:
        stop.set()
        writer.join()
    counts = [manifest.revisions for manifest in made]
    assert counts == sorted(counts)
    assert {count % 2 for count in counts} == {1}  # seven, and whole saves of two


@pytest.mark.parametrize("moment", ["writestr", "replace"])
def test_killed_in_the_middle_the_old_file_stays(
    home: Home, activity: MakeActivity, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.file.read_bytes()
    home.store.save([Create(activity())], "Ana")
    if (child := os.fork()) == 0:
        owner = zipfile.ZipFile if moment == "writestr" else os
        monkeypatch.setattr(owner, moment, lambda *_given, **_named: os.kill(os.getpid(), signal.SIGKILL))
        with suppress(BaseException), closing(open_store(address(home.store))) as own:
            backup.make(own, home.changes, home.file)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert home.file.read_bytes() == before
    assert backup.check(home.file) == home.manifest


def test_a_log_that_is_damaged_replaces_no_backup(home: Home) -> None:
    before = home.file.read_bytes()
    with home.store.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_revision_no_update")
        connection.exec_driver_sql("UPDATE log_revision SET author = 'Eve' WHERE seq = 3")
    with pytest.raises(CcmError, match=r"is damaged and was not backed up.*revision 3 was changed"):
        backup.make(home.store, home.changes, home.file)
    assert home.file.read_bytes() == before
    assert [path.name for path in home.file.parent.glob(".backup*")] == []


def test_the_commands_print_the_head_and_refuse_in_a_sentence(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ccm(*words: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["ccm", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return left.value.code, out, err

    monkeypatch.setenv("CCM_HOME", str(tmp_path / "elsewhere"))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(home.file.read_bytes()[:-30])
    for damaged in (cut, tmp_path / "none.zip"):
        status, out, err = ccm("restore", str(damaged))
        assert (status, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "elsewhere").exists()  # nothing was made for it
    status, out, err = ccm("restore", str(home.file), "--format", "json")
    assert (status, json.loads(out)["head"], err) == (0, home.manifest.head, "")
    status, out, err = ccm("backup", str(tmp_path / "again.zip"))
    assert (status, err) == (0, "")
    assert f"head: {home.manifest.head}\n" in out
    status, out, err = ccm("backup", str(tmp_path / "no" / "folder.zip"))
    assert (status, out) == (2, "")
    assert err.endswith("folder.zip cannot be written: No such file or directory.\n")
