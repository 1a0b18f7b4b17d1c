"""Filters as every list has them: a name given twice means "or", different names mean "and".

Built on django-filter. Empty values and unknown names are ignored; an unknown value of a known name is an
error, and a list with an error has no rows. A filter never multiplies rows: what hangs on a record is asked
for in a subquery, and only the public part of it.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from listing import meant
from listing.problems import Problem, Unknown, problem_of
from listing.terms import Term, Vocabulary
from listing.text import is_plain, shown
from records.names import reads_chinese
from search.understanding import parse


@dataclass(frozen=True)
class Text(Term):
    """What a reader searches for, as links repeat it; `left_out` counts the words that were too many."""

    left_out: int = field(default=0, kw_only=True)


class ValuesFilter(django_filters.Filter):
    """A filter that takes several values. Subclasses say which they know and how they narrow a list."""

    # More would make conditions too deep for the database, and pages too long: each value stands in every link.
    most = 50
    # What a value looks like, as JSON Schema writes it; "" where only a list of them can tell.
    pattern = ""
    # The same in words, where the label does not say it.
    means: str | Promise = ""

    def __init__(self, field_name: str | None = None, *, label, note="", **kwargs):
        super().__init__(field_name, label=label, **kwargs)
        self.note = note

    def __deepcopy__(self, memo: dict) -> "ValuesFilter":
        # Each list gets filters of its own, which know it as their parent. Nothing else in them ever changes.
        return copy(self)

    @property
    def name(self) -> str:
        """The name of the filter in addresses."""
        return next(name for name, each in self.parent.filters.items() if each is self)

    @property
    def called(self) -> str:
        """What a message calls it: as addresses do; to readers of Chinese, who do not read those, as the form does."""
        return str(self.label) if reads_chinese() else self.name

    def terms(self, typed: list[str]) -> list[Term]:
        """What a query gives under this name, in order, as terms; ValidationError where that cannot be."""
        values = list(dict.fromkeys(text.strip() for text in typed if text.strip()))
        if len(values) > self.most:
            raise ValidationError(
                _("“%(name)s” is given %(count)d times; at most %(most)d values can be asked for at once.")
                % {"name": self.called, "count": len(values), "most": self.most}
            )
        return self.read(values) if values else []

    def read(self, values: list[str]) -> list[Term]:
        """The terms behind the values of a query, each once; ValidationError naming those not known."""
        plain = [value for value in values if is_plain(value)]
        known = self.known(plain) if plain else {}
        unknown = [value for value in values if value not in known]
        if unknown:
            alike = meant.meant(self, unknown)
            raise ValidationError(
                [Unknown(self.refusal(value), value, alike.get(value, [])) for value in unknown]
            )
        return list(dict.fromkeys(known[value] for value in values))

    def refusal(self, value: str) -> str:
        """What a reader is told about a value that is not known."""
        return _("“%(value)s” is not a known value of “%(name)s”.") % {
            "value": shown(value),
            "name": self.called,
        }

    def known(self, values: list[str]) -> dict[str, Term]:
        """Those of the values that exist, public records without a single row included."""
        raise NotImplementedError

    def every(self, most: int) -> list[str] | None:
        """All values, for whoever describes the filter; None where there are more than that, or no list of them."""
        vocabulary = getattr(self, "vocabulary", None)
        return vocabulary.every(most) if vocabulary else None

    def called_values(self, most: int) -> list[tuple[str, list[str]]] | None:
        """All values with what each is called; None where `every` gives none."""
        if vocabulary := getattr(self, "vocabulary", None):
            return vocabulary.called(most)
        every = self.every(most)
        if every is None:
            return None
        return [(value, [term.label, term.quoted]) for value, term in self.known(every).items()]

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        """The rows that fit one of the terms; all of them where there is none."""
        raise NotImplementedError

    def remarks(self, terms: list[Term]) -> list[str]:
        """What the page should say about how the terms were understood."""
        return []


class TextFilter(ValuesFilter):
    """Words to search for. Only the search index can (listing.indexed): without it a list with words has no rows.

    A text may be much longer than the links of a page can repeat: they carry the words that are searched for, which
    give the same rows. The field of the form keeps what was typed (see views.search_fields).
    """

    longest = 10_000
    # Up to this length links repeat a text as it was typed.
    longest_in_links = 200
    most = 3

    def read(self, values: list[str]) -> list[Text]:
        for value in values:
            if not is_plain(value):
                raise ValidationError(
                    _("“%(value)s” in “%(name)s” holds broken or invisible characters. Type it again.")
                    % {"value": shown(value), "name": self.called}
                )
            if len(value) > self.longest:
                raise ValidationError(
                    _("“%(name)s” is %(count)d characters long; at most %(most)d can be searched for.")
                    % {"name": self.called, "count": len(value), "most": self.longest}
                )
        return list(dict.fromkeys(map(self._text, values)))

    def _text(self, typed: str) -> Text:
        query = parse(typed)
        is_short = len(typed) <= self.longest_in_links and not query.left_out
        said = typed if is_short else query.searched
        is_shown = len(said) <= self.longest_in_links
        label = said if is_shown else said[: self.longest_in_links - 1] + "…"
        return Text(said, f"“{label}”", left_out=query.left_out)

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.none() if terms else queryset


class Facet(ValuesFilter):
    """A filter whose values are shown with counts. `is_many` says that a row may have several of them."""

    is_many = False

    def condition(self, values: list[str]) -> Q:
        """The rows that have one of the values."""
        raise NotImplementedError

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        """How many rows of an unordered queryset have each value; values without a row may be missing."""
        raise NotImplementedError

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.filter(self.condition([term.value for term in terms])) if terms else queryset


class ForeignFacet(Facet):
    """Values are the records a foreign key points to."""

    def __init__(self, field_name: str, *, vocabulary: Vocabulary, **kwargs):
        super().__init__(field_name, **kwargs)
        self.vocabulary = vocabulary

    def known(self, values: list[str]) -> dict[str, Term]:
        return self.vocabulary.known(values)

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.field_name}__{self.vocabulary.fields[0]}__in": values})

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"{self.field_name}__{field}" for field in self.vocabulary.fields]
        rows = queryset.values_list(*paths).annotate(rows=Count("pk"))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


class LinkFacet(Facet):
    """Values are records linked by records of their own, each link public or not.

    `links` gives the links that are public where their owner is, `owner` is their foreign key to the record
    of the list, `field_name` the one to the vocabulary.
    """

    is_many = True

    def __init__(
        self, field_name: str, *, owner: str, links: Callable[[], QuerySet], vocabulary: Vocabulary, **kwargs
    ):
        super().__init__(field_name, **kwargs)
        self.owner, self.links, self.vocabulary = owner, links, vocabulary

    def known(self, values: list[str]) -> dict[str, Term]:
        return self.vocabulary.known(values)

    def condition(self, values: list[str]) -> Q:
        linked = self.links().filter(**{f"{self.field_name}__{self.vocabulary.fields[0]}__in": values})
        return Q(pk__in=linked.order_by().values(self.owner))

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"{self.field_name}__{field}" for field in self.vocabulary.fields]
        links = self.links().filter(**{f"{self.owner}__in": queryset.values("pk")}).order_by()
        rows = links.values_list(*paths).annotate(rows=Count(self.owner, distinct=True))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


class ListFilters(django_filters.FilterSet):
    """The declared filters of a list, read from one query."""

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """The filters whose values are shown with counts, by name."""
        return {name: each for name, each in self.filters.items() if isinstance(each, Facet)}

    @cached_property
    def texts(self) -> dict[str, TextFilter]:
        """The filters a reader types into, by name."""
        return {name: each for name, each in self.filters.items() if isinstance(each, TextFilter)}

    @cached_property
    def chosen(self) -> dict[str, list[Term]]:
        """The terms of every name that could be read, those of names in error left out."""
        read, _problems = self._read
        return read

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the query, in the order of the filters."""
        _terms, problems = self._read
        return problems

    @cached_property
    def _read(self) -> tuple[dict[str, list[Term]], list[Problem]]:
        """The query, read without the form that django-filter would make of it: a list has a form of its own."""
        read, problems = {}, []
        for name, each in self.filters.items():
            typed = self.data.getlist(name)
            try:
                if typed and (terms := each.terms(typed)):
                    read[name] = terms
            except ValidationError as error:
                problems += [problem_of(name, each) for each in error.error_list]
        return read, problems

    def narrowed(self, leaving_out: str = "") -> QuerySet:
        """The list under all readable choices but those of one name, as a facet counts it."""
        queryset = _bare(self.queryset)
        for name, terms in self.chosen.items():
            if name != leaving_out:
                queryset = self.filters[name].filter(queryset, terms)
        return queryset

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows of the list; none where anything in the query is wrong."""
        return queryset.none() if self.problems else self.narrowed()


def _bare(queryset: QuerySet) -> QuerySet:
    """Without order and without what a row brings along: all that counting needs."""
    return queryset.order_by().select_related(None).prefetch_related(None)
