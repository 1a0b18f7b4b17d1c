"""What pages say to programs: where they stand, in which languages, what they are about; sitemap and OpenSearch."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from cases.models import Initiative
from records.models import Publishable
from tests.factories import (
    link_theme,
    make_case,
    make_city,
    make_declaration,
    make_outcome,
    make_population,
    make_theme,
    make_unit,
)
from tests.staff import curator
from tests.web import body_of

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def page(client, address: str) -> str:
    return body_of(client.get(address)).decode()


def links(html: str, rel: str) -> list[dict[str, str]]:
    found = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<link ([^>]+)>", html)]
    return [{name: unescape(text) for name, text in each.items()} for each in found if each["rel"] == rel]


def metas(html: str) -> dict[str, str]:
    return {
        name: unescape(text)
        for name, text in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html)
    }


def linked(html: str) -> dict:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(text)


@pytest.fixture
def case() -> Initiative:
    case = make_case(
        "Birds",
        city=make_city("Haikou", "CN", name_local="海口"),
        summary="Birds are protected.",
        started="2019",
    )
    link_theme(case, make_theme("Biodiversity", "生物多样性"))
    make_outcome(case, "birds", value=80, unit=make_unit("bird"))
    return case


def test_a_list_stands_under_what_was_understood_of_its_query(client, case):
    html = page(client, "/cases/?utm_source=x&theme=biodiversity&theme=biodiversity&page=1&q=")
    address = "http://testserver/cases/?theme=biodiversity"
    assert [each["href"] for each in links(html, "canonical")] == [address]
    pages = {each["hreflang"]: each["href"] for each in links(html, "alternate") if "hreflang" in each}
    assert pages == {
        "en": address,
        "x-default": address,
        "zh-Hans": "http://testserver/zh-hans/cases/?theme=biodiversity",
    }
    feeds = [each["href"] for each in links(html, "alternate") if each.get("type") == "application/atom+xml"]
    assert feeds == [f"http://testserver/cases.atom?theme=biodiversity{more}" for more in ("", "&for=new")]
    assert client.get(feeds[1]).status_code == 200


def test_a_later_page_of_a_list_has_an_address_of_its_own(client):
    for _number in range(21):
        make_case()
    (canonical,) = links(page(client, "/cases/?page=2"), "canonical")
    assert canonical["href"] == "http://testserver/cases/?page=2"


def test_each_language_of_a_page_names_the_other_and_itself(client, case):
    chinese = page(client, f"/zh-hans{case.get_absolute_url()}")
    (canonical,) = links(chinese, "canonical")
    assert canonical["href"] == f"http://testserver/zh-hans/cases/{case.slug}/"
    languages = {each["hreflang"] for each in links(chinese, "alternate") if "hreflang" in each}
    assert languages == {"en", "zh-Hans", "x-default"}
    assert metas(chinese)["og:locale"] == "zh_CN"


def test_what_is_no_page_of_its_own_names_no_lasting_address(client, case):
    assert not links(page(client, "/cases/nowhere/"), "canonical")
    case.state, case.withdrawn_at = Publishable.State.WITHDRAWN, case.updated_at
    case.save()
    assert not links(page(client, case.get_absolute_url()), "canonical")
    staff = curator()
    preview = page(staff, reverse("admin:cases_initiative_preview", args=[case.pk]))
    assert "Birds" in preview
    assert not links(preview, "canonical")


def test_a_case_is_described_where_it_is_shared_and_in_dublin_core(client, case):
    said = metas(page(client, case.get_absolute_url()))
    assert said["og:title"] == "Birds, Haikou"
    assert said["og:description"] == said["description"]
    # A summary as short as this is followed by facts.
    assert said["description"].startswith("Birds are protected. A case of Haikou: Birds. Started 2019.")
    assert said["og:type"] == "article"
    assert said["DC.title"] == "Birds"
    assert said["DC.subject"] == "Biodiversity"
    assert said["DC.identifier"] == f"http://testserver{case.get_absolute_url()}"
    assert said["DC.coverage"] == "Haikou, China"


def test_a_case_is_linked_data_the_same_in_both_languages(client, case):
    found = linked(page(client, case.get_absolute_url()))
    assert found["@type"] == "CreativeWork"
    assert found["@id"] == found["url"] == f"http://testserver/cases/{case.slug}/"
    assert found["spatialCoverage"]["@type"] == "City"
    assert found["spatialCoverage"]["alternateName"] == ["海口"]
    (theme,) = found["about"]
    assert (theme["@type"], theme["inDefinedTermSet"]) == ("DefinedTerm", "http://testserver/themes/")
    (outcome,) = found["mentions"]
    assert (outcome["@type"], outcome["value"], outcome["unitText"]) == ("Observation", 80, "bird")
    assert linked(page(client, f"/zh-hans{case.get_absolute_url()}")) == found


def test_no_text_ends_the_script_of_linked_data(client):
    case = make_case("</script><script>alert(1)</script>", summary="<!-- <script> & 'quoted'")
    html = page(client, case.get_absolute_url())
    assert "<script>alert" not in html
    assert linked(html)["name"] == "</script><script>alert(1)</script>"
    assert linked(html)["abstract"] == "<!-- <script> & 'quoted'"


def test_cities_themes_and_declarations_are_linked_data_too(client, case):
    make_population(case.city, 2_908_000)
    city = linked(page(client, case.city.get_absolute_url()))
    assert city["@type"] == "City"
    (figure,) = city["subjectOf"]
    assert (figure["variableMeasured"], figure["value"]) == ("population", 2_908_000)
    assert linked(page(client, "/themes/biodiversity/"))["@type"] == "DefinedTerm"
    declaration = make_declaration("Ningbo Initiative", articles=2)
    found = linked(page(client, declaration.get_absolute_url()))
    assert [part["@id"].partition("#")[2] for part in found["hasPart"]] == ["article-1", "article-2"]


def addresses(client, section: str) -> list[str]:
    tree = ElementTree.fromstring(body_of(client.get(section)))  # noqa: S314 - our own
    return [each.text for each in tree.iterfind(".//s:loc", SITEMAP)]


def test_the_sitemap_leads_to_every_public_page_and_to_no_other(client, case):
    draft = make_case("Not yet", state=Publishable.State.DRAFT)
    every = [
        address for section in addresses(client, "/sitemap.xml") for address in addresses(client, section)
    ]
    assert len(every) == len(set(every))
    for address in every:
        assert client.get(address).status_code == 200, address
    for place in (
        f"/cases/{case.slug}/",
        f"/cities/{case.city.slug}/",
        "/themes/biodiversity/",
        "/",
        "/cases/",
    ):
        for prefix in ("", "/zh-hans"):
            assert f"http://testserver{prefix}{place}" in every
    assert not [address for address in every if draft.slug in address]


def test_a_sitemap_asks_the_same_number_of_queries_however_much_there_is(client, django_assert_num_queries):
    for _number in range(3):
        make_case()
    with django_assert_num_queries(2):  # how many there are, and a page of them
        client.get("/sitemap-initiative.xml")
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_are_kept_from_staff_pages_and_told_of_the_sitemap(client):
    lines = page(client, "/robots.txt").splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /zh-hans/admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_a_browser_learns_how_to_search_here(client, case):
    (link,) = links(page(client, "/"), "search")
    tree = ElementTree.fromstring(body_of(client.get(link["href"])))  # noqa: S314 - our own
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    results = [each.get("template") for each in tree.iterfind("o:Url", space) if each.get("rel") == "results"]
    assert len(results) == 3
    for template in results:
        answer = client.get(template.replace("{searchTerms}", "birds"))
        assert "Birds" in body_of(answer).decode(), template
