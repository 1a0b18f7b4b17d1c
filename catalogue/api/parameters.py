"""What a request may ask for, from the very filters and orders that the pages have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter

from catalogue.api.words import pattern
from listing import nearby
from listing.filters import ListFilters, TextFilter, ValuesFilter
from listing.problems import Problem
from listing.sorting import Sorting
from listing.text import shown

PAGE, PAGE_SIZE, FORMAT = "page", "page_size", "format"
SIZE, MOST = 20, 200
LAST_PAGE = 999_999_999
# Up to so many values a filter is described by naming them all.
MOST_VALUES = 300
_SLUG = "^[-a-zA-Z0-9_:]+$"
# The component that says what a text must hold (catalogue/api/words.py).
WORDS = "Words"


@dataclass(frozen=True)
class Parameter:
    """One name of a query: what it asks for, what a value looks like (JSON Schema), how many there may be.

    `looks` is asked when the name is described: the values of a filter are in the database, and requests come often.
    """

    name: str
    said: str | Promise
    looks: Callable[[], Mapping[str, Any]]
    most: int = 1
    is_text: bool = False

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """What a value looks like."""
        return self.looks()

    @property
    def values(self) -> list[str]:
        """The values there are, where they are named."""
        return [str(value) for value in self.schema.get("enum", ())]

    def described(self) -> OpenApiParameter:
        """As OpenAPI has it."""
        schema = dict(self.schema)
        if self.most > 1:
            several = {"type": "array", "items": schema, "maxItems": self.most}
            # One text that is given once is as good as a list of one.
            schema = {"anyOf": [schema, several]} if self.is_text else several
        return OpenApiParameter(
            self.name,
            schema,
            OpenApiParameter.QUERY,
            description=str(self.said),
            explode=True if self.most > 1 else None,
            style="form" if self.most > 1 else None,
        )


def problems(params: QueryDict, known: Sequence[Parameter]) -> list[Problem]:
    """What is wrong with how often a name is given, with names that are given without a value, and with the form."""
    return [problem for each in known for problem in _problems(each, params.getlist(each.name))]


def _problems(asked: Parameter, given: list[str]) -> Iterator[Problem]:
    name = asked.name
    if len(given) > asked.most:
        said = _("“%(name)s” is given %(count)d times; at most %(most)d values can be asked for at once.")
        yield Problem(name, said % {"name": name, "count": len(given), "most": asked.most})
    if not asked.is_text and not all(value.strip() for value in given):
        yield Problem(name, _("“%(name)s” is given without a value.") % {"name": name})
    if name == FORMAT:
        said = _("“%(value)s” is not a known value of “%(name)s”.")
        for value in given:
            if value.strip() and value not in asked.values:
                yield Problem(name, said % {"value": shown(value), "name": name})


def words() -> dict[str, Any]:
    """The component that `q` refers to."""
    return {
        "type": "string",
        "pattern": pattern(),
        "maxLength": TextFilter.longest,
        "description": "A text with at least one letter, number or Chinese character, and nothing broken in it",
    }


def of_list(filters: type[ListFilters], sorting: Sorting | None, is_searched: bool) -> list[Parameter]:
    """Everything a list may be asked, in the order of its page; `is_searched`: words can be searched for."""
    found = [_of_filter(name, each) for name, each in filters.base_filters.items()]
    if sorting:
        found.append(_of_sorting(sorting))
    if is_searched:
        found.append(near())
    return [*found, *paging()]


def near() -> Parameter:
    """How many rows are given that hold only some of the words."""
    said = gettext_lazy(
        "How many rows to give in “near”, which hold only some of the words; 20 where not given."
    )
    return Parameter(nearby.NAME, said, lambda: {"type": "integer", "minimum": 0, "maximum": nearby.MOST})


def paging() -> list[Parameter]:
    """Which part of the rows, and in which form."""
    return [
        Parameter(PAGE, gettext_lazy("Number of the page."), lambda: _whole(LAST_PAGE, 1)),
        Parameter(PAGE_SIZE, gettext_lazy("Rows on a page."), lambda: _whole(MOST, SIZE)),
        form(),
    ]


def form() -> Parameter:
    """JSON or a page, whatever the header Accept asks for."""
    said = gettext_lazy("json or html; where not given, the header Accept decides, and JSON is the default.")
    return Parameter(FORMAT, said, lambda: {"type": "string", "enum": ["json", "html"]})


def _whole(most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def _of_filter(name: str, each: ValuesFilter) -> Parameter:
    if isinstance(each, TextFilter):
        schema = {"$ref": f"#/components/schemas/{WORDS}"}
        said = gettext_lazy(
            "Words to search for; “a phrase” in quotation marks, -without. "
            "Given several times: one of the texts."
        )
        return Parameter(name, said, lambda: schema, each.most, is_text=True)
    said = each.means or each.note
    label = format_lazy("{} ({})", each.label, said) if said else each.label
    return Parameter(name, label, lambda: _looks(each), each.most)


def _looks(each: ValuesFilter) -> Mapping[str, Any]:
    values = each.every(MOST_VALUES)
    if values is not None:
        return {"type": "string", "enum": values}
    return {"type": "string", "pattern": each.pattern or _SLUG}


def _of_sorting(sorting: Sorting) -> Parameter:
    names = [sign + name for name in sorting.sorts for sign in ("", "-")]
    said = gettext_lazy("Order of the rows; with a leading - it is turned round.")
    return Parameter("sort", said, lambda: {"type": "string", "enum": names})
