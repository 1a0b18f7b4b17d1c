"""The saved lists a person finds: their own and those shared, of what they may view."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import IS_POPUP_VAR, PAGE_VAR
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from curation.desk.models import SavedList


@dataclass(frozen=True)
class Shown:
    """A saved list as a page shows it."""

    pk: int
    name: str
    url: str
    kind: str
    shared: bool
    own: bool
    owner: str


def model_of(label: str, request: HttpRequest) -> type[models.Model] | None:
    """The kind of record of that name, where it has a list that the person may view; else None."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not admin.site.is_registered(model):
        return None
    return model if admin.site.get_model_admin(model).has_view_permission(request) else None


def cleaned(query: str) -> str:
    """The filters, search and order of a list without what is of one visit."""
    asked = QueryDict(query, mutable=True)
    for name in (PAGE_VAR, IS_POPUP_VAR, "e"):
        asked.pop(name, None)
    return asked.urlencode()


def saved_for(request: HttpRequest, label: str = "") -> list[Shown]:
    """The saved lists of a person, of one kind of record where `label` names it."""
    found = SavedList.objects.for_user(request.user)
    rows = found.filter(model=label) if label else found
    return [shown for row in rows if (shown := _shown(row, request))]


def _shown(row: SavedList, request: HttpRequest) -> Shown | None:
    model = model_of(row.model, request)
    if model is None:
        return None
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    url = f"{address}?{row.query}" if row.query else address
    own = row.owner_id == request.user.pk
    kind = str(model._meta.verbose_name_plural)
    return Shown(row.pk, row.name, url, kind, row.shared, own, row.owner.get_username())
