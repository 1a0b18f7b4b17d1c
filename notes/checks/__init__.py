"""Checks: functions that look at the records of one thing and say what does not fit.

A check is a function in one of the modules here, made known by `@check("name", of=Block)`. It takes the records it is
`of` (subjects.py), asks the database nothing, and yields Findings. It never corrects: what is printed stays. Values
that agree, as far as their rounding lets one tell, yield nothing. notes/sync.py brings the notes in line with them.

figures.py    the figures of a city, as one source prints them
claims.py     the outcomes and dates of a case
names.py      titles, contents list and spellings of a case
documents.py  an alliance, a plan, a declaration
"""

from notes.checks import claims, documents, figures, names
from notes.checks.registry import CHECKS, Check, Finding, check

__all__ = ["CHECKS", "Check", "Finding", "check", "claims", "documents", "figures", "names"]
