"""Checks of city figures: each flags what does not fit, and nothing that agrees."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.models import CityFigures, Figure
from notes.checks.figures import MOST_PCT, density
from notes.checks.subjects import Block
from tests.notes.factories import findings, make_block

db = pytest.mark.django_db
_NAMES = ("population", "area_km2", "density_per_km2")


def block(population, area, printed, scopes=("", "", "")) -> Block:
    """A block that no database knows."""
    figures = {
        name: Figure(
            name=name, value=Decimal(value), printed=str(value), scope=scope, first_line=line, last_line=line
        )
        for line, (name, value, scope) in enumerate(
            zip(_NAMES, (population, area, printed), scopes, strict=True), 1
        )
    }
    return Block("figures/1", None, set=CityFigures(scope="whole city"), figures=figures)


def test_a_density_far_from_population_and_area_is_flagged_with_what_was_computed():
    (found,) = density(block(3_036_100, 9_752, 268))
    assert (found.kind, found.severity) == ("arithmetic", "high")
    assert (found.computed, found.difference_pct) == ("311.3 people per km²", Decimal("13.9"))
    assert found.printed == ("3036100", "9752", "268")
    assert found.lines == "1; 2; 3"


def test_a_difference_of_little_more_than_the_threshold_is_of_medium_severity():
    (found,) = density(block(7_553_000, 1_107, "7193.1"))
    assert (found.severity, found.difference_pct) == ("medium", Decimal("5.4"))


@given(
    st.integers(1, 40_000_000),
    st.decimals("0.1", "90000", places=2),
    # At the threshold itself division has the last word.
    st.decimals("-40", "40", places=3).filter(lambda off: abs(off) != MOST_PCT),
)
def test_it_is_flagged_just_where_it_differs_by_more_than_the_threshold(population, area, off):
    exact = Decimal(population) / area
    printed = exact * (1 + off / 100)
    assert bool(list(density(block(population, area, printed)))) is (abs(off) > MOST_PCT) or printed == 0


@given(st.integers(1, 40_000_000), st.decimals("0.1", "90000", places=2))
def test_a_density_that_is_the_rounded_quotient_raises_nothing(population, area):
    rounded = round(Decimal(population) / area)
    if rounded >= 10:  # rounding alone is less than the threshold
        assert not list(density(block(population, area, rounded)))


def test_figures_of_different_territories_are_not_held_against_each_other():
    assert not list(density(block(471_200, 47, 200, scopes=("district", "", ""))))
    assert not list(density(block(471_200, 47, 0)))


@db
def test_figures_that_fit_raise_nothing_at_all():
    make_block(population=471_200, area_km2="47.41", density_per_km2=9_939, gdp_per_capita_usd=16_725)
    names = ("density", "repeated-figure", "blank-field", "mixed-scopes")
    assert [found for name in names for found in findings(name)] == []


@db
def test_one_number_in_two_fields_is_flagged_and_small_ones_are_not():
    make_block(density_per_km2=4_080, gdp_per_capita_usd=4_080)
    make_block(population_growth_pct="0.8", gini_index="0.8")
    (found,) = findings("repeated-figure")
    assert (found.kind, found.severity, found.printed) == ("repeated", "high", ("4080", "4080"))


@db
def test_a_label_without_a_value_is_flagged_and_a_value_an_editor_withdrew_is_not():
    make_block(gini_index="", population=10)
    Figure.objects.filter(name="population").update(value=None)
    (found,) = findings("blank-field")
    assert (found.kind, found.key) == ("blank", "gini_index")
    assert found.settles


@db
def test_a_figure_of_another_territory_than_its_block_is_flagged():
    made = make_block(scope="district", population=10, gdp_per_capita_usd=16_725)
    made.figures.filter(name="gdp_per_capita_usd").update(scope="whole city")
    made.figures.filter(name="population").update(scope="district")
    (found,) = findings("mixed-scopes")
    assert (found.kind, found.key) == ("scope", "gdp_per_capita_usd")
