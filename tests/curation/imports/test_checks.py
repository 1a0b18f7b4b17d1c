"""The checks of many records asked at once: the same ones break them as when each is asked by itself."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Initiative, Outcome
from cities.models import City
from curation.imports.checks import broken
from notes.models import Note
from tests.factories import make_source

pytestmark = pytest.mark.django_db
STARTS = ["", "2017", "2017-06", "2017-6", "soon", "'; --", "%s"]
NUMBERS = st.none() | st.integers(-3, 9)
AMOUNTS = st.none() | st.sampled_from(
    [Decimal(each) for each in ("-1", "0", "0.5", "2", "10", "90.5", "181")]
)
CASES = st.builds(
    Initiative,
    started=st.sampled_from(STARTS),
    title_line=NUMBERS,
    first_line=NUMBERS,
    last_line=NUMBERS,
    started_lines=st.sampled_from(["", "3", "3-4", "x"]),
    started_reason=st.sampled_from(["", "It says so."]),
)
CITIES = st.builds(City, latitude=AMOUNTS, longitude=AMOUNTS, place_id=st.sampled_from(["", "Q1"]))
OUTCOMES = st.builds(
    Outcome,
    value=AMOUNTS,
    value_high=AMOUNTS,
    before=AMOUNTS,
    first_line=NUMBERS,
    last_line=NUMBERS,
    status=st.sampled_from(["achieved", "expected", "?"]),
)
NOTES = st.builds(
    Note,
    severity=st.sampled_from(["high", "?"]),
    difference_pct=AMOUNTS,
    answer=st.sampled_from(["open", "kept"]),
)


def breaks(record: models.Model) -> bool:
    """Whether any check of its model speaks against a record, asked by itself."""
    for each in record._meta.constraints:
        if isinstance(each, models.CheckConstraint):
            try:
                each.validate(type(record), record)
            except ValidationError:
                return True
    return False


@settings(max_examples=25, deadline=None)
@given(st.lists(CASES | CITIES | OUTCOMES | NOTES, min_size=1, max_size=6))
def test_those_that_break_a_check_are_found_among_many(records):
    assert broken(records) == {id(each) for each in records if breaks(each)}


def test_a_source_counts_by_its_number():
    with_source = Initiative(source=make_source("s"), first_line=3, last_line=4)
    without = Initiative(first_line=3, last_line=4)
    assert broken([with_source, without]) == {id(each) for each in (with_source, without) if breaks(each)}


def test_hundreds_of_records_are_asked_in_few_questions():
    records = [Initiative(started="soon" if number % 100 == 7 else "2017") for number in range(401)]
    with CaptureQueriesContext(connection) as queries:
        found = broken(records)
    assert found == {id(records[number]) for number in (7, 107, 207, 307)}
    assert len([each for each in queries if "VALUES" in each["sql"]]) == 3


def test_what_the_database_refuses_to_look_at_is_a_suspect():
    sound = Initiative(started="2017")
    odd = Initiative(started="2017")
    odd.first_line = 1 << 70
    assert id(odd) in broken([odd])
    assert broken([sound]) == set()
