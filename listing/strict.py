"""What a changelist of the admin may be asked: what it does not understand gives no rows and a message.

Django's own answer to a malformed filter is the whole list, as if nothing had been asked. Names that are none of
the list's are ignored, as on the pages of readers: links carry names of other programs (utm_source).
"""

import re
from collections.abc import Iterable, Iterator

from django.contrib.admin import ShowFacets, filters
from django.contrib.admin.options import TO_FIELD_VAR, IncorrectLookupParameters
from django.contrib.admin.views.main import (
    ALL_VAR,
    IS_FACETS_VAR,
    IS_POPUP_VAR,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
)
from django.core.exceptions import SuspiciousOperation
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from listing import facet_counts
from listing.facet_counts import CountedChangeList, Grouped
from listing.kept_counts import KeptPaginator, asked, counts_of
from listing.text import is_plain, shown

_CONTROLS = {ALL_VAR, IS_FACETS_VAR, IS_POPUP_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, TO_FIELD_VAR}
# A window for choosing a record stays one when its query is refused.
_OF_THE_WINDOW = (IS_POPUP_VAR, TO_FIELD_VAR)
_ORDER = re.compile(r"-?\d{1,3}(\.-?\d{1,3})*")
# What may follow the path of a field in the name of a filter for one value of it.
_NAMES = ("", "__exact", "__id", "__id__exact", "__pk", "__pk__exact")
_YES_NO = {"true", "false", "0", "1"}
# Each word of a search is looked for in every field: more of them than this and a database gives up.
MOST_WORDS = 30


class Offered(Grouped):
    """For a filter by another record: what it offers is kept like the counts beside it.

    Django leaves the filter out where there is nothing to choose, and with it what was asked for.
    """

    def has_output(self):
        return bool(self.used_parameters) or super().has_output()

    def field_choices(self, field, request, model_admin) -> list[tuple]:
        """The values that can be chosen, each with its label."""
        rows = asked(model_admin.get_queryset(request).order_by().values("pk"))
        of_model = super().field_choices
        return counts_of(request).kept(
            ("offered", type(self).__qualname__, self.field_path, get_language(), rows),
            lambda: [(value, str(label)) for value, label in of_model(field, request, model_admin)],
        )


class OfferedRelated(Offered, filters.RelatedFieldListFilter):
    """All there are."""


class Occurring(filters.RelatedOnlyFieldListFilter):
    """Looks up what occurs without the rows of the list, where that can be told without them."""

    def field_choices(self, field, request, model_admin):
        found = facet_counts.on_all(model_admin.get_queryset(request), self.field_path)
        if found is None:
            return super().field_choices(field, request, model_admin)
        hanging, path = found
        ordering = self.field_admin_ordering(field, request, model_admin)
        occurring = {"pk__in": hanging.values(path).distinct()}
        return field.get_choices(include_blank=False, limit_choices_to=occurring, ordering=ordering)


class OfferedOnly(Offered, Occurring):
    """Only what occurs in the list."""


filters.FieldListFilter.register(lambda field: field.remote_field, OfferedRelated, take_priority=True)
facet_counts.register()


class Refused(Exception):
    """A query the list does not understand; the message says so to the curator."""


def known_names(query: QueryDict, model: type[Model], filter_names: Iterable[str] = ()) -> QueryDict:
    """The query without the names that are none of this list's: no field of it, nor a filter named otherwise."""
    fields = {field.name for field in model._meta.get_fields()} | {"pk", *filter_names}
    known = query.copy()
    for name in query:
        if name not in _CONTROLS and name.partition("__")[0] not in fields:
            del known[name]
    return known


def refuse_malformed(request: HttpRequest) -> None:
    """Raises Refused for what no list understands, before a database is asked."""
    if getattr(request, "query_too_long", False):
        raise Refused(_("The query is too long: nothing is shown. Remove some of it."))
    for name, values in request.GET.lists():
        regex = name.endswith(("__regex", "__iregex"))
        truth = name.endswith(("__isnull", "__isempty"))
        for value in values:
            if regex or not is_plain(name + value) or (truth and value.lower() not in _YES_NO):
                raise _unknown(name, value)
    order, page = request.GET.get(ORDER_VAR, ""), request.GET.get(PAGE_VAR, "1")
    if order and not _ORDER.fullmatch(order):
        raise _unknown(ORDER_VAR, order)
    if not (page.isascii() and page.isdigit() and int(page[:18]) > 0):
        raise _unknown(PAGE_VAR, page)
    if len(request.GET.get(SEARCH_VAR, "").split()) > MOST_WORDS:
        raise Refused(_("Search for at most %(count)d words: nothing is shown.") % {"count": MOST_WORDS})


def refuse_unknown_values(changelist: ChangeList) -> None:
    """Raises Refused for a value that a filter of the list does not offer, and for a page it does not have."""
    for spec in changelist.filter_specs:
        offered = _offered(spec)
        for value in _asked(spec, changelist.filter_params):
            if offered is not None and value not in offered:
                raise _unknown(str(spec.title), value)
    if changelist.page_num > max(1, changelist.paginator.num_pages):
        raise _unknown(PAGE_VAR, str(changelist.page_num))


def _asked(spec: filters.ListFilter, params: dict[str, list[str]]) -> Iterator[str]:
    """The values asked of a filter, under each name that Django takes for it."""
    path = getattr(spec, "field_path", "")
    for name in _NAMES:
        yield from params.get(path + name, [])
    for values in params.get(f"{path}__in", []):
        yield from values.split(",")


def _offered(spec: filters.ListFilter) -> set[str] | None:
    """Every value a filter knows, as an address writes it; None for those that check it themselves."""
    if isinstance(spec, filters.ChoicesFieldListFilter):
        return {str(value) for value, _label in spec.field.flatchoices}
    if isinstance(spec, filters.RelatedFieldListFilter):
        return {str(value) for value, _label in spec.lookup_choices}
    if isinstance(spec, filters.AllValuesFieldListFilter):
        return {str(value) for value in spec.lookup_choices}
    return None


def _unknown(name: str, value: str) -> Refused:
    words = {"value": shown(value), "name": shown(name)}
    return Refused(
        _("“%(value)s” is not a value that “%(name)s” knows: nothing is shown. Choose from the filters.")
        % words
    )


class StrictMixin:
    """For a ModelAdmin: a changelist under a query it does not understand is empty; `request.refused` says why.

    Its filters say how many rows each value has.
    """

    show_facets = ShowFacets.ALWAYS

    def get_changelist(self, request, **kwargs):
        return CountedChangeList

    def get_paginator(self, request, queryset, per_page, *arguments, **more):
        return KeptPaginator(counts_of(request), queryset, per_page)

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.none() if getattr(request, "refused", "") else queryset

    def get_changelist_instance(self, request):
        names = [getattr(each, "parameter_name", None) for each in self.get_list_filter(request)]
        request.GET = known_names(request.GET, self.model, filter(None, names))
        try:
            refuse_malformed(request)
            changelist = super().get_changelist_instance(request)
            refuse_unknown_values(changelist)
        except Refused as refused:
            request.refused = str(refused)
        except (IncorrectLookupParameters, SuspiciousOperation, ValueError, OverflowError):
            query = {"query": shown(request.GET.urlencode())}
            request.refused = _("The list cannot be filtered by “%(query)s”: nothing is shown.") % query
        else:
            return changelist
        kept = {name: request.GET[name] for name in _OF_THE_WINDOW if name in request.GET}
        request.GET = QueryDict(mutable=True)
        request.GET.update(kept)
        return super().get_changelist_instance(request)
