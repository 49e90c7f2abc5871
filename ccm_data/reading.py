"""The one answer to "what is true on day D, read by whom": facts through D, the log through L, campaign and audience.

Pages, documents, the command and notebooks take a Reading and compose nothing of this themselves. `read` makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from ccm_data import campaign as campaigns
from ccm_data import clock, contacts, wording
from ccm_data.campaign import Campaign
from ccm_data.contacts import Contact, StateContacts
from ccm_data.dates import EARLIEST
from ccm_data.errors import CcmError, FactsError
from ccm_data.filters import StateFilter
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.log import Entry, Filter, PlanItem, Store, summary_by_state
from ccm_data.ranking.actions import approved_not_deposited, next_actions
from ccm_data.ranking.backtest import Backtest, backtest
from ccm_data.ranking.components import Components, components
from ccm_data.ranking.gauge import Gauge, gauge
from ccm_data.ranking.level import Level, level, printed
from ccm_data.ranking.likelihood import Likelihood, likelihood
from ccm_data.ranking.weights import DEFAULT, Weights, presets
from ccm_data.targets import default_method, ranked, unranked
from ccm_data.vocab import Confidentiality, OfficeRole
from ccm_data.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What is true on a day, for a campaign and a reader.

    as_of: D, the day through which facts count. log_day: L, the day through which the log is read. audience: the most
    confidential kind of entry that this reader may see. Two readings of the same days share what they compute; of the
    log a reading keeps what it held when it was first asked.
    """

    workspace: Workspace
    store: Store
    as_of: date
    log_day: date
    campaign: Campaign
    audience: Confidentiality

    # -- the states of the day

    def states(self, wanted: StateFilter | None = None) -> pd.DataFrame:
        """One row per state of the day, all its attributes with `matches` (queries/states/filtered.sql)."""
        asked = wanted or StateFilter()
        return self._table(("states", asked), lambda: self.workspace.states(self.as_of, asked))

    def state(self, iso3: str) -> pd.Series[Any]:
        """The row of one state. Raises CcmError for a code that is none of the day's."""
        code = self.workspace.iso3(iso3, self.as_of)
        rows = self.states()
        return rows[rows["iso3"] == code].iloc[0]

    def headline(self, states: pd.DataFrame) -> pd.Series[Any]:
        """The headline figures (queries/summary/headline.sql) for states as `states` gives them."""
        rows = self.workspace.snapshot_frame(
            "summary/headline", self.as_of, {"filtered": pa.Table.from_pandas(states)},
            baseline=self.campaign.baseline, end=self.campaign.end,
        )  # fmt: skip
        return rows.iloc[0]

    def rows(self, name: str, tables: dict[str, Any] | None = None, **params: Any) -> pd.DataFrame:
        """Rows of a named statement over the facts and the day's snapshot. Raises FactsError for broken facts."""
        return self.workspace.frame(name, self.as_of, tables, **params)

    def about(self, name: str, iso3s: Sequence[str]) -> pd.DataFrame:
        """Rows of queries/state/<name>.sql on these states: treaties, votes, acts, memberships, timeline, peers,
        organizations. One state or forty, it is the same statement."""
        return self.rows(f"state/{name}", iso3s=list(iso3s))

    def sources_of(self, *given: Any) -> pd.DataFrame:
        """The sources behind states (as `states` gives them) or source ids, one row each; none for broken facts."""
        return self.workspace.sources_of(*given)

    # -- the order of the targets

    def chances(self) -> Likelihood | None:
        """The likelihood of joining; None before the Convention has a full year of history. Raises FactsError for
        broken facts."""
        try:
            return self.fitted()
        except FactsError:
            raise
        except CcmError:
            return None

    def fitted(self) -> Likelihood:
        """The likelihood of joining. Raises CcmError where there is too little history, FactsError for broken facts.

        Fitted on the day, or the horizon before it: the months after, of which no joining can be known, are no evidence
        that nobody joined.
        """
        facts, day = self.workspace.facts, min(self.as_of, self.workspace.horizon)
        return self.workspace.memo.get(("chances", day), lambda: printed(likelihood(facts, day), self.level()))

    def level(self) -> Level:
        """How many joiners to expect within 12 months, on the day that the chances are fitted on. Raises CcmError."""
        facts, day = self.workspace.facts, min(self.as_of, self.workspace.horizon)
        return self.workspace.memo.get(("level", day), lambda: level(facts, day))

    def components(self) -> Components:
        """The parts of the priority score. Raises FactsError for broken facts."""
        days = self.contact_days()
        return self._of_log(
            ("components",),
            lambda: components(self.workspace.facts, self.as_of, self.states(), pd.Series(days, dtype=float)),
        )

    def targets(
        self, wanted: StateFilter | None = None, weights: Weights | None = None, method: str | None = None
    ) -> pd.DataFrame:
        """The target states in order: rank, score, chances and tier beside their own columns, with `matches`.

        By default in the order that did best when tested, with the concept note's weights. With broken facts the rank,
        score and chances are blank and the states stand by the number of categories they meet.
        """
        states = self.states(wanted)
        if self.workspace.findings:
            return unranked(states)
        chosen, by = weights or presets()[DEFAULT], method or default_method()
        key = ("targets", wanted or StateFilter(), tuple(sorted(chosen.values.items())), by)
        return self._of_log(key, lambda: ranked(states, self.chances(), self.components(), chosen, by)).copy(deep=False)

    def actions(self, at_most: int = 3) -> pd.DataFrame:
        """Next best actions of all targets, best first (ranking/actions.toml), with who offers them."""
        days = pd.Series(self.contact_days(), dtype=float)
        return self._of_log(
            ("actions", self.campaign, at_most),
            lambda: next_actions(self.states(), self.as_of, days, at_most, self.offers),
        )

    def approved(self, states: pd.DataFrame) -> pd.DataFrame:
        """Those of these states that approved joining and have not deposited, the longest waiting first."""
        return approved_not_deposited(states, self.as_of)

    def gauge(self) -> Gauge:
        """Where the campaign stands against its target. Raises CcmError before there is history, FactsError."""
        running = self.as_of < self.campaign.end
        return gauge(self.workspace.facts, self.as_of, self.campaign, self.level() if running else None)

    def backtest(self) -> Backtest:
        """The walk-forward evaluation of every order, once for these facts. Raises FactsError for broken facts."""
        facts = self.workspace.facts
        return self.workspace.memo.get(("backtest",), lambda: backtest(facts))

    # -- who acts

    @cached_property
    def coordinators(self) -> pd.DataFrame:
        """One row per state in an office under the Convention on the day (queries/summary/coordinators.sql)."""
        return self.rows("summary/coordinators")

    def in_office(self, office: OfficeRole) -> pd.DataFrame:
        """Those of `coordinators` who hold this office."""
        return self.coordinators[self.coordinators["role"] == office]

    @cached_property
    def offers(self) -> dict[str, tuple[str, ...]]:
        """Who offers tools: by office the states that hold it on the day, and the organizations of the campaign.

        While the campaign runs its coordinators are coordinators on universalization, as it says itself. With broken
        facts nobody is known to hold an office.
        """
        held: dict[str, tuple[str, ...]] = {}
        if not self.workspace.findings:
            held = {office.value: tuple(self.in_office(office)["name_short"]) for office in OfficeRole}
        own = self.campaign.coordinators if self.campaign.baseline <= self.as_of <= self.campaign.end else ()
        universal = OfficeRole.UNIVERSALIZATION.value
        offices = {**held, universal: tuple(dict.fromkeys([*held.get(universal, ()), *own]))}
        plan = [item.record for item in self.store.entries("plan_item", self.campaign.name)]
        partners = [name for item in plan if isinstance(item, PlanItem) for name in item.partners]
        return {**{name: (name,) for name in (*self.campaign.implementers, *partners)}, **offices}

    # -- the log and the public record

    @property
    def log_campaign(self) -> str:
        """The campaign's name in the log; blank for the period since a meeting, which is no campaign of the log."""
        name = self.campaign.name
        return name if name in [known.name for known in campaigns.known(self.store, self.audience)] else ""

    @cached_property
    def _head(self) -> tuple[str, int]:
        return self.store.place, self.store.last_seq()

    def activities(self, iso3s: Sequence[str] = (), since: date | None = None) -> list[Entry]:
        """Activities that had ended by L in the log and by D in the public record, the latest first.

        As far as the audience may see; with one of these states, and not over before `since`, where given.
        """
        wanted = Filter(iso3s=tuple(iso3s), since=since, until=self.log_day, max_confidentiality=self.audience)
        logged = (entry for entry in self.store.activities(wanted) if entry.activity.day <= self.log_day)
        public = (entry for entry in self._public_record if wanted.matches(entry))
        return contacts.latest_first([*self._as_named(logged), *public])

    def logged(self) -> list[Entry]:
        """Every activity of the log that the audience may see, planned ones too, in the order of creation."""
        return list(self._as_named(self.store.activities(Filter(max_confidentiality=self.audience))))

    def _as_named(self, logged: Iterable[Entry]) -> Iterable[Entry]:
        return campaigns.named_to(self.audience, self.store, logged)

    @property
    def _public_record(self) -> list[Entry]:
        return [entry for entry in self.workspace.public_record if entry.activity.day <= self.as_of]

    def contacts(self, iso3: str) -> tuple[Contact, ...]:
        """The state's contacts so far, the latest first, of the log and of the public record."""
        return contacts.of_state(iso3, self.activities([iso3]))

    def contacts_by_state(self) -> dict[str, StateContacts]:
        """Last contact and next step of every state that has any, over all campaigns."""
        return self._of_log(
            ("contacts",),
            lambda: contacts.by_state(
                summary_by_state(self.store, as_of=self.log_day, max_confidentiality=self.audience),
                self._public_record, self.log_day,
            ),
        )  # fmt: skip

    def last_contact(self) -> dict[str, date]:
        """The day of each state's last contact, by the log or the public record; a state without any is absent."""
        return {iso3: held.last for iso3, held in self.contacts_by_state().items() if held.last}

    @property
    def no_contact(self) -> str:
        """What is said of a state without a contact; no word of none where the log that would know cannot be read."""
        return f"No contact on the public record, and {wording.LOG_UNREAD}" if self.store.closed else wording.NO_CONTACT

    def contact_days(self) -> dict[str, int]:
        """Days from each state's last contact to L."""
        return {iso3: (self.log_day - day).days for iso3, day in self.last_contact().items()}

    # -- other days and readers, and what stands under a document

    def on(self, day: date) -> Reading:
        """The reading of another day: both the facts and the log through it. The same day gives the same reading."""
        return self if day == self.as_of else replace(self, as_of=day, log_day=day)

    def for_audience(self, audience: Confidentiality) -> Reading:
        """The same reading for other readers; who may not see its campaign reads the one of the day that they may."""
        if campaigns.seen_by(audience, self.campaign):
            return replace(self, audience=audience)
        possible = campaigns.possible(self.store, self.workspace, self.as_of, audience)
        return replace(self, audience=audience, campaign=campaigns.holding(self.as_of, possible))

    @property
    def marking(self) -> str:
        """Who may read a document made from this reading."""
        return wording.MARKINGS[self.audience]

    @property
    def days(self) -> str:
        """Both days of the reading, as every document prints them."""
        return wording.days_read(self.as_of, self.log_day)

    @property
    def foot(self) -> str:
        """What stands on each page of a document: both days, and which facts are not complete through the first."""
        return self.foot_in(ENGLISH)

    def foot_in(self, t: Tongue) -> str:
        """`foot` in a language."""
        return wording.foot(self.as_of, self.log_day, self.workspace.horizons, t)

    # -- within

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What the answers of this reading depend on: equal key, equal answers."""
        return (self.workspace.digest, *self._head, self.as_of, self.log_day, self.campaign, self.audience)

    def once(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for all readings that answer alike; nobody may change it. The key says what of
        this reading it is, with everything else that it depends on."""
        return self.workspace.shown.get((*key, self.key), make)

    def _kept(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        return self.workspace.memo.get((*key, self.as_of), make)

    def _of_log(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        return self._kept((*key, self._head, self.log_day, self.audience), make)

    def _table(self, key: tuple[Hashable, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        return self._kept(key, make).copy(deep=False)  # what a caller changes stays its own


def read(
    workspace: Workspace,
    store: Store,
    *,
    as_of: date | None = None,
    campaign: Campaign | str | None = None,
    audience: Confidentiality = Confidentiality.PUBLIC,
    today: date | None = None,
) -> Reading:
    """A reading of a day, by default today, for public readers and the campaign whose period holds the day.

    The log is read through the day too. Without a campaign then, the period since the latest formal meeting stands for
    one. Raises CcmError for a day before the Convention or after today, and for a campaign that is unknown or not for
    these readers.
    """
    last = max(today or clock.today(), workspace.horizon)
    day = as_of or last
    if not EARLIEST <= day <= last:
        raise CcmError(f"The as-of date {day} is outside what is possible: {EARLIEST} to {last}.")
    if not isinstance(campaign, Campaign):
        possible = campaigns.possible(store, workspace, day, audience)
        campaign = campaigns.find(campaign, possible) if campaign else campaigns.holding(day, possible)
    if not campaigns.seen_by(audience, campaign):
        raise CcmError(f"The campaign is not for {audience.label.lower()} readers; choose one that they may see.")
    return Reading(workspace, store, day, day, campaign, audience)
