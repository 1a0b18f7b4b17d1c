"""`/api/`: the API explained to people; and what the page of one answer shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.api import schemas
from catalogue.api.documents import DOCUMENTS
from catalogue.api.hits import Hit
from catalogue.api.operations import Operation
from catalogue.api.parameters import FORMAT, MOST, SIZE, Parameter
from catalogue.api.places import Place, places
from listing.addresses import Address, translated
from listing.methods import reading_only
from listing.text import plain
from listing.views import site_of


@reading_only
def page(request: HttpRequest) -> HttpResponse:
    """What there is, how it is asked, what is promised."""
    context = {
        "places": [_row(place) for place in places().values()],
        "site": site_of(request),
        "size": SIZE,
        "most": MOST,
        "search": translated(reverse("api:search"), settings.LANGUAGE_CODE),
    }
    return render(request, "catalogue/api/reference.html", context)


def _row(place: Place) -> dict[str, Any]:
    address = translated(reverse(place.list_name), settings.LANGUAGE_CODE)
    return {
        "label": capfirst(str(place.label)),
        "url": reverse(place.list_name),
        "address": address,
        "one": f"{address}{{slug}}/" if place.page else "",
    }


def context_of(view: Operation, document: Any) -> dict[str, Any]:
    """What may be asked at an address, what its answer means, and where else the same is found."""
    request = view.request
    here = Address(request.path, [(name, value) for name, value in _asked(view) if name != FORMAT])
    return {
        "heading": _heading(view),
        "fields": [_field(each, request.query_params.getlist(each.name)) for each in _for_form(view)],
        "keys": list(_keys(view)),
        "address": translated(str(here), settings.LANGUAGE_CODE),
        "as_json": str(here.setting(FORMAT, "json")),
        "as_page": _page_of(view, here),
        "error": document.get("error", "") if isinstance(document, dict) else "",
        "previous": _here(document, "previous", here),
        "next": _here(document, "next", here),
    }


def _asked(view: Operation) -> Iterable[tuple[str, str]]:
    """What was asked under names that are known here, as links repeat it."""
    for each in view.parameters():
        for value in view.request.query_params.getlist(each.name)[: each.most]:
            if value.strip():
                yield each.name, plain(value)[:200]


def _heading(view: Operation) -> str:
    if view.place is None:
        return _("Search") if view.operation_id == "search" else _("What there is")
    return capfirst(str(view.place.one if view.operation_id.endswith("_get") else view.place.label))


def _for_form(view: Operation) -> list[Parameter]:
    """What a reader may fill in: where nothing but the form of the answer can be asked for, nothing."""
    return [each for each in view.parameters() if each.name != FORMAT]


def _field(parameter: Parameter, given: list[str]) -> dict[str, Any]:
    """A field of the form: one for each value that was given, and where several may be, one more."""
    values = [plain(value)[:200] for value in given if value.strip()][: parameter.most]
    if not values or len(values) < min(parameter.most, 4):
        values.append("")
    return {
        "name": parameter.name,
        "said": parameter.said,
        "values": values,
        "choices": parameter.values,
        "is_number": parameter.schema.get("type") == "integer",
        "least": parameter.schema.get("minimum"),
        "most": parameter.schema.get("maximum"),
        "is_single": parameter.most == 1,
    }


def _keys(view: Operation) -> Iterable[dict[str, str]]:
    """What the keys of a row, or of a thing, hold."""
    if view.operation_id == "search":
        shape = Hit
    elif view.place is None:
        return
    else:
        is_thing = view.operation_id.endswith("_get")
        shape = DOCUMENTS[view.place.name] if is_thing else schemas.row_of(view.place.list.table)
    for name, field in shape().fields.items():
        yield {"name": name, "said": str(field.help_text or "")}


def _page_of(view: Operation, here: Address) -> str:
    """The page of the catalogue that shows the same."""
    home = reverse("home")
    if view.operation_id == "search":
        return str(here.at(reverse("search")))
    if view.place is None:
        return home
    slug = f"{view.kwargs['slug']}/" if "slug" in view.kwargs else ""
    return str(here.at(f"{home}{view.place.name}/{slug}"))


def _here(document: Any, name: str, here: Address) -> str:
    """A neighbouring page on this page's own path."""
    url = document.get(name) if isinstance(document, dict) else None
    return f"{here.path}?{url.partition('?')[2]}" if url else ""
