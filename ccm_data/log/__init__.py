"""The activity log: what was done, said and promised, kept for good."""

from ccm_data.log.conflict import ENTRY, Clash, Conflict, FieldClash, merge
from ccm_data.log.filter import Filter
from ccm_data.log.model import Activity, Campaign, Link, PlanItem, Record, StateEntry, parse
from ccm_data.log.plan import default_campaigns, default_plan
from ccm_data.log.revision import Change, Command, Create, Delete, Edit, Entry, Restore, changes
from ccm_data.log.store import COUNT_CAP, Page, Store, migrate_store, open_store

__all__ = [
    "COUNT_CAP",
    "ENTRY",
    "Activity",
    "Campaign",
    "Change",
    "Clash",
    "Command",
    "Conflict",
    "Create",
    "Delete",
    "Edit",
    "Entry",
    "FieldClash",
    "Filter",
    "Link",
    "Page",
    "PlanItem",
    "Record",
    "Restore",
    "StateEntry",
    "Store",
    "changes",
    "default_campaigns",
    "default_plan",
    "merge",
    "migrate_store",
    "open_store",
    "parse",
]
