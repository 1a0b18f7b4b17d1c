import pytest
from django.http import QueryDict

from cases.lists import CaseList
from listing import facets
from listing.templatetags.lists import facet_groups
from tests import factories as make

pytestmark = pytest.mark.django_db


def _group(name: str, query: str = "") -> facets.FacetGroup:
    selection = CaseList().select(QueryDict(query), "/cases/")
    return next(group for group in facets.groups(selection) if group.name == name)


def _counts(name: str, query: str = "") -> dict[str, int]:
    group = _group(name, query)
    return {value.value: value.count for value in [*group.values, *group.more]}


@pytest.fixture
def catalogue():
    x, y, z = (make.make_theme(name) for name in "XYZ")
    a, b = make.make_city("A"), make.make_city("B", country="KE")
    make.make_case("1", city=a, themes=[x, y], goals=(1,), started="2017-06", novelty=("incremental",))
    make.make_case("2", city=a, themes=[x], goals=(1, 2), started="2017")
    make.make_case("3", city=b, themes=[z], started="")
    make.make_case("4", city=b, themes=[x, y, z], state="draft")


@pytest.mark.usefixtures("catalogue")
def test_counts_without_a_choice():
    assert _counts("city") == {"a": 2, "b": 1}
    assert _counts("country") == {"china": 2, "kenya": 1}
    assert _counts("theme") == {"x": 2, "y": 1, "z": 1}
    assert _counts("goal") == {"1": 2, "2": 1}
    assert _counts("started") == {"2017": 2, "unknown": 1}
    assert _counts("novelty") == {"none": 2, "incremental": 1}


@pytest.mark.usefixtures("catalogue")
def test_a_group_is_not_counted_under_its_own_choice_but_under_all_others():
    assert _counts("theme", "theme=y") == {"x": 2, "y": 1, "z": 1}
    assert _counts("theme", "theme=y&city=a") == {"x": 2, "y": 1}
    assert _counts("city", "theme=y") == {"a": 1}
    assert _counts("goal", "q=2&theme=x") == {"1": 1, "2": 1}


@pytest.mark.usefixtures("catalogue")
def test_a_chosen_value_stays_at_zero():
    group = _group("theme", "theme=z&city=a")
    assert [(v.value, v.count, v.selected) for v in group.values] == [
        ("x", 2, False),
        ("y", 1, False),
        ("z", 0, True),
    ]
    assert _counts("goal", "goal=17")["17"] == 0


@pytest.mark.usefixtures("catalogue")
def test_values_are_ordered_by_count_then_label():
    make.make_case("5", themes=[make.make_theme("aside"), make.make_theme("Beside")])
    assert [value.label for value in _group("theme").values] == ["X", "aside", "Beside", "Y", "Z"]


@pytest.mark.usefixtures("catalogue")
def test_the_address_of_a_value_toggles_it_and_drops_the_page():
    values = {
        value.value: value.url for value in _group("theme", "theme=x&page=2&q=1&utm_source=a&ref=b").values
    }
    assert values["x"] == "/cases/?q=1"
    assert values["y"] == "/cases/?q=1&theme=x&theme=y"


@pytest.mark.usefixtures("catalogue")
def test_hidden_links_are_not_counted():
    case = make.make_case("5")
    make.link_theme(case, make.make_theme("W"), hidden=True)
    make.link_theme(case, make.make_theme("V", hidden=True))
    make.claim_novelty(case, "evolutionary", hidden=True)
    assert not {"v", "w"} & set(_counts("theme"))
    assert _counts("novelty")["none"] == 3
    assert "evolutionary" not in _counts("novelty")


@pytest.mark.usefixtures("catalogue")
def test_a_wrong_query_still_shows_what_its_right_part_would_give():
    assert _counts("theme", "city=a&goal=99") == {"x": 2, "y": 1}
    assert _counts("city", "city=nowhere") == {"a": 2, "b": 1}


def _many_cities(count: int) -> None:
    for number in range(count):
        city = make.make_city(f"Town {number:03}")
        for _case in range(2 if number == count - 1 else 1):
            make.make_case(city=city)


def test_a_long_group_folds_all_but_the_most_frequent_and_the_chosen():
    _many_cities(15)
    group = _group("city", "city=town-013")
    assert [v.value for v in group.values] == ["town-014", *(f"town-{n:03}" for n in range(11)), "town-013"]
    assert [v.value for v in group.more] == ["town-011", "town-012"]
    assert (group.is_long, group.beyond) == (True, 0)
    assert not _group("country").is_long


def test_twelve_values_are_not_long():
    _many_cities(12)
    group = _group("city", "find_city=town")
    assert (len(group.values), group.more, group.is_long) == (12, [], True)
    assert not _group("city").is_long


def test_a_value_is_found_by_its_label():
    _many_cities(15)
    make.make_case(city=make.make_city("Nanjing"))
    group = _group("city", "find_city=NANJ&city=town-000")
    assert [v.value for v in group.values] == ["nanjing", "town-000"]
    assert len(group.more) == 14
    assert "find_city" not in group.values[0].url
    make.make_case(city=make.make_city("Hong Kong"))
    for find in ("HONG+K", "hong-kong"):
        assert [v.value for v in _group("city", f"find_city={find}").values] == ["hong-kong"]
    assert _group("city", "find_city=a%00b").find == ""


def test_what_lies_beyond_the_fold_is_counted(monkeypatch):
    monkeypatch.setattr(facets, "MORE", 2)
    _many_cities(15)
    group = _group("city")
    assert (len(group.values), len(group.more), group.beyond) == (12, 2, 1)


@pytest.mark.usefixtures("catalogue")
def test_each_group_costs_two_queries_at_most(django_assert_max_num_queries):
    for name, most in [
        ("city", 1),
        ("country", 1),
        ("theme", 1),
        ("goal", 1),
        ("programme", 1),
        ("novelty", 2),
    ]:
        selection = CaseList().select(QueryDict(""), "/cases/")
        facet = selection.filters.facets[name]
        assert selection.chosen == {}
        with django_assert_max_num_queries(most):
            facets._group(selection, name, facet)


def _filters(query: str = "") -> str:
    return str(facet_groups(facets.groups(CaseList().select(QueryDict(query), "/cases/"))))


def _fold(html: str) -> str:
    """What stands in the fold of the groups with a single value, its first tag included."""
    assert html.count("filters__single") <= 1
    return html[html.index('<details class="filters__single"') :] if "filters__single" in html else ""


@pytest.mark.usefixtures("catalogue")
def test_a_group_with_one_value_that_every_row_has_takes_no_room_and_is_told_in_the_fold():
    assert _group("programme").is_same
    assert not _group("country").is_same
    html = _filters()
    assert 'class="filters__group" data-name="programme"' not in html
    name = make.Programme.objects.get().name
    assert f'<span data-name="programme">Programme: {name}</span></p>' in _fold(html)
    assert html.count("filters__same") == 1


def test_a_fold_in_which_nothing_can_be_chosen_is_not_called_filters():
    for name in "ab":
        make.make_case(name, city=make.make_city(name), started="")
    fold = _fold(_filters())
    assert fold.startswith(
        '<details class="filters__single"><summary>The same in all of them</summary>\n'
        '<p class="filters__same small muted"><span data-name="country">Country: China</span>; '
    )
    assert "checkbox" not in fold and "Further filters" not in fold


@pytest.mark.usefixtures("catalogue")
def test_a_group_with_one_value_that_some_row_lacks_narrows_from_the_fold():
    make.link_theme(make.make_case("6", programme=make.make_programme("<Prize>")), make.make_theme("V"))
    make.make_case("7", programme=make.Programme.objects.get(name="<Prize>"))
    group = _group("theme", "programme=prize")
    assert [(v.value, v.count) for v in group.values] == [("v", 1)]
    assert group.is_single and not group.is_same  # the other case of the programme has no theme
    html = _filters("programme=prize")
    assert 'class="filters__group" data-name="theme"' not in html
    fold = _fold(html)
    assert fold.startswith('<details class="filters__single"><summary>Further filters</summary>')
    assert (
        '<label><input type="checkbox" name="theme" value="v"> <span class="label">Theme: V</span> '
        '<span class="count">1</span></label>'
    ) in fold
    # What a group says of itself is said there too.
    assert "judgement" in fold


@pytest.mark.usefixtures("catalogue")
def test_the_fold_is_open_where_a_value_in_it_is_chosen():
    make.link_theme(make.make_case("6", programme=make.make_programme("Prize")), make.make_theme("V"))
    group = _group("theme", "programme=prize&theme=v")
    assert group.is_single and group.is_chosen and not group.is_same
    fold = _fold(_filters("programme=prize&theme=v"))
    assert fold.startswith('<details class="filters__single" open>')
    assert '<input type="checkbox" name="theme" value="v" checked>' in fold


@pytest.mark.usefixtures("catalogue")
def test_no_group_moves_for_what_is_chosen_in_it():
    make.link_theme(make.make_case("6", programme=make.make_programme("Prize")), make.make_theme("V"))
    for others in ("", "city=a", "programme=prize", "started=2017"):
        for name in ("city", "country", "theme", "goal", "programme", "started", "novelty"):
            if name in others:
                continue
            group = _group(name, others)
            for value in group.values:
                chosen = _group(name, f"{others}&{name}={value.value}")
                assert chosen.is_single == group.is_single, (others, name, value.value)


@pytest.mark.usefixtures("catalogue")
def test_a_group_in_which_something_is_sought_or_more_is_chosen_stays_a_group():
    make.make_case("5", programme=make.make_programme("Prize"))
    assert not _group("novelty", "programme=prize").values[1:]
    assert _group("novelty", "programme=prize").is_same
    # A value chosen before is shown beside the one that is left: two to choose from.
    assert not _group("theme", "city=b&theme=x").is_single
    assert [v.selected for v in _group("programme", "programme=prize").values if v.value == "prize"] == [True]
    assert not _group("programme", "programme=prize").is_single
    assert _group("goal", "q=nothing-at-all&goal=2").is_single  # at zero, and chosen
    assert not _group("goal", "city=a&goal=2").is_same
    _many_cities(15)
    assert [v.value for v in _group("city", "find_city=town-003").values] == ["town-003"]
    assert not _group("city", "find_city=town-003").is_single
    assert 'class="filters__group" data-name="city"' in _filters("find_city=town-003")
