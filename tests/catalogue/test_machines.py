"""What pages say to programs: where they stand, in which languages, what they are about; sitemap and OpenSearch."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from cases.models import Initiative, Organisation, Partner, Place, PlaceMention
from declarations.models import Declaration
from records.models import Publishable
from tests.everything import make_everything
from tests.factories import (
    link_theme,
    make_case,
    make_city,
    make_declaration,
    make_outcome,
    make_population,
    make_source,
    make_theme,
    make_unit,
)
from tests.notes.factories import make_note
from tests.staff import curator
from tests.web import body_of, csv_rows

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


def test_the_sitemap_has_partners_places_and_source_checks_that_readers_see(client, case):
    draft = make_case("Not yet", state=Publishable.State.DRAFT)
    for of, name in ((case, "seen"), (draft, "unseen")):
        organisation = Organisation.objects.create(slug=f"office-{name}", name=f"Office {name}")
        Partner.objects.create(initiative=of, organisation=organisation, role="leads")
        place = Place.objects.create(slug=f"river-{name}", name=f"River {name}", kind="water")
        PlaceMention.objects.create(initiative=of, place=place)
        make_note(slug=f"check-{name}", case=of, source=make_source())
    every = [each for section in addresses(client, "/sitemap.xml") for each in addresses(client, section)]
    for prefix in ("", "/zh-hans"):
        for address in ("partners/office", "places/river", "notes/check"):
            assert f"http://testserver{prefix}/{address}-seen/" in every
    assert not [address for address in every if "unseen" in address]
    for section in ("organisation", "place", "note"):
        (found,) = addresses(client, f"/sitemap-{section}.xml")
        assert client.get(found).status_code == 200


def test_source_checks_of_one_kind_on_the_same_lines_have_titles_of_their_own(client):
    source = make_source()
    for number in (1, 2, 3):
        make_note(slug=f"check-{number}", source=source, lines="7", note="It does not fit.")
    for prefix in ("", "/zh-hans"):
        said = [metas(page(client, f"{prefix}/notes/check-{number}/")) for number in (1, 2, 3)]
        assert len({each["og:title"] for each in said}) == 3
        assert len({each["description"] for each in said}) == 3


def test_the_icon_is_found_where_programs_ask_for_it_without_a_look_into_the_database(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"] == "/static/favicon.svg"
    assert "max-age=86400" in answer["Cache-Control"]
    icon = client.get(answer["Location"])
    assert icon["Content-Type"] == "image/svg+xml"
    icon.close()


# What ISO 8601-1 has of a date, and schema.org of an interval without an end: https://schema.org/temporalCoverage
DATE = r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?"


def dates_of(said, name: str = "") -> list[tuple[str, str]]:
    """Every date of a document, with the name it stands under."""
    if isinstance(said, dict):
        return [each for key, value in said.items() for each in dates_of(value, key)]
    if isinstance(said, list):
        return [each for value in said for each in dates_of(value, name)]
    is_date = re.search("date|coverage$", name, re.IGNORECASE) and name != "spatialCoverage"
    return [(name, said)] if is_date else []


def refused(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    intervals = {"temporalCoverage": rf"{DATE}/\.\."}
    return [each for each in found if not re.fullmatch(intervals.get(each[0], DATE), each[1])]


def test_only_dates_that_other_programs_read_are_in_linked_data(client, case):
    odd = ["1989/", "/1989", "198X", "19XX", "2014/2016", "2014-03/", "2014", "2014-03", "2014-03-01", ""]
    for text in odd:
        make_outcome(case, "birds", value=1, date=text)
    declaration = make_declaration("Pact", articles=0, adopted="2012/2013")
    found = dates_of(linked(page(client, case.get_absolute_url())))
    assert refused(found) == []
    observed = sorted(text for name, text in found if name == "observationDate")
    assert observed == ["2014", "2014-03", "2014-03-01"]
    assert dates_of(linked(page(client, declaration.get_absolute_url()))) == []
    since = {"2019": "2019/..", "2019-05": "2019-05/..", "2019-05-30": "2019-05-30/..", "": ""}
    for text, expected in since.items():
        made = make_case(started=text, source=make_source(date="2018/2019"), first_line=1, last_line=1)
        found = linked(page(client, made.get_absolute_url()))
        assert found.get("temporalCoverage", "") == expected
        assert "datePublished" not in found["isBasedOn"]
        assert refused(dates_of(found)) == []


def test_every_date_of_the_linked_data_of_the_catalogue_is_one(client, catalogue):
    found = []
    for model in (Initiative, Declaration):
        for record in model.objects.public():
            found += dates_of(linked(page(client, record.get_absolute_url())))
    assert len(found) > 50
    assert refused(found) == []


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


@pytest.mark.parametrize(
    ("prefix", "language", "name"), [("", "en", "Urban Innovation"), ("/zh-hans", "zh-Hans", "城市创新")]
)
def test_a_browser_learns_how_to_search_here_in_the_language_of_the_page(
    client, case, prefix, language, name
):
    (link,) = links(page(client, f"{prefix}/"), "search")
    assert link["href"] == f"{prefix}/opensearch.xml"
    answer = client.get(link["href"])
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(body_of(answer))  # noqa: S314 - our own
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert [each.text for each in tree.iterfind("o:Language", space)] == [language]
    assert tree.findtext("o:ShortName", namespaces=space) == name
    assert len(name) <= 16
    (own,) = [each.get("template") for each in tree.iterfind("o:Url", space) if each.get("rel") == "self"]
    assert own == f"http://testserver{link['href']}"
    results = [each.get("template") for each in tree.iterfind("o:Url", space) if each.get("rel") == "results"]
    assert len(results) == 3
    assert results[0] == f"http://testserver{prefix}/search/?q={{searchTerms}}"
    for template in results:
        answer = client.get(template.replace("{searchTerms}", "birds"))
        assert "Birds" in body_of(answer).decode(), template


@pytest.mark.parametrize(
    "name", ["cities", "themes", "declarations", "alliances", "plans", "partners", "places", "notes"]
)
def test_every_page_of_a_thing_says_in_dublin_core_what_it_is(client, name):
    make_everything(1)
    (address, *_others) = [row["url"] for row in csv_rows(client, f"/{name}.csv")]
    address = address.removeprefix("http://testserver").partition("#")[0]
    said = metas(page(client, address))
    assert said["DC.identifier"] == f"http://testserver{address}"
    assert said["DC.title"] and said["DC.creator"] == "Urban Innovation Catalogue"
    assert {
        key: text for key, text in metas(page(client, f"/zh-hans{address}")).items() if key[:3] == "DC."
    } == {key: text for key, text in said.items() if key[:3] == "DC."}


def test_the_page_of_a_document_describes_the_document_by_what_it_says_of_itself(client):
    source = make_source(title="A report", publisher="", date="2014-11", url="https://example.org/report")
    html = page(client, source.get_absolute_url())
    said = metas(html)
    assert (said["DC.title"], said["DC.date"], said.get("DC.creator")) == ("A report", "2014-11", None)
    assert linked(html)["sameAs"] == "https://example.org/report"
