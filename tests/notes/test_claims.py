"""Checks of the claims of a case: each flags what does not fit, and nothing that agrees."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Outcome, Unit
from notes.checks.claims import is_rounding_of, parts, unit_of_last_digit
from notes.checks.subjects import CaseFile
from notes.models import Sum
from tests.factories import make_outcome, make_source, make_unit
from tests.notes.factories import findings, make_block, make_located_case

db = pytest.mark.django_db
numbers = st.decimals("0.01", "999999", places=2)


def claim(value, key="k") -> Outcome:
    return Outcome(key=key, value=Decimal(value), printed=str(value), first_line=5, last_line=5)


def printed_claim(case, indicator="trees", **fields) -> Outcome:
    """A claim on a line of the source of its case."""
    place = {"source": case.source, "first_line": 5, "last_line": 5}
    return make_outcome(case, indicator, **{**place, **fields})


def summed(total, *some) -> CaseFile:
    return CaseFile("case/1", None, sums=[(claim(total), [claim(each) for each in some])])


def test_parts_that_make_less_than_their_total_are_flagged():
    (found,) = parts(summed("11.84", "0.4", "0.6", "1.6", "0.9", "7.81"))
    assert (found.kind, found.severity) == ("parts-total", "high")
    assert found.computed == "0.4 + 0.6 + 1.6 + 0.9 + 7.81 = 11.31"
    assert found.difference_pct == Decimal("4.7")


@pytest.mark.parametrize(
    ("total", "some"),
    [
        ("30000", ("13000", "17000")),
        ("5200000", ("4650000", "550000")),
        ("21000", ("8000", "13000")),
        ("11000000", ("5200000", "5800000")),
        ("90", ("67", "2", "21")),
    ],
)
def test_sums_of_the_sources_that_agree_raise_nothing(total, some):
    assert not list(parts(summed(total, *some)))


@given(st.lists(numbers, min_size=2, max_size=6))
def test_any_parts_agree_with_their_own_sum(some):
    assert not list(parts(summed(sum(some), *some)))


@given(st.lists(numbers, min_size=2, max_size=6), st.integers(1, 1000))
def test_a_total_that_is_off_is_flagged_just_where_rounding_does_not_explain_it(some, off):
    total = sum(some) + off
    explained = sum(unit_of_last_digit(each) / 2 for each in (total, *some))
    assert bool(list(parts(summed(total, *some)))) is (off > explained)


def test_small_counts_are_exact_and_large_round_ones_are_not():
    assert list(parts(summed("10", "3", "4")))
    assert not list(parts(summed("10000", "3000", "6600")))


@given(st.integers(2_000, 999_999))
def test_a_number_is_a_rounding_of_itself_and_of_what_it_is_rounded_from(number):
    assert is_rounding_of(Decimal(number), Decimal(number))
    assert is_rounding_of(Decimal(round(number, -2)), Decimal(number))


def test_a_number_far_from_another_is_no_rounding_of_it():
    assert is_rounding_of(Decimal(10_000), Decimal(10_291))
    assert not is_rounding_of(Decimal(10_000), Decimal(12_500))
    assert not is_rounding_of(Decimal(10_291), Decimal(10_292))


@db
def test_sums_are_read_from_the_records_and_one_with_a_part_that_is_gone_is_left_alone():
    case = make_located_case()
    for key, value in (("total", 10), ("one", 3), ("two", 4)):
        printed_claim(case, key=key, value=value, printed=str(value))
    made = Sum.objects.create(case=case, key="s", total="total", parts="one\ntwo")
    assert [found.key for found in findings("parts-total")] == ["total"]
    made.parts = "one\nthree"
    made.save()
    assert findings("parts-total") == []


@db
def test_a_fact_printed_again_with_another_value_is_flagged_and_its_round_number_is_not():
    case = make_located_case()
    first = printed_claim(case, value=10_000, printed="10,000")
    printed_claim(case, value=10_291, repeats=first, first_line=6, last_line=6, printed="10,291")
    assert findings("repeat-differs") == []
    printed_claim(case, value=12_500, repeats=first, first_line=7, last_line=7, printed="12,500")
    (found,) = findings("repeat-differs")
    assert (found.kind, found.lines, found.difference_pct) == ("two-values", "5; 7", Decimal("25.0"))


@db
def test_one_exact_number_that_counts_two_things_is_flagged_and_round_ones_are_not():
    case = make_located_case()
    for value, unit in ((10_291, "number"), (10_291, "persons"), (20_000, "number"), (20_000, "persons")):
        printed_claim(case, f"things in {unit}", value=value, unit=make_unit(unit))
    (found,) = findings("same-number")
    assert (found.kind, found.severity, found.key) == ("two-values", "high", "10291")


@db
def test_a_rise_to_less_is_flagged_and_a_better_place_in_a_ranking_is_not():
    case = make_located_case()
    rank = make_unit("rank", kind=Unit.Kind.RANK)
    printed_claim(case, before=193, after=155, value=155, direction="up", unit=rank)
    printed_claim(case, before=5, after=7, value=7, direction="up", unit=make_unit("km"))
    assert findings("direction") == []
    printed_claim(case, key="wrong", before=7, after=5, value=5, direction="up")
    assert [found.key for found in findings("direction")] == ["wrong"]


@db
def test_more_people_than_the_city_has_are_flagged_and_its_whole_population_is_not():
    case = make_located_case()
    make_block(case.city, case.source, population=3_050_000)
    people = make_unit("persons")
    printed_claim(case, value=3_050_000, unit=people)
    printed_claim(case, value=99_000_000, unit=make_unit("number"))
    assert findings("more-than-the-city") == []
    printed_claim(case, key="more", value=10_000_000, unit=people, printed="10 million")
    (found,) = findings("more-than-the-city")
    assert (found.key, found.kind, found.printed) == ("more", "scope", ("3050000", "10 million"))


@db
def test_what_happened_after_its_document_was_written_is_flagged():
    source = make_source(date="2018")
    case = make_located_case(source=source, started="2017")
    printed_claim(case, value=1, date="2018-12", status="achieved")
    printed_claim(case, value=1, date="2030", status="target")
    assert findings("after-the-document") == []
    printed_claim(case, key="late", value=1, date="2019", status="achieved")
    make_located_case(source=source, started="2020", first_line=100, last_line=110)
    assert sorted(found.key for found in findings("after-the-document")) == ["late", "start"]


@db
def test_a_case_without_a_start_is_a_known_unknown():
    make_located_case()
    make_located_case(started="", first_line=200, last_line=210)
    (found,) = findings("start")
    assert (found.lines, bool(found.settles)) == ("200-210", True)
