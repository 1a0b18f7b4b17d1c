"""Cases as lists show them say what the records say, and nothing that is not public."""

import pytest
from django.utils.html import escape
from django.utils.translation import override

from cases.cards import cards, read_texts
from cases.models import Initiative, Milestone, Organisation, Outcome, Partner
from cases.passages import passages
from cases.templatetags.case_rows import case_rows
from cities.models import City, CityFigures
from tests import factories as make

pytestmark = pytest.mark.django_db


def _catalogue():
    """One case with everything, one with nothing, and three that readers may not see."""
    themes = [make.make_theme("Water", "水"), make.make_theme("Air"), make.make_theme("Gone", hidden=True)]
    city = make.make_city("Xiamen", name_local="厦门", other_names="Amoy\nHiamen")
    full = make.make_case("Full", city=city, themes=tuple(themes), summary="All of it.", started="2017-06")
    make.link_theme(full, make.make_theme("Taken back"), hidden=True)
    make.make_section(full, "What was done.", heading="Measures")
    make.make_section(full, "Hidden digest.", hidden=True)
    Milestone.objects.create(initiative=full, key="opened", date="2018", event="It opened")
    Outcome.objects.create(
        initiative=full, key="trees", indicator="trees", printed="1,000", status="achieved"
    )
    body = Organisation.objects.create(slug="body", name="Body", variants="The Body")
    Partner.objects.create(initiative=full, organisation=body, role="paid")
    CityFigures.objects.create(city=city, source=make.make_source(), key="core", scope_as_printed="the core")
    make.make_case("Bare")
    make.make_case("Draft", state="draft")
    make.make_case("Of a city taken back", city=make.make_city("Nowhere", state="draft"))
    make.make_case("Hidden", hidden=True)
    return full


def test_only_public_cases_have_cards_with_their_public_themes():
    full = _catalogue()
    found = cards(list(Initiative.objects.values_list("pk", flat=True)))
    assert sorted(card.title for card in found.values()) == ["Bare", "Full"]
    card = found[full.pk]
    assert [theme.name for theme in card.themes] == ["Air", "Water"]
    assert (card.get_absolute_url(), card.city_url) == (full.get_absolute_url(), full.city.get_absolute_url())
    assert cards([]) == {}


def test_all_public_texts_of_a_case_are_read_for_showing_why_it_was_found():
    full = _catalogue()
    card = cards([full.pk])[full.pk]
    read_texts([card])
    said = [passage.text for passage in passages(card)]
    assert said == [
        "All of it.",
        "Measures: What was done.",
        "Xiamen, Amoy, Hiamen, the core",
        "厦门",
        "Air",
        "Water",
        "水",
        "It opened",
        "trees 1,000",
        "Body, The Body",
    ]


@pytest.mark.parametrize(("language", "start"), [("en", "started June 2017"), ("zh-hans", "2017年6月")])
def test_rows_speak_the_language_of_the_page_and_lead_to_its_pages(language, start):
    full = _catalogue()
    for _ in range(2):  # what is remembered for one language must not show in the other
        with override(language):
            row = case_rows(cards([full.pk]).values())
            assert start in row
            assert f'href="{full.get_absolute_url()}"' in row
            assert ("水" in row) == (language != "en")


def test_markup_in_any_text_is_shown_and_not_obeyed():
    evil = "<script>alert('&')</script>\""
    city = make.make_city("City", name_local=evil)
    case = make.make_case(
        evil, city=city, slug="city-x", themes=[make.make_theme(evil, slug="evil")], summary=evil
    )
    row = case_rows(cards([case.pk]).values())
    assert "<script" not in row
    assert row.count(str(escape(evil))) == 4


@pytest.mark.parametrize("place", ["/cases/", "/outcomes/", "/outcomes.json", "/cases.csv"])
def test_what_a_city_is_called_now_stands_in_every_list(client, place):
    city = make.make_city("Amoy", name_local="旧")
    make.make_outcome(make.make_case("Parks", city=city))
    assert "Amoy" in _said(client, place)
    City.objects.filter(pk=city.pk).update(name="Xiamen", name_local="厦门", slug="xiamen", country="SG")
    said = _said(client, place)
    assert "Xiamen" in said and "Amoy" not in said and "旧" not in said
    assert place != "/cases/" or "Singapore" in said


def _said(client, place: str) -> str:
    answer = client.get(place)
    return (answer.getvalue() if answer.streaming else answer.content).decode()
