"""What an operation of the API says of itself, for its description: what it is called, what may be asked, and what it
answers, in words, as a shape and by an example from the data.
"""

from __future__ import annotations

from collections.abc import Mapping

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from catalogue.api import example, schemas
from catalogue.api.documents import DOCUMENTS
from catalogue.api.hits import Hits
from catalogue.api.operations import Operation

JSON, HTML = "application/json", "text/html"
_SLUG = "^[-a-zA-Z0-9_]+$"


class Collection(serializers.Serializer):
    """A list and its things."""

    title = schemas.known("what its things are called")
    list = schemas.address("the list")
    one = schemas.text(
        "one of its things, with its slug in the place of {slug}; null where they have no documents"
    )


class Root(serializers.Serializer):
    """What there is."""

    title = schemas.known("name of the catalogue")
    description = schemas.address("this API as OpenAPI describes it")
    documentation = schemas.address("this API explained to people")
    everything = schemas.address("where all data can be downloaded at once")
    licence = schemas.address("licence of our own words and data")
    search = schemas.address("the search of the whole catalogue")
    collections = serializers.DictField(child=Collection(), help_text="the lists, by name")


def summary(view: Operation) -> str:
    """The operation in a few words."""
    return {
        "root": lambda: "What there is",
        "search": lambda: "Search the whole catalogue",
        "list": lambda: f"List {view.place.label}",
        "get": lambda: f"One {view.place.one} by its slug",
    }[_kind(view)]()


def description(view: Operation) -> str:
    """The operation in a sentence or two."""
    if _kind(view) == "list":
        place = view.place
        return f"The rows of `/{place.name}.json`, page by page, as the page `/{place.name}/` filters and orders them."
    if _kind(view) == "get":
        name = view.place.name
        return f"The document `/{name}/<slug>.json`. A former slug redirects, a withdrawn record answers 410."
    if _kind(view) == "search":
        return "Cases, cities, declarations, articles, alliances and plans that hold the words, best first."
    return "Every list with its address."


def _kind(view: Operation) -> str:
    return view.operation_id.rpartition("_")[2]


def path_parameters(view: Operation) -> list[OpenApiParameter]:
    """The slug of a thing."""
    if _kind(view) != "get":
        return []
    examples = [OpenApiExample("a public one", slug) for slug in example.slugs(view)]
    schema = {"type": "string", "pattern": _SLUG}
    said = "Slug, as lists have it"
    return [OpenApiParameter("slug", schema, OpenApiParameter.PATH, True, said, examples=examples)]


def headers() -> list[OpenApiParameter]:
    """What stands in the head of an answer."""
    said = {
        "ETag": ("for `If-None-Match`", [200, 304]),
        "Link": (
            "where this description is (`service-desc`), and where people read about it (`service-doc`)",
            [200],
        ),
        "Retry-After": ("seconds until it is worth asking again", [503]),
        "Location": ("the address it has now", [301]),
        "Allow": ("the methods there are", [405]),
    }
    place = OpenApiParameter.HEADER
    return [
        OpenApiParameter(name, str, place, description=text, response=statuses)
        for name, (text, statuses) in said.items()
    ]


def responses(view: Operation) -> Mapping[tuple[int, str], OpenApiResponse]:
    """Every answer there is, by its status."""
    problem, kind = schemas.Problem, _kind(view)
    found: dict[int, tuple[type | None, str]] = {
        200: (_shape(view), "The answer."),
        304: (None, "Nothing has changed since the ETag that was sent."),
        400: (problem, "A value that is not known; the message names it."),
        406: (problem, "Asked for something else than JSON or HTML."),
    }
    if kind == "get":
        found[301] = (None, "It has another slug now.")
        found[404] = (problem, "There is no such public record.")
        found[410] = (schemas.Withdrawn, "It was withdrawn; when and why.")
    if kind in ("list", "search"):
        found[404] = (problem, "There is no such page.")
        found[503] = (problem, "The search index is being built; `Retry-After` says when to ask again.")
    found[405] = (problem, "Anything but GET, HEAD and OPTIONS.")
    made: dict[tuple[int, str], OpenApiResponse] = {}
    for status, (shape, said) in sorted(found.items()):
        made[status, JSON] = OpenApiResponse(shape, said)
        if shape:
            made[status, HTML] = OpenApiResponse(str, said)
    return made


def _shape(view: Operation) -> type[serializers.Serializer]:
    kind = _kind(view)
    if kind == "list":
        return schemas.list_of(view.place.list.table, view.place.is_searched)
    if kind == "get":
        return DOCUMENTS[view.place.name]
    return Hits if kind == "search" else Root


class Described(AutoSchema):
    """Asks the view what it is called and what may be asked of it, and says what it answers."""

    def get_operation_id(self) -> str:
        return self.view.operation_id

    def get_summary(self) -> str:
        return summary(self.view)

    def get_description(self) -> str:
        return description(self.view)

    def get_tags(self) -> list[str]:
        return [self.view.place.name if self.view.place else "catalogue"]

    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [
            *path_parameters(self.view),
            *(parameter.described() for parameter in self.view.parameters()),
            *headers(),
        ]

    def get_response_serializers(self) -> Mapping[tuple[int, str], OpenApiResponse]:
        return responses(self.view)
