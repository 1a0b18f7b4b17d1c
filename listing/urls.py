"""Address patterns of a list and of one thing. Formats come from the registry: a new one needs no address."""

from django.urls import path
from django.urls.resolvers import URLPattern

from listing.converters import FORMAT


def list_page(place: str, view: type, name: str) -> URLPattern:
    """`<place>/`: the page of a list."""
    return path(f"{place}/", view.as_view(), name=name)


def list_data(place: str, view: type, name: str) -> URLPattern:
    """`<place>.csv`, `.json` and so on: the same rows; reverse it with the format."""
    return path(f"{place}.{FORMAT}", view.as_view(), name=name)


def detail_page(place: str, view: type, name: str) -> URLPattern:
    """`<place>/<slug>/`: the page of one thing."""
    return path(f"{place}/<slug:slug>/", view.as_view(), name=name)


def detail_data(place: str, view: type, name: str) -> URLPattern:
    """`<place>/<slug>.json`: the document of one thing."""
    return path(f"{place}/<slug:slug>.json", view.as_view(), {"format": "json"}, name=name)


def detail_citation(place: str, view: type, name: str) -> URLPattern:
    """`<place>/<slug>.bib`, `.ris`, `.csl.json`: how the page of one thing is cited; reverse it with the format."""
    return path(f"{place}/<slug:slug>.<citation_format:format>", view.as_view(), name=name)
