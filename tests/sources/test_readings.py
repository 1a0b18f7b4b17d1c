"""What was read from a line of a source: shown on the page of the source, where a line link leads."""

import re
from html import unescape

import pytest

from cities.models import CityFigures
from records.models import Publishable, Record
from sources.models import Source, SourceText
from sources.readings import MOST
from tests.everything import make_everything
from tests.factories import link_theme, make_case, make_city, make_outcome, make_source, make_theme
from tests.notes.factories import make_note
from tests.web import body_of

pytestmark = pytest.mark.django_db


def page(client, address: str) -> str:
    return unescape(body_of(client.get(address)).decode())


def rows(html: str) -> list[tuple[str, str, str]]:
    """Kind, address and lines of each record shown."""
    table = html.partition('id="read-there"')[2].partition("</table>")[0]
    found = []
    for row in re.findall(r"<tr>(<td.*?)</tr>", table, re.S):
        kind, *_others, place = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        address = re.search(r'href="([^"]+)"', row)
        found.append((kind, address[1] if address else "", place))
    return found


@pytest.fixture
def located():
    """A source, and a function that makes a case on lines 10 to 99 of it with an outcome on some lines of these."""
    source = make_source("Document", line_count=200)
    case = make_case("Birds", source=source, first_line=10, last_line=99)

    def outcome(first, last=None, **fields):
        of = fields.pop("case", case)
        place = {"source": source, "first_line": first, "last_line": last or first}
        return make_outcome(of, **place, printed="80 birds", **fields)

    return source, case, outcome


def test_a_line_link_leads_to_what_was_read_there_where_the_text_is_not_shown(client, located):
    source, case, outcome = located
    told = outcome(75, 79)
    link = f"/sources/{source.slug}/?line=75-79#lines"
    assert f'href="{link}"' in page(client, case.get_absolute_url())
    html = page(client, link)
    assert "has not attached a copy" in html
    assert rows(html) == [("Outcome", told.case_url, "75-79"), ("Case", case.get_absolute_url(), "10-99")]
    assert '<q lang="en">80 birds</q>' in html
    # It is no page of its own.
    assert f'<link rel="canonical" href="http://testserver/sources/{source.slug}/">' in html
    assert "读自第 75-79 行" in page(client, f"/zh-hans{link}")


def test_where_the_text_is_shown_the_link_leads_to_the_line_itself(client, located):
    source, case, outcome = located
    outcome(2)
    SourceText.objects.create(source=source, text="One.\nTwo.\nThree.")
    Source.objects.update(full_text_public=True)
    html = page(client, case.get_absolute_url())
    assert f'href="/sources/{source.slug}/#line-2"' in html
    assert "?line=" not in html


def test_records_of_every_kind_are_shown_each_with_a_place_that_is_there(client):
    make_everything()
    source = Source.objects.get(slug__startswith="document-")
    for note in make_note(source=source, lines="1; 3-4"), make_note(source=source, lines="9"):
        note.refresh_from_db()
    shown = rows(page(client, f"/sources/{source.slug}/?line=3-4"))
    kinds = {
        relation.related_model
        for relation in Source._meta.related_objects
        if issubclass(relation.related_model, Record)
        and relation.field.name == "source"
        and relation.related_model.objects.filter(source=source).exists()
    }
    placed = {kind for kind in kinds if any("line" in field.name for field in kind._meta.concrete_fields)}
    expected = {str(kind._meta.verbose_name).capitalize() for kind in placed}
    # Nothing says of these on which line they stand.
    expected -= {"Plan", "Alliance", "Case", "Declaration"} - {kind for kind, _url, _place in shown}
    assert {kind for kind, _url, _place in shown} == expected
    assert len(expected) > 15
    assert len([kind for kind, _url, _place in shown if kind == "Source check"]) == len(
        {url for kind, url, _place in shown if kind == "Source check"}
    )
    for _kind, address, _place in shown:
        path, _mark, anchor = address.partition("#")
        html = page(client, path)
        assert not anchor or f'id="{anchor}"' in html, address


def test_a_place_written_as_text_is_found_by_each_of_its_ranges(client, located):
    source, case, _outcome = located
    link_theme(case, make_theme("Biodiversity"), source=source, lines="120-125; 140")
    for asked, place in (("122", "120-125"), ("139-150", "140"), ("7; 140", "140")):
        html = page(client, f"/sources/{source.slug}/?line={asked}")
        assert rows(html) == [("Theme of a case", case.get_absolute_url(), place)], asked
    assert "holds nothing that was read from there" in page(client, f"/sources/{source.slug}/?line=126")


def test_what_readers_may_not_see_is_not_shown(client, located):
    source, _case, outcome = located
    draft = make_case("Not yet", source=source, state=Publishable.State.DRAFT)
    outcome(150, case=draft)
    outcome(150, hidden=True)
    make_note(source=source, case=draft, lines="150")
    make_note(source=source, lines="150", city=make_city(state=Publishable.State.DRAFT))
    html = page(client, f"/sources/{source.slug}/?line=150")
    assert rows(html) == []
    assert "Not yet" not in html


def test_lines_that_are_none_are_refused_in_words(client, located):
    source, _case, _outcome = located
    for asked in ("x", "0", "9-3", "<b>"):
        html = page(client, f"/sources/{source.slug}/?line={asked}")
        assert "is not a line or a range of lines" in html
    assert "has 200 lines" in page(client, f"/sources/{source.slug}/?line=201")
    assert "read-there" not in page(client, f"/sources/{source.slug}/?line=")


def test_queries_and_rows_are_bounded_however_much_was_read_from_a_line(
    client, located, django_assert_max_num_queries
):
    source, _case, outcome = located
    address = f"/sources/{source.slug}/?line=75"
    outcome(75)
    client.get(address)
    for _number in range(MOST + 5):
        outcome(75)
    with django_assert_max_num_queries(70):
        html = page(client, address)
    assert len(rows(html)) == MOST
    assert "There is more than is shown here" in html


def test_words_of_the_interface_and_names_of_cities_are_in_the_language_of_the_page(client):
    source = make_source("Document", line_count=200)
    place = {"source": source, "first_line": 20, "last_line": 20}
    city = make_city("Haikou", name_local="海口")
    figures = CityFigures.objects.create(city=city, **place)
    figures.figures.create(name="population", value=2_900_000, printed="2,900,000", **place)
    make_note(source=source, lines="20", kind="other", city=city, note="Two of them.")
    html = page(client, f"/zh-hans/sources/{source.slug}/?line=20").partition('id="read-there"')[2]
    for said in (">人口: 2,900,000</a>", "海口 (未注明)</", '<a href="', 'lang="en">Two of them.</a>'):
        assert said in html
    assert "population" not in html and "unlabelled" not in html
    english = page(client, f"/sources/{source.slug}/?line=20").partition('id="read-there"')[2]
    assert ">population: 2,900,000</a>" in english and ">Haikou (unlabelled)</" in english


def test_lines_that_the_query_names_apart_are_all_asked_for(client, located):
    source, _case, outcome = located
    one, other = outcome(75, key="one"), outcome(80, key="other")
    found = rows(page(client, f"/sources/{source.slug}/?line=75&line=80"))
    assert [address for _kind, address, _place in found[:2]] == [one.case_url, other.case_url]
