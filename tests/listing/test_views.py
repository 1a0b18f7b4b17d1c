import json
from html import escape

import pytest
from django.conf import settings as django_settings

from cases.lists import CaseList
from cases.models import Initiative
from listing.detail import DetailView
from tests import factories as make
from tests.web import body_of, csv_rows, ids, json_of, page_ids

pytestmark = pytest.mark.django_db

# Texts a reader, a broken program or an attacker may put into any parameter, percent-encoded.
BAD = [
    "%00",
    "a%00b",
    "%07",
    "%FF%FE",
    "%ED%A0%80",
    "%C0%80",
    "..%2F..%2Fetc",
    "'%20OR%201=1--",
    "a" * 10_000,
]


@pytest.fixture
def many():
    city, programme = make.make_city("Xiamen"), make.make_programme("Award")
    for number in range(41):
        make.make_case(f"Case {number:02}", city=city, programme=programme)


@pytest.mark.usefixtures("many")
def test_pages_hold_twenty_and_together_all(client):
    pages = [page_ids(client, f"page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert (
        [*pages[0], *pages[1], *pages[2]]
        == ids(client)
        == [row["id"] for row in json_of(client, "/cases.json")["results"]]
    )
    assert json_of(client, "/cases.json")["count"] == 41


@pytest.mark.usefixtures("many")
def test_an_export_takes_no_notice_of_the_page(client):
    assert len(ids(client, "page=3")) == len(ids(client, "page=nonsense")) == 41


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("page", ["4", "0", "x", "1%00", "999999999999999999999"])
def test_a_page_that_is_not_there_is_404_with_help(client, page):
    response = client.get(f"/cases/?page={page}")
    assert response.status_code == 404
    assert "page" in response.content.decode()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("page", ["99", "x", "0"])
@pytest.mark.parametrize(
    ("prefix", "words"), [("", "First page of this list"), ("/zh-hans", "此列表的第一页")]
)
def test_a_page_that_is_not_there_leads_back_into_the_same_list(client, page, prefix, words):
    response = client.get(f"{prefix}/cases/?city=xiamen&sort=-title&page={page}&utm_source=x")
    html = response.content.decode()
    assert response.status_code == 404
    assert words in html
    for back in ("?city=xiamen&sort=-title", "?city=xiamen&sort=-title&page=3"):
        assert f'href="{prefix}/cases/{escape(back)}"' in html
        assert client.get(f"{prefix}/cases/{back}").status_code == 200


def test_a_list_of_one_page_leads_back_to_that(client):
    html = client.get("/cases/?page=2").content.decode()
    assert 'href="/cases/">First page' in html
    assert "Last page" not in html


@pytest.mark.usefixtures("many")
def test_only_a_list_of_several_pages_speaks_of_them(client):
    clause = "on every page of it"
    assert f"All 41 rows of this list, {clause}," in client.get("/cases/").content.decode()
    Initiative.objects.exclude(pk__in=list(Initiative.objects.values_list("pk", flat=True)[:2])).delete()
    assert "All 2 rows of this list, exactly as filtered:" in client.get("/cases/").content.decode()


def test_an_empty_page_parameter_is_ignored(client):
    assert client.get("/cases/?page=").status_code == 200


def test_a_wrong_query_says_so_in_an_alert_and_shows_no_row(client):
    make.make_case()
    response = client.get("/cases/?city=<script>alert(1)</script>&page=7")
    html = response.content.decode()
    assert response.status_code == 200
    assert page_ids(client, "city=nowhere") == []
    assert response.context["count"] == 0
    assert 'role="alert"' in html
    assert escape("“<script>alert(1)</script>” is not a known value of “city”.") in html
    assert "<script>" not in html


def test_a_wrong_query_is_400_in_exports(client):
    make.make_case()
    plain = client.get("/cases.csv?theme=nope&goal=18")
    assert (plain.status_code, plain["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert body_of(plain).decode() == (
        "“nope” is not a known value of “theme”. “18” is not a known value of “goal”.\n"
    )
    document = client.get("/cases.json?sort=age")
    assert document.status_code == 400
    assert json.loads(body_of(document)) == {"error": "“age” is not a known value of “sort”."}


def test_for_names_a_kind_or_is_refused(client):
    make.make_case("=1+1", slug="a")
    assert csv_rows(client, "/cases.csv?for=spreadsheet")[0]["title"] == "'=1+1"
    assert csv_rows(client, "/cases.csv?for=")[0]["title"] == "=1+1"
    assert client.get("/cases.csv?for=excel").status_code == 400
    assert client.get("/cases.json?for=spreadsheet").status_code == 400
    assert client.get("/cases/?for=excel").status_code == 200


def test_a_form_that_does_not_exist_is_404(client):
    assert client.get("/cases.exe").status_code == 404
    assert client.get("/cases.csvx").status_code == 404


@pytest.mark.parametrize(
    "name", ["q", "city", "country", "theme", "goal", "programme", "started", "novelty", "sort"]
)
@pytest.mark.parametrize("value", BAD)
def test_no_parameter_can_break_a_page_or_an_export(client, name, value):
    make.make_case("A case")
    page = client.get(f"/cases/?{name}={value}")
    assert page.status_code == 200
    assert page_ids(client, f"{name}={value}") == []
    answer = client.get(f"/cases.csv?{name}={value}")
    # A search for odd but whole words is a search that finds nothing; everything else is refused.
    searched = name == "q" and not page.context["errors"]
    assert answer.status_code == (200 if searched else 400)
    assert bool(page.context["errors"]) is not searched


@pytest.mark.parametrize("value", BAD)
def test_names_that_mean_nothing_can_not_break_it_either(client, value):
    make.make_case("A case")
    for query in (f"{value}=1", f"x={value}", f"find_city={value}", f"utm_source={value}"):
        assert len(page_ids(client, query)) == 1
    assert client.get(f"/cases.csv?for={value}").status_code == 400


def test_the_page_says_how_it_counts_and_offers_every_form(client):
    make.make_case("Lane", city=make.make_city("Nanjing"))
    response = client.get("/cases/?city=nanjing&page=1&utm_source=x")
    links = [link["url"] for link in response.context["export_links"]]
    assert links == [
        "/cases.csv?city=nanjing",
        "/cases.csv?city=nanjing&for=spreadsheet",
        "/cases.json?city=nanjing",
        "/cases.xlsx?city=nanjing",
        "/cases.geojson?city=nanjing",
        "/cases.bib?city=nanjing",
        "/cases.ris?city=nanjing",
        "/cases.atom?city=nanjing",
        "/cases.atom?city=nanjing&for=new",
    ]
    assert str(response.context["how_counted"]) in response.content.decode()


def test_a_list_without_rows_offers_nothing_to_take_away(client):
    make.make_case("Lane")
    assert "Take this list with you" not in client.get("/cases/?q=zeppelin").content.decode()
    assert "Take this list with you" in client.get("/cases/?q=lane").content.decode()


def test_data_has_one_address_in_every_language(client):
    make.make_case("Lane", city=make.make_city("Nanjing"))
    links = client.get("/zh-hans/cases/?city=nanjing").context["export_links"]
    assert links[0]["url"] == "/cases.csv?city=nanjing"


def test_checkboxes_carry_their_counts_inside_the_label(client):
    make.make_case("Lane", city=make.make_city("Nanjing"))
    make.make_case("Street", city=make.make_city("Haikou"))
    html = client.get("/cases/?city=nanjing").content.decode()
    box = '<input type="checkbox" name="city" value="nanjing" checked>'
    assert f'<label>{box} <span class="label">Nanjing</span> <span class="count">1</span></label>' in html
    assert "<legend>City</legend>" in html


def test_forms_carry_along_what_they_do_not_show(client):
    make.make_case("Lane", city=make.make_city("Nanjing"))
    context = client.get("/cases/?city=nanjing&sort=city&ref=b&utm_source=x&page=1").context
    assert context["filter_hidden"] == (("sort", "city"),)
    assert context["sort_hidden"] == (("city", "nanjing"),)


def test_what_was_typed_stays_in_its_field(client):
    make.make_case()
    fields = client.get("/cases/?q=" + "word " * 60).context["searches"]
    assert fields[0]["values"] == ["word " * 60]
    assert client.get("/cases/?q=a%00b").context["searches"][0]["values"] == ["ab"]
    assert client.get("/cases/?q=a&q=b").context["searches"][0]["values"] == ["a", "b"]


def test_only_reading_is_allowed(client):
    assert client.post("/cases/").status_code == 405
    assert client.head("/cases/").status_code == 200


def test_asking_for_headers_alone_reads_no_row(client, rf, django_assert_num_queries):
    make.make_case()
    response = CaseList.as_view()(rf.head("/cases.json"), format="json")
    with django_assert_num_queries(0):
        assert b'"count": 0' in body_of(response)
    assert response["Content-Disposition"] == client.get("/cases.json")["Content-Disposition"]


def test_one_thing_is_shown_while_public(client):
    case = make.make_case("Lane", slug="nanjing-lane")
    assert client.get("/cases/nanjing-lane/").context["record"] == case
    for fields in ({"state": "draft"}, {"hidden": True}):
        type(case).objects.update(**{"state": "published", "hidden": False, **fields})
        assert client.get("/cases/nanjing-lane/").status_code == 404
        assert client.get("/cases/nanjing-lane.json").status_code == 404


def test_the_document_of_one_thing_has_the_keys_of_the_list(client):
    make.make_case("Lane", slug="nanjing-lane")
    document, row = json_of(client, "/cases/nanjing-lane.json"), json_of(client, "/cases.json")["results"][0]
    assert row.items() <= document.items()
    assert "sections" in document


def test_a_former_address_leads_on_in_the_same_form(client):
    case = make.make_case("Lane", slug="old")
    case = type(case).objects.get(pk=case.pk)
    case.slug = "new"
    case.save()
    for address, present in [
        ("/cases/old/", "/cases/new/"),
        ("/cases/old.json", "/cases/new.json"),
        ("/zh-hans/cases/old/", "/zh-hans/cases/new/"),
    ]:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, present)
        # Not for good: a merge may be taken back.
        assert response["Cache-Control"] == "max-age=600"
    for query in ("?utm_source=x&lang=%E6%B5%B7", "?q=a+b"):
        assert client.get(f"/cases/old/{query}")["Location"] == f"/cases/new/{query}"
        assert client.get(f"/cases/old.json{query}")["Location"] == f"/cases/new.json{query}"
    type(case).objects.update(state="draft")
    assert client.get("/cases/old/").status_code == 404


@pytest.mark.parametrize("slug", ["nowhere", "a%00b", "%FF", "x" * 5000, "%E6%B5%B7", "a%2Fb", "-"])
def test_an_address_of_nothing_is_404_in_words(client, slug):
    page = client.get(f"/cases/{slug}/")
    assert page.status_code == 404
    assert "Traceback" not in page.content.decode()
    assert client.get(f"/cases/{slug}.json").status_code == 404


def test_a_missing_document_is_told_in_json(client):
    message = json.loads(body_of(client.get("/cases/nowhere.json")))["error"]
    assert "“nowhere”" in message


@pytest.mark.parametrize("slug", ["a\x00b", "\ufffd"])
def test_a_slug_a_database_would_choke_on_never_reaches_it(rf, slug):
    class Page(DetailView):
        from cases.models import Initiative as record_class

    response = Page.as_view()(rf.get("/"), slug=slug, format="json")
    assert response.status_code == 404


def test_documents_are_made_in_the_default_language(client):
    make.make_case("Lane", slug="a", city=make.make_city("Nanjing"))
    row = json.loads(body_of(client.get("/cases/a.json", headers={"Accept-Language": "zh-hans"})))
    assert (django_settings.LANGUAGE_CODE, row["country"]) == ("en", "China")
