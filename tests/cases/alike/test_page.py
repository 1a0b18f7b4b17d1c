"""`/like-mine/`: what is asked, which cities are shown and why, and the same rows as data."""

from html import unescape

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import Initiative
from cities.models import City, Figure
from listing import indexed
from records.models import LoadedRecord
from search.service import Building
from sources.models import Ruling
from tests import factories as make
from tests.cases.alike.cities import give_figures, make_place
from tests.notes.factories import make_note
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Four cities of which nothing is said, one district, one city without figures; two themes."""
    heat, flood = make.make_theme("Heat"), make.make_theme("Flood")
    near = make_place("Nearby", population=1_100_000, area=1000, income=9000)
    half = make_place("Halfway", population=3_000_000, area=1000)
    far = make_place("Faraway", population=30_000_000, area=50)
    make_place("Quarter", "district", population=1_000_000, area=1000)
    make.make_city("Blank")
    make.make_case("Cool roofs", city=near, themes=(heat,))
    make.make_case("Shade trees", city=half, themes=(heat,), summary="Trees along the river.")
    make.make_case("Dry cellars", city=far, themes=(flood,))


def rows(client, query: str) -> list[str]:
    return [row["city_id"] for row in csv_rows(client, f"/like-mine.csv?{query}")]


def page(client, query: str, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/like-mine/?{query}")
    assert answer.status_code == 200
    return unescape(body_of(answer).decode())


def refusal(client, query: str) -> str:
    answer = client.get(f"/like-mine.json?{query}")
    assert answer.status_code == 400, body_of(answer)
    assert client.get(f"/like-mine.csv?{query}").status_code == 400
    return body_of(answer).decode()


def test_the_empty_form_is_no_mistake_and_explains_the_method(client, places):
    html = page(client, "")
    assert 'role="alert"' not in html
    assert "How near is measured" in html and "1,000 times as much" in html
    assert '<option value="Nearby">' in html and '<option value="Blank">' not in html
    assert "Nothing is asked" in refusal(client, "")


def test_cities_stand_by_their_distance_with_what_was_compared(client, places):
    first, second, third = csv_rows(client, "/like-mine.csv?population=1,000,000&area=1000&income=9000")
    assert [row["city_id"] for row in (first, second, third)] == ["nearby", "halfway", "faraway"]
    assert (first["nearness"], first["nearness_words"], first["figures_compared"]) == ("99", "very near", "3")
    assert (first["population_asked"], first["population"], first["population_ratio"]) == (
        "1000000",
        "1100000",
        "1.1",
    )
    assert (first["population_line"], first["population_scope"]) == ("7", "unlabelled")
    assert (second["income_compared"], second["income"], second["income_ratio"]) == ("missing", "", "")
    assert second["density_asked"] == ""


def test_page_csv_and_json_show_the_same_rows(client, places):
    query = "population=2+million&area=900&theme=flood"
    answer = client.get(f"/like-mine/?{query}")
    shown = [row.city.slug for row in answer.context["answer"].rows]
    document = json_of(client, f"/like-mine.json?{query}")
    assert shown == rows(client, query) == [row["city_id"] for row in document["results"]]
    assert (document["count"], document["asked"]["population"]) == (3, 2_000_000)
    assert document["asked"]["theme"] == ["flood"]
    assert (document["not_comparable"], document["compared_without_known_scope"]) == (1, True)


def test_a_number_is_shown_as_it_was_understood_and_kept_as_typed(client, places):
    html = page(client, "population=1.2+million")
    assert 'value="1.2 million"' in html
    assert "understood as 1,200,000" in html
    assert "population=1200000" in html  # the addresses of its data


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("population", "lots", "is not a number"),
        ("population", "-5", "above zero"),
        ("population", "0", "above zero"),
        ("area", "1,2 million", "decimals with a point"),
        ("density", "12.000", "two numbers"),
        ("income", "9" * 50_000, "more than 40 characters"),
        ("income", "99999999999", "beyond what is compared"),
        ("city", "Atlantis", "no city called “Atlantis”"),
        ("city", "Blank", "no figures of Blank"),
        ("theme", "nonsense", "not a known value of “theme”"),
        ("q", '""', "holds no word"),
        ("scope", "moon", "not a territory that is known"),
        ("nearest", "7", "choose one of 5, 10, 20"),
        ("city", "a\x00b", "no city called"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(client, places, name, typed, says):
    base = {} if name in ("city", "population") else {"population": "5000"}
    answer = client.get("/like-mine/", base | {name: typed})
    html = unescape(body_of(answer).decode())
    assert answer.status_code == 200 and answer.context["answer"] is None
    assert html.index('role="alert"') < html.index(says)
    assert says in html.split(f'id="alike-{name}-error"')[1].split("</span>")[0]
    if name not in ("theme", "scope", "nearest") and "\x00" not in typed:
        assert typed[:100].replace('"', "") in html
    data = client.get("/like-mine.json", base | {name: typed})
    assert data.status_code == 400 and says in unescape(body_of(data).decode())


def test_two_ways_of_asking_at_once_are_refused(client, places):
    assert "leave one of the two empty" in refusal(client, "city=nearby&population=5")
    assert "given 2 times" in refusal(client, "population=5&population=6")
    assert "at least one figure" in refusal(client, "theme=heat")
    assert "at least one figure" in refusal(client, "scope=district")


def test_a_query_of_ten_million_digits_is_refused(client, places):
    assert "too long" in refusal(client, "population=" + "9" * 10_000_000)
    assert "too long" in page(client, "population=" + "9" * 10_000_000)


def test_a_city_is_found_by_any_of_its_names_and_former_addresses(client, places):
    city = City.objects.get(slug="nearby")
    city.name_local, city.other_names, city.slug = "近城", "Old Town\nNearburg", "nearby-on-sea"
    city.save()
    expected = ["halfway", "faraway"]
    for name in ("nearby-on-sea", "nearby", "Nearby", "近城", "old town", "NEARBURG"):
        assert rows(client, f"city={name}") == expected, name
    assert "no city called" in refusal(client, "city=Old")


def test_of_two_cities_with_one_name_the_slugs_are_told(client, places):
    for slug in ("york", "new-york"):
        give_figures(make.make_city("Yorks", slug=slug), population=5)
    assert "new-york, york" in refusal(client, "city=Yorks")


def test_figures_of_a_territory_known_to_differ_are_not_compared_and_it_says_so(client, places):
    make_place("Whole", "whole city", population=1_000_000, area=1000)
    assert rows(client, "population=1000000&area=1000&scope=district") == ["quarter"]
    html = page(client, "population=1000000&area=1000&scope=district")
    assert "known to be of another territory (whole city) than what is asked (district)" in html
    assert "its territory is not stated" in html
    assert "Read with care" not in html
    assert "quarter" not in rows(client, "population=1000000&area=1000")
    assert "Read with care" in page(client, "population=1000000&area=1000")


def test_a_figure_may_speak_of_another_territory_than_its_set(client, places):
    make_place("Mixed", "district", population=1_000_000, income=(9000, "whole city"))
    (mixed,) = [
        row
        for row in csv_rows(client, "/like-mine.csv?population=1000000&income=9000&scope=whole+city")
        + csv_rows(client, "/like-mine.csv?income=9000&scope=whole+city")
        if row["city_id"] == "mixed"
    ]
    assert (mixed["income_scope"], mixed["figures_compared"]) == ("whole city", "1")


def test_where_nothing_can_be_compared_the_page_says_so_and_leads_on(client, places):
    html = page(client, "population=5000&scope=county")
    assert "No city could be compared" in html
    assert "scope=unlabelled" in html
    assert rows(client, "population=5000&scope=unlabelled") == rows(client, "population=5000")


def test_a_territory_narrows_which_figures_of_a_chosen_city_are_taken(client, places):
    assert "There are some of: unlabelled" in refusal(client, "city=nearby&scope=district")
    assert rows(client, "city=nearby&scope=unlabelled") == rows(client, "city=nearby")


def test_a_near_city_without_a_case_for_the_need_stays_and_farther_ones_are_marked(client, places):
    for number in range(5):
        make_place(f"Twin {number}", population=1_000_000 + number, area=1000)
    found = csv_rows(client, "/like-mine.csv?population=1000000&area=1000&theme=heat")
    marked = [(row["city_id"], row["farther"], row["cases_found"]) for row in found]
    assert marked == [
        *((f"twin-{number}", "no", "0") for number in range(5)),
        ("nearby", "yes", "1"),
        ("halfway", "yes", "1"),
    ]
    html = page(client, "population=1000000&area=1000&theme=heat")
    assert html.count("No case for this need.") == 5 and html.count("farther: shown") == 2


def test_words_find_cases_as_the_list_of_cases_does(client, places):
    found = {row["city_id"]: row["cases"] for row in csv_rows(client, "/like-mine.csv?city=faraway&q=river")}
    assert found == {"nearby": "", "halfway": "halfway-shade-trees"}


def test_drafts_and_hidden_figures_are_never_shown(client, places):
    assert "halfway" in rows(client, "population=1000000")
    City.objects.filter(slug="halfway").update(state="draft")
    Figure.objects.filter(figures__city__slug="faraway").update(hidden=True)
    Initiative.objects.filter(slug="nearby-cool-roofs").update(state="draft")
    assert csv_rows(client, "/like-mine.csv?population=1000000")[0]["cases"] == ""
    assert rows(client, "population=1000000") == ["nearby"]
    assert "no city called" in refusal(client, "city=halfway")


def test_the_newest_source_stands_for_a_figure_printed_twice(client):
    city = make.make_city("Twice")
    for date, number in (("2019", 10), ("2023-05", 20), ("", 30)):
        give_figures(city, source=make.make_source(date=date), population=number)
    (row,) = csv_rows(client, "/like-mine.csv?population=20")
    assert (row["population"], row["nearness"]) == ("20", "100")


def test_doubts_stand_beside_the_figure(client, places):
    figure = Figure.objects.get(figures__city__slug="nearby", name="population")
    Ruling.objects.create(
        source=figure.source, key="r", kind="misread_value", first_line=7, last_line=7, reason="A smudge."
    )
    asked = csv_rows(client, "/like-mine.csv?population=1000000")[0]
    assert asked["population_doubts"] == "a figure misprinted or misread: A smudge."
    assert "A smudge." in page(client, "population=1000000")
    assert "A smudge." in page(client, "city=nearby")  # beside the figures it is compared with


def test_source_checks_and_edits_are_doubts_too(client, places):
    figure = Figure.objects.get(figures__city__slug="nearby", name="population")
    note = make_note(
        source=figure.source, city=figure.figures.city, lines="7", kind="arithmetic", severity="high"
    )
    LoadedRecord.objects.create(
        model="cities.figure", key="[]", object_id=figure.pk, digest="0" * 64, loaded_at=timezone.now()
    )
    row = csv_rows(client, "/like-mine.csv?population=1000000")[0]
    assert row["population_doubts"].startswith("corrected by an editor; source check: ")
    assert f'href="{note.get_absolute_url()}"' in page(client, "population=1000000")


def test_while_the_index_is_built_themes_are_answered_and_words_told_to_wait(client, places, monkeypatch):
    def building(index):
        raise Building

    before = rows(client, "city=faraway&theme=heat")
    monkeypatch.setattr(indexed, "snapshot", building)
    assert rows(client, "city=faraway&theme=heat") == before
    assert client.get("/like-mine.json?city=faraway&q=river").status_code == 503
    assert "being built" in page(client, "city=faraway&q=river")


def test_the_number_of_queries_does_not_grow_with_the_cities(client, places, django_assert_max_num_queries):
    for number in range(60):
        place = make_place(f"Many {number}", population=1000 + number, area=7)
        make.make_case(city=place)
    client.get("/like-mine/?population=1000&area=7")
    with django_assert_max_num_queries(60):
        client.get("/like-mine/?population=1000&area=7")


def test_the_page_speaks_chinese_and_its_cases_stay_english(client, places):
    html = page(client, "city=nearby&theme=heat", "/zh-hans")
    assert "与我相似的城市" in html and "倍" in html
    assert '<a href="/zh-hans/cities/halfway/" lang="en">' in html
    assert 'href="/like-mine.csv?city=nearby' in html


def test_cities_lead_here(client, places):
    assert "/like-mine/?city=nearby" in body_of(client.get("/cities/nearby/")).decode()
    assert "/like-mine/?city=blank" not in body_of(client.get("/cities/blank/")).decode()
    for address in ("/cities/", "/"):
        assert 'href="/like-mine/"' in body_of(client.get(address)).decode()


def test_only_reading_is_possible(client):
    assert client.post("/like-mine/").status_code == 405
    assert client.post("/like-mine.json").status_code == 405
    assert client.get("/like-mine.csv?population=5&for=nobody").status_code == 400


typed = st.text(max_size=12) | st.sampled_from(
    ["5,000", "1.2 million", "-1", "nearby", "district", "heat", "10"]
)


class Anything(TestCase):
    """Whatever is asked is answered, and page, CSV and JSON agree on it."""

    @classmethod
    def setUpTestData(cls):
        heat = make.make_theme("Heat")
        for number in range(8):
            place = make_place(f"Place {number}", population=10**number + 1, area=number + 1)
            for _case in range(number % 3):
                make.make_case(city=place, themes=(heat,) if number % 2 else ())

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(
            st.sampled_from(["city", "population", "area", "scope", "theme", "q", "nearest"]), typed
        )
    )
    def test_any_query_is_answered(self, query):
        page = self.client.get("/like-mine/", query)
        data = self.client.get("/like-mine.json", query)
        table = self.client.get("/like-mine.csv", query)
        assert page.status_code == 200
        found = page.context["answer"]
        assert (data.status_code, table.status_code) == ((200, 200) if found else (400, 400))
        if found:
            assert len(found.rows) == data.json()["count"] == len(body_of(table).splitlines()) - 1

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from([f"place-{number}" for number in range(8)]), st.sampled_from(["", "heat"]))
    def test_each_row_has_the_cases_that_the_list_of_cases_has(self, city, theme):
        for row in json_of(self.client, f"/like-mine.json?city={city}&theme={theme}")["results"]:
            listed = json_of(self.client, f"/cases.json?city={row['city_id']}&theme={theme}")
            assert row["cases_found"] == listed["count"]
            assert row["cases"] == [case["id"] for case in listed["results"]][:3]
