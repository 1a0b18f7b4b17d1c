"""The whole site, walked as a reader or a robot would."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command

from cases.models import Initiative, InitiativeTheme
from cities.models import City
from declarations.models import Declaration
from sources.models import Source
from tests.web import body_of

PLACES = {Initiative: "cases", City: "cities", Declaration: "declarations", Source: "sources"}
HEADINGS = re.compile(r"h[1-6]")


class PageParser(HTMLParser):
    """What the tests ask of a page: links, ids, headings, what it loads, its language."""

    def __init__(self, html: str):
        super().__init__()
        self.html = html
        self.links, self.loads, self.ids, self.headings = [], [], [], []
        self.language = self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.language = attrs.get("lang", "")
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in attrs:
            self.loads.append(attrs["src"])
        # What only says where else the page stands is asked for by nobody who reads it.
        if tag == "link" and attrs["rel"] not in ("canonical", "alternate", "search", "describedby"):
            self.loads.append(attrs["href"])
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if HEADINGS.fullmatch(tag):
            self.headings.append(int(tag[1]))
        self._in_title = tag == "title"

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def walk(client, start: str, limit: int = 400) -> dict[str, PageParser]:
    """Every page reachable from `start` on this host; fails on an answer that is not 200."""
    pages, queue = {}, [start]
    while queue and len(pages) < limit:
        address = queue.pop(0)
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            assert b"".join(response), address
            continue
        pages[address] = PageParser(response.content.decode())
        for link in pages[address].links:
            target = urldefrag(urljoin(address, link))[0]
            is_list = "?" in target  # filters can be combined without end
            if target.startswith("/") and not is_list and target not in pages:
                queue.append(target)
    return pages


@pytest.fixture(scope="module")
def walked() -> dict[str, PageParser]:
    """The pages of the whole catalogue, once a test has walked them: some fifteen seconds, and the same for all."""
    return {}


@pytest.fixture
def pages(client, catalogue, walked):
    if not walked:
        walked.update(walk(client, "/"))
    return walked


def test_every_page_reachable_from_home_answers_and_stands_on_its_own(pages):
    assert len(pages) > 60
    for address, page in pages.items():
        assert page.headings.count(1) == 1, address
        assert page.headings[0] == 1, address
        assert all(
            after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
        ), address
        assert page.title.strip(), address
        assert page.language == ("zh-Hans" if address.startswith("/zh-hans/") else "en"), address
        assert [name for name, times in Counter(page.ids).items() if times > 1] == [], address


def test_every_fragment_a_page_links_to_exists(pages):
    for address, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(urljoin(address, link))
            if fragment and target in pages:
                assert fragment in pages[target].ids, f"{address} -> {link}"


def test_no_page_asks_anything_of_another_host(pages):
    for address, page in pages.items():
        assert all(not urlsplit(load).netloc for load in page.loads), address


def test_each_record_offers_to_report_an_error_naming_its_page(client, catalogue):
    for model in (Initiative, City, Declaration, Source):
        for record in list(model.objects.public())[:3]:
            address = f"/{PLACES[model]}/{record.slug}/"
            page = PageParser(client.get(address).content.decode())
            [link] = [link for link in page.links if link.startswith("/report/")]
            assert unquote(link) == f"/report/?page={address}"
            assert client.get(link).context["about"] == record


def test_who_would_rather_write_a_mail_finds_the_address(client, settings):
    settings.OPERATOR_EMAIL = "editors@example.org"
    for address in ("/about/", "/report/"):
        assert "editors@example.org" in client.get(address).content.decode()


def test_readers_get_no_cookie(client, catalogue):
    for address in ("/", "/cases/", "/cases.csv", "/cases/?q=water"):
        assert not client.get(address).cookies, address


def test_every_article_can_be_linked_to(client, catalogue):
    for slug, count in (("guangzhou-declaration", 6), ("ningbo-initiative", 8)):
        page = PageParser(client.get(f"/declarations/{slug}/").content.decode())
        assert [i for i in page.ids if i.startswith("article-")] == [
            f"article-{n}" for n in range(1, count + 1)
        ]


def everything_served(client, pages: dict[str, PageParser] | None = None) -> str:
    """All public pages, as walked before or walked now, and exports as one text."""
    texts = [page.html for page in (pages or walk(client, "/")).values()]
    lists = ("cases", "cities", "themes", "declarations", "alliances", "plans", "sources")
    texts += [body_of(client.get(f"/{name}.{form}")).decode() for name in lists for form in ("csv", "json")]
    return "\n".join(texts)


def test_a_draft_case_is_in_no_page_count_or_export(client, pages):
    case = Initiative.objects.get(city__slug="haikou")
    assert case.slug in everything_served(client, pages)
    Initiative.objects.filter(pk=case.pk).update(state="draft")
    assert case.slug not in everything_served(client)
    assert client.get(f"/cases/{case.slug}/").status_code == 404
    assert client.get(f"/cases/{case.slug}.json").status_code == 404
    assert client.get("/cases/?city=haikou").context["count"] == 0


def test_a_draft_city_is_nowhere_and_neither_are_its_cases(client, catalogue):
    City.objects.filter(slug="haikou").update(state="draft")
    served = everything_served(client)
    assert "/cities/haikou/" not in served
    assert "haikou-bee-eater" not in served
    assert "city=haikou" not in served
    assert client.get("/cities/haikou/").status_code == 404
    assert client.get("/cases.csv?city=haikou").status_code == 400


def test_a_draft_declaration_is_nowhere(client, catalogue):
    Declaration.objects.filter(slug="ningbo-initiative").update(state="draft")
    assert "/declarations/ningbo-initiative/" not in everything_served(client)
    assert client.get("/declarations/ningbo-initiative.json").status_code == 404


def test_a_hidden_theme_link_is_in_no_page_and_no_count(client, catalogue):
    link = InitiativeTheme.objects.select_related("theme", "initiative").get(
        initiative__city__slug="haikou", theme__slug="biodiversity"
    )
    before = client.get("/cases/?theme=biodiversity").context["count"]
    InitiativeTheme.objects.filter(pk=link.pk).update(hidden=True)
    assert client.get("/cases/?theme=biodiversity").context["count"] == before - 1
    assert "biodiversity" not in client.get(f"/cases/{link.initiative.slug}.json").json()["theme_ids"]


@pytest.mark.needs_sources
def test_the_printed_line_is_shown_only_where_a_text_is_attached_and_allowed(client, catalogue, sources_dir):
    address = "/cases/xianning-child-friendly-routes-to-school.json"
    assert "text" not in client.get(address).json()["sections"][0]
    call_command("attach_texts", str(sources_dir), verbosity=0)
    assert client.get(address).json()["sections"][0]["text"]
    Source.objects.update(full_text_public=False)
    assert "text" not in client.get(address).json()["sections"][0]


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/cases/gone/",
        "/cities/gone/",
        "/cases/?page=999",
        "/cases/?page=x",
        "/cases/a%00b/",
        "/%ff/",
    ],
)
def test_what_is_not_there_is_a_page_that_helps(client, catalogue, address):
    response = client.get(address)
    assert response.status_code == 404
    assert b"/cases/" in response.content
    assert b"Traceback" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "in English, also on the Chinese pages"), ("/zh-hans", "案例文本均为英文，中文页面上也是如此")],
)
def test_about_says_in_which_language_the_cases_are(client, prefix, words):
    assert words in client.get(f"{prefix}/about/").content.decode()
