"""The activity log: what was done, said and promised, kept for good.

model     what an activity, a plan item and a campaign are, and the sentence for what they cannot be
revision  entries and the commands that change them; writing and conflict turn commands into revisions
store     save, undo, current view, view as of a day, history; database, schema, migrations and projection beneath it
views     what other pages read: contacts, coverage, next steps, promises; progress: work plan and money
history   the whole log as JSON Lines and its proof; anchor: its head, which is kept elsewhere

Spreadsheets and iCalendar (sheet, importing, calendar) and the public record (public) are imported from their own
modules: what they need is slow to load, and few callers want them.
"""

from ccm_data.log.anchor import head
from ccm_data.log.closed import ClosedStore
from ccm_data.log.conflict import ENTRY, Clash, Conflict, FieldClash, merge
from ccm_data.log.database import Unreadable
from ccm_data.log.drafts import contact, duplicate, made_title, proposed_item, quick, series
from ccm_data.log.filter import Filter
from ccm_data.log.history import Imported, Report, export_history, import_history, lines, verify
from ccm_data.log.model import Activity, Campaign, Invalid, Link, PlanItem, Record, StateEntry, parse
from ccm_data.log.plan import default_campaigns, default_plan
from ccm_data.log.progress import Money, Progress, money, plan_progress
from ccm_data.log.revision import Change, Command, Create, Delete, Edit, Entry, Restore, changes
from ccm_data.log.store import COUNT_CAP, Page, Store, migrate_store, open_store
from ccm_data.log.text import LINE_LIMIT, TEXT_LIMIT
from ccm_data.log.views import (
    Contact,
    Coverage,
    Overdue,
    StateSummary,
    contacts,
    coverage,
    overdue,
    owners,
    promises_and_stages,
    summary_by_state,
)

__all__ = [
    "COUNT_CAP",
    "ENTRY",
    "LINE_LIMIT",
    "TEXT_LIMIT",
    "Activity",
    "Campaign",
    "Change",
    "Clash",
    "ClosedStore",
    "Command",
    "Conflict",
    "Contact",
    "Coverage",
    "Create",
    "Delete",
    "Edit",
    "Entry",
    "FieldClash",
    "Filter",
    "Imported",
    "Invalid",
    "Link",
    "Money",
    "Overdue",
    "Page",
    "PlanItem",
    "Progress",
    "Record",
    "Report",
    "Restore",
    "StateEntry",
    "StateSummary",
    "Store",
    "Unreadable",
    "changes",
    "contact",
    "contacts",
    "coverage",
    "default_campaigns",
    "default_plan",
    "duplicate",
    "export_history",
    "head",
    "import_history",
    "lines",
    "made_title",
    "merge",
    "migrate_store",
    "money",
    "open_store",
    "overdue",
    "owners",
    "parse",
    "plan_progress",
    "promises_and_stages",
    "proposed_item",
    "quick",
    "series",
    "summary_by_state",
    "verify",
]
