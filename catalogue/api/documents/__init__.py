"""The shape of the document of one thing of each kind, as `/cases/<slug>.json` and its like give it.

A new one is a class in the module of its room (`named` and `themes` are of parts of one) and a line in `DOCUMENTS`;
`parts` has what several are made of. Where a document is the row of the list, that row is enough.

A key that a document has and this does not, or the other way round, is found by the tests, which hold every public
record to it.
"""

from __future__ import annotations

from rest_framework.serializers import Serializer

from catalogue.api import schemas
from catalogue.api.documents import cases, cities, declarations, named, themes
from notes.columns import NOTES
from sources.columns import SOURCES

# By the place whose things they are.
DOCUMENTS: dict[str, type[Serializer]] = {
    "cases": cases.Case,
    "themes": themes.Theme,
    "partners": named.Organisation,
    "places": named.Place,
    "cities": cities.City,
    "plans": cities.Plan,
    "alliances": cities.Alliance,
    "declarations": declarations.Declaration,
    "notes": schemas.row_of(NOTES),
    "sources": schemas.row_of(SOURCES),
}
