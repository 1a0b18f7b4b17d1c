"""The public page of what is not public yet, as it will look.

The record, and what it hangs on, is published for as long as the page is made, within a transaction that is taken back.
So nothing needs a second way to be shown, and the page is the very one that readers will get: parts that are public
only with it included. Search does not look into a transaction that is going on, so it never learns of it.
"""

from __future__ import annotations

import copy

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.cache import patch_cache_control

from records.models import Publishable, Record


def preview(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """The page as readers would see it, marked as a preview, kept by nobody; 403 without the right to view."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    response = _made(record, request)
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _made(record: Publishable, request: HttpRequest) -> HttpResponse:
    shown = copy.copy(request)
    shown.method = "GET"
    shown.path = shown.path_info = record.get_absolute_url()
    shown.resolver_match = resolve(shown.path)
    shown.is_preview, shown.is_seen_by_readers = True, record.is_public
    shown.preview_of = reverse(admin_urlname(record._meta, "change"), args=[record.pk])
    view, arguments = shown.resolver_match.func, shown.resolver_match.kwargs
    with transaction.atomic():
        _publish_for_now(record)
        response = view(shown, **arguments)
        if hasattr(response, "render"):
            response.render()
        transaction.set_rollback(True)
    return response


def _publish_for_now(record: Record) -> None:
    values = {"hidden": False}
    if isinstance(record, Publishable):
        values["state"] = Publishable.State.PUBLISHED
    type(record)._base_manager.filter(pk=record.pk).update(**values)
    for name in record.public_parents:
        if parent := getattr(record, name):
            _publish_for_now(parent)
