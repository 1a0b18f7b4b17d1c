"""An award's collection of cases, one after the other behind a list of contents.

collection.py finds the cases, cases.py reads one of them with figures.py (the block of city data) and sections.py
(what stands under its headings, which headings.py knows), records.py holds what they give.
"""

from ...context import Kind, gettext_noop
from .collection import read

KIND = Kind("award-collection", gettext_noop("collection of award cases"), read)
