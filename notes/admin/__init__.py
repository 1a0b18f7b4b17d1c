"""The staff pages of source checks: an inbox, its answers, and the sums that a check looks at."""

from notes.admin.inbox import NoteAdmin
from notes.admin.sums import SumAdmin

__all__ = ["NoteAdmin", "SumAdmin"]
