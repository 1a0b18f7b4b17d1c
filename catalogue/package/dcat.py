"""The data package as a record of a data catalogue: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), in JSON-LD."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from catalogue.package.descriptor import DESCRIPTION, LICENCE, TITLE
from catalogue.package.kept import Package
from listing import linked

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KEYWORDS = ("urban innovation", "cities", "case studies", "declarations", "outcomes")
_IANA = "https://www.iana.org/assignments/media-types/"
_FRICTIONLESS = "https://specs.frictionlessdata.io/data-package/"


def record(package: Package, site: str) -> dict[str, Any]:
    """The dataset with its version and both files. Asked for in the default language."""
    document = package.document
    page = site + reverse("download")
    return {
        "@context": _CONTEXT,
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": TITLE,
        "dct:description": DESCRIPTION,
        "dct:identifier": page,
        "dcat:version": document["version"],
        "dct:issued": _time(document["created"]),
        "dct:modified": _time(document["created"]),
        "dct:language": ["en", "zh-Hans"],
        "dct:license": {"@id": LICENCE["path"]},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": TITLE, "foaf:homepage": {"@id": f"{site}/"}},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": TITLE,
            "vcard:hasEmail": {"@id": f"mailto:{settings.OPERATOR_EMAIL}"},
        },
        "dcat:keyword": list(KEYWORDS),
        "dcat:landingPage": {"@id": page},
        "dct:source": [each["title"] for each in document["sources"]],
        "dcat:distribution": [
            _distribution(package, site, "zip", "application/zip", package.size),
            _distribution(package, site, "json", "application/json", package.descriptor_path.stat().st_size),
        ],
    }


def dataset(package: Package, site: str) -> dict[str, Any]:
    """The same for search engines, in the terms of schema.org."""
    return linked.document(
        "Dataset",
        site + reverse("download"),
        name=TITLE,
        description=DESCRIPTION,
        version=package.document["version"],
        dateModified=package.document["created"],
        license=LICENCE["path"],
        isAccessibleForFree=True,
        keywords=list(KEYWORDS),
        creator=linked.publisher(site),
        distribution=[
            linked.thing("DataDownload", encodingFormat=kind, contentUrl=_file(site, form))
            for form, kind in (("zip", "application/zip"), ("json", "application/json"))
        ],
    )


def _file(site: str, form: str) -> str:
    return site + reverse("download_data", args=[form])


def _time(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}


def _distribution(package: Package, site: str, form: str, kind: str, size: int) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "@id": _file(site, form),
        "dct:title": f"datapackage.{form}",
        "dcat:downloadURL": {"@id": _file(site, form)},
        "dcat:mediaType": {"@id": _IANA + kind},
        "dcat:byteSize": size,
        "dct:conformsTo": {"@id": _FRICTIONLESS},
        "dct:license": {"@id": LICENCE["path"]},
    }
