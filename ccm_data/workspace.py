"""One open set of facts: what readings, the command line and notebooks are made from."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from ccm_data import __version__, clock, factbase, paths, raw, snapshot, sql
from ccm_data.errors import CcmError, FactsError
from ccm_data.factbase import Factbase
from ccm_data.filters import Options, StateFilter
from ccm_data.memo import Memo
from ccm_data.overlay.model import Change, Overlay, Row
from ccm_data.snapshot import CorruptSnapshot, Snapshot
from ccm_data.vocab import Treaty

if TYPE_CHECKING:  # slow to import, and not every command needs it
    import pandas as pd

    from ccm_data.log import Entry

logger = logging.getLogger(__name__)

CORE = "treaty_actions.csv"
_KEEP = 64  # snapshots held in memory, about 0.4 MB each
_RESULTS = 256  # what readings of these facts have computed
_SHOWN = 256  # what pages show of them, such as the map of a filter, about 0.1 MB each


class Workspace:
    """Facts of one folder, what users changed in them, their snapshots (shipped, cached or built on demand).

    Safe to share between threads. With broken facts, `findings` says where; snapshots then are the last good ones.
    What it read stays as it was: `current` gives a new workspace once a file has changed.
    """

    def __init__(
        self,
        facts_dir: Path | None = None,
        shipped: Path = paths.SNAPSHOTS,
        cache: Path | None = None,
        overlay: Overlay | None = None,
    ) -> None:
        self.facts_dir = facts_dir or paths.facts_dir()
        self.shipped = shipped
        self.overlay = overlay or Overlay()
        self.digest = factbase.digest(self.facts_dir, self.overlay)
        self.memo = Memo(_RESULTS)
        self.shown = Memo(_SHOWN)
        self._cache_root = cache or paths.home_dir() / "snapshots"
        self._memory: dict[date, Snapshot] = {}
        self._lock = Lock()

    @property
    def cache(self) -> Path:
        """Where snapshots of these facts that are not shipped are kept."""
        return self._cache_root / self.digest[:16]

    @property
    def _loaded(self) -> Factbase | FactsError:
        return self.memo.get("facts", self._load)

    def _load(self) -> Factbase | FactsError:
        try:
            found = factbase.load(self.facts_dir, self.overlay, sound=self._sound.exists() or self._are_shipped)
        except FactsError as error:
            logger.warning("The facts in %s are broken: %s", self.facts_dir, error)
            return error
        self.passed()
        return found

    @property
    def _sound(self) -> Path:
        return self.cache / f"sound-{__version__}"

    @property
    def _are_shipped(self) -> bool:
        """Whether a shipped snapshot was built from these very facts, which therefore passed the checks then."""
        days = snapshot.stored_days(self.shipped)
        try:
            stored = snapshot.read(self.shipped, days[-1]) if days else None
        except CorruptSnapshot:
            return False
        return bool(stored and stored.facts == self.digest)

    def passed(self) -> None:
        """Remember that these very facts passed the checks of this version: they are not checked again."""
        with contextlib.suppress(OSError):  # then they are
            self.cache.mkdir(parents=True, exist_ok=True)
            self._sound.touch()

    @property
    def findings(self) -> list[str]:
        """What is wrong with the facts, as `file:line: column: what is wrong`; empty when they are sound."""
        return self._loaded.findings if isinstance(self._loaded, FactsError) else []

    @property
    def facts(self) -> Factbase:
        """The facts in DuckDB. Raises FactsError when they are broken."""
        if isinstance(self._loaded, FactsError):
            raise self._loaded
        return self._loaded

    @cached_property
    def horizon(self) -> date:
        """The latest horizon: the day through which the treaty actions, which make a status, are known complete.

        Of the shipped facts while these are broken. Facts with a snapshot of their own were sound when it was built
        and need not be read again to know.
        """
        try:
            day = _horizon(self.rows("horizons"))
        except (OSError, ValueError, KeyError, FactsError):
            day = None
        if day and (self._stored(day)[0] or not self.findings):
            return day
        return _horizon(raw.rows(paths.PACKAGE / "facts", "horizons"))

    def held(self, name: str) -> list[tuple[Row, Change | None]]:
        """The rows of one fact file as text, each with the change that set it (None: shipped).

        Raises FactsError, OSError.
        """
        return self.memo.get(("held", name), lambda: self.overlay.over(name, raw.rows(self.facts_dir, name)))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one fact file as text, for what needs no table. Raises FactsError, OSError."""
        return [dict(row) for row, _change in self.held(name)]

    def latest_meeting(self, day: date) -> Meeting:
        """The formal meeting of the Convention that ended last by a day; before the first one, the Oslo conference."""
        try:
            rows = self.rows("meetings")
        except (OSError, FactsError):
            rows = raw.rows(paths.PACKAGE / "facts", "meetings")
        ended = [row for row in rows if _FORMAL.fullmatch(row["code"]) and row["end_date"] <= day.isoformat()]
        found = max(ended or [row for row in rows if row["code"] == "OSLO"], key=lambda row: row["end_date"])
        return Meeting(found["code"], found["name"], min(date.fromisoformat(found["end_date"]), day))

    @cached_property
    def horizons(self) -> pd.DataFrame:
        """One row per fact file: through which day it is known complete (queries/summary/horizons.sql)."""
        if not self.findings:
            return self.facts.frame("summary/horizons")
        import pandas as pd

        table: pd.DataFrame = raw.read(paths.PACKAGE / "facts")["horizons"].to_pandas()
        return table.assign(known_complete_through=pd.to_datetime(table["known_complete_through"]))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """One row per source, by source id: title, publisher, url, source_date, note. Raises FactsError."""
        rows = self.facts.frame("summary/sources").set_index("source_id")
        return rows.astype(object).where(rows.notna(), None)

    def sources_of(self, *given: Any) -> pd.DataFrame:
        """The sources behind states (as `states` gives them), source ids or lists of them, one row each.

        Empty when the facts are broken.
        """
        import pandas as pd

        if self.findings:
            return pd.DataFrame(columns=["source_id", "title", "publisher", "url", "source_date"])
        used = {one for part in given for one in _source_ids(part)}
        return self.sources.loc[sorted(used & set(self.sources.index))].reset_index()

    @cached_property
    def public_record(self) -> tuple[Entry, ...]:
        """The outreach events of the facts in the shape of the log's entries, the latest first."""
        from ccm_data.history import public_history  # the log's model is slow to import

        if not self.overlay.digest:
            return tuple(public_history(self.facts_dir))
        from ccm_data.log.public import public_history as entries_of

        return tuple(entries_of(self.rows("outreach_events"), self.rows("outreach_event_states")))

    @property
    def latest(self) -> date:
        """The last as-of date possible: today, or the horizon where a clock is behind it."""
        return max(clock.today(), self.horizon)

    @cached_property
    def options(self) -> Options:
        """What is possible in a filter."""
        return Options(tuple(self.organizations["code"]))

    @cached_property
    def organizations(self) -> pd.DataFrame:
        """One row per organization: code, name, kind; of the shipped facts' snapshot when the facts are broken."""
        import pandas as pd

        if not self.findings:
            return self.facts.frame("summary/organizations")
        members = self.snapshot(self.horizon).table["organizations"].to_pylist()
        known = sorted({code for codes in members for code in codes})
        return pd.DataFrame({"code": known, "name": known, "kind": None})

    def snapshot(self, as_of: date) -> Snapshot:
        """The snapshot of a day: shipped or cached if it is of these very facts, else built and cached.

        A damaged file is rebuilt with a warning. With broken facts: the last good one at or before the day, with
        a warning; raises FactsError when there is none.
        """
        with self._lock:
            if as_of not in self._memory:
                if len(self._memory) >= _KEEP:
                    self._memory.pop(next(iter(self._memory)))
                self._memory[as_of] = self._find(as_of)
            return self._memory[as_of]

    def _find(self, as_of: date) -> Snapshot:
        stored, damage = self._stored(as_of)
        if stored:
            return stored
        if isinstance(self._loaded, FactsError):
            return self._last_good(as_of)
        built = snapshot.build(self._loaded, as_of)
        try:
            snapshot.write(built, self.cache)
        except OSError as error:
            logger.warning("Snapshots cannot be kept in %s: %s", self.cache, error)
            damage = damage or f"Snapshots cannot be kept in {self.cache}; each is built anew."
        return replace(built, warning=damage)

    def _stored(self, as_of: date) -> tuple[Snapshot | None, str | None]:
        """The snapshot of these very facts that is shipped or cached, if there is a sound one; what was damaged.

        A lasting one of an earlier day does for the day as well.
        """
        damage = None
        for root in (self.shipped, self.cache):
            try:
                stored = snapshot.read(root, as_of)
            except CorruptSnapshot as error:
                logger.warning("%s", error)
                damage = str(error)
                continue
            if stored and stored.facts == self.digest:
                return replace(stored, warning=damage), damage
        return self._lasting(as_of), damage

    def _lasting(self, as_of: date) -> Snapshot | None:
        for root in (self.shipped, self.cache):
            earlier = [day for day in snapshot.stored_days(root) if day < as_of]
            try:
                stored = snapshot.read(root, earlier[-1]) if earlier else None
            except CorruptSnapshot:
                continue
            if stored and stored.lasting and stored.facts == self.digest:
                return stored.on(as_of)
        return None

    def _last_good(self, as_of: date) -> Snapshot:
        for day in reversed([d for d in snapshot.stored_days(self.shipped) if d <= as_of]):
            try:
                stored = snapshot.read(self.shipped, day)
            except CorruptSnapshot:
                continue
            if stored:
                said = f"The facts are broken; this is the last good snapshot, of {day}."
                return replace(stored, warning=said)
        raise self.facts_error()

    def facts_error(self) -> FactsError:
        """The error that broken facts raise. Raises CcmError when they are sound."""
        if isinstance(self._loaded, FactsError):
            return self._loaded
        raise CcmError("The facts are sound.")

    def frame(self, name: str, as_of: date, tables: Mapping[str, Any] | None = None, **params: Any) -> pd.DataFrame:
        """Rows of a named statement over the facts and the snapshot of the day; `$as_of` is bound.

        Raises FactsError when it needs facts and they are broken.
        """
        given = {"snapshot": self.snapshot(as_of).table, **(tables or {})}
        return self.facts.frame(name, {"as_of": as_of, **params}, given)

    def snapshot_frame(
        self, name: str, as_of: date, tables: Mapping[str, Any] | None = None, **params: Any
    ) -> pd.DataFrame:
        """Rows of a named statement that reads the snapshot of the day alone, so broken facts do not stop it."""
        given = {"snapshot": self.snapshot(as_of).table, **(tables or {})}
        return sql.frame(self._plain, name, {"as_of": as_of, **params}, given)

    @cached_property
    def _plain(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(":memory:", config=raw.ENGINE)

    def states(self, as_of: date, wanted: StateFilter | None = None) -> pd.DataFrame:
        """The states of a day with `matches` and `small_unaffected` (queries/states/filtered.sql)."""
        return self.snapshot_frame("states/filtered", as_of, **(wanted or StateFilter()).parameters())

    def state_records(self, as_of: date, wanted: StateFilter | None = None) -> list[dict[str, Any]]:
        """The same as plain dictionaries, for what needs no table."""
        given = {"as_of": as_of, **(wanted or StateFilter()).parameters()}
        return sql.records(self._plain, "states/filtered", given, {"snapshot": self.snapshot(as_of).table})

    def iso3(self, code: str, as_of: date) -> str:
        """The state's ISO 3166-1 alpha-3 code. Raises CcmError for a code that is none of the states of the day."""
        known = self.snapshot(as_of).table["iso3"].to_pylist()
        if code.upper() in known:
            return code.upper()
        if code.upper() in self.snapshot(self.horizon).table["iso3"].to_pylist():
            raise CcmError(f"{code.upper()} was no state yet on {as_of}.")
        near = [iso3 for iso3 in known if iso3[:2] == code.upper()[:2]]
        hint = f", such as {', '.join(near[:4])}" if near else ", such as KEN"
        raise CcmError(f"{code!r} is no ISO 3166-1 alpha-3 code of one of the {len(known)} states{hint}.")


def _source_ids(given: Any) -> Iterator[str]:
    """Every source id in a frame of states, a row of one, a list or a single cell."""
    if isinstance(given, str):
        yield given
    elif hasattr(given, "columns"):
        for name in given.columns:
            if name.endswith(("source_id", "source_ids")) or name in (
                "support_acts",
                "evidence",
                "posts",
                "obstacles_named",
            ):
                yield from _source_ids(list(given[name]))
    elif isinstance(given, Mapping):
        yield from _source_ids([given[name] for name in given if name in ("source_id", "source_ids")])
    elif isinstance(given, Iterable):
        for one in given:
            yield from _source_ids(one)


class Meeting(NamedTuple):
    """A formal meeting of the Convention: its code, name and last day."""

    code: str
    name: str
    end_date: date


_FORMAL = re.compile("[0-9]+(MSP|RC)(-[0-9]+)?")
"""Codes of Meetings of States Parties and Review Conferences, without their preparatory meetings."""


def _horizon(rows: Iterable[Mapping[str, str]]) -> date:
    """Through which day this Convention's acts are known complete."""
    mine = [row for row in rows if row["file"] == CORE and row.get("scope", "") in ("", Treaty.CCM)]
    return date.fromisoformat(max(row["known_complete_through"] for row in mine))
