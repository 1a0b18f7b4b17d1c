"""The page of one case."""

from html import unescape
from html.parser import HTMLParser

import pytest

from cases import pages
from cases.models import Initiative
from listing.sorting import text
from tests import factories as make


class Goals(HTMLParser):
    """The numbers of the goals a page links to, in the order they stand."""

    def __init__(self, html):
        super().__init__()
        self.numbers = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") or ""
        if "?goal=" in address:
            self.numbers.append(int(address.partition("?goal=")[2]))


def test_goals_stand_in_the_order_of_their_numbers(client, catalogue):
    for row in client.get("/cases/").context["page_obj"]:
        numbers = Goals(client.get(row.get_absolute_url()).content.decode()).numbers
        assert numbers == sorted(numbers)
        assert numbers


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "mark"), [("", "editor's judgement"), ("/zh-hans", "编辑判断")])
def test_themes_are_marked_as_judged_wherever_they_stand(client, prefix, mark):
    for number in range(2):
        make.make_case(f"Case {number}", themes=[make.make_theme(f"Theme {number}")])
    make.make_case("Without")
    label = f'<span class="judged">{mark}</span>'
    page = unescape(client.get(f"{prefix}/cases/").content.decode())
    assert [label in row for row in page.split('<li class="row"')[1:]] == [True, True, False]
    assert label in unescape(client.get(f"{prefix}/").content.decode())
    assert unescape(client.get(f"{prefix}/themes/").content.decode()).count(label) == 2


def test_previous_and_next_follow_the_list(client, catalogue):
    listed = list(client.get("/cases/").context["page_obj"])
    for before, case, after in zip([None, *listed], listed, [*listed[1:], None], strict=False):
        context = client.get(case.get_absolute_url()).context
        found = [each and each.slug for each in (context["previous"], context["next"])]
        assert found == [each and each.slug for each in (before, after)]


LONG = "Building a liveable, resilient and inclusive neighbourhood: "
TITLES = [
    "Same",
    "same",
    "SAME",
    "a",
    "A b",
    "a-b",
    "Équité",
    "海口",
    "海口市",
    "~",
    "\U00020000",
    LONG,
    LONG + "a",
    LONG + "B",
]


@pytest.mark.django_db
def test_neighbours_are_the_same_with_and_without_an_index():
    city = make.make_city("Zug")
    for number, title in enumerate([*TITLES, *TITLES[::2]]):
        make.make_case(title, city=city, slug=f"zug-{number * 7 % 23}")
    make.make_case("Same", city=city, slug="zug-hidden", hidden=True)
    others = Initiative.objects.public().annotate(key=text("title"))
    with_index = {case.pk: pages._neighbours(case) for case in others}
    for case in others:
        asked = (pages._neighbour(others, case.key, case.slug, forward) for forward in (False, True))
        assert with_index[case.pk] == tuple(asked), case.title
    assert sum(before is None for before, _after in with_index.values()) == 1


@pytest.mark.django_db
def test_a_case_without_a_claim_puts_no_words_into_its_sources_mouth(client):
    case = make.make_case("By hand")
    page = unescape(client.get(case.get_absolute_url()).content.decode())
    assert "no claim recorded" in page
    assert "the source makes no such claim" not in page
    groups = {group.name: group for group in client.get("/cases/").context["groups"]}
    assert [str(value.label) for value in groups["novelty"].values] == ["none recorded"]
