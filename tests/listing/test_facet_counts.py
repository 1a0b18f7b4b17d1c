"""Counts beside the filters of the staff lists: those of the rows that a click would show, in few queries."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeTheme
from cities.models import City, CityFigures
from listing.admin import ExportMixin
from notes.models import Note
from tests.everything import make_everything
from tests.factories import make_case, make_city, make_programme
from tests.notes.factories import make_note
from tests.staff import address, curator

pytestmark = pytest.mark.django_db
FILTER = re.compile(r'<a href="\?([^"]+)">[^<]+ \((\d+)\)</a>')
COUNT = re.compile(r"\((\d+)\)$")


def counted_choices(client, url: str):
    """Address and count of every choice of every filter on a list."""
    changelist = client.get(url).context["cl"]
    for spec in changelist.filter_specs:
        for choice in spec.choices(changelist):
            if found := COUNT.search(str(choice["display"])):
                yield f"{url.partition('?')[0]}{choice['query_string']}", int(found[1])


@pytest.fixture
def rows():
    make_everything(2)
    for number in range(3):
        make_case(city=make_city(f"Town {number}", "EE"), state=["draft", "published"][number % 2])
    make_case(programme=make_programme("Another"), hidden=True)


@pytest.mark.parametrize(
    "query",
    ["", "?state__exact=draft", "?hidden__exact=0&city__country=EE", "?q=Town", "?incomplete=goals&q=Town"],
)
def test_a_count_is_the_number_of_rows_that_a_click_shows(rows, query):
    client = curator()
    choices = list(counted_choices(client, address(Initiative) + query))
    assert len(choices) > 12
    for url, count in choices:
        assert client.get(unescape(url)).context["cl"].result_count == count, url


def test_counts_beside_a_filter_that_leaves_rows_out_by_itself_are_of_all_rows():
    make_note(case=make_case("Sent on"))
    for number in range(3):
        make_note(case=make_case(f"Draft {number}", state="draft"))
    client = curator()
    for query in ("", "?of=drafts", "?of=every"):
        # As the page has them: a filter that was asked once counts otherwise from then on.
        page = client.get(address(Note) + query).content.decode()
        assert ("Drafts only (3)" in page, "All, drafts too (4)" in page) == (True, True), query


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_filters_of_the_catalogue_itself_count_what_a_click_shows(rows, model):
    make_note(case=make_case("A draft", state="draft"))
    client = curator()
    changelist = client.get(address(model)).context["cl"]
    page = unescape(client.get(address(model)).content.decode())
    names = [s.parameter_name for s in changelist.filter_specs if isinstance(s, admin.SimpleListFilter)]
    for query, count in FILTER.findall(page):
        if query.partition("=")[0] in names:
            shown = client.get(address(model) + "?" + query).context["cl"].result_count
            assert shown == int(count), query


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_every_list_counts_and_can_be_exported_within_thirty_queries(rows, model):
    client = curator()
    assert isinstance(admin.site.get_model_admin(model), ExportMixin)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address(model))
    assert response.status_code == 200
    assert len(queries) < 30
    assert response.context["listing_export_links"]
    for url, _count in list(counted_choices(client, address(model)))[:6]:
        assert client.get(unescape(url)).status_code == 200


@pytest.mark.parametrize("model", [Initiative, City, CityFigures])
def test_a_long_list_asks_no_more_than_a_short_one(model):
    make_everything(14)
    client = curator()
    few, many = [], []
    for found in (few, many):
        client.get(address(model))  # what is remembered is remembered from here on
        model.objects.filter(pk=model.objects.first().pk).update(hidden=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(model)).status_code == 200
        found += [len(queries)]
        make_everything(60)
    # Of a list of several pages it is looked up which rows stand on this one.
    assert few[0] <= many[0] <= few[0] + 1
    assert many[0] < 30


@pytest.mark.django_db(transaction=True)  # on PostgreSQL nothing is kept in a transaction that has written
def test_what_is_counted_on_the_links_of_all_cases_is_kept_while_cases_alone_change(rows):
    client = curator()
    client.get(address(Initiative))
    Initiative.objects.filter(pk=Initiative.objects.first().pk).update(summary="Another one.")
    with CaptureQueriesContext(connection) as queries:
        client.get(address(Initiative))
    # What the changed case lacks is looked up anew, in the same table.
    of_links = 'SELECT "cases_initiativetheme"."theme_id"', 'SELECT "cases_theme"'
    assert not [each["sql"] for each in queries if each["sql"].startswith(of_links)]
    # What nobody may choose any longer is gone with the last link to it.
    theme = InitiativeTheme.objects.first().theme
    InitiativeTheme.objects.filter(theme=theme).delete()
    offered = [url for url, _count in counted_choices(client, address(Initiative))]
    assert not [url for url in offered if url.endswith(f"theme_links__theme__id__exact={theme.pk}")]
