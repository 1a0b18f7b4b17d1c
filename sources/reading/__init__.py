"""Reading the source texts: text in, frozen records out, every line and number accounted for.

Knows nothing of Django. `read` reads one text of a known kind, `read_folder` all sources of a folder,
recognised by checksum. Whatever is wrong comes as ReadingError with file, line and what to add. docs: the
records are described in records.py and, for each kind of document, in its module of kinds.
"""

from .data import DATA, load_lines, load_numbers, load_rulings, load_sources
from .errors import ReadingError
from .folder import read_folder
from .texts import read

__all__ = [
    "DATA",
    "ReadingError",
    "load_lines",
    "load_numbers",
    "load_rulings",
    "load_sources",
    "read",
    "read_folder",
]
