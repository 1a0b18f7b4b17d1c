"""`/compare/`: cases or cities side by side, what differs marked, what is not there told, and the same as data."""

import re
from io import BytesIO
from itertools import combinations

import pytest
from openpyxl import load_workbook

from cases.models import Initiative, Milestone, Organisation, Partner
from cities.models import City
from records.models import FormerSlug
from tests.cases.compare.tables import Comparison
from tests.factories import (
    answer,
    make_case,
    make_city,
    make_declaration,
    make_outcome,
    make_population,
    make_source,
    make_theme,
    make_unit,
)
from tests.staff import curator, step
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db
NOTHING = "not printed in the source"


@pytest.fixture
def two():
    """Two cases of one city that share a theme and an indicator."""
    city, water, parks = make_city("Dale"), make_theme("Water"), make_theme("Parks")
    one = make_case("One", city=city, themes=(water, parks), started="2017", summary="Both speak.")
    other = make_case("Other", city=city, themes=(water,), summary="Both speak.")
    unit = make_unit("persons")
    make_outcome(one, "people served", value=20, unit=unit, date="2019")
    make_outcome(other, "people served", value=20, unit=unit, date="2021")
    make_outcome(one, "trees planted", value=7)
    make_declaration("Pact")
    answer(one, "pact:1")
    return one, other


def page(client, query, prefix=""):
    answered = client.get(f"{prefix}/compare/?{query}")
    return answered.status_code, answered.content.decode()


def rows(client, query):
    return {row.label: row for row in Comparison(page(client, query)[1]).rows}


def row(found, label):
    return next(each for name, each in found.items() if name.startswith(label))


def test_each_matter_is_one_row_with_a_cell_for_each_case_in_the_order_asked_for(client, two):
    found = rows(client, "case=dale-other&case=dale-one")
    assert row(found, "Started").cells == ["not stated in the source", "2017"]
    assert all(each.names == ["Other", "One"] for each in found.values())


def test_what_differs_is_said_in_words_and_what_is_shared_at_each_value(client, two):
    found = rows(client, "case=dale-one&case=dale-other")
    assert row(found, "Started").label == "Started ≠ differs"
    assert row(found, "Summary").label == "Summary = the same"
    assert "Water in both" in row(found, "Themes").cells[0]
    assert "Parks in" not in row(found, "Themes").cells[0]
    assert row(found, "City").differs is False


def test_an_indicator_of_both_has_a_row_and_what_makes_it_hard_to_compare_is_said(client, two):
    found = rows(client, "case=dale-one&case=dale-other")
    served = row(found, "People served")
    assert served.differs
    assert served.label.endswith("Not alike: date")
    assert [re.sub(r" line.*", "", each) for each in served.cells] == [
        "20 persons achieved · 2019",
        "20 persons achieved · 2021",
    ]
    alone = row(found, "Counted by one of them alone: achieved")
    assert alone.cells == ["Trees planted: 7", "none printed in the source"]


def test_the_same_claim_in_both_is_the_same(client, two):
    _one, other = two
    other.outcomes.update(date="2019")
    served = row(rows(client, "case=dale-one&case=dale-other"), "People served")
    assert served.label == "People served = the same"


def test_partners_stand_by_kind_with_their_role_and_answers_by_declaration(client, two):
    one, _other = two
    office = Organisation.objects.create(slug="office", name="Office", kind="public-body")
    Partner.objects.create(initiative=one, organisation=office, role="builder")
    found = rows(client, "case=dale-one&case=dale-other")
    assert row(found, "Public body").cells == ["Office builder", NOTHING]
    assert row(found, "Pact").cells == ["1 To do 1 inferred by an editor", "no answer recorded"]


def test_hidden_parts_and_drafts_are_never_shown(client, two):
    one, _other = two
    Milestone.objects.create(initiative=one, key="secret", date="2018", event="A secret", hidden=True)
    make_outcome(one, "secret trees", value=1, hidden=True)
    make_case("Draft", city=one.city, state="draft")
    status, html = page(client, "case=dale-one&case=dale-other&case=dale-draft")
    assert status == 200
    assert "ecret" not in html
    assert "There is no public case called: dale-draft." in html
    assert len(Comparison(html).rows[0].cells) == 2


def test_only_what_differs_is_shown_where_that_is_asked_for(client, two):
    every = rows(client, "case=dale-one&case=dale-other")
    fewer = rows(client, "case=dale-one&case=dale-other&only=differences")
    assert fewer == {label: each for label, each in every.items() if each.differs}
    assert 0 < len(fewer) < len(every)
    kept = page(client, "case=dale-one&case=dale-other&only=nonsense")[1]
    assert "“nonsense” is not a known value of “only”." in kept
    assert len(Comparison(kept).rows) == len(every)


def test_more_than_four_are_named_and_the_first_four_compared(client):
    city = make_city("Dale")
    slugs = [make_case(name, city=city).slug for name in ("A", "B", "C", "D", "Eel", "Fox")]
    html = page(client, "&".join(f"case={slug}" for slug in slugs))[1]
    assert "At most 4 cases are shown here. Left out: Eel, Fox." in html
    assert Comparison(html).rows[0].names == ["A", "B", "C", "D"]
    assert 'name="find"' not in html


def test_the_same_twice_also_under_its_former_slug_is_one(client, two):
    FormerSlug.objects.create(model="cases.initiative", slug="dale-former", object_id=two[0].pk)
    html = page(client, "case=dale-one&case=dale-one&case=dale-former")[1]
    assert "Add another" in html
    assert not Comparison(html).rows
    html = page(client, "case=dale-former&case=dale-other")[1]
    assert Comparison(html).rows[0].names == ["One", "Other"]
    assert 'role="alert"' not in html


def test_what_was_withdrawn_says_so_and_alone_it_is_gone(client, two):
    step(curator(), two[0], "withdraw", "Counted twice.")
    status, html = page(client, "case=dale-one&case=dale-other")
    assert status == 200
    assert "Reason: Counted twice." in html
    status, html = page(client, "case=dale-one")
    assert status == 410
    assert "Reason: Counted twice." in html
    answered = client.get("/compare.csv?case=dale-one&case=dale-other")
    assert answered.status_code == 410
    assert "Counted twice." in body_of(answered).decode()


def test_cities_beside_cases_are_left_out_and_a_link_leads_to_them(client, two):
    make_city("Vale")
    html = page(client, "case=dale-one&case=dale-other&city=dale&city=vale")[1]
    assert "Cases and cities cannot stand side by side." in html
    assert 'href="/compare/?city=dale&amp;city=vale"' in html
    assert Comparison(html).rows[0].names == ["One", "Other"]
    assert client.get("/compare.json?case=dale-one&case=dale-other&city=dale").status_code == 400


def test_nothing_explains_and_finds_cases_and_cities(client, two):
    html = page(client, "")[1]
    assert "Begin with a case" in html
    assert "Begin with a city" in html
    found = page(client, "find=other")[1]
    assert 'href="/compare/?case=dale-other"' in found
    found = page(client, "find_city=dal")[1]
    assert 'href="/compare/?city=dale"' in found
    assert "Nothing else is called “zeppelin”." in page(client, "find=zeppelin")[1]
    assert "Nothing else is called “&lt;b&gt;”." in page(client, "find_city=%3Cb%3E")[1]


def test_one_alone_offers_others_and_keeps_it(client, two):
    html = page(client, "case=dale-one&find=other")[1]
    assert 'href="/compare/?case=dale-one&amp;case=dale-other"' in html
    assert '<input type="hidden" name="case" value="dale-one">' in html
    assert client.get("/compare.csv?case=dale-one").status_code == 400


@pytest.mark.parametrize("text", ["%00", "%ff", "\u202e", "x" * 900, "%F0%9F%8F%99", "'; --", "\\"])
def test_no_input_breaks_the_page(client, two, text):
    for name in ("case", "city", "find", "find_city", "only"):
        assert page(client, f"case=dale-one&case=dale-other&{name}={text}")[0] == 200
        assert page(client, f"{name}={text}")[0] == 200
        assert client.get(f"/compare.csv?{name}={text}").status_code == 400


def test_search_engines_are_told_one_address_whatever_the_order(client, two):
    addresses = {
        re.search(r'rel="canonical" href="([^"]+)"', page(client, query)[1])[1]
        for query in ("case=dale-one&case=dale-other", "case=dale-other&case=dale-one&utm=x&only=differences")
    }
    assert addresses == {"http://testserver/compare/?case=dale-one&amp;case=dale-other"}


# --- cities


def test_figures_of_cities_stand_with_their_territory_and_a_warning_where_it_differs(client):
    _dale, vale = make_city("Dale", population=5000), make_city("Vale")
    make_population(vale, 5000, scope="district", source=make_source("printed"), first_line=7, last_line=7)
    found = rows(client, "city=dale&city=vale")
    population = row(found, "Population")
    assert population.differs
    assert population.label.endswith("Not of the same territory: district, unlabelled")
    assert population.cells[0] == "5,000 unlabelled"
    assert re.match(r"5,000 district .*, line 7", population.cells[1])


def test_cities_show_their_cases_and_the_themes_these_share(client, two):
    vale = make_city("Vale")
    make_case("Third", city=vale, themes=(two[0].theme_links.first().theme,))
    make_case("Draft", city=vale, themes=(make_theme("Secret"),), state="draft")
    found = rows(client, "city=dale&city=vale")
    assert row(found, "Cases").cells == ["One Other", "Third"]
    assert "in both" in row(found, "Themes of its cases").cells[1]
    assert "Secret" not in row(found, "Themes of its cases").cells[1]


# --- the same as data


def test_the_exports_hold_the_rows_of_the_page_and_nothing_else(client, catalogue):
    slugs = list(Initiative.objects.public().order_by("slug").values_list("slug", flat=True))
    pairs = [*list(combinations(slugs, 2))[::13], tuple(slugs[:4])]
    cities = [tuple(City.objects.public().values_list("slug", flat=True)[:3])]
    for name, some in [*(("case", each) for each in pairs), *(("city", each) for each in cities)]:
        query = "&".join(f"{name}={slug}" for slug in some)
        shown = Comparison(page(client, query)[1]).rows
        data = csv_rows(client, f"/compare.csv?{query}")
        assert len(data) == len(shown)
        for told, seen in zip(data, shown, strict=True):
            assert seen.label.startswith(told["row"])
            assert seen.differs is (told["differs"] == "yes")
            for slug, text in zip(some, seen.cells, strict=True):
                for value in filter(None, told[slug].split("; ")):
                    assert _number(value) in _number(text), (slug, told["row"])
                if not told[slug]:
                    assert re.fullmatch(r"(none|no|not|nothing|left)\b[^:]*", text.split(" unlabelled")[0]), (
                        text
                    )


def _number(text: str) -> str:
    """A text without what sets digits and lists apart: a number alone is written in full in the file."""
    return re.sub(r"[,;\s]", "", text)


def test_json_and_xlsx_hold_the_same_rows_with_numbers_as_numbers(client, two):
    make_city("Vale", population=7000)
    make_population(two[0].city, 5000)
    query = "city=dale&city=vale"
    document = json_of(client, f"/compare.json?{query}")
    assert document["count"] == len(document["results"])
    [population] = [each for each in document["results"] if each["row"] == "Population"]
    assert (population["dale"], population["vale"]) == (5000, 7000)
    assert population["dale_said"] == "unlabelled"
    book = load_workbook(BytesIO(body_of(client.get(f"/compare.xlsx?{query}"))))
    values = {line[1]: line for line in book["compare"].iter_rows(values_only=True)}
    assert values["Population"][4] == 5000
    about = [line[2] for line in book["about"].iter_rows(values_only=True)]
    assert f"http://testserver/compare/?{query}" in about


def test_an_export_of_what_differs_alone_holds_that_alone(client, two):
    query = "case=dale-one&case=dale-other"
    every = csv_rows(client, f"/compare.csv?{query}")
    fewer = csv_rows(client, f"/compare.csv?{query}&only=differences")
    assert fewer == [each for each in every if each["differs"] == "yes"]
    html = page(client, f"{query}&only=differences")[1]
    assert f"/compare.csv?{query}&only=differences".replace("&", "&amp;") in html


def test_an_export_names_the_line_and_the_source_checks_of_each_value(client, catalogue):
    query = "case=xiamen-yundang-lagoon-resilience&case=fuzhou-intelligent-water-governance"
    data = csv_rows(client, f"/compare.csv?{query}")
    case = Initiative.objects.get(slug="xiamen-yundang-lagoon-resilience")
    own = [each for each in data if each["part"] == "Outcomes"]
    places = {each for row in own for each in row[f"{case.slug}_where"].split("; ") if each}
    assert places == {
        f"{outcome.source.slug}:{outcome.lines}"
        for outcome in case.outcomes.select_related("source").filter(repeats=None)
    }
    assert any(row[f"{case.slug}_checks"] for row in data)


def test_a_wrong_question_is_refused_in_the_form_asked_for(client, two):
    answered = client.get("/compare.json?case=dale-one&case=no-such")
    assert answered.status_code == 400
    assert "no-such" in answered.json()["error"]
    assert client.get("/compare.geojson?case=dale-one&case=dale-other").status_code == 404
    assert client.get("/compare.csv?case=dale-one&case=dale-other&for=nobody").status_code == 400
    assert client.post("/compare/").status_code == 405
    assert client.head("/compare.csv?case=dale-one&case=dale-other").status_code == 200


def test_the_page_speaks_chinese(client, two):
    html = page(client, "case=dale-one&case=dale-other", "/zh-hans")[1]
    assert "不同" in html
    assert "比较案例" in html


def test_who_comes_with_nothing_or_with_one_is_told_what_to_do(client, two):
    nothing, alone = "Nothing is chosen to compare yet.", "One alone has nothing to be compared with"
    one, other = (case.slug for case in two)
    html = client.get("/compare/?").content.decode()
    assert nothing in html and "press “Compare the ticked cases”" in html and alone not in html
    html = client.get(f"/compare/?case={one}").content.decode()
    assert alone in html and nothing not in html
    for query in (
        f"case={one}&case={other}",
        "find=one",
        "find_city=dale",
        f"case={one}&find=other",
        "case=no-such-case",
    ):
        html = client.get(f"/compare/?{query}").content.decode()
        assert nothing not in html and alone not in html, query
    assert "尚未选择" in client.get("/zh-hans/compare/").content.decode()


def test_a_city_that_is_written_otherwise_is_asked_about_on_the_page_and_in_its_exports(client):
    make_city("Fuzhou")
    make_city("Bijie")
    said = "There is no public city called: Fuzhou. Did you mean fuzhou (Fuzhou)?"
    assert said in body_of(client.get("/compare/?city=Fuzhou&city=bijie")).decode()
    answer = client.get("/compare.csv?city=Fuzhou&city=bijie")
    assert answer.status_code == 400 and said in body_of(answer).decode()
