"""Examples for the description: what the addresses answer at that moment, of the data there is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import resolve

from catalogue.api.operations import Operation
from catalogue.api.rendering import written

JSON = "application/json"
# Of a text so much is shown.
_LONGEST = 300
# What is asked for where nothing would be found without a word.
_ASKED = {"search": {"q": "housing", "page_size": "1"}}
# Of a request, what says where the catalogue is and not what was asked.
_SITE = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")


def slugs(view: Operation) -> list[str]:
    """The first public slug of what a view has, if it has any."""
    return list(
        view.place.page.record_class.objects.public().order_by("slug").values_list("slug", flat=True)[:1]
    )


def add(paths: Mapping[str, Any], request: HttpRequest) -> None:
    """Gives each operation what it answers now, where there is something to answer."""
    for path, operations in paths.items():
        operation = operations["get"]
        if (address := _address(path, operation)) and (
            found := _answer(address, operation, request)
        ) is not None:
            content = operation["responses"]["200"]["content"][JSON]
            content["examples"] = {"now": {"summary": "As of now, shortened", "value": _shortened(found)}}


def _address(path: str, operation: Mapping[str, Any]) -> str:
    """The path with the slug that is its example, "" where there is none."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            values = [each["value"] for each in parameter.get("examples", {}).values()]
            return path.replace("{slug}", values[0]) if values else ""
    return path


def _answer(address: str, operation: Mapping[str, Any], request: HttpRequest) -> Any:
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.META = {name: request.META[name] for name in _SITE if name in request.META}
    asked.GET = QueryDict(mutable=True)
    asked.GET.update(_ASKED.get(operation["operationId"], {}))
    view, arguments, named = resolve(address)
    response = view(asked, *arguments, **named)
    return json.loads(written(response.data)) if response.status_code == 200 else None


def _shortened(value: Any) -> Any:
    """Of each list the first, of each long text the beginning."""
    if isinstance(value, dict):
        return {name: _shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each) for each in value[:1]]
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value
