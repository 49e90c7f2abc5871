"""Errors that are meant to be read by a person."""

from __future__ import annotations


class CcmError(Exception):
    """One clear sentence: what was wrong and what is possible. Shown as it is; the command line exits with 2."""


class Unreachable(CcmError):
    """The database does not answer now. What was saved is safe; what is being written can be saved once it does."""


class FactsError(CcmError):
    """The facts folder breaks its rules.

    `findings` holds one line per error, as `file:line: column: what is wrong`.
    """

    def __init__(self, findings: list[str]) -> None:
        self.findings = findings
        more = "" if len(findings) == 1 else f" (and {len(findings) - 1} more; run `ccm facts check`)"
        super().__init__(f"The facts are broken: {findings[0]}{more}")
