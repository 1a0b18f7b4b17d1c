"""Loading the fixtures: they are the seed, the database is the record.

`load(folder)` brings the database up to the fixtures in one transaction and gives a LoadReport. What a
curator did stands: an edited record is kept, a deleted one stays deleted, one hidden by hand stays hidden.

files.py reads and checks the files, ordering.py puts what is referred to first, values.py says when two
records are equal, shelves.py finds the row of an entry, loader.py applies the rules, report.py tells what
was done.
"""

from django.dispatch import Signal

from records.loading.files import FixtureError
from records.loading.loader import load, load_into_empty
from records.loading.report import Item, LoadReport

__all__ = ["FixtureError", "Item", "LoadReport", "load", "load_into_empty", "loaded"]

# Sent by `load_catalogue` when the fixtures are in, with `dry_run`: for what is data of the catalogue and no record.
# Receivers say in a line what they did.
loaded = Signal()
