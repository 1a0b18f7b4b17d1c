import pytest
from django.http import QueryDict

from cases.lists import CaseList
from listing.chips import address_without_filters, chips
from tests import factories as make

pytestmark = pytest.mark.django_db


def _select(query: str):
    for name in ("X", "Y"):
        make.make_theme(name)
    make.make_city("Nanjing")
    return CaseList().select(QueryDict(query), "/cases/")


def test_each_applied_value_has_a_link_that_removes_just_itself():
    found = chips(_select("q=lane&theme=x&theme=y&city=nanjing&sort=city&page=3&utm_campaign=a&ref=b"))
    assert [(chip.heading, chip.label, chip.url) for chip in found] == [
        ("Words", "“lane”", "/cases/?city=nanjing&theme=x&theme=y&sort=city"),
        ("City", "Nanjing", "/cases/?q=lane&theme=x&theme=y&sort=city"),
        ("Theme", "X", "/cases/?q=lane&city=nanjing&theme=y&sort=city"),
        ("Theme", "Y", "/cases/?q=lane&city=nanjing&theme=x&sort=city"),
    ]


def test_two_spellings_of_one_value_are_one_chip():
    [chip] = chips(_select("country=CN&country=china&country=China"))
    assert (chip.value, chip.url) == ("china", "/cases/")


def test_clearing_keeps_the_order():
    assert address_without_filters(_select("q=a&theme=x&sort=city&ref=b&page=2")) == "/cases/?sort=city"


def test_nothing_chosen_no_chips():
    assert chips(_select("theme=&utm_source=a&sort=title")) == []
