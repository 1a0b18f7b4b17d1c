"""Counts beside the filters of the staff lists, under all other choices, in one query for each filter.

Django makes every filter anew for each of them, so that their own queries multiply, and counts each value under a
condition of its own: a list of thousands of cities would be one query of thousands of columns.
"""

from functools import partial

from django.contrib.admin import filters
from django.contrib.admin.views.main import ChangeList
from django.db import models

from listing.kept_counts import asked, counts_of


class CountedChangeList(ChangeList):
    """Makes its filters once, and keeps what they count until something changes."""

    def get_filters(self, request):
        if not hasattr(self, "_made"):
            self._made = super().get_filters(request)
            for spec in self._made[0]:
                depends_on = _depends_on(spec)
                if depends_on is not None:
                    count = spec.get_facet_queryset
                    spec.get_facet_queryset = partial(self._kept_counts, spec, depends_on, count)
        return self._made

    def _kept_counts(self, spec, depends_on, count, changelist) -> dict[str, int]:
        rows = self.get_queryset(spec.request, exclude_parameters=spec.expected_parameters())
        kind = (type(spec).__module__, type(spec).__qualname__, getattr(spec, "field_path", ""))
        key = ("facets", *kind, depends_on, asked(rows.order_by().values("pk")))
        return counts_of(spec.request).kept(key, lambda: count(changelist))

    def get_queryset(self, request, exclude_parameters=None):
        if exclude_parameters is not None and not self._narrows(exclude_parameters):
            return self.queryset
        return super().get_queryset(request, exclude_parameters)

    def _narrows(self, parameters: list[str]) -> bool:
        """Whether the filter with these parameters leaves any row out.

        One that does so with nothing chosen too says it in `narrows_by_default`.
        """
        return any(
            spec.used_parameters or getattr(spec, "narrows_by_default", False)
            for spec in self.filter_specs
            if spec.expected_parameters() == parameters
        )


def _depends_on(spec: filters.ListFilter) -> tuple | None:
    """On what the counts of a filter depend beside the rows; None where that is not known, and nothing is kept.

    A filter that is not for a field says it in `counts_depend_on`.
    """
    own = getattr(spec, "counts_depend_on", None)
    if own is None and not isinstance(spec, filters.FieldListFilter):
        return None
    # Each count stands under the place of its choice, and choices are ordered by their names.
    choices = getattr(spec, "lookup_choices", None)
    choices = list(choices) if isinstance(choices, models.QuerySet) else choices
    return (own, choices, getattr(spec, "links", None))


def bare(rows: models.QuerySet) -> models.QuerySet:
    """The rows of a list without what it reads with them, to be counted: the whole table where nothing narrows it."""
    everything = rows.model._base_manager.all()
    query = rows.query
    is_all = not (query.where or query.is_sliced or query.combinator)
    return everything if is_all else everything.filter(pk__in=rows.order_by().values("pk"))


def on_all(rows: models.QuerySet, path: str) -> tuple[models.QuerySet, str] | None:
    """What hangs on the rows of a whole table, and where in it the value at a path stands; None for any other list.

    To be asked instead of the rows: what was found then stays true, and kept, whatever else a row says.
    """
    first, _separator, rest = path.partition("__")
    relation = rows.model._meta.get_field(first)
    if not (rest and relation.one_to_many) or bare(rows).query.where:
        return None
    return relation.related_model._base_manager.order_by(), rest


class Grouped:
    """For a filter for one value of a field: counts all its values at once."""

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        """How many rows each choice has, by the names that Django's filters give them."""
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        # Only the rows themselves can say on which of them nothing hangs.
        with_empty = getattr(self, "include_empty_choice", False)
        counted, path = (not with_empty and on_all(rows, self.field_path)) or (bare(rows), self.field_path)
        counts = dict(counted.order_by().values_list(path).annotate(models.Count("pk")))
        asked = self.get_facet_counts(changelist.pk_attname, rows)
        return {name: counts.get(_value(count), 0) for name, count in asked.items()}


def _value(count: models.Count):
    """The value that one of Django's counts is about, None for what is empty."""
    ((lookup, value),) = count.filter.children
    return None if lookup.endswith("__isnull") else value


class CountedAllValues(Grouped, filters.AllValuesFieldListFilter):
    """Every value that occurs; a subclass says in `words` what staff read for it."""

    def __init__(self, field, request, *arguments, **more):
        super().__init__(field, request, *arguments, **more)
        self.lookup_choices = counts_of(request).rows(self.lookup_choices)

    def words(self) -> dict[str, str]:
        return {}

    def choices(self, changelist):
        words = self.words()
        for choice in super().choices(changelist):
            value, bracket, count = str(choice["display"]).rpartition(" (")
            if value in words:
                choice["display"] = f"{words[value]}{bracket}{count}"
            yield choice


class CountedBoolean(Grouped, filters.BooleanFieldListFilter):
    """Yes or no."""


class CountedChoices(Grouped, filters.ChoicesFieldListFilter):
    """One of a closed list."""


def register() -> None:
    """Has them used wherever a list of the staff names a field."""
    register = filters.FieldListFilter.register
    register(lambda field: isinstance(field, models.BooleanField), CountedBoolean, take_priority=True)
    register(lambda field: bool(field.choices), CountedChoices, take_priority=True)
