"""Exports of what a changelist of the admin shows, through the same exporter as the pages."""

import copy
import datetime
import json
from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from listing import exports
from listing.columns import Column, Table, Value
from listing.converters import FORMAT
from listing.formats.base import Export
from listing.strict import StrictMixin
from listing.views import site_of
from records.models import Record

# About how much of the list is shown, not about which rows are in it.
_OF_THE_PAGE = (PAGE_VAR, ALL_VAR)


def _value(field: Field, record: Model) -> Value:
    """The stored value; a foreign key as the natural key of what it points to, its parts joined by "/"."""
    if field.is_relation:
        related = getattr(record, field.name)
        if related is None:
            return None
        return "/".join(map(str, related.natural_key())) if isinstance(related, Record) else str(related)
    value = field.value_from_object(record)
    is_data = value is None or isinstance(value, int | float | Decimal | datetime.date | list)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value if is_data else str(value)


def model_table(model: type[Model], without: tuple[str, ...] = ()) -> Table:
    """Every stored field of a model but those named in `without` as a column, named as the field is."""
    columns = [
        Column(field.name, partial(_value, field), str(field.help_text or field.verbose_name))
        for field in model._meta.concrete_fields
        if field.name not in without
    ]
    return Table(model._meta.model_name, columns)


def _keys_at_hand(model: type[Model]) -> list[str]:
    """The relations to join so that every natural key in a row is read with the row."""
    joined = []
    for field in model._meta.concrete_fields:
        if field.is_relation:
            is_record = issubclass(field.related_model, Record)
            lookups = field.related_model.natural_lookups() if is_record else [""]
            joined += {f"{field.name}__{lookup}".rpartition("__")[0] for lookup in lookups}
    return joined


class ExportMixin(StrictMixin):
    """For a ModelAdmin: links above the list that export it as filtered and ordered, all pages of it.

    `never_exported` names the fields that are nobody's business outside the database.
    """

    change_list_template = "admin/listing_change_list.html"
    never_exported: tuple[str, ...] = ()

    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.export_view)
        return [
            path(f"export/{FORMAT}/", view, name=self._export_name()),
            # The kind stands in the path: in the query the changelist would take it for a filter.
            path(f"export/{FORMAT}/<slug:kind>/", view, name=self._export_name()),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        links = self._export_links(request) if self.has_view_permission(request) else []
        response = super().changelist_view(request, {"listing_export_links": links, **(extra_context or {})})
        refused = getattr(request, "refused", "")
        if refused and hasattr(response, "context_data"):
            messages.error(request, refused)
            response.context_data["listing_export_links"] = []
        return response

    def _export_links(self, request: HttpRequest) -> list[dict]:
        query = request.GET.copy()
        for name in _OF_THE_PAGE:
            query.pop(name, None)
        tail = f"?{query.urlencode()}" if query else ""
        links = []
        for form in exports.forms_of(self.export_table()):
            for kind, label in [("", form.label), *form.kinds]:
                arguments = [form.name, kind] if kind else [form.name]
                url = reverse(f"{self.admin_site.name}:{self._export_name()}", args=arguments) + tail
                links.append({"label": label, "url": url})
        return links

    def export_view(self, request: HttpRequest, format: str, kind: str = "") -> HttpResponse:
        """The rows of the changelist under the same query; 403 without the right to view them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = exports.form_of(format, self.export_table())
        if form is None:
            raise Http404(_("This list has no form “.%(format)s”.") % {"format": format})
        try:
            exports.kind_of(form, [kind])
        except exports.UnknownKind as error:
            return exports.refusal(form, [str(error)])
        asked = copy.copy(request)
        asked.GET = request.GET.copy()
        for name in _OF_THE_PAGE:
            asked.GET.pop(name, None)
        rows = self.get_changelist_instance(asked).queryset.select_related(*_keys_at_hand(self.model))
        if getattr(asked, "refused", ""):
            return exports.refusal(form, [asked.refused])
        if said := exports.too_many(form, rows):
            return exports.refusal(form, [said])
        return exports.response(
            form, Export(self.export_table(), self.export_rows(rows), site_of(request), kind)
        )

    def export_table(self) -> Table:
        """The columns of the export; a room above may add what it knows of a record."""
        return model_table(self.model, without=self.never_exported)

    def export_rows(self, rows: QuerySet) -> QuerySet:
        """The rows of the export, with what added columns read."""
        return rows
