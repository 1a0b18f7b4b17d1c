"""Whatever is typed or sent, pages answer: rows, or a message; never a fault, never a dead process."""

import json
import re
from html import unescape
from urllib.parse import quote, quote_plus, urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.lists import CaseList
from tests import factories as make
from tests.web import body_of

pytestmark = pytest.mark.django_db

LONG = {
    "a word of 10,000 characters": "x" * 10_000,
    "10,000 characters of words": "park " * 2_000,
    "10,000 characters of different words": " ".join(f"park{n}" for n in range(1_150)),
    "a phrase of 10,000 characters": '"' + "park " * 1_999 + '"',
    "10,000 Chinese characters": "海" * 10_000,
    "10,000 different Chinese characters": "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
    "10,000 characters beyond the first plane": "𠀀" * 10_000,
    "1,000 marks upon marks": "park " + "a\u0301\u0316" * 300 + "\u0301\u0316" * 500,
    "words in another script": "парковая " * 1_111,
    "10,000 blanks": "park" + " " * 9_990 + "lane",
    "10,000 minuses": "park" + " -" * 4_990,
    "10,000 full stops": "a." * 5_000,
    "10,000 numbers": "1," * 5_000,
    "10,000 quotes": '"' * 10_000,
    "3,000 nested brackets": "(" * 3_000 + "park" + ")" * 3_000,
    "3,000 nested square brackets": "[" * 3_000 + "park" + "]" * 3_000,
    "3,000 exclusions": "-a " * 3_000,
}
NO_WORD = {"10,000 quotes"}
SHORT = {
    "nested brackets": "(" * 90 + "park" + ")" * 90,
    "an unbalanced quote": 'park "lane',
    "an unbalanced quote at the end": 'park"',
    "quotes in quotes": '"park "lane" park"',
    "typographic quotes crossed": "“park ”lane“ „park»",
    "operators": "park AND lane OR NOT water",
    "operators alone": "AND OR NOT",
    "signs of other languages": "+park -lane ~water^3 && || ! { } [ ] : / \\",
    "a field name": "title:park",
    "a field name of the index": "f_city:x kind:note key:note note:* s_title_up:a",
    "every document": "*:*",
    "a range": "title:[a TO z] id:{1 TO *}",
    "a set": "title: IN [a b c]",
    "a regular expression": "/(a+)+$/ (a|a)*b",
    "a boost": "park^99999999999999999999",
    "a slop": '"park lane"~99999999999999',
    "a prefix": '"park la"*',
    "only exclusions": "-park -lane",
    "an exclusion of everything": "-the",
    "a bare minus": "-",
    "Arabic": "حديقة في المدينة",
    "Hindi": "शहर में पार्क",
    "Thai": "สวนสาธารณะในเมือง",
    "Korean": "도시 공원",
    "emoji": "🏙️ park 👩‍👩‍👧‍👦",
    "marks upon marks": "p" + "\u0301" * 150,
    "marks alone": "\u0301\u0302",
    "turned writing": "\u202eparK\u202c",
    "joiners": "par\u200dk \u200b\ufeff",
    "beyond the first plane": "𝔭𝔞𝔯𝔨 𠀀",
    "private letters": "\ue000\uf8ff",
    "not letters at all": "\ufdd0\uffff",
    "numbers": "1e309 -1 0x10 9" + "9" * 100,
    "a program": "'; DROP TABLE cases_initiative; --",
    "a template": "{{ 7*7 }} {% debug %} ${7*7} %s %d %(x)s",
    "a page": "<script>alert(1)</script>",
}


@pytest.fixture
def park():
    make.make_case("A park by the lane", slug="park", city=make.make_city("Haikou", name_local="海口"))
    make.make_case("Another lane", slug="lane")


def _answers(client, query: str) -> int:
    """The status of the exports, after the page answered; a query that was refused says so everywhere."""
    page = client.get(f"/cases/?{query}")
    assert page.status_code == 200
    assert len(page.content) < 300_000
    refused = bool(page.context["errors"])
    if refused:
        assert page.context["count"] == 0
        assert b'role="alert"' in page.content
    for form in ("csv", "json"):
        answer = client.get(f"/cases.{form}?{query}")
        assert answer.status_code == (400 if refused else 200), query[:200]
        if form == "json":
            document = json.loads(body_of(answer))
            assert ("error" in document) == refused
            assert refused or document["count"] == page.context["count"]
    return answer.status_code


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize("what", LONG)
@pytest.mark.parametrize("times", [1, 3])
def test_what_is_long_is_answered(client, what, times):
    status = _answers(client, urlencode([("q", f"{LONG[what]}{' ' * n}") for n in range(times)]))
    assert status == (400 if what in NO_WORD else 200)


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize("what", LONG)
def test_what_is_longer_than_can_be_read_gets_a_message(client, what):
    assert _answers(client, urlencode({"q": LONG[what] + "()" * 5_000})) == 400


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("what", sorted(set(LONG) - NO_WORD))
def test_links_carry_the_words_that_were_searched_for_and_the_field_what_was_typed(client, what, prefix):
    page = client.get(f"{prefix}/cases/", {"q": LONG[what]})
    assert page.context["searches"][0]["values"] == [LONG[what]]
    html = page.content.decode()
    addresses = [
        unescape(each) for each in re.findall(r'href="([^"]*)"', html) if "?q=" in each or "&amp;q=" in each
    ]
    assert addresses
    assert max(map(len, addresses)) < 16_000
    same = page.context["understood_url"].partition("?")[2]
    assert json.loads(body_of(client.get(f"/cases.json?{same}")))["count"] == page.context["count"]
    again = client.get(f"{prefix}/cases/?{same}")
    assert again.context["remarks"] == []
    assert again.context["selection"].address.pairs == page.context["selection"].address.pairs


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize("what", SHORT)
def test_what_only_looks_dangerous_is_read_as_words(client, what):
    status = _answers(client, urlencode({"q": SHORT[what]}))
    assert b"A park by the lane" in client.get("/cases/").content
    page = client.get("/cases/?" + urlencode({"q": SHORT[what]}))
    assert b"<script>alert(1)" not in page.content
    if what in ("nested brackets", "an unbalanced quote at the end"):
        assert status == 200
        assert [case.slug for case in page.context["page_obj"]] == ["park"]


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize(
    "raw",
    [
        "q=%00",
        "q=park%00",
        "q=%01%02%03",
        "q=park%0d%0aSet-Cookie:x",
        "q=%7f",
        "q=%c2%85",
        "q=%ed%a0%80",  # half of a pair, as bytes
        "q=%ed%a0%80%ed%bf%bf",
        "q=%ff%fe",
        "q=%e6%b5",
        "q=%",
        "q=%zz",
        "q=%u6d77",
        "q=%25%32%35",
        "q[]=park",
        "q=park;q=lane",
        "q=park&q=park&q=",
        "&&&=&q",
        "q=" + "%22" * 199,
        "q=" + quote("\u2028\u2029park"),
        "q=park&page=1e9",
        "q=park&page=-1",
    ],
)
def test_bytes_that_are_no_text_get_an_answer(client, raw):
    response = client.get(f"/cases/?{raw}")
    assert response.status_code in (200, 404)
    assert client.get(f"/cases.json?{raw}").status_code in (200, 400)
    assert client.get("/cases/?q=park").context["count"] == 1


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize("text", ["\ud800", "park \udfff", "\udc80\udcff", "\ud83d\ude00"])
def test_halves_of_pairs_do_not_reach_the_engine(text):
    """They cannot come through an address, but by the command line and by other programs' code."""
    params = QueryDict(mutable=True)
    params["q"] = text
    selection = CaseList().select(params, "/cases/")
    assert [problem.name for problem in selection.problems] == ["q"]
    assert list(selection.rows) == []


@pytest.mark.usefixtures("park")
@pytest.mark.parametrize(
    "name", ["find_city", "find_theme", "sort", "page", "city", "theme", "goal", "country", "for"]
)
@pytest.mark.parametrize("what", ["10,000 quotes", "3,000 nested brackets"])
def test_other_names_get_an_answer_too(client, name, what):
    query = f"{name}={quote_plus(LONG[what])}"
    assert client.get(f"/cases/?{query}").status_code in (200, 404)
    assert client.get(f"/cases.csv?{query}").status_code in (200, 400)


class Anything(TestCase):
    """Any text at all, over one catalogue."""

    @classmethod
    def setUpTestData(cls):
        make.make_case("A park by the lane", slug="park", city=make.make_city("Haikou", name_local="海口"))

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.one_of(
                st.text(max_size=60),
                st.text(st.sampled_from("\"“”()[]{}-+~^*:/\\& |!?park海1.,'’"), max_size=199),
            ),
            min_size=1,
            max_size=3,
        )
    )
    def test_any_text_is_answered(self, texts):
        query = "&".join(f"q={quote(text, errors='surrogatepass')}" for text in texts)
        page = self.client.get(f"/cases/?{query}")
        assert page.status_code == 200
        answer = self.client.get(f"/cases.json?{query}")
        assert answer.status_code == (400 if page.context["errors"] else 200)
        body_of(answer)
