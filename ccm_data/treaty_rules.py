"""When an act takes effect, by the treaties' own rules; for treaties not named here no day is derived."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ccm_data.vocab import Treaty, TreatyAction

IN_FORCE = {Treaty.CCM: date(2010, 8, 1), Treaty.APMBC: date(1999, 3, 1)}
"""Entry into force of the treaty itself (depositary's status pages)."""

RULES = {
    Treaty.CCM: "Convention on Cluster Munitions, Articles 17 and 20",
    Treaty.APMBC: "Anti-Personnel Mine Ban Convention, Articles 17 and 20",
}
"""Where the rule stands: entry into force on the first day of the sixth month after deposit, not before the treaty;
withdrawal six months after its notice, later while the state is in an armed conflict."""

_NOT_JOINING = (TreatyAction.SIGNATURE, TreatyAction.SUCCESSION_TO_SIGNATURE)


def effective(treaty: str, action: str, day: date) -> date | None:
    """The day on which an act of a day takes effect; None for a signature, and for treaties without a rule here."""
    started = {code.value: begun for code, begun in IN_FORCE.items()}.get(treaty)
    if started is None or action in _NOT_JOINING:
        return None
    later = _months_on(day, 6)
    if action == TreatyAction.WITHDRAWAL:
        return later
    return max(later.replace(day=1), started)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
