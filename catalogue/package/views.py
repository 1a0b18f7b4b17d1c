"""`/download/`: what the data package holds, and the package itself, as it lies on disk."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.package import dcat, kept, tables
from catalogue.package.kept import Package
from listing.formats import json_text
from listing.methods import reading_only
from listing.views import site_of
from records.models import FormerSlug

TYPES = {"zip": "application/zip", "json": "application/json; charset=utf-8"}
RETRY_AFTER = 30  # seconds


@reading_only
def page(request: HttpRequest) -> HttpResponse:
    """What is in the package, how large, of which version, how to cite it and how to load it back."""
    found = kept.package()
    address = site_of(request) + reverse("download")
    context = {"package": found, "address": address}
    if found:
        with override(settings.LANGUAGE_CODE):
            context["linked_data"] = dcat.dataset(found, site_of(request))
        context |= {
            "tables": list(_tables(found)),
            "texts": sum(each["path"].startswith("texts/") for each in found.document["resources"]),
            "version": found.document["version"],
            "created": parse_datetime(found.document["created"]),
            "made_at": _time(found),
        }
    return render(request, "catalogue/download.html", context)


def _tables(package: Package) -> Iterable[dict]:
    models = tables.models_by_table()
    for resource in package.document["resources"]:
        if "schema" in resource:
            model = models.get(resource["name"])
            label = model._meta.verbose_name_plural if model else FormerSlug._meta.verbose_name_plural
            yield {
                "file": resource["path"],
                "label": label,
                "rows": resource["rows"],
                "bytes": resource["bytes"],
            }


def _time(package: Package) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(int(package.made_at), datetime.UTC)


@reading_only
def data(request: HttpRequest, form: str) -> HttpResponse:
    """The package (zip), or its datapackage.json, streamed from disk; 503 while the first one is being made."""
    found = kept.package()
    if found is None:
        return _not_yet()
    etag, made = f'"{found.etag}-{form}"', _time(found)
    answer = get_conditional_response(request, etag=etag, last_modified=int(made.timestamp()))
    if answer is None:
        try:
            answer = _file(found.path if form == "zip" else found.descriptor_path, form, request.method)
        except FileNotFoundError:  # a newer one has just taken its place
            return _not_yet()
    answer["ETag"], answer["Last-Modified"] = etag, http_date(made.timestamp())
    return answer


def _file(path: Path, form: str, method: str) -> HttpResponse:
    file = path.open("rb")  # closed by Django when the answer has been sent
    answer = FileResponse(file, as_attachment=form == "zip", filename=f"datapackage.{form}")
    if method == "HEAD":
        file.close()
        answer = HttpResponse(headers=answer.headers)
    answer["Content-Type"] = TYPES[form]
    # Parts of it cannot be asked for: the whole is sent instead, as the protocol has it.
    answer["Accept-Ranges"] = "none"
    return answer


def _not_yet() -> HttpResponse:
    with override("en"):
        message = _("The data package is being made. Try again in a moment.")
    answer = HttpResponse(message + "\n", status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


@reading_only
def catalogue_record(request: HttpRequest) -> HttpResponse:
    """`/download/dcat.jsonld`: the package as a record of a data catalogue; 503 while there is none yet."""
    found = kept.package()
    if found is None:
        return _not_yet()
    with override(settings.LANGUAGE_CODE):
        body = json_text.text(dcat.record(found, site_of(request))) + "\n"
    return HttpResponse(body, content_type="application/ld+json")
