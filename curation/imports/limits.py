"""How much of a file is looked at. What is over a limit is refused before it is read any further."""

MB = 1_000_000

MOST_BYTES = 20 * MB
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 30_000
# Of a spreadsheet, which is a packed folder: what it holds unpacked, how far packed, in how many files.
MOST_UNPACKED = 150 * MB
MOST_SHARED_TEXTS = 60 * MB  # this part of it is held in memory
MOST_PACKED = 120
MOST_PARTS = 1_000
# Up to so many rows the preview is made while the page is waited for.
AT_ONCE = 400
STEP = 250
