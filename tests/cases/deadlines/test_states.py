"""How a target stands: worked out for a day, the same by the record and by the database."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import State, Target
from cases.targets import state_q
from records.dates import bounds
from tests import factories as make

DAY = datetime.date(2024, 6, 15)


@pytest.mark.parametrize(
    ("due", "evidence", "state"),
    [
        ("", "", "undated"),
        ("", "It is done.", "reached"),
        ("2023", "", "passed"),
        ("2023", "It is done.", "reached"),
        ("2024", "", "ahead"),
        ("2024-05", "", "passed"),
        ("2024-06", "", "ahead"),
        ("2024-06-14", "", "passed"),
        ("2024-06-15", "", "ahead"),
        ("2020/2023", "", "passed"),
        ("2020/2024", "", "ahead"),
        ("/2023", "", "passed"),
        ("2023/", "", "ahead"),
        ("201X", "", "passed"),
        ("202X", "", "ahead"),
    ],
)
def test_the_rule(due, evidence, state):
    assert Target(due=due, evidence=evidence).state_on(DAY) == state


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "no date printed"),
        ({"due_as_printed": "in five to 10 years"}, "no fixed date printed"),
        ({"due": "2014"}, "date passed, no evidence in the sources"),
        ({"due": "2014", "evidence": "x"}, "date passed, reported reached"),
        ({"due": "9998", "evidence": "x"}, "reported reached before its date"),
        ({"evidence": "x"}, "reported reached"),
        ({"due": "9998"}, "date ahead"),
    ],
)
def test_in_words(fields, label):
    assert Target(**fields).state_label == label


def _is_date(text: str) -> bool:
    try:
        bounds(text)
    except ValueError:
        return False
    return True


_ONE = st.one_of(
    st.dates(datetime.date(2019, 1, 1), datetime.date(2029, 1, 1)).map(str),
    st.integers(2019, 2029).map(str),
    st.tuples(st.integers(2023, 2025), st.integers(1, 12)).map(lambda each: f"{each[0]}-{each[1]:02}"),
    st.sampled_from(["201X", "202X", "19XX"]),
)
DATES = st.one_of(
    st.just(""),
    _ONE,
    st.tuples(_ONE, _ONE).map("/".join).filter(_is_date),
    _ONE.map(lambda end: f"/{end}"),
    _ONE.map(lambda start: f"{start}/"),
)


class TheSameByRecordAndDatabase(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        due=DATES,
        evidence=st.sampled_from(["", "", "It is done."]),
        day=st.dates(datetime.date(2022, 1, 1), datetime.date(2026, 1, 1)),
    )
    def test_each_target_is_in_the_one_state_that_it_says(self, due, evidence, day):
        case = make.make_case()
        lines = "3" if evidence else ""
        target = Target.objects.create(
            initiative=case, city=case.city, key="k", due=due, evidence=evidence, evidence_lines=lines
        )
        found = {state for state in State.values if Target.objects.filter(state_q(state, day)).exists()}
        assert found == {target.state_on(day).value}
