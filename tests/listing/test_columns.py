import datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from listing.columns import Column, OnSite, Table, number_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("7434.4000", "7434.4"),
        ("7553000.0000", "7553000"),
        ("7553000", "7553000"),
        ("1E+6", "1000000"),
        ("0.000001", "0.000001"),
        ("-0.50", "-0.5"),
        ("0.0000", "0"),
        ("-0", "0"),
        ("123456789012345678.123456", "123456789012345678.123456"),
    ],
)
def test_decimals_are_written_plainly(number, text):
    assert number_text(Decimal(number)) == text


def _one(value) -> Table:
    return Table("things", [Column("value", lambda record: value, "a value")])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", None),
        (None, None),
        (0, 0),
        (False, False),
        ([], []),
        (gettext_lazy("Cases"), "Cases"),
        (datetime.date(2026, 11, 3), "2026-11-03"),
        (OnSite("/cases/a/"), "https://host/cases/a/"),
        ("/not/ours/", "/not/ours/"),
    ],
)
def test_values_come_out_finished(value, written):
    [finished] = _one(value).values(None, "https://host")
    assert finished == written
    # A lazy text equals its string, but is none: whatever writes it later would ask for a language.
    assert type(finished) is type(written)


def test_a_document_has_the_columns_as_keys():
    table = Table("t", [Column("b", lambda record: record, ""), Column("a", lambda record: 1, "")])
    assert table.names == ["b", "a"]
    assert list(table.document("x").items()) == [("b", "x"), ("a", 1)]
