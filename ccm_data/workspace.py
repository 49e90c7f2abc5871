"""One open set of facts: the entry point for pages, the command line and notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from ccm_data import factbase, paths, snapshot, sql
from ccm_data import raw as raw_facts
from ccm_data.campaign import Campaign
from ccm_data.errors import CcmError, FactsError
from ccm_data.factbase import Factbase
from ccm_data.filters import Options, StateFilter
from ccm_data.snapshot import CorruptSnapshot, Snapshot

CORE_FILE = "treaty_actions.csv"
_KEEP = 64  # snapshots held in memory, about 0.4 MB each


class Workspace:
    """Facts of one folder, their snapshots (shipped, cached or built on demand) and queries over both.

    Safe to share between threads. With broken facts, `findings` says where; snapshots then are the last good ones.
    """

    def __init__(
        self,
        facts_dir: Path | None = None,
        shipped: Path = paths.SNAPSHOTS,
        cache: Path | None = None,
    ) -> None:
        self.facts_dir = facts_dir or paths.facts_dir()
        self.shipped = shipped
        self.digest = raw_facts.digest(self.facts_dir)
        self._cache_root = cache or paths.home_dir() / "snapshots"
        self._memory: dict[date, Snapshot] = {}
        self._lock = Lock()

    @property
    def cache(self) -> Path:
        """Where snapshots of these facts that are not shipped are kept."""
        return self._cache_root / self.digest[:16]

    @cached_property
    def _loaded(self) -> Factbase | FactsError:
        try:
            return factbase.load(self.facts_dir)
        except FactsError as error:
            return error

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
        """The latest horizon: the day through which the treaty actions, which make a status, are known complete."""
        horizons = self.horizons
        return horizons.loc[horizons["file"] == CORE_FILE, "known_complete_through"].iloc[0].date()  # type: ignore[no-any-return]

    @cached_property
    def horizons(self) -> pd.DataFrame:
        """One row per fact file: through which day it is known complete (queries/summary/horizons.sql)."""
        if not self.findings:
            return self.facts.frame("summary/horizons")
        table: pd.DataFrame = raw_facts.read(paths.PACKAGE / "facts")["horizons"].to_pandas()
        return table.assign(known_complete_through=pd.to_datetime(table["known_complete_through"]))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """One row per source, by source id: title, publisher, url, source_date, note. Raises FactsError."""
        rows = self.facts.frame("summary/sources").set_index("source_id")
        return rows.astype(object).where(rows.notna(), None)

    def sources_of(self, states: pd.DataFrame) -> pd.DataFrame:
        """The sources behind the attributes of these states, one row per source; empty when the facts are broken."""
        if self.findings:
            return pd.DataFrame(columns=["source_id", "title", "publisher", "url", "source_date"])
        columns = [name for name in states.columns if name.endswith(("source_id", "source_ids"))]
        used = {
            i
            for name in columns
            for cell in states[name]
            for i in (cell if hasattr(cell, "__len__") and not isinstance(cell, str) else [cell])
        }
        used |= {act["source_id"] for acts in states["support_acts"] for act in acts}
        return self.sources.loc[sorted(i for i in used if i in self.sources.index)].reset_index()

    @property
    def latest(self) -> date:
        """The last as-of date possible: today, or the horizon where a clock is behind it."""
        return max(date.today(), self.horizon)

    @cached_property
    def options(self) -> Options:
        """What is possible in a filter."""
        return Options(tuple(self.organizations["code"]))

    @cached_property
    def organizations(self) -> pd.DataFrame:
        """One row per organization: code, name, kind; of the shipped facts' snapshot when the facts are broken."""
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
        damage = None
        for root in (self.shipped, self.cache):
            try:
                stored = snapshot.read(root, as_of)
            except CorruptSnapshot as error:
                damage = str(error)
                continue
            if stored and stored.facts == self.digest:
                return replace(stored, warning=damage)
        if isinstance(self._loaded, FactsError):
            return self._last_good(as_of)
        built = snapshot.build(self._loaded, as_of)
        try:
            snapshot.write(built, self.cache)
        except OSError:
            damage = damage or f"Snapshots cannot be kept in {self.cache}; each is built anew."
        return replace(built, warning=damage)

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

    def frame(self, name: str, as_of: date, **params: Any) -> pd.DataFrame:
        """Rows of a named statement over the facts and the snapshot of the day; `$as_of` is bound.

        Raises FactsError when it needs facts and they are broken.
        """
        return self.facts.frame(name, {"as_of": as_of, **params}, {"snapshot": self.snapshot(as_of).table})

    def snapshot_frame(
        self, name: str, as_of: date, tables: Mapping[str, Any] | None = None, **params: Any
    ) -> pd.DataFrame:
        """Rows of a named statement that reads the snapshot of the day alone, so broken facts do not stop it."""
        given = {"snapshot": self.snapshot(as_of).table, **(tables or {})}
        return sql.frame(self._plain, name, {"as_of": as_of, **params}, given)

    @cached_property
    def _plain(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(":memory:", config=raw_facts.OFFLINE)

    def states(self, as_of: date, wanted: StateFilter | None = None) -> pd.DataFrame:
        """All 197 states on a day with `matches` and `small_unaffected` (queries/states/filtered.sql)."""
        return self.snapshot_frame("states/filtered", as_of, **(wanted or StateFilter()).parameters())

    def headline(self, as_of: date, filtered: pd.DataFrame, campaign: Campaign) -> pd.Series:
        """The headline figures (queries/summary/headline.sql) for states as `states` gives them."""
        rows = self.snapshot_frame(
            "summary/headline", as_of, {"filtered": pa.Table.from_pandas(filtered)},
            baseline=campaign.baseline, end=campaign.end,
        )  # fmt: skip
        return rows.iloc[0]

    def iso3(self, code: str, as_of: date) -> str:
        """The state's ISO 3166-1 alpha-3 code. Raises CcmError for a code that is none of the 197."""
        known = self.snapshot(as_of).table["iso3"].to_pylist()
        if code.upper() in known:
            return code.upper()
        near = [iso3 for iso3 in known if iso3[:2] == code.upper()[:2]]
        hint = f", such as {', '.join(near[:4])}" if near else ", such as KEN"
        raise CcmError(f"{code!r} is no ISO 3166-1 alpha-3 code of one of the {len(known)} states{hint}.")
