"""What all exports of the catalogue have in common."""

import pytest

from catalogue.dictionary import TABLES
from cities.models import Plan
from sources.models import Source
from tests.everything import make_everything
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db


# Cities like mine answer a question: tests/cases/alike/ holds their addresses.
@pytest.mark.parametrize("name", [table.name for table in TABLES if table.name != "like-mine"])
def test_url_is_the_page_of_the_row_in_every_table(client, name):
    make_everything(1)
    Source.objects.update(url="https://example.org/original.pdf")
    for row in (*csv_rows(client, f"/{name}.csv"), *json_of(client, f"/{name}.json")["results"]):
        slug = row.get("id") or row.get("city_id")
        page, _hash, place = row["url"].partition("#")
        wanted = f"/notes/{slug}/" if name == "unknowns" else f"/{name}/{slug}/"
        # These stand on the page of what they are part of.
        if name in ("outcomes", "lessons", "targets", "crosswalk"):
            wanted = f"/cases/{row['case']}/" if row["case"] else f"/plans/{row['plan']}/"
        if name == "map":
            wanted = f"/cities/{slug}/"
        if name == "members":
            wanted = f"/alliances/{row['alliance']}/"
        assert page == f"http://testserver{wanted}"
        html = client.get(page)
        assert html.status_code == 200
        assert not place or f'id="{place}"' in html.content.decode()


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


@pytest.mark.parametrize("prefix", ["/zh-hans", "/en"])
@pytest.mark.parametrize("place", ["/cases.csv", "/cities.json", "/plans/own.json"])
def test_a_data_address_under_a_language_leads_to_the_one_there_is_with_its_query(client, prefix, place):
    make_everything(1)
    Plan.objects.update(slug="own")
    query = "?theme=theme-1&q=%E7%BB%BF&for="
    answer = client.get(prefix + place + query)
    assert (answer.status_code, answer["Location"]) == (301, place + query)
    assert client.get(prefix + place)["Location"] == place
    assert client.get(place).status_code == 200


def test_no_other_address_under_a_language_becomes_data(client):
    for address in ("/zh-hans/about.csv", "/zh-hans//example.org/cases.csv", "/zh-hans/targets/x.json"):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/zh-hans/cases.csv?q={'x' * 17_000}").status_code == 400


def test_the_file_for_spreadsheets_has_a_name_of_its_own(client):
    names = [client.get(f"/cases.csv{query}")["Content-Disposition"] for query in ("", "?for=spreadsheet")]
    assert names == [f'attachment; filename="{name}.csv"' for name in ("cases", "cases-spreadsheet")]
