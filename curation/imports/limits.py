"""How much of a file is looked at. What is over a limit is refused before it is read any further."""

MB = 1_000_000

MOST_BYTES = 20 * MB
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 30_000
# Of a spreadsheet, which is a packed folder: what it holds unpacked, and in how many files.
MOST_UNPACKED = 150 * MB
MOST_PARTS = 1_000
# How far one part may be packed, once it is larger than a small list would be.
MOST_PACKED = 120
PACKED_FROM = 10 * MB
# A part that is held in memory whole (styles, names of the sheets): bytes, and elements, which weigh far more.
MOST_OF_A_PART = 3 * MB
MOST_ELEMENTS = 50_000
# The texts that cells share are held too; a list as CSV has at most half of that.
MOST_SHARED_TEXTS = 40 * MB
MOST_TEXT_ELEMENTS = 1_000_000
# A sheet, empty rows and cells included: nothing is in them, and yet they take time.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MOST_ROWS_AND_EMPTY = 200_000
MOST_CELLS = 2_000_000
# One row, or one shared text, and all that stands between them.
MOST_OF_ONE = 8 * MB
MOST_ELEMENTS_OF_ONE = 60_000
# The name of a sheet: spreadsheet programs allow 31 characters.
LONGEST_NAME = 100
# Up to so many rows the preview is made while the page is waited for.
AT_ONCE = 400
STEP = 250
