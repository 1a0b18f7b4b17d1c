"""Related cases on the page of a case."""

import pytest

from cases import related
from cases.models import Initiative, InitiativeTheme
from cases.related import related_cases
from search.service import Building
from tests.factories import make_case, make_city, make_section, make_theme

pytestmark = pytest.mark.django_db


def the(slug: str) -> Initiative:
    return Initiative.objects.public().for_lists().get(slug=slug)


def slugs(case: Initiative) -> list[str]:
    return [each.case.slug for each in related_cases(the(case.slug))]


@pytest.fixture
def themes():
    return {name: make_theme(name) for name in ("Water", "Housing", "Birds")}


def test_a_case_is_related_by_themes_and_words_the_closest_first(client, themes):
    city = make_city("A")
    one = make_case("One", city=city, themes=(themes["Water"], themes["Birds"]))
    both = make_case("Both", city=city, themes=(themes["Water"], themes["Birds"]))
    half = make_case("Half", city=city, themes=(themes["Water"],))
    words = make_case("Words", city=city, themes=(themes["Housing"],))
    make_case("Other", city=city, themes=(themes["Housing"],))
    for case in (one, words):
        make_section(case, "Mangroves and otters. The mangroves, the otters.")
    found = related_cases(the(one.slug))
    assert found[0].case == both
    assert {each.case.slug: [theme.name for theme in each.themes] for each in found} == {
        both.slug: ["Birds", "Water"],
        half.slug: ["Water"],
        words.slug: [],
    }
    assert {each.case.slug: list(each.words) for each in found}[words.slug] == ["mangroves", "otters"]
    html = client.get(one.get_absolute_url()).content.decode()
    assert "In common, themes: Birds; Water" in html
    assert "mangroves, otters" in html


def test_there_are_at_most_four_and_never_the_case_itself(themes):
    cases = [make_case(f"Case {n}", themes=(themes["Water"],)) for n in range(9)]
    for case in cases:
        found = slugs(case)
        assert len(found) == 4
        assert case.slug not in found


def test_one_shared_word_is_not_enough():
    one, other = make_case("One"), make_case("Other")
    for case in (one, other):
        make_section(case, "Otters, otters.")
    assert slugs(one) == []


def test_drafts_and_hidden_links_relate_nothing(themes):
    one, two = (make_case(f"Case {n}", themes=(themes["Water"],)) for n in range(2))
    assert slugs(one) == [two.slug]
    InitiativeTheme.objects.filter(initiative=two).update(hidden=True)
    assert slugs(one) == []
    InitiativeTheme.objects.update(hidden=False)
    Initiative.objects.filter(pk=two.pk).update(state="draft")
    assert slugs(one) == []


def test_a_case_alone_has_none(client):
    case = make_case("Alone")
    assert slugs(case) == []
    assert "Related cases" not in client.get(case.get_absolute_url()).content.decode()


def test_while_the_index_is_built_the_page_stands_without(client, themes, monkeypatch):
    one, _two = (make_case(f"Case {n}", themes=(themes["Water"],)) for n in range(2))

    def building():
        raise Building

    monkeypatch.setattr(related, "snapshot", building)
    assert client.get(one.get_absolute_url()).status_code == 200
