"""What an outcome may not be: refused by the database, and by the form at the field that is wrong."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import Outcome
from sources.models import SourceText
from tests import factories as make
from tests.staff import address, change_page, curator, save

pytestmark = pytest.mark.django_db

WRONG = [
    {"value_low": 2, "value_high": 1},
    {"before": 1},
    {"after": 1},
    {"value": 2, "before": 1, "after": 3},
    {"value_alt": 1},
    {"date": "2020/2018"},
    {"date": "2020-06/2020-05"},
    {"date": "2020-01-02/2020-01-01"},
    {"date": "199X/1989"},
]
RIGHT = [
    {"value_low": 1, "value_high": 1},
    {"before": 1, "after": 3},
    {"value": 3, "before": 1, "after": 3},
    {"date": "2018/2020"},
    {"date": "2020/2020-06"},
    {"date": "2020-06/2020"},
    {"date": "198X/1985"},
    {"date": "/2020"},
    {"date": "2020/"},
    {"date": "18XX"},
]


@pytest.fixture
def case():
    source = make.make_source(line_count=10)
    SourceText.objects.create(source=source, text="It rose from 30% to 95%, or 2.2 million people.\n" * 10)
    return make.make_case("A lane", source=source, first_line=1, last_line=8)


@pytest.mark.parametrize("fields", WRONG)
def test_the_database_refuses(case, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_outcome(case, **fields)
    outcome = make.make_outcome(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(**fields)


@pytest.mark.parametrize("fields", RIGHT)
def test_the_database_takes(case, fields):
    make.make_outcome(case, **fields)


def test_the_database_refuses_a_claim_that_repeats_itself_and_a_unit_nobody_defined(case):
    outcome = make.make_outcome(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(repeats=outcome.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(unit_id=4711)
        transaction.get_connection().check_constraints()


@pytest.fixture
def outcome(case):
    return make.make_outcome(
        case,
        value=95,
        unit=make.make_unit("%"),
        source=case.source,
        first_line=1,
        last_line=1,
        printed="to 95%",
    )


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"value": 96}, "value", "does not print this number"),
        ({"value": ""}, "value", "Give the number that is printed"),
        ({"before": 30}, "after", "Give this too"),
        ({"printed": "from 30% to 95%", "before": 95, "after": 30}, "value", "the value is the one after"),
        (
            {"printed": "from 30% to 95%", "value_low": 95, "value_high": 30},
            "value_high",
            "must not be above",
        ),
        ({"value_alt": 95}, "unit_alt", "Give this too"),
        ({"unit": 4711}, "unit", "There is no such unit: choose one of the list"),
        ({"date": "2020/2018"}, "date", "The date ends before it starts."),
        ({"date": "soon"}, "date", "is not a date"),
        ({"printed": "", "value": 99999}, "printed", "Give the claim as the line prints it"),
        ({"printed": ""}, "printed", "Give the claim as the line prints it"),
        ({"value": -95}, "value", "does not print this number"),
        ({"first_line": 9, "last_line": 9}, "first_line", "The case stands on lines 1 to 8"),
        ({"date_lines": "3"}, "date", "Give the date that stands there"),
        ({"date": "2020", "date_lines": "11"}, "date_lines", "has 10 lines"),
        ({"date": "2020", "date_lines": "many"}, "date_lines", "is not a line"),
        ({"printed": "to 96%", "value": 96}, "printed", "does not stand on line 1"),
        ({"first_line": 11, "last_line": 11}, "first_line", "has 10 lines"),
    ],
)
def test_the_form_says_at_the_field_what_is_wrong(outcome, changes, field, says):
    response = save(curator(), outcome, **changes)
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert says in " ".join(errors.get(field, [])), errors
    assert response.context["adminform"].form.non_field_errors() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"printed": "from 30% to 95%", "before": 30, "after": 95},
        {"printed": "from 30% to 95%", "value": "", "before": 30, "after": 95},
        {"printed": "2.2 million people", "value": 2200000},
        {"reason": "So it is read."},
        {"date": "2020", "date_lines": "3; 5-6"},
    ],
)
def test_the_form_takes_what_is_printed(outcome, changes):
    assert save(curator(), outcome, **changes).status_code == 302
    outcome.refresh_from_db()
    assert outcome.value == changes.get("value", 95) or outcome.value == outcome.after


def test_units_have_a_staff_page_with_how_many_cases_use_them(outcome):
    html = curator().get(address(type(outcome.unit))).content.decode()
    assert "%" in html
    assert curator is not None
    assert change_page(outcome.unit) in html
