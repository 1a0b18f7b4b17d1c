"""The catalogue speaks Chinese: every message translated, every page without English left over."""

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from django.views import defaults

from cases.models import Initiative, Programme, Theme
from cities.models import Alliance, City, Plan
from declarations.models import Declaration
from records.dates import label
from sources.models import Source

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# %(name)s, %s, %d and {name}; tags of HTML.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+[^>]*>")
CHINESE = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{CHINESE}] ?[,;:!?\"()]|[,;!?\"()] ?[{CHINESE}]")

# Names and words that stay as they are in Chinese text.
KEPT = (
    "CC BY",
    "Atom",
    "CSV",
    "JSON",
    "GeoNames",
    "Natural Earth",
    "Equal Earth",
    "MIT",
    "UTF-8",
    "SHA-256",
    "Excel",
    "Cookie",
    "GDP",
    "km",
    "A",
    "Z",
)
WORD = r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?"
# Where a single English word is one too many; elsewhere it may be a name.
STRICT = {"nav", "legend", "th", "button", "h1", "h2", "h3", "h4", "dt", "summary", "option", "attribute"}
# Text of the head is in the language of the page as a whole, and may hold the title of a record.
WITH_TITLES = {"title", "attribute"}
VOID = {"br", "input", "link", "meta", "img", "hr", "source", "wbr", "col"}
SPOKEN = ("aria-label", "placeholder", "title", "alt")

LISTS = [
    "cases:initiative_list",
    "cases:crosswalk",
    "cases:map",
    "cases:theme_list",
    "cities:city_list",
    "cities:plan_list",
    "cities:alliance_list",
    "declarations:declaration_list",
    "sources:source_list",
]
QUERIES = [
    "?theme=urban-renewal&city=nanjing&q=city",
    "?q=zeppelin",
    "?city=atlantis",
    "?sort=-city",
    "?page=99",
]
RECORDS = [Initiative, Theme, City, Plan, Alliance, Declaration, Source]


@pytest.fixture(scope="module")
def po() -> polib.POFile:
    return polib.pofile(str(PO))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_entry_is_translated_and_none_is_a_guess(po):
    assert len(po) > 500
    assert [e.msgid for e in po if not all(text.strip() for text in translations(e))] == []
    assert [e.msgid for e in po if e.fuzzy or e.obsolete] == []
    assert po.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [e.msgid for e in po if e.msgid_plural and list(e.msgstr_plural) != [0]] == []


def test_placeholders_and_line_ends_are_the_same_on_both_sides(po):
    for entry in po:
        for text in translations(entry):
            wanted = entry.msgid_plural or entry.msgid
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(wanted)), entry.msgid
            assert text.count("\n") == wanted.count("\n"), entry.msgid


def test_punctuation_beside_chinese_is_full_width(po):
    for entry in po:
        for text in translations(entry):
            assert not HALF_WIDTH.search(PLACEHOLDER.sub("", text)), text


def test_what_is_compiled_is_what_is_written(po):
    compiled = {
        (e.msgctxt, e.msgid): translations(e) for e in polib.mofile(str(PO.with_suffix(".mo"))) if e.msgid
    }
    assert compiled == {(e.msgctxt, e.msgid): translations(e) for e in po}


@pytest.fixture
def check(po):
    """locale/check.py as a module, which is no package."""
    specification = importlib.util.spec_from_file_location("locale_check", ROOT / "locale" / "check.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_check_names_what_only_the_code_or_only_the_po_has(check, po, monkeypatch, capsys):
    monkeypatch.setattr(check.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(check, "in_code", lambda language: check.keys(po))
    assert check.main() == 0
    changed = check.keys(po) - {("", "Cases", "")} | {("", "Casks", "")}
    monkeypatch.setattr(check, "in_code", lambda language: changed)
    assert check.main() == 1
    told = capsys.readouterr().err
    assert "in the code, not in the .po:\n  'Casks'" in told
    assert "in the .po, not in the code:\n  'Cases'" in told


def test_the_check_says_when_gettext_is_missing(check, monkeypatch, capsys):
    monkeypatch.setattr(check.shutil, "which", lambda name: None)
    assert check.main() == 2
    assert "xgettext" in capsys.readouterr().err


class ChineseText(HTMLParser):
    """The text of a page that is marked as Chinese, with the kind of place it stands in."""

    def __init__(self, html: str):
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, str]] = []  # tag, language, kind of place
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        _tag, language, place = self._open[-1] if self._open else ("", "", "")
        language = attrs.get("lang", language)
        place = tag if tag in STRICT | WITH_TITLES | {"script", "style", "code"} else place
        spoken = [attrs[name] for name in SPOKEN if name in attrs]
        if tag == "input" and attrs.get("type") == "submit":
            spoken.append(attrs.get("value", ""))
        if language == "zh-Hans":
            self.pieces += [("attribute", text) for text in spoken]
        if tag not in VOID:
            self._open.append((tag, language, place))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        _tag, language, place = self._open[-1] if self._open else ("", "", "")
        if language == "zh-Hans" and place not in {"script", "style", "code"}:
            self.pieces.append((place, data))


def english_in(html: str, names: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> list[str]:
    """What is left in English on a Chinese page: "place: words".

    `names` may stand anywhere, as filter values do; `titles` of records in the head and in attributes.
    """
    found = []
    for place, text in ChineseText(html).pieces:
        for known in sorted((*names, *(titles if place in WITH_TITLES else ())), key=len, reverse=True):
            text = text.replace(known, "·")
        text = re.sub(rf"(?<![A-Za-z])(?:{'|'.join(KEPT)})(?![A-Za-z])", "·", text)
        several = WORD if place in STRICT else rf"{WORD}(?:\s+{WORD})+"
        found += [f"{place or 'text'}: {words}" for words in re.findall(several, text)]
    return found


@pytest.mark.parametrize(
    "left",
    [
        "<p>Two words</p>",
        "<p>案例 left in English</p>",
        "<table><tr><th>Value</th></tr></table>",
        "<button>Search</button>",
        "<fieldset><legend>City</legend></fieldset>",
        "<nav><a href='/'>Cases</a></nav>",
        "<input aria-label='Filters'>",
        "<input type='submit' value='Sort'>",
        "<div lang='en'><p lang='zh-Hans'>two words</p></div>",
        "<p><span lang='en'>Xianning</span>, not marked</p>",
    ],
)
def test_english_that_is_left_is_found(left):
    assert english_in(f"<html lang='zh-Hans'><body>{left}</body></html>")


@pytest.mark.parametrize(
    "right",
    [
        "<p>摘要（CC BY 4.0）</p>",
        "<p lang='en'>In our own words.</p>",
        "<button>检索</button><a>供程序使用的 CSV</a>",
        "<th>面积（km²）</th><th>人均 GDP（美元）</th>",
        "<label>Hong Kong</label>",
        "<a title='A long title'>出处</a>",
    ],
)
def test_names_and_what_is_marked_as_english_are_not(right):
    page = f"<html lang='zh-Hans'><body>{right}</body></html>"
    assert english_in(page, names=("Hong Kong",), titles=("A long title",)) == []


def addresses() -> list[str]:
    """Lists, queries that fit, fit nothing and are wrong, and the page of every public record, in Chinese."""
    with override("zh-hans"):
        found = [reverse("home"), reverse("about"), reverse("download"), *(reverse(name) for name in LISTS)]
        found += [reverse("cases:initiative_list") + query for query in QUERIES]
        found += [record.get_absolute_url() for model in RECORDS for record in model.objects.public()]
        return [*found, reverse("cases:initiative", args=["gone"]), "/zh-hans/nowhere/"]


def test_no_page_has_english_left_that_is_not_marked_as_english(client: Client, catalogue):
    names = tuple(
        name for model in (City, Programme) for name in model.objects.values_list("name", flat=True)
    ) + tuple(Declaration.objects.values_list("title", flat=True))
    titles = tuple(str(record) for model in RECORDS for record in model.objects.all())
    pages = addresses()
    assert len(pages) > 60
    left = {}
    for address in pages:
        html = client.get(address).content.decode()
        assert '<html lang="zh-Hans">' in html, address
        english = english_in(html, names, titles)
        if english:
            left[address] = english
    assert left == {}


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/", "各城市做了哪些尝试、结果如何、依据何在"),
        ("/about/", "关于本目录"),
        ("/method/", "方法"),
        ("/privacy/", "隐私"),
        ("/licence/", "许可"),
        ("/accessibility/", "无障碍声明"),
        ("/cases/", "案例"),
        ("/cities/", "城市"),
        ("/crosswalk/", "案例如何回应宣言"),
        ("/map/", "城市地图"),
        ("/themes/", "主题"),
        ("/declarations/", "宣言"),
        ("/alliances/", "联盟"),
        ("/plans/", "计划"),
        ("/sources/", "来源"),
        ("/nowhere/", "此网址没有内容"),
    ],
)
def test_headings_are_chinese(client: Client, catalogue, address, heading):
    html = client.get(f"/zh-hans{address}").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert '<html lang="zh-Hans">' in html


def test_the_words_of_the_vocabulary_stand_where_readers_meet_them(client: Client, catalogue):
    case = client.get("/zh-hans/cases/xianning-child-friendly-routes-to-school/").content.decode()
    for word in ("出处", "更正", "编辑判断", "启动时间", "本页内容"):
        assert word in case, word
    about = client.get("/zh-hans/about/").content.decode()
    for word in ("案例", "摘要", "出处", "更正"):
        assert f"<dt><strong>{word}</strong></dt>" in about, word


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2016-06-03", "2016年6月3日"),
        ("2018-06", "2018年6月"),
        ("2014", "2014年"),
        ("198X", "1980年代"),
        ("2020/2021", "2020年–2021年"),
        ("/2020", "至2020年"),
        ("2020/", "自2020年起"),
    ],
)
def test_dates_are_written_the_chinese_way(date, words):
    with override("zh-hans"):
        assert label(date) == words


@pytest.mark.parametrize("view", ["bad_request", "server_error"])
def test_pages_of_last_resort_speak_the_language_of_the_request(view):
    request = RequestFactory().get("/zh-hans/")
    arguments = [ValueError()] if view == "bad_request" else []
    with override("zh-hans"):
        html = getattr(defaults, view)(request, *arguments).content.decode()
    assert '<html lang="zh-Hans">' in html
    assert 'href="/zh-hans/"' in html
    assert english_in(html) == []


def test_the_words_of_staff_pages_are_chinese():
    """They come from the models: a few that only staff see stand for all."""
    with override("zh-hans"):
        assert Initiative._meta.verbose_name == "案例"
        assert Initiative._meta.get_field("started").verbose_name == "启动时间"
        assert "如 2017" in str(Initiative._meta.get_field("started").help_text)
