"""How a case is cited: in the styles of the field, and in the forms that reference managers read.

tests/data/csl-data.json is the schema of CSL-JSON, version 1.0.2, from github.com/citation-style-language/schema at
commit e3ce254 (MIT licence).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
import rispy
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from cases.columns import CASES
from cases.models import Initiative
from listing import citations
from listing.citable import FURTHER, NEEDED
from listing.columns import Column, Table
from listing.formats import bibtex_text, ris_text
from listing.formats.base import Export
from listing.formats.cited import Cited, item
from records.models import Publishable
from tests.factories import link_theme, make_case, make_city, make_theme
from tests.web import body_of

pytestmark = pytest.mark.django_db
TIME = "2026-03-01T08:15:00+00:00"
SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "csl-data.json").read_text(encoding="utf-8"))
# What titles may hold: no control characters, and blanks as one line has them.
LINES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1).map(
    lambda text: " ".join(text.split())
)


def _text(response) -> str:
    return body_of(response).decode()


def _case(**values) -> Initiative:
    case = make_case("Birds & bees_2", city=make_city("Haikou", "CN"), **values)
    for name in ("Biodiversity", "Rivers, lakes and wetlands"):
        link_theme(case, make_theme(name))
    return case


def _bib(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[])
    assert not library.failed_blocks
    return [
        {field.key: str(field.value) for field in entry.fields} | {"key": entry.key}
        for entry in library.entries
    ]


def _plain(latex: str) -> str:
    """What a reader of LaTeX sees."""
    return LatexNodes2Text(math_mode="verbatim").latex_to_text(latex)


def test_a_case_is_cited_in_three_styles_with_what_its_page_says(client):
    case = _case()
    page = _text(client.get(case.get_absolute_url()))
    day = timezone.localdate()
    address = f"http://testserver{case.get_absolute_url()}"
    texts = dict(re.findall(r'<dd id="cite-(\w+)"><span[^>]*>(.+?)</span></dd>', page))
    assert texts["apa"] == (
        f"Urban Innovation Catalogue. ({day.year}, {day:%B} {day.day}). <i>Birds &amp; bees_2</i>. {address}"
    )
    assert texts["chicago"].startswith(f"Urban Innovation Catalogue. {day.year}. “Birds &amp; Bees_2.”")
    assert texts["gb"] == f"URBAN INNOVATION CATALOGUE. Birds &amp; bees_2[EB/OL]. ({day})[{day}]. {address}."


def test_what_is_printed_in_a_title_is_text_in_every_style():
    case = make_case("<script>alert(1)</script> <i>x</i>")
    for each in citations.styled(Export(CASES, Initiative.objects.filter(pk=case.pk), "https://host")):
        assert "<script" not in each.html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;i&gt;x&lt;/i&gt;" in each.html


@settings(deadline=None)  # the first reads the styles
@given(title=LINES)
def test_no_title_becomes_markup(title):
    for file in citations.FILES:
        text = citations.written(json.dumps(item(_cited(title), date(2026, 3, 2)), ensure_ascii=False), file)
        assert not re.findall(r"<(?!/?i>)|&(?!(amp|lt|gt);)", text)


def test_the_record_in_csl_json_is_valid_and_says_where_the_case_is(client):
    case = _case()
    answer = client.get(f"/cases/{case.slug}.csl.json")
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    (record,) = json.loads(_text(answer))
    jsonschema.validate([record], SCHEMA)
    assert record["URL"] == f"http://testserver/cases/{case.slug}/"
    assert record["note"] == "Haikou, China"
    assert record["keyword"] == "Biodiversity; Rivers, lakes and wetlands"


def test_the_cases_of_a_collection_are_valid_csl_json_in_the_order_of_its_page(client):
    one, two = _case(), make_case("A first one")
    address = f"/collection.csl.json?case={one.slug}&case={two.slug}"
    page = _text(client.get(f"/collection/?case={one.slug}&case={two.slug}"))
    assert f'href="{address.replace("&", "&amp;")}"' in page
    answer = client.get(address)
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    assert 'filename="collection.csl.json"' in answer["Content-Disposition"]
    records = json.loads(_text(answer))
    jsonschema.validate(records, SCHEMA)
    assert [record["id"] for record in records] == [two.slug, one.slug]
    (alone,) = json.loads(_text(client.get(f"/cases/{one.slug}.csl.json")))
    assert records[1] == alone
    unknown = client.get(f"/collection.csl.json?case={one.slug}&case=no-such-case")
    assert (unknown.status_code, unknown["Content-Type"]) == (400, "application/json; charset=utf-8")
    Initiative.objects.filter(pk=two.pk).update(state="withdrawn", withdrawn_at=timezone.now())
    assert client.get(address).status_code == 410


def test_bibtex_is_read_by_another_parser(client):
    case = _case()
    (entry,) = _bib(_text(client.get(f"/cases/{case.slug}.bib")))
    assert entry["key"] == case.slug
    assert entry["author"] == "{Urban Innovation Catalogue}"
    assert _plain(entry["title"]) == "Birds & bees_2"
    assert entry["url"] == f"http://testserver/cases/{case.slug}/"
    assert entry["keywords"] == "Biodiversity, {Rivers, lakes and wetlands}"


def test_ris_is_read_by_its_parser_and_has_the_lines_of_the_format(client):
    case = _case()
    text = _text(client.get(f"/cases/{case.slug}.ris"))
    lines = text.split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    (record,) = rispy.loads(text)
    assert record["title"] == "Birds & bees_2"
    assert record["keywords"] == ["Biodiversity", "Rivers, lakes and wetlands"]
    assert record["date"] == f"{timezone.localdate():%Y/%m/%d}"


@pytest.mark.parametrize("name", ["bib", "ris"])
def test_a_filtered_list_is_taken_away_as_it_is_shown(client, name):
    for number in range(3):
        make_case(f"Case {number}", city=make_city(f"Town {number}"))
    hidden = make_case("Not yet", state=Publishable.State.DRAFT)
    text = _text(client.get(f"/cases.{name}?city=town-1&city=town-0&sort=-title"))
    read = _bib(text) if name == "bib" else rispy.loads(text)
    shown = re.findall(
        r'data-id="([\w-]+)"', _text(client.get("/cases/?city=town-1&city=town-0&sort=-title"))
    )
    assert [each.get("key") or each["id"] for each in read] == shown
    assert hidden.slug not in text
    page = _text(client.get("/cases/"))
    assert f'href="/cases.{name}"' in page


def test_only_what_can_be_cited_has_such_forms(client):
    make_case(city=make_city("Haikou"))
    assert client.get("/like-mine.bib?city=haikou").status_code == 404
    assert client.get("/cities/haikou.ris").status_code == 404
    assert ".bib" not in _text(client.get("/like-mine/?city=haikou"))
    with pytest.raises(CommandError, match=r"no form \.geojson"):
        call_command("export", "themes", format="geojson")
    with pytest.raises(ValueError, match="other columns"):
        list(bibtex_text.write(_rows(Table("t", [], citation=Table("t", [Column("key", str, "")])))))


def test_a_withdrawn_case_says_so_in_every_form(client):
    case = _case(state=Publishable.State.WITHDRAWN, withdrawn_at=timezone.now(), state_reason="Double.")
    for form in citations.FORMS:
        answer = client.get(f"/cases/{case.slug}.{form}")
        assert answer.status_code == 410, form
        assert "Double." in _text(answer)


def _rows(table: Table) -> Export:
    return Export(table, Initiative.objects.all(), "https://host")


def _table(what: Cited) -> Table:
    told = [*NEEDED, *(name for name in FURTHER if getattr(what, name) is not None)]
    names = [Column(name, lambda _case, name=name: getattr(what, name), "") for name in told]
    return Table("things", [], citation=Table("things", names))


def _cited(title: str, keywords: Sequence[str] = (), abstract: str = "") -> Cited:
    return Cited("a-key", title, "", "https://h/", TIME, TIME, "; ".join(keywords), abstract)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # one case is enough
@example(title="a { b } \\ c\\", abstract="50 % of # $ & ~ ^ _", keywords=["a, b", "c"])
@given(title=LINES, abstract=LINES, keywords=st.lists(LINES.filter(lambda text: ";" not in text), max_size=3))
def test_whatever_a_case_is_called_its_records_can_be_read(one_case, title, abstract, keywords):
    what = _cited(title, keywords, abstract)
    (entry,) = _bib(b"".join(bibtex_text.write(_rows(_table(what)))).decode())
    assert entry["key"] == "a-key"
    assert entry["year"] == "2026"
    (record,) = rispy.loads(b"".join(ris_text.write(_rows(_table(what)))).decode())
    assert record["title"] == title
    jsonschema.validate([item(what, date(2026, 3, 2))], SCHEMA)


@pytest.fixture
def one_case():
    return make_case()


@pytest.mark.parametrize(
    ("issued", "appeared"),
    [
        ("2014-11-18", "2014-11-18"),
        ("2014-11", "2014-11"),
        ("2014", "2014"),
        ("2012/2013", "2012"),
        ("2014-21", "2014"),  # a season
        ("201X", ""),
        ("/2020", ""),
        ("", ""),
        (None, "2026-03-01"),
    ],
)
def test_a_document_is_dated_as_exactly_as_is_known_and_never_by_the_day_it_came_here(
    one_case, issued, appeared
):
    what = replace(_cited("A report"), author="A publisher", issued=issued, language="zh-hans")
    assert what.appeared == appeared
    (entry,) = _bib(b"".join(bibtex_text.write(_rows(_table(what)))).decode())
    assert (entry.get("date", ""), entry["author"], entry["language"]) == (
        appeared,
        "{A publisher}",
        "chinese",
    )
    (record,) = rispy.loads(b"".join(ris_text.write(_rows(_table(what)))).decode())
    assert record.get("date", "") == appeared.replace("-", "/")
    assert record["authors"] == ["A publisher,"]
    made = item(what, date(2026, 3, 2))
    assert ("issued" in made) == bool(appeared)
    jsonschema.validate([made], SCHEMA)
