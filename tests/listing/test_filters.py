"""What holds for the filters of every list, shown on the list of cases."""

import pytest
from django.http import QueryDict

from cases.lists import CaseList
from listing.terms import Term
from tests import factories as make

pytestmark = pytest.mark.django_db


def _select(query: str = ""):
    return CaseList().select(QueryDict(query), "/cases/")


def _found(query: str = "") -> list[str]:
    return [case.slug for case in _select(query).rows]


@pytest.fixture
def three():
    """Cases a, b, c in cities of their own; themes x on a and b, y on b and c."""
    x, y = make.make_theme("X"), make.make_theme("Y")
    for name, themes in [("a", [x]), ("b", [x, y]), ("c", [y])]:
        make.make_case(name, slug=name, city=make.make_city(f"City {name}"), themes=themes)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["a", "b", "c"]),
        ("theme=x", ["a", "b"]),
        ("theme=x&theme=y", ["a", "b", "c"]),
        ("theme=x&theme=x", ["a", "b"]),
        ("theme=y&city=city-a&city=city-b", ["b"]),
        ("theme=y&city=city-a", []),
        ("theme=&city=%20&q=&sort=", ["a", "b", "c"]),
        ("theme=%20x%20", ["a", "b"]),
        ("theme=&theme=y", ["b", "c"]),
        ("utm_source=news&Theme=z&colour=blue", ["a", "b", "c"]),
    ],
)
def test_or_within_a_name_and_between_names(query, found):
    assert _found(query) == found


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "query", ["theme=z", "theme=x&theme=z", "theme=X", "theme=x,y", "theme=x%00", "theme=%FF"]
)
def test_an_unknown_value_gives_no_rows_and_is_named(query):
    selection = _select(query)
    assert list(selection.rows) == []
    [problem] = selection.problems
    assert problem.name == "theme"
    assert "“theme”" in problem.message


@pytest.mark.usefixtures("three")
def test_every_unknown_value_is_named_once_and_short():
    messages = [problem.message for problem in _select("theme=u&theme=v&theme=v&city=" + "w" * 5000).problems]
    assert len(messages) == 3
    assert all(len(message) < 150 for message in messages)
    assert not any("\x00" in p.message for p in _select("theme=a%00b").problems)


def test_a_record_with_two_matching_parts_is_one_row():
    themes = [make.make_theme(name) for name in ("X", "Y", "Z")]
    make.make_case("a", slug="a", themes=themes, goals=(1, 2, 3), novelty=("evolutionary", "incremental"))
    query = "theme=x&theme=y&theme=z&goal=1&goal=2&novelty=evolutionary&novelty=incremental"
    assert _found(query) == ["a"]
    assert _select(query).rows.count() == 1


def test_hidden_links_and_hidden_values_do_not_match():
    shown, hidden = make.make_theme("Shown"), make.make_theme("Hidden", hidden=True)
    case = make.make_case("a", slug="a", themes=[hidden])
    make.link_theme(case, shown, hidden=True)
    assert _found("theme=shown") == []
    assert not _select("theme=shown").problems
    assert _select("theme=hidden").problems


def test_what_readers_may_not_see_is_refused_like_what_does_not_exist():
    make.make_case("a", city=make.make_city("Draft", state="draft"))
    make.make_case("b", city=make.make_city("Gone", hidden=True))
    messages = {
        _select(f"city={slug}").problems[0].message.replace(slug, "?") for slug in ("draft", "gone", "none")
    }
    assert len(messages) == 1


def test_a_known_value_without_a_case_is_valid():
    make.make_theme("Idle")
    make.make_city("Ningbo")
    make.make_programme("Prize")
    for query in (
        "theme=idle",
        "city=ningbo",
        "programme=prize",
        "goal=17",
        "novelty=incremental",
        "country=cn",
    ):
        selection = _select(query)
        assert (list(selection.rows), selection.problems) == ([], []), query


def test_terms_are_read_once_in_the_order_given():
    for name in ("X", "Y"):
        make.make_theme(name)
    assert _select("theme=y&theme=x&theme=y").chosen == {"theme": [Term("y", "Y"), Term("x", "X")]}


def test_a_readable_name_stays_readable_beside_a_wrong_one():
    make.make_theme("X")
    selection = _select("theme=x&city=nowhere&sort=what")
    assert list(selection.chosen) == ["theme"]
    assert [problem.name for problem in selection.problems] == ["city", "sort"]
    assert str(selection.address) == "/cases/?theme=x"


def test_the_filter_set_itself_gives_no_rows_for_a_wrong_query():
    make.make_case()
    assert list(_select("theme=z").filters.qs) == []
    assert len(_select("").filters.qs) == 1
