"""Partners, places and lessons: lists, exports, pages of one, pages of cases and cities; only what is public."""

import pytest

from cases.models import Organisation, Partner, Place, PlaceMention, Transfer
from cities.models import Benchmark, City, Plan
from tests import factories as make
from tests.web import csv_rows, ids, json_of

pytestmark = pytest.mark.django_db
PARTNERS = ["name", "kind", "role", "case", "city", "source", "line"]


@pytest.fixture
def source():
    return make.make_source("book", line_count=90)


@pytest.fixture
def cases(source):
    theme = make.make_theme("Water")
    return [
        make.make_case(
            "A lane", city=make.make_city("Hill"), slug="hill-lane", themes=(theme,), source=source
        ),
        make.make_case("B river", city=make.make_city("Port"), slug="port-river", source=source),
    ]


@pytest.fixture
def office(cases, source):
    """An organisation of one city with a part in both cases, and several in the second that nobody names."""
    office = Organisation.objects.create(
        slug="office",
        name="Office of Water",
        kind="public-body",
        variants="Water Office\nthe Office",
        city=cases[0].city,
    )
    several = Organisation.objects.create(slug="firms", name="local firms", kind="company", collective=True)
    place = {"source": source, "printed": "the Office", "last_line": 7}
    Partner.objects.create(initiative=cases[0], organisation=office, role="leads", first_line=7, **place)
    Partner.objects.create(initiative=cases[1], organisation=office, role="advises", first_line=5, **place)
    Partner.objects.create(initiative=cases[1], organisation=several, role="paid for the dam")
    return office


@pytest.fixture
def river(cases, source):
    river = Place.objects.create(
        slug="wu-river", name="Wu River", kind="water", variants="River Wu", city=cases[1].city
    )
    place = {"source": source, "first_line": 9, "last_line": 9}
    for case in cases:
        PlaceMention.objects.create(initiative=case, place=river, **place)
    return river


@pytest.fixture
def lessons(cases, source):
    place = {"source": source, "first_line": 9, "last_line": 9, "printed": "learned"}
    hill, port = cases
    Transfer.objects.create(
        initiative=port,
        key="a",
        direction="learned",
        state="done",
        name="Hill",
        city=hill.city,
        what="the dam",
        **place,
    )
    Transfer.objects.create(
        initiative=hill,
        key="b",
        direction="taught",
        state="planned",
        count=40,
        unit="cities",
        what="the way",
        **place,
    )
    Transfer.objects.create(
        initiative=hill, key="c", direction="taught", state="done", what="the idea", **place
    )


def partners(client, query=""):
    return [(row["id"], row["case"]) for row in csv_rows(client, f"/partners.csv?{query}")]


def test_the_columns_of_partners(client, office):
    rows = csv_rows(client, "/partners.csv")
    assert list(rows[0])[:7] == PARTNERS
    [row] = [row for row in rows if (row["id"], row["case"]) == ("office", "hill-lane")]
    assert [row[name] for name in PARTNERS] == [
        *("Office of Water", "public-body", "leads", "hill-lane", "Hill", "book", "7")
    ]
    assert (row["variants"], row["as_printed"], row["organisation_city"]) == (
        *("Water Office; the Office", "the Office", "Hill"),
    )
    assert row["url"].endswith("/partners/office/")
    assert {row["collective"] for row in rows if row["id"] == "firms"} == {"yes"}
    assert {row["line"] for row in rows} == {"7", "5-7", ""}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["firms", "office", "office"]),
        ("sort=-name", ["office", "office", "firms"]),
        ("kind=company", ["firms"]),
        ("city=port", ["firms", "office"]),
        ("theme=water", ["office"]),
        ("case=port-river&kind=public-body", ["office"]),
        ("q=water", ["office", "office"]),
        ("q=office+WATER", ["office", "office"]),
        ("q=dam", ["firms"]),
        ("q=dam+-firms", []),
    ],
)
def test_partners_filtered_and_ordered(client, office, query, wanted):
    assert [name for name, _case in partners(client, query)] == wanted
    page = client.get(f"/partners/?{query}")
    assert page.context["count"] == len(wanted)
    assert bool(wanted) or b"data-no-match" in page.content


@pytest.mark.parametrize("place", ["partners", "places", "lessons"])
def test_near_matches_stand_below_and_each_row_says_why_it_was_found(client, office, river, lessons, place):
    words = {"partners": "office+paid", "places": "river+lane", "lessons": "dam+idea"}[place]
    for query in (words, words.partition("+")[0]):
        page = client.get(f"/{place}/?q={query}")
        assert page.status_code == 200
        assert all(row.match for row in (*page.context["page_obj"], *page.context["near"]))
        assert json_of(client, f"/{place}.json?q={query}")["count"] == page.context["count"] > 0
    assert "<mark>" in client.get("/partners/?q=leads").content.decode()


@pytest.mark.parametrize("query", ["kind=public body", "city=atlantis", "theme=x", "case=x", "sort=kind"])
def test_unknown_values_are_refused(client, office, query):
    assert client.get("/partners.csv", dict([query.split("=")])).status_code == 400
    assert client.get("/partners/", dict([query.split("=")])).context["errors"]


@pytest.mark.parametrize("place", ["partners", "places", "lessons"])
def test_the_numbers_beside_the_filters_say_what_one_would_get(client, office, river, lessons, place):
    seen = 0
    for group in client.get(f"/{place}/").context["groups"]:
        for value in group.values:
            seen += 1
            assert len(ids(client, f"{group.name}={value.value}", f"/{place}")) == value.count
    assert seen > 3


def test_the_page_of_an_organisation_has_its_spellings_and_every_case(client, office):
    page = client.get("/partners/office/").content.decode()
    for text in ("Office of Water", "Water Office", "the Office", "A lane", "B river", "Leads", "Advises"):
        assert text in page
    document = json_of(client, "/partners/office.json")
    assert document["variants"] == ["Water Office", "the Office"]
    assert [(each["case"], each["role"], each["line"]) for each in document["cases"]] == [
        ("hill-lane", "leads", "7"),
        ("port-river", "advises", "5-7"),
    ]
    assert client.get("/partners/firms.json").json()["collective"] is True
    assert client.get("/partners/nobody/").status_code == 404


def test_a_changed_slug_leads_on(client, office):
    office.slug = "water-office"
    office.save()
    assert client.get("/partners/office/")["Location"] == "/partners/water-office/"


def test_places_and_their_pages(client, river):
    rows = csv_rows(client, "/places.csv")
    assert list(rows[0])[:6] == ["name", "kind", "case", "city", "source", "line"]
    assert [(row["id"], row["case"], row["line"]) for row in rows] == [
        ("wu-river", "hill-lane", "9"),
        ("wu-river", "port-river", "9"),
    ]
    assert [row["case"] for row in csv_rows(client, "/places.csv?kind=water&city=hill")] == ["hill-lane"]
    assert csv_rows(client, "/places.csv?kind=park") == []
    page = client.get("/places/wu-river/").content.decode()
    assert "River Wu" in page and "A lane" in page and "B river" in page
    assert [each["case"] for each in json_of(client, "/places/wu-river.json")["cases"]] == [
        "hill-lane",
        "port-river",
    ]


def test_lessons_say_direction_other_side_and_count(client, lessons):
    rows = {row["id"]: row for row in csv_rows(client, "/lessons.csv")}
    learned, planned = rows["port-river:a"], rows["hill-lane:b"]
    names = ("case", "city", "direction", "other", "count", "unit", "state", "what", "source", "line")
    assert [learned[name] for name in names] == [
        *("port-river", "Port", "learned", "Hill", "", "", "done", "the dam", "book", "9")
    ]
    assert [planned[name] for name in names[3:7]] == ["", "40", "cities", "planned"]
    assert learned["other_city_id"] == "hill"
    assert ids(client, "direction=taught&state=done", "/lessons") == ["hill-lane:c"]
    assert ids(client, "sort=count", "/lessons")[0] == "hill-lane:b"
    page = client.get("/lessons/").content.decode()
    assert "not named" in page and "40 <span" in page and 'href="/cities/hill/"' in page
    assert "the dam" in client.get("/cities/hill/").content.decode()
    assert "the dam" not in client.get("/cities/port/").content.decode()


def test_whom_plans_learn_from_stands_below_and_is_not_counted(client, lessons, cases, source):
    plan = Plan.objects.create(slug="p", title="P", city=cases[0].city, source=source, state=make.PUBLISHED)
    Benchmark.objects.create(plan=plan, key="x", name="Busan", role="learns from", source=source)
    page = client.get("/lessons/")
    assert page.context["count"] == 3
    assert "learns from Busan" in page.content.decode()
    Plan.objects.update(state="draft")
    assert "Busan" not in client.get("/lessons/").content.decode()


def test_the_page_and_the_document_of_a_case_have_all_of_them(client, office, river, lessons):
    page = client.get("/cases/port-river/").content.decode()
    for text in ("Office of Water", "local firms", "several, none named", "Wu River", "the dam", "Hill"):
        assert text in page
    document = json_of(client, "/cases/port-river.json")
    for place, key in (("partners", "partners"), ("places", "places"), ("lessons", "transfers")):
        every = json_of(client, f"/{place}.json?case=port-river")["results"]
        assert sorted(map(str, document[key])) == sorted(map(str, every)) and every


@pytest.mark.parametrize("change", ["case", "organisation", "partner"])
def test_what_is_not_public_is_nowhere(client, office, cases, change):
    if change == "case":
        type(cases[0]).objects.filter(pk=cases[0].pk).update(state="draft")
    elif change == "organisation":
        Organisation.objects.filter(slug="office").update(hidden=True)
    else:
        Partner.objects.filter(role="leads").update(hidden=True)
    assert ("office", "hill-lane") not in partners(client)
    page = client.get("/partners/office/")
    assert page.status_code == (404 if change == "organisation" else 200)
    assert "A lane" not in page.content.decode()
    if change != "case":
        assert "Office of Water" not in client.get("/cases/hill-lane/").content.decode()


def test_a_city_in_draft_is_not_shown_beside_what_is_of_it(client, office, river, lessons, cases):
    City.objects.filter(slug="hill").update(state="draft")
    assert {row["organisation_city"] for row in csv_rows(client, "/partners.csv?q=office")} == {""}
    assert json_of(client, "/partners/office.json")["city"] is None
    [row] = csv_rows(client, "/lessons.csv")
    assert (row["other"], row["other_city_id"]) == ("Hill", "")
    assert 'href="/cities/hill/"' not in client.get("/lessons/").content.decode()


def test_a_case_is_found_by_any_spelling_of_a_place_it_names(client, river):
    assert set(ids(client, "q=%22River+Wu%22")) == {"hill-lane", "port-river"}
    PlaceMention.objects.filter(initiative__slug="hill-lane").update(hidden=True)
    assert ids(client, "q=%22River+Wu%22") == ["port-river"]
    Place.objects.update(variants="Emerald Brook")
    assert ids(client, "q=emerald") == ["port-river"]
    found = client.get("/cases/?q=emerald").content.decode()
    assert "Emerald" in found and "Place" in found
    Place.objects.update(hidden=True)
    assert "Emerald" not in client.get("/cases/?q=emerald").content.decode()


@pytest.mark.parametrize("place", ["partners", "places", "lessons", "targets"])
def test_a_page_takes_the_same_queries_however_many_rows(client, django_assert_num_queries, cases, place):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cases.models import Target

    def add(number):
        for case in cases:
            named = Organisation.objects.create(
                slug=f"o-{number}-{case.pk}", name="O", kind="company", city=case.city
            )
            Partner.objects.create(initiative=case, organisation=named, role="r")
            spot = Place.objects.create(slug=f"p-{number}-{case.pk}", name="P", kind="park", city=case.city)
            PlaceMention.objects.create(initiative=case, place=spot)
            common = {"direction": "taught", "state": "done", "what": "w", "city": case.city, "name": "N"}
            Transfer.objects.create(initiative=case, key=f"k-{number}", **common)
            Target.objects.create(initiative=case, city=case.city, key=f"k-{number}", target="t", due="2049")

    add(1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(f"/{place}/")
    for number in range(2, 9):
        add(number)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/{place}/")
    assert len(many) <= len(few)
