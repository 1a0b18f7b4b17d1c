"""Rows by their numbers, from SQL that is made once for some lengths of the list."""

import pytest

from cases.models import InitiativeTheme
from cities.models import City
from records.by_number import ByNumber
from tests import factories as make

pytestmark = pytest.mark.django_db


def _cities(numbers):
    return City.objects.public().filter(pk__in=numbers).order_by("name").values_list("pk", "name", "latitude")


def test_rows_are_those_of_the_query_for_any_numbers():
    cities = [make.make_city(f"City {n:02}", hidden=n == 3) for n in range(9)]
    numbers, read = [city.pk for city in cities], ByNumber(_cities)
    for wanted in (
        [],
        numbers[:1],
        numbers[:1] * 2,
        numbers[::2],
        numbers[::-1],
        [*numbers, 10**9],
        [0],
        [10**9],
    ):
        assert read(wanted) == list(_cities(wanted))


def test_asking_again_builds_no_query_and_still_sees_what_changed():
    built = []

    def query(numbers):
        built.append(len(numbers))
        return _cities(numbers)

    read, city, other = ByNumber(query), make.make_city("Accra"), make.make_city("Zug")
    assert [name for _pk, name, _latitude in read([city.pk, other.pk])] == ["Accra", "Zug"]
    City.objects.filter(pk=city.pk).update(name="Zz")
    assert [name for _pk, name, _latitude in read([other.pk, city.pk])] == ["Zug", "Zz"]
    assert read([city.pk] * 3) == read([city.pk])
    assert built == [4, 1]


def test_numbers_in_two_places_of_a_query_and_other_parameters_stay_apart():
    theme = make.make_theme("Water")
    cases = [make.make_case(f"Case {n}", themes=[theme]) for n in range(3)]
    read = ByNumber(
        lambda numbers: (
            InitiativeTheme.objects.filter(initiative__in=numbers, initiative__pk__in=numbers, hidden=False)
            .exclude(reason="-1000000")
            .order_by("pk")
            .values_list("initiative_id", "reason")
        )
    )
    assert read([case.pk for case in cases[1:]]) == [(case.pk, "for a test") for case in cases[1:]]
