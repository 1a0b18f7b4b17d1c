"""Lists of others brought into the catalogue: read, planned row by row, shown, and only then done, all or nothing."""

import os

# openpyxl would take lxml where that is there. Strangers' files are read by the parser of the standard library, guarded
# by defusedxml, with which the limits here were tried.
os.environ.setdefault("OPENPYXL_LXML", "False")
