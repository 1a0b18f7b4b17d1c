"""Every list in every form: readers of BibTeX, RIS, Atom, GeoJSON and XLSX find in it the rows that the CSV has."""

import io
import json

import bibtexparser
import feedparser
import openpyxl
import pytest
import rispy

from catalogue.dictionary import TABLES
from catalogue.found import FOUND
from cities.models import City, Plan
from listing import exports
from sources.models import Source
from tests.everything import make_everything
from tests.web import body_of, csv_rows

pytestmark = pytest.mark.django_db
# Cities like mine answer a question.
LISTS = [table for table in (*TABLES, FOUND) if table.name != "like-mine"]
SITE = "http://testserver"


@pytest.fixture(params=LISTS, ids=lambda table: table.name)
def table(request):
    make_everything(3)
    Source.objects.update(publisher="A {publisher} & co.", date="2014-11")
    for source in Source.objects.all():  # a document is cited where it stands outside
        Source.objects.filter(pk=source.pk).update(url=f"https://example.org/{source.slug}")
    City.objects.update(latitude="20.03421", longitude="110.34651")
    return request.param


def address(table, form: str) -> str:
    return f"/{table.name}.{form}{'?q=case' if table.name == 'search' else ''}"


def text(client, table, form: str) -> str:
    answer = client.get(address(table, form))
    assert answer.status_code == 200
    return body_of(answer).decode()


def test_each_row_is_cited_once_under_a_name_of_its_own_by_where_it_stands(client, table):
    rows = csv_rows(client, address(table, "csv"))
    library = bibtexparser.parse_string(text(client, table, "bib"), append_middleware=[])
    records = rispy.loads(text(client, table, "ris"))
    assert not library.failed_blocks
    assert rows and len(library.entries) == len(records) == len(rows)
    assert len({entry.key for entry in library.entries}) == len(rows)
    cited = [{field.key: str(field.value) for field in entry.fields} for entry in library.entries]
    assert [each["url"] for each in cited] == [each["urls"][0] for each in records]
    assert len({each["url"] for each in cited}) == len(rows)
    assert all(each["title"].strip("{}") for each in cited)


def test_what_is_cited_stands_where_the_citation_says(client, table):
    for record in rispy.loads(text(client, table, "ris")):
        if not record["urls"][0].startswith(SITE):
            assert table.name == "sources"
            continue
        page, _hash, place = record["urls"][0].removeprefix(SITE).partition("#")
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert not place or f'id="{place}"' in answer.content.decode(), (page, place)


def test_the_feed_has_what_changed_last_and_each_entry_a_name_of_its_own(client, table):
    rows = csv_rows(client, address(table, "csv"))
    feed = feedparser.parse(text(client, table, "atom"))
    assert not feed.bozo
    assert len(feed.entries) == len({entry.id for entry in feed.entries}) == min(len(rows), 50)
    times = [entry.updated_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)


def test_where_rows_lie_somewhere_they_are_features_and_each_list_is_a_workbook(client, table):
    rows = csv_rows(client, address(table, "csv"))
    if exports.form_of("geojson", table):
        features = json.loads(text(client, table, "geojson"))["features"]
        assert len(features) == len(rows)
        assert any(feature["geometry"] for feature in features)
    book = openpyxl.load_workbook(io.BytesIO(body_of(client.get(address(table, "xlsx")))))
    assert book.worksheets[0].max_row == len(rows) + 1


def test_every_list_of_what_lies_in_a_city_is_geojson():
    without = [table.name for table in LISTS if not exports.form_of("geojson", table)]
    assert without == ["themes", "declarations", "alliances", "sources"]


def test_every_list_is_cited_and_followed():
    assert [table.name for table in LISTS if not exports.form_of("bib", table)] == []
    assert [table.name for table in LISTS if not exports.form_of("atom", table)] == []


def test_a_feed_says_in_its_title_what_it_is_of(client):
    make_everything(1)
    titles = {
        address: feedparser.parse(body_of(client.get(address))).feed.title
        for address in ("/cases.atom", "/cases.atom?started=unknown&q=case", "/notes.atom")
    }
    assert list(titles.values()) == [
        "Urban Innovation Catalogue: cases",
        "Urban Innovation Catalogue: cases (q=case, started=unknown)",
        "Urban Innovation Catalogue: source checks",
    ]


def test_of_a_document_nothing_is_cited_that_it_does_not_say_of_itself(client):
    make_everything(1)
    Source.objects.update(publisher="", date="", url="")
    for record in rispy.loads(body_of(client.get("/sources.ris")).decode()):
        assert record.keys() <= {"type_of_reference", "id", "title", "language", "keywords", "authors"}
        assert "Urban Innovation Catalogue," not in record.get("authors", [])
    library = bibtexparser.parse_string(body_of(client.get("/sources.bib")).decode(), append_middleware=[])
    for entry in library.entries:
        fields = {field.key: str(field.value) for field in entry.fields}
        assert fields.keys() & {"year", "date", "url", "urldate"} == set()


def test_a_document_is_cited_by_its_author_where_what_was_read_from_it_names_one(client):
    make_everything(1)
    Source.objects.update(publisher="A publisher")
    plan = Plan.objects.get()
    Plan.objects.update(author="Ji Xiang")
    for record in rispy.loads(body_of(client.get("/sources.ris")).decode()):
        assert record["authors"] == ["Ji Xiang," if record["id"] == plan.source.slug else "A publisher,"]
    assert "Ji Xiang" in client.get(plan.source.get_absolute_url()).content.decode()


def test_the_figures_of_a_city_are_told_in_words_with_their_doubts(client):
    make_everything(1)
    (entry, *_others) = feedparser.parse(body_of(client.get("/cities.atom"))).entries
    assert "population: " in entry.summary
    assert "_" not in entry.summary


def test_the_page_says_how_much_a_feed_holds(client):
    make_everything(1)
    html = client.get("/outcomes/").content.decode()
    lists = html.partition('class="exports"')[2]
    assert "All" in lists.partition("Atom")[0] or "row" in lists.partition("Atom")[0]
    assert lists.index("at most 50") < lists.index("/outcomes.atom")
