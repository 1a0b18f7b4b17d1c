"""How near two cities are: what holds of the method for any figures."""

import math

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cases.alike.method import SCOPES, SPANS, UNLABELLED, Outcome, compare, distance, nearness, rank, value_of
from cities.models import Figure
from cities.places import Scope

numbers = st.floats(0.01, 1e9)
scoped = st.dictionaries(st.sampled_from(SCOPES), numbers.map(value_of), min_size=1, max_size=2)
profiles = st.dictionaries(st.sampled_from(list(SPANS)), scoped, max_size=4)
some = profiles.filter(bool)


def city(scope: str = UNLABELLED, **figures: float) -> dict:
    return {name: {scope: value_of(number)} for name, number in figures.items()}


def test_scopes_and_figures_are_those_of_the_catalogue():
    assert set(SCOPES) == set(Scope.values)
    assert set(SPANS) <= set(Figure.Name.values)


@given(profiles, profiles)
def test_the_distance_is_the_same_whichever_asks(one, other):
    assert distance(one, other) == distance(other, one)


@given(some)
def test_nothing_is_nearer_to_a_city_than_itself(one):
    assert distance(one, one) == (0, len(one))
    assert nearness(0) == 100


@given(some, st.dictionaries(st.from_regex("[a-z]{1,4}", fullmatch=True), profiles, max_size=8))
def test_a_city_among_others_comes_first_when_it_asks_for_itself(one, others):
    first = rank(one, others | {"-": one}).near[0]
    assert (first.slug, first.apart) == ("-", 0)


@given(st.sampled_from(list(SPANS)), numbers, st.floats(1.001, 1e6), st.floats(1.001, 1e6))
def test_what_differs_more_is_farther_up_and_down_alike(name, number, less, more):
    assume(more > less * 1.001)
    mine = city(**{name: number})
    near, far = (distance(mine, city(**{name: number * ratio}))[0] for ratio in (less, more))
    down = distance(mine, city(**{name: number / less}))[0]
    assert 0 < near < far
    assert math.isclose(near, down, abs_tol=2e-9)
    assert nearness(far) <= nearness(near) <= 99


@given(some, profiles)
def test_a_missing_figure_changes_nothing_and_never_counts_as_zero(mine, theirs):
    for name in set(mine) & set(theirs):
        without = {each: values for each, values in theirs.items() if each != name}
        narrower = {each: values for each, values in mine.items() if each != name}
        assert distance(mine, without) == distance(narrower, without) == distance(narrower, theirs)
    assert all(
        (pair.outcome is Outcome.MISSING) == (pair.name not in theirs) for pair in compare(mine, theirs)
    )


@given(some, st.dictionaries(st.from_regex("[a-z]{1,4}", fullmatch=True), profiles, max_size=8), profiles)
def test_a_city_more_changes_no_other_distance(mine, others, one_more):
    before, after = rank(mine, others), rank(mine, others | {"zz-new": one_more})
    assert [each for each in after.near if each.slug != "zz-new"] == before.near
    assert [slug for slug in after.left_out if slug != "zz-new"] == before.left_out


@given(some, profiles)
@example(city("district", population=5), city(population=5))
@example(city("district", population=5), city("whole city", population=5))
def test_scopes_are_never_mixed(mine, theirs):
    for pair in compare(mine, theirs):
        if pair.outcome is Outcome.COMPARED:
            assert pair.scope == pair.their_scope
            assert pair.mine == mine[pair.name][pair.scope] and pair.theirs == theirs[pair.name][pair.scope]
        elif pair.outcome in (Outcome.OTHER_SCOPE, Outcome.UNKNOWN_SCOPE):
            assert not set(mine[pair.name]) & set(theirs[pair.name])
            is_unknown = UNLABELLED in (pair.scope, pair.their_scope)
            assert is_unknown == (pair.outcome is Outcome.UNKNOWN_SCOPE)


def test_the_distance_is_the_documented_one():
    mine, theirs = (
        city(population=1_000_000, gdp_per_capita_usd=1_000),
        city(population=10_000_000, gdp_per_capita_usd=10_000),
    )
    assert distance(mine, theirs) == (
        round((1 / 3 + 1 / 2) / 2, 9),
        2,
    )  # a tenfold in spans of 1,000 and of 100
    assert nearness(5 / 12) == 58


def test_a_figure_of_zero_is_not_compared():
    mine, theirs = city(population=0, area_km2=5), city(population=3, area_km2=5)
    assert distance(mine, theirs) == (0, 1)
    assert [pair.outcome for pair in compare(mine, theirs)] == [Outcome.ZERO, Outcome.COMPARED]


def test_two_figures_in_common_are_needed_or_all_that_were_asked_for():
    others = {"both": city(population=9, area_km2=9), "one": city(population=2), "none": city(gini_index=1)}
    two = rank(city(population=2, area_km2=2), others)
    assert ([each.slug for each in two.near], two.left_out) == (["both"], ["none", "one"])
    assert [each.slug for each in rank(city(population=2), others).near] == ["one", "both"]


def test_ties_stand_by_slug_and_the_one_that_asks_is_left_out():
    others = dict.fromkeys(("b", "c", "a"), city(population=7))
    assert [each.slug for each in rank(city(population=7), others, leaving_out="c").near] == ["a", "b"]


def test_of_several_scopes_in_common_the_first_is_compared():
    both = {"population": {"district": value_of(5), "whole city": value_of(50)}}
    (pair,) = compare(both, both | {"area_km2": {UNLABELLED: value_of(1)}})
    assert (pair.scope, pair.ratio) == ("whole city", 1)


def test_nearness_is_100_only_for_the_same_and_0_beyond_the_span():
    assert [nearness(apart) for apart in (0, 0.0001, 0.5, 0.999, 1, 7, math.inf)] == [100, 99, 50, 0, 0, 0, 0]
