"""Dates and times read the same wherever they stand, and in no way that means another day elsewhere."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import override

from records import history
from records.operations import Operation
from tests.factories import make_case
from tests.staff import address, curator

DAY, TIME = date(2026, 11, 9), datetime(2026, 11, 9, 17, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["9 November 2026", "9 November 2026, 17:04 UTC", "9 Nov 2026", "9 Nov 2026, 17:04 UTC"]),
        (
            "zh-hans",
            ["2026年11月9日", "2026年11月9日 17:04 UTC", "2026年11月9日", "2026年11月9日 17:04 UTC"],
        ),
    ],
)
def test_a_date_names_its_month_and_a_time_its_zone(language, written):
    with override(language):
        kinds = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")
        days = [DAY, TIME, DAY, TIME]
        assert [date_format(day, kind) for day, kind in zip(days, kinds, strict=True)] == written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "moment"),
    [("", r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d UTC"), ("/zh-hans", r"20\d\d年\d+月\d+日 \d\d:\d\d UTC")],
)
def test_lists_and_the_desk_of_staff_say_times_so(prefix, moment):
    client = curator()
    with history.operation(user=User.objects.get()):
        make_case("One")
    for path, place in ((address(Operation), r'class="field-at[^>]*><a[^>]*>'), ("/admin/", r"curator, ")):
        page = client.get(f"{prefix}{path}").content.decode()
        assert re.search(place + moment, page), path


@pytest.mark.parametrize(("typed", "day"), [("2026-11-09", DAY), ("9 November 2026", DAY)])
def test_a_date_is_typed_as_it_is_read(typed, day):
    with override("en"):
        assert forms.DateField().clean(typed) == day


def test_a_date_that_means_two_days_is_not_taken():
    with override("en"), pytest.raises(forms.ValidationError):
        forms.DateField().clean("11/09/2026")
