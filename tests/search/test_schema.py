import re

import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.search import ordered
from cities.models import City
from listing.sorting import Sort, Sorting, text
from search import schema
from search.corpus import Document
from tests import factories as make
from tests.search.indexes import find, snapshot_of

SORTING = Sorting(
    {
        "name": Sort(text("name_local"), "up", "down"),
        "number": Sort(F("latitude"), "up", "down"),
    },
    default="name",
)
KEYS = st.one_of(
    st.sampled_from(
        ["", "a", "A", "aa", "a ", "a b", "a-b", "é", "海", "\U00020000", "\uffff", "~", "ab" * 40]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6).map(str.strip),
    st.tuples(st.just("one long beginning of a title, the same in many "), st.text("abé海", max_size=3)).map(
        "".join
    ),
)
SLUGS = st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True)


def _by_index(rows: list[tuple[str, str]], direction: str) -> list[str]:
    """The slugs by the keys of the index."""
    keys = {slug: schema.sort_keys(key, slug)[direction] for key, slug in rows}
    return sorted(keys, key=lambda slug: keys[slug].encode(), reverse=direction == "down")


class Orders(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(KEYS, SLUGS), max_size=12, unique_by=lambda row: row[1]))
    def test_keys_of_texts_compare_as_the_database_does(self, rows):
        for key, slug in rows:
            make.make_city("x", slug=slug, name_local=key)
        for name, direction in (("name", "up"), ("-name", "down")):
            cities = SORTING.apply(City.objects.annotate(key=text("name_local")), name)
            asked = [(city.key or "", city.slug) for city in cities]
            assert _by_index(asked, direction) == [slug for _key, slug in asked]

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(st.one_of(st.none(), st.decimals(0, 90, places=5), st.integers(0, 9)), SLUGS),
            max_size=10,
            unique_by=lambda row: row[1],
        )
    )
    def test_keys_of_numbers_compare_as_the_database_does(self, rows):
        for number, slug in rows:
            make.make_city("x", slug=slug, latitude=number, longitude=None if number is None else 1)
        for name, direction in (("number", "up"), ("-number", "down")):
            cities = list(SORTING.apply(City.objects.all(), name))
            asked = [("" if c.latitude is None else ordered(c.latitude), c.slug) for c in cities]
            assert _by_index(asked, direction) == [slug for _key, slug in asked]


@given(st.lists(st.decimals(0, 10**15, places=4), max_size=20))
def test_numbers_as_texts_compare_as_numbers(numbers):
    assert sorted(numbers) == sorted(numbers, key=ordered)
    for number in numbers:
        assert ordered(number) == ordered(number.normalize())


@given(KEYS, KEYS, SLUGS, SLUGS)
def test_levels_never_contradict_the_texts(one, other, slug, other_slug):
    for direction in schema.DIRECTIONS:
        a, b = schema.sort_keys(one, slug)[direction], schema.sort_keys(other, other_slug)[direction]
        assert len(schema.levels(a)) == schema.LEVELS
        assert all(0 <= number < 1 << 64 for number in schema.levels(a))
        if schema.levels(a) < schema.levels(b):
            assert a.encode() < b.encode()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KEYS, SLUGS), min_size=1, max_size=12, unique_by=lambda row: row[1]))
def test_the_engine_orders_by_the_keys(rows):
    documents = [
        Document(n, slug, {"title": "x"}, sorts={"title": key}) for n, (key, slug) in enumerate(rows)
    ]
    found = find(snapshot_of(documents, pieces=2))
    for direction in schema.DIRECTIONS:
        by_engine = found.sorted("title", direction == "down", 0, 50)
        assert [rows[id][1] for id in by_engine] == _by_index(rows, direction)


def test_the_version_is_short_and_fits_a_name():
    assert re.fullmatch(r"[0-9a-f]{16}", schema.version())


@pytest.mark.parametrize("change", ["WEIGHTS", "LEVELS"])
def test_what_changes_the_answers_changes_the_version(monkeypatch, change):
    before = schema.version()
    monkeypatch.setattr(schema, change, {"all": 9.0} if change == "WEIGHTS" else 3)
    assert schema.version() != before
