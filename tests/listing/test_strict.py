"""What a staff list does not understand gives no rows and a message, never all rows."""

import pytest
from django.contrib.auth.models import Group, User

from cases.models import Initiative, Outcome
from cities.models import City, CityFigures, Figure
from listing.strict import MOST_WORDS
from records.models import LoadedRecord
from sources.models import Ruling, Source
from tests import factories as make
from tests.everything import make_everything
from tests.staff import address, curator, staff_with, take, told
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db

WRONG = [
    (Initiative, "state__exact=bogus"),
    (Initiative, "state__exact=draft&state__exact=bogus"),
    (Initiative, "state__nothing=draft"),
    (Initiative, "state__regex=("),
    (Initiative, "hidden__exact=banana"),
    (Initiative, "hidden__exact=0&hidden__exact=banana"),
    (Initiative, "hidden__isnull=banana"),
    (Initiative, "programme__id__exact=banana"),
    (Initiative, "programme__id__exact=999999"),
    (Initiative, "source__id__exact=999999"),
    (Initiative, "source__isnull=perhaps"),
    (Initiative, "theme_links__theme__id__exact=x"),
    (Initiative, "theme_links__theme__id__exact=999999"),
    (Initiative, "city__country=XX"),
    (Initiative, "city__country__exact=China"),
    (Initiative, "city__place_id=1"),
    (Initiative, "city__nothing=1"),
    (Initiative, "pk=x"),
    (Initiative, "updated_at__gte=yesterday"),
    (Initiative, "updated_at__year=99999999"),
    (Initiative, "o=banana"),
    (Initiative, "q=a%00b"),
    (Initiative, "q=" + "+".join(["a"] * (MOST_WORDS + 1))),
    (Initiative, "q=" + "x" * 17_000),
    (City, "country=XX"),
    (City, "country__exact=XX"),
    (City, "country=CN&country=XX"),
    (City, "country__in=CN,XX"),
    (Initiative, "state=bogus"),
    (Initiative, "source=999999"),
    (Initiative, "source__pk=999999"),
    (Figure, "figures__city__country=XX"),
    (Figure, "scope__exact=moon"),
    (Outcome, "repeats__isempty=2"),
    (Outcome, "repeats__isempty=x&repeats__isempty=y"),
    (Ruling, "kind=bogus"),
    (Source, "full_text_public__exact=maybe"),
    (LoadedRecord, "loaded_at__gte=banana"),
    (User, "is_staff__exact=banana"),
    (User, "password__startswith=a"),
    (User, "groups__id__exact=77"),
]


@pytest.mark.parametrize(("model", "query"), WRONG, ids=[query[:40] for _model, query in WRONG])
def test_a_value_the_list_does_not_know_gives_no_rows_and_a_message(model, query):
    make_everything(1)
    client = curator()
    page = client.get(f"{address(model)}?{query}")
    assert page.status_code == 200
    assert page.context["cl"].result_count == 0
    assert "nothing is shown" in told(page)
    assert page.context["listing_export_links"] == []
    export = client.get(f"{address(model)}export/csv/?{query}")
    assert export.status_code == 400
    assert "nothing is shown" in body_of(export).decode()
    assert client.get(f"{address(model)}export/json/?{query}").status_code == 400
    assert told(client.get(address(model))) == ""


@pytest.mark.parametrize("query", ["p=banana", "p=0", "p=99", "p=-1", "p=²"])
def test_a_page_that_is_not_there_is_empty_and_says_so(query):
    make_everything(1)
    page = curator().get(f"{address(Initiative)}?{query}")
    assert page.context["cl"].result_count == 0
    assert "nothing is shown" in told(page)


def test_one_source_alone_is_still_a_filter():
    """Django leaves out a filter with one choice, and then shows everything."""
    source = make.make_source("only")
    make.make_case("With", source=source), make.make_case("Without")
    rows = csv_rows(curator(), f"{address(Initiative)}export/csv/?source__id__exact={source.pk}")
    assert [row["title"] for row in rows] == ["With"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("utm_source=x&fbclid=1", ["A", "B"]),
        ("utm_source=x&state__exact=draft", ["B"]),
        ("state__exact=draft&state__exact=published", ["A", "B"]),
        ("city__country=CN", ["A", "B"]),
        ("hidden__exact=0", ["A", "B"]),
        ("hidden__exact=1", []),
        ("e=1&state__exact=draft", ["B"]),
        ("title__startswith=B", ["B"]),
        ("_facets=True&state__exact=draft", ["B"]),
    ],
)
def test_names_of_others_are_ignored_and_what_is_understood_is_done(query, titles):
    make.make_case("A"), make.make_case("B", state="draft")
    client = curator()
    page = client.get(f"{address(Initiative)}?{query}")
    assert (sorted(case.title for case in page.context["cl"].queryset), told(page)) == (titles, "")
    rows = csv_rows(client, f"{address(Initiative)}export/csv/?{query}")
    assert sorted(row["title"] for row in rows) == titles


def test_every_choice_a_filter_offers_is_understood():
    make_everything(2)
    client = curator()
    for model in (Initiative, City, CityFigures, Figure, Outcome, Ruling, Source, LoadedRecord, User):
        changelist = client.get(address(model)).context["cl"]
        for spec in changelist.filter_specs:
            for choice in spec.choices(changelist):
                page = client.get(address(model) + choice["query_string"])
                assert told(page) == "", (model, choice)


def test_nothing_is_done_to_a_list_that_was_refused():
    case = make.make_case("A")
    data = {
        "action": "withdraw",
        "reason_for_change": "x",
        "_selected_action": [case.pk],
        "select_across": "1",
    }
    client = curator()
    client.post(f"{address(Initiative)}?state__exact=bogus", data)
    assert Initiative.objects.get().state == "published"
    assert "1 record withdrawn" in told(take(client, Initiative, "withdraw", case, reason="x"))


# People and groups


def test_people_are_exported_as_filtered_and_never_their_passwords():
    client = curator()
    User.objects.create_user("reader", email="r@example.org", password="a secret of mine")
    url = f"{address(User)}export/"
    assert [row["username"] for row in csv_rows(client, f"{url}csv/?is_staff__exact=0")] == ["reader"]
    person = json_of(client, f"{url}json/?q=reader")["results"][0]
    assert person["email"] == "r@example.org"
    assert "password" not in person
    for ending in ("csv/", "csv/spreadsheet/", "json/"):
        text = body_of(client.get(url + ending)).decode()
        assert "pbkdf2" not in text
        assert User.objects.get(username="reader").password not in text
    assert f"{url}csv/" in client.get(address(User)).content.decode()


def test_groups_are_exported():
    Group.objects.create(name="curators")
    names = [row["name"] for row in csv_rows(curator(), f"{address(Group)}export/csv/")]
    assert "curators" in names


@pytest.mark.parametrize("model", [User, Group])
def test_who_may_not_view_people_may_not_export_them(model):
    assert staff_with("cases.view_initiative").get(f"{address(model)}export/csv/").status_code == 403
