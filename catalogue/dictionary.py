"""The data dictionary, written from the columns themselves so that it cannot drift from them."""

from django.conf import settings
from django.utils.translation import override

from cases.columns import CASES, THEMES
from cases.filters import CaseFilters
from cases.lists import SORTING
from cities.columns import ALLIANCES, CITIES, PLANS
from declarations.columns import DECLARATIONS
from listing.columns import Table
from sources.columns import SOURCES

PATH = settings.BASE_DIR / "docs" / "data-dictionary.md"
TABLES = (CASES, CITIES, THEMES, DECLARATIONS, ALLIANCES, PLANS, SOURCES)

INTRODUCTION = """\
# Data dictionary

Written by `manage.py data_dictionary` from the columns themselves; a test fails when this page is out of date.

Each table is the export of the list of the same name: `/cases.csv`, `/cases.json`, and so on, with the query of the page. `.csv` is plain
UTF-8 for programs; `?for=spreadsheet` adds a byte-order mark, makes text harmless that a spreadsheet would run as a formula, and is saved under a name of its own (`cases-spreadsheet.csv`). `.json` holds
`count` and `results`, an object a row with these keys. In CSV, lists inside a cell are joined by "; "; several places in a source are written
`75-79; 83`. **Empty means "not printed in the source"**, never zero and never a guess; where
the form printed stands beside an empty value, an editor withdrew the value. A case without `novelty` has no claim recorded. Names are the English ones whatever the language of the page.
`url` is the page of the row's record on this site, in every table; the address of a source's original is `original_url`.
Lines are counted from 1 in the text of the source, split at line feeds only. Dates with less than a day's precision are EDTF: `2014`, `2014-11`, `198X`, `2020/2021`.
"""

DOCUMENTS = """\
## One thing as JSON

- `/cases/<slug>.json`: the columns above, and `lead`; `sections` (key, heading as printed, kind, kinds, level, digest, first_line, last_line, and `text`
  where the operator has attached the source and its rights setting allows); `start`; `theme_reasons` (judged_by: editor); `goal_reasons` (basis: stated or inferred); `novelty_claims`; `milestones`.
  A section's lines run from its heading to the end of its own text, sub-sections included, a running header at its end not.
- `/declarations/<slug>.json`: url, title, adopted, place, city, occasion, digest, source, `articles` (number, number_as_printed, heading, digest, first_line, last_line), `counts`.
- `/alliances/<slug>.json`: url, name, founded, digest, source, `tasks` (number, heading, digest, line), `reported_counts` (units, cities, new_areas, others), `members` (name, kind, city, joined, evidence, source, lines), `organisations`.
- `/plans/<slug>.json`: url, title, city, digest, source, `targets` (city, plan, target, due, value, unit, state, source, line, and what was printed), `stages`, `fields_of_action`, `benchmarks`.
"""


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|")


def _table(table: Table) -> str:
    rows = "\n".join(f"| `{c.name}` | {_cell(c.unit)} | {_cell(c.doc)} |" for c in table.columns)
    return f"## {table.name}\n\n| column | unit | what it holds |\n|---|---|---|\n{rows}\n"


def _query_names() -> str:
    filters = "\n".join(f"| `{name}` | {_cell(f.label)} |" for name, f in CaseFilters.base_filters.items())
    sorts = ", ".join(f"`{name}`" for name in SORTING.sorts)
    return (
        "## Query names of /cases/\n\n| name | what it filters by |\n|---|---|\n"
        f"{filters}\n| `sort` | {sorts}; a leading `-` turns the order round |\n| `page` | 20 rows a page; exports hold all pages |\n\n"
        "A name given twice means “or”, different names mean “and”. Unknown names and empty values are ignored; an unknown value of a known name gives no rows "
        "and a message on the page, 400 in an export. Values are the slugs of what the columns print (`city=hong-kong`, `country=china`); "
        "`started` is a year or `unknown`, `novelty` also takes `none`.\n"
    )


def text() -> str:
    """The whole page, in the default language whichever is active."""
    with override(settings.LANGUAGE_CODE):
        return "\n".join([INTRODUCTION, _query_names(), *map(_table, TABLES), DOCUMENTS])
