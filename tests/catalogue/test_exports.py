"""What all exports of the catalogue have in common."""

import pytest

from catalogue.dictionary import TABLES
from sources.models import Source
from tests.everything import make_everything
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_url_is_the_page_of_the_row_in_every_table(client, name):
    make_everything(1)
    Source.objects.update(url="https://example.org/original.pdf")
    for row in (*csv_rows(client, f"/{name}.csv"), *json_of(client, f"/{name}.json")["results"]):
        slug = row.get("id") or row["city_id"]
        assert row["url"] == f"http://testserver/{name}/{slug}/"
        assert client.get(row["url"]).status_code == 200


def test_the_original_of_a_source_has_a_name_of_its_own(client):
    make_everything(1)
    Source.objects.update(url="https://example.org/original.pdf")
    [row] = [row for row in csv_rows(client, "/sources.csv") if row["original_url"]][:1]
    assert row["original_url"] == "https://example.org/original.pdf"


@pytest.mark.parametrize("name", ["cases", "declarations", "alliances", "plans"])
def test_so_is_the_url_of_a_document(client, name):
    make_everything(1)
    [slug] = [row["id"] for row in csv_rows(client, f"/{name}.csv")]
    assert json_of(client, f"/{name}/{slug}.json")["url"] == f"http://testserver/{name}/{slug}/"
