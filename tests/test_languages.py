"""Every public page, in both languages: each word in the language it says it is in, a head of its own, no cookie."""

import re
from collections import Counter
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from django.utils.translation import override

from cases.models import Initiative, Organisation, Place, Programme
from cities.models import Alliance, City, Plan
from declarations.models import Article, Declaration
from sources.models import Source
from tests import languages
from tests.factories import make_case, make_city, make_theme

# Names, abbreviations and signs that Chinese writes in Latin letters.
KEPT = frozenset(
    (
        *(
            "CSV",
            "JSON",
            "JSON-LD",
            "XLSX",
            "GeoJSON",
            "BibTeX",
            "RIS",
            "Atom",
            "SKOS",
            "DCAT",
            "UTC",
            "Cookie",
        ),
        *("CC", "BY", "MIT", "UTF", "UTF-8", "SHA", "SHA-256", "Excel", "Frictionless", "KB", "MB", "GB"),
        *("GDP", "SPV", "NGO", "URL", "API", "WCAG", "AA", "Web", "HTML", "CSS", "JavaScript", "axe-core"),
        *("Chromium", "Firefox", "WebKit", "GeoNames", "OpenAPI", "ICP", "Python"),
        *("km", "m", "mm", "ha", "mg/L", "pH", "kWh", "A", "Z", "I", "II", "III", "IV", "V", "VI"),
        # Who made them calls them so: open data, a projection, a coefficient.
        *("Natural", "Earth", "Equal", "J", "C", "Gower"),
    )
)
# What nothing links to: refused, empty and missing in each way.
FURTHER = (
    *("/nowhere/", "/cases/gone/", "/cases/?city=atlantis", "/cases/?q=zeppelin", "/cases/?page=99"),
    *("/cases/?sort=nonsense", "/cases/?theme=housing&city=dalian&q=water", "/cases/?q=traffic&sort=-city"),
    *(
        "/search/?q=watr",
        "/search/?q=zeppelin",
        "/search/?q=海口",
        "/search/?q=traffic",
        "/outcomes/?q=schol",
    ),
    *(
        "/outcomes/?city=haikou&status=target",
        "/notes/?severity=low&city=ningbo",
        "/crosswalk/?city=atlantis",
    ),
    *("/like-mine/?population=x", "/like-mine/?population=2000000&theme=housing", "/targets/?state=missed"),
    *("/nominate/no-such-link/", "/report/?page=/cases/", "/report/", "/cities/?page=2"),
)
FORMS = {"curation:nominate", "curation:report"}
PREFIXES = {"en": "", "zh": "/zh-hans"}


@pytest.fixture(scope="module")
def walked() -> dict[str, dict[str, languages.Page]]:
    """The pages of each language, once a test has walked them: some fifteen seconds, and the same for all."""
    return {}


@pytest.fixture
def pages(client, catalogue, walked):
    """A function that gives every page of a language."""

    def of(language: str) -> dict[str, languages.Page]:
        if language not in walked:
            prefix = PREFIXES[language]
            walked[language] = languages.pages_in(client, prefix, [prefix + each for each in FURTHER])
        return walked[language]

    return of


def names() -> set[str]:
    """What things are called in English: it may stand in the head of a Chinese page, which cannot say so."""
    models = (Initiative, Programme, City, Plan, Alliance, Declaration, Source, Organisation, Place)
    found = {str(record) for model in models for record in model.objects.all()}
    found |= set(Source.objects.exclude(short_title="").values_list("short_title", flat=True))
    articles = Article.objects.select_related("declaration")
    return found | {f"{each.declaration.title}: {each.heading}" for each in articles}


def said_by_reader(address: str) -> set[str]:
    """The words of an address, which a page may repeat as they were typed."""
    return set(re.split(r"[^\w'’.-]+|[-_]", unquote(address)))


def test_no_word_on_a_chinese_page_is_english_without_saying_so(pages):
    known, left = names(), {}
    assert len(pages("zh")) > 150
    for address, page in pages("zh").items():
        assert '<html lang="zh-Hans">' in page.html, address
        if found := languages.latin_in(page.html, KEPT | said_by_reader(address), known):
            left[address] = found
    assert left == {}


def test_no_word_on_an_english_page_is_chinese_without_saying_so(pages):
    known, left = set(City.objects.exclude(name_local="").values_list("name_local", flat=True)), {}
    assert len(pages("en")) > 150
    for address, page in pages("en").items():
        assert '<html lang="en">' in page.html, address
        if found := languages.han_in(page.html, known):
            left[address] = found
    assert left == {}


@pytest.mark.parametrize(
    "left",
    [
        "<p>来源：English</p>",
        "<p><a lang='en'>Haikou</a> Xianning</p>",
        "<button aria-label='Search'>检索</button>",
        "<td data-label='Where'>出处</td>",
        "<meta name='description' content='In English'>",
        "<div lang='en'><p lang='zh-Hans'>two words</p></div>",
    ],
)
def test_english_that_is_left_is_found(left):
    assert languages.latin_in(f"<html lang='zh-Hans'>{left}</html>", KEPT)


@pytest.mark.parametrize(
    "right",
    [
        "<p>面积（km²）</p>",
        "<p>许可：<a>CC BY 4.0</a></p>",
        "<p lang='en'>In our own words.</p>",
        "<title>A long title of a case…，海口</title>",
        "<code>case</code>",
        "<a>https://example.org/a</a>",
    ],
)
def test_what_is_marked_or_declared_is_not(right):
    page = f"<html lang='zh-Hans'>{right}</html>"
    assert languages.latin_in(page, KEPT, ["A long title of a case that goes on"]) == []


def test_chinese_that_is_left_on_an_english_page_is_found():
    assert languages.han_in("<html lang='en'><p>Haikou 海口</p></html>")
    assert not languages.han_in("<html lang='en'><p>Haikou <span lang='zh-Hans'>海口</span></p></html>")


# --- the head of each page


def head(page: languages.Page) -> tuple[str, str]:
    # Drawings have titles too.
    (title,) = re.findall(r"<title>(.*?)</title>", page.html.partition("</head>")[0], re.S)
    (description,) = re.findall(r'<meta name="description" content="([^"]*)">', page.html)
    return unescape(title), unescape(description)


def test_no_two_pages_of_the_sitemap_share_a_title_or_a_description(client, pages):
    every = {**pages("en"), **pages("zh")}
    heads = {address: head(every[address]) for address in languages.of_sitemap(client)}
    for place in (0, 1):
        counts = Counter(each[place] for each in heads.values())
        assert [text for text, count in counts.items() if count > 1] == []
    lengths = {address: len(description) for address, (_title, description) in heads.items()}
    assert {address: length for address, length in lengths.items() if not 50 <= length <= 160} == {}


@pytest.mark.parametrize(
    ("prefix", "title", "description"),
    [
        ("", "Cases – City: Haikou; Theme: Biodiversity – page 2", "City: Haikou; Theme: Biodiversity."),
        (
            "/zh-hans",
            "案例 – 城市：海口 Haikou；主题：生物多样性 – 第 2 页",
            "城市：海口 Haikou；主题：生物多样性。",
        ),
    ],
)
def test_a_list_says_its_filters_and_its_page(client, db, prefix, title, description):
    theme = make_theme("Biodiversity", "生物多样性")
    city = make_city("Haikou", name_local="海口")
    for _number in range(21):
        make_case(city=city, themes=(theme,))
    html = client.get(f"{prefix}/cases/?city=haikou&theme=biodiversity&page=2").content.decode()
    found = head(languages.Page(html, frozenset()))
    assert found[0].startswith(f"{title} – ")
    assert found[1].startswith(description)
    assert "21" in found[1]


def test_a_source_check_has_a_title_of_its_own(pages):
    titles = [head(page)[0] for address, page in pages("en").items() if address.startswith("/notes/")]
    assert len(titles) > 10
    # Several may speak of one line: each has the same lines in its title, and few do.
    assert len(set(titles)) > 0.9 * len(titles)


# --- the names of cities


@pytest.mark.parametrize(
    ("prefix", "names"),
    [("", ("[A-Z][A-Za-z ]+", "[\u4e00-\u9fff]+")), ("/zh-hans", ("[\u4e00-\u9fff]+", "[A-Z][A-Za-z ]+"))],
    ids=["en", "zh"],
)
@pytest.mark.parametrize("address", ["/", "/cases/", "/cities/", "/cities/haikou/", "/outcomes/", "/notes/"])
def test_the_name_in_the_language_of_the_page_comes_first(pages, prefix, names, address):
    html = pages("zh" if prefix else "en")[prefix + address].html
    pair = r">({})</(?:a|span)> <span class=\"local-name\" lang=\"[\w-]+\">({})</span>"
    assert re.search(pair.format(*names), html), address
    assert not re.search(pair.format(*reversed(names)), html), address


def test_a_city_abroad_has_the_chinese_name_that_is_known():
    paris = City(name="Paris", name_local="Paris", other_names="Lutetia\n巴黎", country="FR")
    kotor = City(name="Kotor", name_local="Котор", country="ME")
    with override("zh-hans"):
        assert [each.text for each in paris.names()] == ["巴黎", "Paris"]
        assert [each.language for each in kotor.names()] == ["en", "mul"]
    with override("en"):
        assert kotor.names()[0].text == "Kotor"


# --- switching the language


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/cases/?theme=housing&theme=public-space&sort=-city",
        "/cases/?q=water&page=1",
        "/search/?q=%E6%B5%B7%E5%8F%A3",
        "/like-mine/?population=2000000&theme=housing",
        "/privacy/",
        "/nowhere/?a=b",
    ],
)
def test_switching_the_language_keeps_the_page_and_its_query(client, catalogue, address):
    english = client.get(address)
    (to_chinese,) = re.findall(r'<a href="([^"]+)" hreflang="zh-Hans"', english.content.decode())
    chinese = client.get(unescape(to_chinese))
    assert urlsplit(unescape(to_chinese)).query == urlsplit(address).query
    assert chinese.status_code == english.status_code
    (back,) = re.findall(r'<a href="([^"]+)" hreflang="en"', chinese.content.decode())
    assert unescape(back) == address


@pytest.mark.parametrize("wanted", ["zh-CN,zh;q=0.9", "en-GB", "de"])
def test_the_address_alone_decides_on_the_language(client, db, wanted):
    """What a browser asks for sends nobody elsewhere: a link shows everybody the same page (decision 18)."""
    for address, language in (("/", "en"), ("/zh-hans/", "zh-Hans")):
        answer = client.get(address, headers={"accept-language": wanted})
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.content.decode()


# --- what the privacy page says


def test_readers_get_no_cookie_on_any_page(pages):
    for language in PREFIXES:
        for address, page in pages(language).items():
            is_form = re.search(r"/(?:nominate|report)/", address)
            assert page.cookies <= ({"csrftoken"} if is_form else set()), address


def test_no_page_asks_anything_of_another_host(pages):
    loading = re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed|object|track|input)\b[^>]*\b(?:src|srcset|data|poster)=\"([^\"]*)\""
        r"|<link\b[^>]*\brel=\"(?:stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch)\"[^>]*\bhref=\"([^\"]*)\""
        r"|\burl\(([^)]*)\)"
    )
    for language in PREFIXES:
        for address, page in pages(language).items():
            for found in loading.findall(page.html):
                loaded = "".join(found).strip("'\"")
                assert not urlsplit(loaded).netloc, f"{address}: {loaded}"
