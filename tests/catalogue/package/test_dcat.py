"""The record of the data package for data catalogues, read by a program that knows linked data."""

import json
import re

import pytest
from rdflib import DCAT, RDF, Graph, URIRef

from catalogue.package import kept
from tests.factories import make_case
from tests.web import body_of

VERSION = URIRef("http://www.w3.org/ns/dcat#version")  # DCAT 3, which the parser does not know yet

pytestmark = pytest.mark.django_db


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # the parser's own
def test_the_record_has_the_version_and_leads_to_the_files(client):
    make_case()
    package = kept.package()
    graph = Graph().parse(data=body_of(client.get("/download/dcat.jsonld")).decode(), format="json-ld")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(dataset) == "http://testserver/download/"
    assert str(graph.value(dataset, VERSION)) == package.document["version"]
    files = {str(graph.value(each, DCAT.downloadURL)) for each in graph.objects(dataset, DCAT.distribution)}
    assert files == {f"http://testserver/download/datapackage.{form}" for form in ("zip", "json")}
    for address in files:
        assert client.head(address).status_code == 200


def test_the_page_names_the_record_and_is_linked_data_itself(client):
    make_case()
    package = kept.package()
    html = body_of(client.get("/download/")).decode()
    assert '<link rel="describedby" type="application/ld+json" href="/download/dcat.jsonld">' in html
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(text)["version"] == package.document["version"]
