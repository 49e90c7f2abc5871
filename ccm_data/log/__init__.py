"""The activity log: what was done, said and promised, kept for good.

model     what an activity, a plan item and a campaign are, and the sentence for what they cannot be
revision  entries and the commands that change them; writing and conflict turn commands into revisions
store     save, undo, current view, view as of a day, history; database, schema, migrations and projection beneath it
views     what other pages read: contacts, coverage, next steps, promises; progress: work plan and money
history   the whole log as JSON Lines and its proof; sheet, importing and calendar: spreadsheets and iCalendar
"""

from ccm_data.log.calendar import ics
from ccm_data.log.conflict import ENTRY, Clash, Conflict, FieldClash, merge
from ccm_data.log.drafts import duplicate, made_title, quick, series
from ccm_data.log.filter import Filter
from ccm_data.log.history import Imported, Report, export_history, import_history, lines, verify
from ccm_data.log.importing import Preview, Row, guess_mapping, preview
from ccm_data.log.model import Activity, Campaign, Invalid, Link, PlanItem, Record, StateEntry, parse
from ccm_data.log.plan import default_campaigns, default_plan
from ccm_data.log.progress import Money, Progress, money, plan_progress
from ccm_data.log.public import public_history
from ccm_data.log.revision import Change, Command, Create, Delete, Edit, Entry, Restore, changes
from ccm_data.log.sheet import COLUMNS, Sheet, read_sheet, template, write_csv, write_xlsx
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
    "COLUMNS",
    "COUNT_CAP",
    "ENTRY",
    "LINE_LIMIT",
    "TEXT_LIMIT",
    "Activity",
    "Campaign",
    "Change",
    "Clash",
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
    "Preview",
    "Progress",
    "Record",
    "Report",
    "Restore",
    "Row",
    "Sheet",
    "StateEntry",
    "StateSummary",
    "Store",
    "changes",
    "contacts",
    "coverage",
    "default_campaigns",
    "default_plan",
    "duplicate",
    "export_history",
    "guess_mapping",
    "ics",
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
    "preview",
    "promises_and_stages",
    "public_history",
    "quick",
    "read_sheet",
    "series",
    "summary_by_state",
    "template",
    "verify",
    "write_csv",
    "write_xlsx",
]
