"""What stands around the tables: datapackage.json and the README."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from records.dates import label
from sources.models import Source

NAME = "urban-innovation-catalogue"
PROFILE = "data-package"
TITLE = "Urban Innovation Catalogue"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
DESCRIPTION = (
    "What cities tried, what came of it, and how anyone knows: every public record of the catalogue, a table for each "
    "kind. Our own words and data are under CC BY 4.0; titles, headings and figures are carried over from the sources "
    "as facts, and full texts, where there are any below texts/, belong to their publishers. "
    "An empty cell means that nothing is printed in the source there, never zero and never a guess."
)

README = """\
{title}, version {version}
{line}

{description}

The files
---------
datapackage.json   describes all of this to programs: a Frictionless Data Package (https://datapackage.org)
data/*.csv         a table for each kind of record: UTF-8, commas, a header, line ends CR LF
texts/*.txt        full texts of sources, where their publishers' rights let readers see them

{files}

How to read it
--------------
Records are known by their natural keys, not by numbers: a case by its slug, an outcome by the slug of its case and its
key. A column such as `case` or `city` holds the key of a row of another table; datapackage.json says of which.
Lines are counted from 1 in the text of the source. Dates may be less exact than a day: 2014, 2014-11, 198X, 2020/2021.
Themes, inferred goals and whatever carries a reason are an editor's judgement.

Licence
-------
Our own words and the data: Creative Commons Attribution 4.0, https://creativecommons.org/licenses/by/4.0/.
Name the {title}{and_version}.
The texts of the sources belong to their publishers. Coordinates, local names, and districts and counties of cities, and
names of concepts that match themes, come from open data, named in data/sources.csv with its licence.

Loading it back
---------------
Into an empty catalogue of the same software:  python manage.py load_package datapackage.zip
"""


@dataclass(frozen=True)
class File:
    """One file of the package: its path there, its size in bytes, its SHA-256; of a table its rows and Table Schema."""

    path: str
    size: int
    sha256: str
    title: str
    about: str
    rows: int | None = None
    schema: dict[str, Any] | None = None


def version_of(files: Sequence[File]) -> str:
    """The version of the data: the same for the same data, wherever and whenever it is made."""
    text = "".join(f"{file.path} {file.sha256}\n" for file in sorted(files, key=lambda file: file.path))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def descriptor(files: Sequence[File], created: str) -> dict[str, Any]:
    """The content of datapackage.json. Asked for in the default language."""
    found: dict[str, Any] = {
        "profile": PROFILE,
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version_of(files),
        "created": created,
        "homepage": settings.SITE_URL,
        "licenses": [LICENCE],
        "sources": _sources(),
        "contributors": [{"title": TITLE, "role": "publisher"}],
        "resources": [_resource(file) for file in files],
    }
    if not settings.SITE_URL:
        del found["homepage"]
    return found


def _sources() -> list[dict[str, str]]:
    found = []
    for source in Source.objects.public().order_by("slug"):
        named = ", ".join(filter(None, (source.title, source.publisher, label(source.date))))
        found.append({"title": named, "path": source.url} if source.url else {"title": named})
    return found


def _resource(file: File) -> dict[str, Any]:
    name = file.path.partition("/")[2].rpartition(".")[0]
    found = {
        "name": name if file.schema else f"text-{name.lower()}",
        "path": file.path,
        "profile": "tabular-data-resource" if file.schema else "data-resource",
        "title": file.title[:1].upper() + file.title[1:],
        "description": file.about,
        "format": "csv" if file.schema else "txt",
        "mediatype": "text/csv" if file.schema else "text/plain",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.schema:
        found |= {"rows": file.rows, "dialect": DIALECT, "schema": file.schema}
    return found


def readme(files: Sequence[File], version: str) -> str:
    """The README of the package, in plain words."""
    width = max((len(file.path) for file in files), default=0)
    listed = [
        f"{file.path:<{width}}  {'text' if file.rows is None else f'{file.rows} rows'}" for file in files
    ]
    head = f"{TITLE}, version {version}"
    return README.format(
        title=TITLE,
        version=version,
        line="=" * len(head),
        description=DESCRIPTION,
        files="\n".join(listed),
        and_version=f" and the version, {version}",
    )
