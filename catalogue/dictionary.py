"""The data dictionary, written from the columns themselves so that it cannot drift from them."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import override

from cases.alike.columns import ALIKE
from cases.alike.form import FIGURES, HOW_MANY
from cases.collection.views import MOST as MOST_COLLECTED
from cases.columns import CASES, THEMES
from cases.compare.asked import MOST as MOST_COMPARED
from cases.compare.columns import DESCRIBED as COMPARED
from cases.crosswalk.columns import CROSSWALK
from cases.crosswalk.filters import CrosswalkFilters
from cases.crosswalk.lists import SORTING as CROSSWALK_SORTING
from cases.deadlines.columns import TARGETS
from cases.deadlines.filters import TargetFilters
from cases.deadlines.lists import TargetList
from cases.filters import CaseFilters
from cases.ledger.columns import OUTCOMES
from cases.ledger.filters import OutcomeFilters
from cases.ledger.lists import SORTING as OUTCOME_SORTING
from cases.lists import SORTING
from cases.mapped.columns import MAP
from cases.mapped.selection import SORTING as MAP_SORTING
from cases.named.columns import LESSONS, PARTNERS, PLACES
from cases.named.filters import LessonFilters, PartnerFilters, PlaceFilters
from cases.named.lists import LessonList, PartnerList, PlaceList
from catalogue.found import FOUND
from catalogue.hits import KINDS
from cities.columns import ALLIANCES, CITIES, PLANS
from cities.lists import MemberFilters, MemberList
from cities.roster import MEMBERS
from declarations.columns import DECLARATIONS
from listing import nearby
from listing.charts import SHOWN, WHOLE, WHOLE_MOST
from listing.columns import Table
from notes.checks import CHECKS
from notes.columns import NOTES, UNKNOWNS
from notes.filters import NoteFilters
from notes.views import SORTING as NOTE_SORTING
from notes.vocabularies import Kind
from sources.columns import SOURCES

PATH = settings.BASE_DIR / "docs" / "data-dictionary.md"
TABLES = (
    *(CASES, OUTCOMES, TARGETS, PARTNERS, PLACES, LESSONS, CROSSWALK, NOTES, UNKNOWNS),
    *(CITIES, MAP, ALIKE, THEMES, DECLARATIONS, ALLIANCES, MEMBERS, PLANS, SOURCES),
)

INTRODUCTION = """\
# Data dictionary

Written by `manage.py data_dictionary` from the columns themselves; a test fails when this page is out of date.

Each table is the export of the list of the same name: `/cases.csv`, `/cases.json`, and so on, with the query of the page. `.csv` is plain
UTF-8 for programs; `?for=spreadsheet` adds a byte-order mark, makes text harmless that a spreadsheet would run as a formula, and is saved under a name of its own (`cases-spreadsheet.csv`). `.json` holds
`count` and `results`, an object a row with these keys (and `near` where words are searched for, see below). In CSV, lists inside a cell are joined by "; "; several places in a source are written
`75-79; 83`. **Empty means "not printed in the source"**, never zero and never a guess; where
the form printed stands beside an empty value, an editor withdrew the value. A case without `novelty` has no claim recorded. Names are the English ones whatever the language of the page.
`.xlsx` has the same rows with numbers as numbers and text as text whatever it begins with, and a second sheet that says what the columns mean; it holds at most 1,048,575 rows. Every list but those of themes, declarations, alliances and sources is also
`.geojson`: each row a feature where its city lies (longitude, latitude, WGS 84), without a geometry where that is not known. `.atom` has the fifty rows that were changed last under the query, `?for=new` those that came last.
Rows are taken away as citations too, for reference managers: `.bib` (BibTeX) and `.ris` (RIS) of every list under the same query, `/cases/<slug>.bib`, `.ris` and `.csl.json` (CSL-JSON) of one case, `/collection.csl.json` of those of a collection. What
they cite is the page in this catalogue, or the place on it, with the day of its last change and the day on which it was fetched; rows of `/sources.bib` are the documents themselves, by their authors or publishers. `/like-mine/` answers a question,
and is neither cited nor has feeds.
`url` is the page of the row's record on this site, in every table; the address of a source's original is `original_url`.
Lines are counted from 1 in the text of the source, split at line feeds only. Dates with less than a day's precision are EDTF: `2014`, `2014-11`, `198X`, `2020/2021`.
"""

DOCUMENTS = """\
## One thing as JSON

- `/cases/<slug>.json`: the columns above, and `lead`; `sections` (key, heading as printed, kind, kinds, level, digest, first_line, last_line, and `text`
  where the operator has attached the source and its rights setting allows); `start`; `theme_reasons` (judged_by: editor); `goal_reasons` (basis: stated or inferred); `novelty_claims` (kind, said_by, reason, lines); `answers` to articles of declarations
  (declaration, article, article_heading, basis: stated or inferred, reason, source, lines, editor); `milestones`; `outcomes`, `targets`, `partners`, `places` (the columns of these lists),
  `transfers` (the columns of lessons), `notes` (the columns of notes).
  A section's lines run from its heading to the end of its own text, sub-sections included, a running header at its end not.
- `/declarations/<slug>.json`: url, title, adopted, place, city, occasion, digest, source, `articles` (number, number_as_printed, heading, digest, first_line, last_line,
  `cases` that answer to it (case, title, city, basis, reason, source, lines, editor), at most 100, and `more_cases`, whether there are more: `/crosswalk.json?article=` has them all), `counts`.
- `/alliances/<slug>.json`: url, name, founded, digest, source, `tasks` (number, heading, digest, line), `reported_counts` (units, cities, new_areas, others), `members` (name, kind, belongs_to, city, joined, evidence, as_printed, source, lines), `organisations`.
- `/cities/<slug>.json`: url, names, `divisions` (the names of each district and county) and their source, country, place, `figures` (the columns of cities), `cases`, `plans`, `declarations` (slugs), `alliances` (alliance, alliance_name, as, kind, joined, evidence, source, lines).
- `/themes/<slug>.json`: the columns of themes, `definition_zh`, `narrower` (id, cases), `matches` (relation, uri, label, scheme, reason, judged_by), `case_reasons` (case, title, city, reason, source, lines, judged_by, url), at most 100, and `more_cases`.
- `/themes.jsonld`: all themes as a SKOS concept scheme (JSON-LD), names by language.
- `/notes/<slug>.json`: the columns of notes. `/sources/<slug>.json`: the columns of sources.
- `/partners/<slug>.json`, `/places/<slug>.json`: url, id, name, kind, variants, city, `cases` (case, title, city, role of a partner, as_printed, source, line, url).
- `/plans/<slug>.json`: url, title, city, digest, source, `targets` (the columns of targets), `stages`, `fields_of_action`, `benchmarks`.
"""

SEARCH = """\
## Searching by words

`q` is words, "a phrase", -without; everything else is punctuation. `results` hold all the words, in one form or another: another ending, spelling or
name, a synonym, the correction of a word nothing holds. Where nothing holds all of them, `results` hold most of their weight (rare words weigh most).
`near` holds only some of the words: best first, never counted, in no CSV. While the index is being built, searches by words are answered with 503 and `Retry-After`.

A `q` that holds no word at all (an emoji, punctuation) is answered with 400 and says so, as a page says it in its place: no rows would
claim that nothing was found, all rows that everything fits.

The results of all pages, best first, are `/search.csv`, `.xlsx`, `.geojson`, `.bib`, `.ris` and `.atom` under the same query, with the columns of search below.

`/cases.json?q=`: `count`, `results`, and `near` with rows of the same columns.

`/search.json?q=`, over the whole catalogue, 20 a page: `count` (all pages), `page`, `pages`, `types` (results of each kind, whatever `type` is chosen), `understood`
(`corrections`: typed and meant; `offers`, where there are any: the same of quoted texts, which are looked for as typed; `all_words`: whether results hold all of them; `unknown`; `left_out`: words beyond the cap), `results`, `near` (the same on every page).

| name | what it asks for |
|---|---|
| `q` | the words; given several times: one of the texts |
| `type` | KINDS; given several times: one of them |
| `page` | 20 results a page |
| `near` | how many near matches, 0 to MOST; SHOWN where not given |

| key of a hit | what it holds |
|---|---|
| `type` | KINDS |
| `slug` | of the thing; of an article `<slug of its declaration>:<number>`, as the query name `article` takes it |
| `city` | usual English name; of a declaration or article the city it was adopted in; empty for alliances |
| `title` | title or name; of an article its heading |
| `url` | address of its page; of an article its place on the page of its declaration (`#article-3`) |
| `score` | how well it matches; comparable within one answer only |
| `highlights` | `title`: segments; `snippets`: `label` (what the text is, empty for summaries) and `segments`; `reasons`: matches that are not the typed word (`why`: synonym, correction, or division for the city of a typed district or county, `found`, `typed`; of a division also `named`, its names in full). A segment is `text` and whether it is `marked` |

`/search/suggest.json?q=`: `suggestions`, at most 8, for what is being typed: `type` (word, city, case), `text`, `url` (null for words), `parts` (the text by language: `text`, `lang`). Also below `/zh-hans/`, with the addresses of the Chinese pages.
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
        f"{filters}\n| `sort` | {sorts}; a leading `-` turns the order round |\n| `page` | 20 rows a page; exports hold all pages |\n"
        f"| `near` | how many cases are shown that hold only some of the words of `q`, 0 to {nearby.MOST}; {nearby.SHOWN} where not given |\n\n"
        "A name given twice means “or”, different names mean “and”. Unknown names and empty values are ignored; an unknown value of a known name gives no rows "
        "and a message on the page, 400 in an export. Values are the slugs of what the columns print (`city=hong-kong`, `country=china`); "
        "`started` is a year or `unknown`; `novelty` also takes `both` (called evolutionary and revolutionary; found under each of these too) and `none`; "
        "`article` is the slug of a declaration, a colon, and the number of the article: `ningbo-initiative:3`.\n\n"
        "`/charts/` and `/timeline/` show the same cases under the same names, `/outcomes/charts/` the outcomes of /outcomes/. On the charts "
        f"`{WHOLE}` names a filter of which up to {WHOLE_MOST} values are drawn, where else the first {SHOWN} are.\n"
    )


def _query_names_of_outcomes() -> str:
    filters = "\n".join(f"| `{name}` | {_cell(f.label)} |" for name, f in OutcomeFilters.base_filters.items())
    sorts = ", ".join(f"`{name}`" for name in OUTCOME_SORTING.sorts)
    return (
        "## Query names of /outcomes/\n\n| name | what it filters by |\n|---|---|\n"
        f"{filters}\n| `sort` | {sorts}; a leading `-` turns the order round |\n\n"
        "The rules are those of /cases/, `page` and `near` too. `q` looks in indicator, scope, title of the case and names of the city. `case` and `city` take "
        "slugs, `unit` a code, `before_after` is `yes` (both are printed) or `no`.\n"
    )


def _query_names_of_crosswalk() -> str:
    filters = "\n".join(
        f"| `{name}` | {_cell(f.label)} |" for name, f in CrosswalkFilters.base_filters.items()
    )
    sorts = ", ".join(f"`{name}`" for name in CROSSWALK_SORTING.sorts)
    return (
        "## Query names of /crosswalk/\n\n| name | what it filters by |\n|---|---|\n"
        f"{filters}\n| `sort` | {sorts}; a leading `-` turns the order round |\n\n"
        "The rules are those of /cases/. `basis` is `stated` or `inferred`, `article` as in /cases/. Declaration, article and basis are asked of one and the same answer. "
        "A page holds 20 cases with their answers, an export a row for each answer; the counts of the filters are of cases. "
        "`/crosswalk/by-theme/` and `/crosswalk/by-city/` show under the same names how many cases of each theme or city answer to each article.\n"
    )


def _query_names_of_map() -> str:
    sorts = ", ".join(f"`{name}`" for name in MAP_SORTING.sorts)
    return (
        "## Query names of /map/\n\n"
        "The filters are those of /cases/, all of them, and so are the rules. Rows are the cities of the cases that are left, each with how many of them it has.\n\n"
        "| name | what it asks for |\n|---|---|\n"
        f"| `sort` | {sorts}; a leading `-` turns the order round |\n"
        "| `view` | what the picture shows: west, south, east, north in degrees, as a `bbox` of RFC 7946 (a west greater than the east lies across the antimeridian); without it whatever holds every city. It takes no row away |\n"
    )


def _query_names_of_notes() -> str:
    filters = "\n".join(f"| `{name}` | {_cell(f.label)} |" for name, f in NoteFilters.base_filters.items())
    sorts = ", ".join(f"`{name}`" for name in NOTE_SORTING.sorts)
    kinds = "\n".join(f"| `{value}` | {_cell(label)} |" for value, label in Kind.choices)
    checks = "\n".join(f"| `{name}` | {_said(each.find)} |" for name, each in sorted(CHECKS.items()))
    return (
        "## Query names of /notes/\n\n| name | what it filters by |\n|---|---|\n"
        f"{filters}\n| `sort` | {sorts}; a leading `-` turns the order round |\n\n"
        "The rules are those of /cases/. `/unknowns/` takes `case`, `city` and `source`. The kinds:\n\n"
        f"| kind | what it means |\n|---|---|\n{kinds}\n\n"
        f"The checks that are computed (column `check`); none of them corrects a printed value:\n\n"
        f"| check | what it looks for |\n|---|---|\n{checks}\n"
    )


def _said(function: Callable) -> str:
    """The first sentence of a docstring, in one line."""
    return _cell(" ".join((function.__doc__ or "").split()))


def _query_names_of_short_lists() -> str:
    lists = (
        ("targets", TargetFilters, TargetList),
        ("partners", PartnerFilters, PartnerList),
        ("places", PlaceFilters, PlaceList),
        ("lessons", LessonFilters, LessonList),
        ("members", MemberFilters, MemberList),
    )
    rows = "\n".join(
        f"| `/{name}/` | {', '.join(f'`{each}`' for each in filters.base_filters)} | "
        f"{', '.join(f'`{each}`' for each in view.sorting.sorts)} |"
        for name, filters, view in lists
    )
    return (
        "## Query names of /targets/, /partners/, /places/, /lessons/, /members/\n\n"
        f"| list | filters | `sort` |\n|---|---|---|\n{rows}\n\n"
        "The rules are those of /cases/. `q` looks in the name, its other spellings, the role or what was passed on, the title of the case and the names of its city. `kind`, `direction` and `state` take the words of the columns below, "
        "`state` of targets is `ahead`, `passed`, `reached` or `undated`, `due` the year by whose end a target is due, or `none`.\n"
    )


def _query_names_of_alike() -> str:
    figures = "\n".join(
        f"| `{name}` | {_cell(each.label)}, {each.low:,f} to {each.high:,f} |"
        for name, each in FIGURES.items()
    )
    many = ", ".join(map(str, HOW_MANY))
    return (
        "## Query names of /like-mine/\n\n| name | what it asks for |\n|---|---|\n"
        "| `city` | slug or name of a city of the catalogue; then no figure is entered |\n"
        f"{figures}\n"
        "| `scope` | territory the figures speak of, as the column of cities has it; entered figures are `unlabelled` where not given |\n"
        "| `theme`, `q` | the need, as /cases/ takes them |\n"
        f"| `nearest` | how many cities: {many} |\n\n"
        "Numbers may be written `12,000`, `12 000`, `1.2 million`; what could mean two numbers is refused. `.json` also holds `asked` (as understood), "
        "`method` (`spans`, `least_figures`), `compared_without_known_scope` and `not_comparable` (cities with too few figures in common). "
        "The method: [decision 11](decisions/0011-cities-like-mine.md).\n"
    )


def _query_names_of_compare() -> str:
    return (
        "## Query names of /compare/ and /collection/\n\n| name | what it asks for |\n|---|---|\n"
        f"| `case` | slug of a case, former slugs too; given up to {MOST_COMPARED} times, for a collection up to {MOST_COLLECTED} |\n"
        f"| `city` | slug of a city, of up to {MOST_COMPARED} compared; not beside `case` |\n"
        "| `only` | `differences`: the rows of a comparison that differ |\n"
        "| `sort` | of a collection, as /cases/ takes it |\n\n"
        "An export of a comparison needs two at least. What is not known, or more than that, is told on the page beside the others, and refused with 400 in an export; "
        "what was withdrawn with 410, its date and its reason. A collection has the columns of cases. A comparison has a row for each matter, and for each thing compared four columns that begin "
        "with its slug (`<slug>` below). Cells that hold lists hold them in one order: the third of `<slug>_where` belongs to the third of `<slug>`.\n\n"
        + _table(COMPARED)
    )


def _site_search() -> str:
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    return (
        SEARCH.replace("KINDS", kinds).replace("SHOWN", str(nearby.SHOWN)).replace("MOST", str(nearby.MOST))
    )


def text() -> str:
    """The whole page, in the default language whichever is active."""
    with override(settings.LANGUAGE_CODE):
        return "\n".join(
            [
                INTRODUCTION,
                _query_names(),
                _query_names_of_outcomes(),
                _query_names_of_crosswalk(),
                _query_names_of_map(),
                _query_names_of_notes(),
                _query_names_of_short_lists(),
                _query_names_of_alike(),
                _query_names_of_compare(),
                *map(_table, TABLES),
                DOCUMENTS,
                _site_search(),
                _table(FOUND),
            ]
        )
