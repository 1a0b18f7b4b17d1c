"""The list of what was deleted of a kind of record and is not there: searched by name, with links to other kinds."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records import merged, past
from records.admin import searching
from records.admin.history_pages import ROWS, HistoryPage
from records.models import Record
from records.operations import Change

LONGEST_SEARCH = 200


class DeletedPages(HistoryPage):
    """For a ModelAdmin of what the history follows."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", self.admin_site.admin_view(self.deleted_view), name=f"{name}_deleted"),
            *super().get_urls(),
        ]

    def deleted_view(self, request):
        """The records of this kind that were deleted and are not there, the last deleted first; `q` is looked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        page = Paginator(_called(self.model, asked), ROWS).get_page(request.GET.get("p"))
        merges = merged.merged(self.model, [change.object_id for change in page])
        for change in page:
            change.merge = merges.get(change.object_id)
        context = self._context(
            request,
            title=_("Deleted: %(kinds)s") % {"kinds": self.opts.verbose_name_plural},
            page=page,
            asked=asked,
            other_kinds=self._other_kinds(request, asked),
            may_restore=self.may_restore(request),
            restore_name=f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_restore",
            history_name=f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_history",
        )
        return TemplateResponse(request, "admin/records/deleted.html", context)

    def _other_kinds(self, request: HttpRequest, asked: str) -> list[dict]:
        """The lists of other kinds of which something called so is deleted, with how many there are."""
        deletions = Change.objects.filter(action=Change.Action.DELETED).order_by()
        labels = set(deletions.values_list("model", flat=True).distinct())
        found = []
        for model, model_admin in self.admin_site._registry.items():
            has_list = (
                isinstance(model_admin, DeletedPages) and model is not self.model and not _is_part(model)
            )
            if not has_list or model._meta.label_lower not in labels:
                continue
            if model_admin.has_view_permission(request) and (count := _called(model, asked).count()):
                name = capfirst(str(model._meta.verbose_name_plural))
                found.append({"name": name, "count": count, "url": model_admin._at("deleted")})
        return sorted(found, key=lambda each: each["name"])

    # --- where to find it

    def deletion_note(self, request: HttpRequest) -> dict:
        """What the pages that ask before deleting say of bringing back."""
        url = self._at("deleted") if self.has_view_permission(request) else ""
        return {
            "deleted_url": url,
            "may_restore": self.may_restore(request),
            "kinds": self.opts.verbose_name_plural,
        }

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(
            request, object_id, {**self.deletion_note(request), **(extra_context or {})}
        )

    def changelist_view(self, request, extra_context=None):
        more = {"deleted_url": self._at("deleted") if self.has_view_permission(request) else ""}
        response = super().changelist_view(request, {**more, **(extra_context or {})})
        context = getattr(response, "context_data", None)
        if context and "deletable_objects" in context:  # the page that asks before many are deleted
            context.update(self.deletion_note(request))
        return response


def _called(model: type[models.Model], asked: str) -> models.QuerySet[Change]:
    """The deletions of a kind, of those whose names hold every word that is asked for, in any language."""
    return past.deleted_of(model).filter(searching.deletions(model, asked))


def _is_part(model: type[models.Model]) -> bool:
    """Whether it is edited, and comes back, with the record it is part of."""
    return issubclass(model, Record) and model.is_part()
