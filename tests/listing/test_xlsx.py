"""Workbooks of a list: opened by openpyxl here, and by LibreOffice beside the other exports."""

import tempfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from cases.models import Theme
from listing import exports
from listing.columns import Column, Table
from listing.formats import xlsx_file
from listing.formats.base import Export
from tests.factories import link_theme, make_case, make_city, make_theme
from tests.web import body_of, csv_rows

pytestmark = pytest.mark.django_db


def book_of(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(raw))


def rows_of(raw: bytes) -> list[tuple]:
    return list(book_of(raw).worksheets[0].values)


def test_a_workbook_holds_the_rows_of_the_page_as_the_csv_does(client):
    haikou = make_city("Haikou", name_local="海口")
    for number in range(3):
        link_theme(
            make_case(f"Case {number}", city=haikou, started=f"201{number}"), make_theme(f"Theme {number}")
        )
    make_case("Elsewhere")
    query = "city=haikou&sort=-title"
    answer = client.get(f"/cases.xlsx?{query}")
    assert answer["Content-Disposition"] == 'attachment; filename="cases.xlsx"'
    head, *rows = rows_of(body_of(answer))
    plain = csv_rows(client, f"/cases.csv?{query}")
    assert list(head) == list(plain[0])
    as_text = [["" if value is None else str(value) for value in row] for row in rows]
    assert as_text == [list(row.values()) for row in plain]
    assert rows[0][head.index("started")] == 2012


def test_text_stays_text_and_numbers_are_numbers():
    make_theme("=1+1")
    values = (
        "=HYPERLINK(0)",
        "#N/A",
        "00123",
        "海口 \x0b x",
        Decimal("-7434.40"),
        7,
        None,
        ["a", "b"],
        True,
        "x" * 40_000,
    )
    columns = [Column(f"c{n}", lambda theme, v=value: v, "") for n, value in enumerate(values)]
    export = Export(Table("things", columns), Theme.objects.all(), "https://host")
    sheet = book_of(b"".join(exports.FORMATS["xlsx"].write(export))).worksheets[0]
    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in cells[:4]] == ["=HYPERLINK(0)", "#N/A", "00123", "海口  x"]
    assert {cell.data_type for cell in cells[:4]} == {"s"}
    assert [cell.value for cell in cells[4:8]] == [-7434.4, 7, None, "a; b"]
    assert len(cells[9].value) == 32_767


def test_a_second_sheet_says_what_the_columns_mean_and_where_the_rows_are_from(client):
    make_case()
    rows = list(book_of(body_of(client.get("/cases.xlsx?started=unknown"))).worksheets[1].values)
    assert ("list", None, "http://testserver/cases/?started=unknown") in rows
    said = {row[0]: row[2] for row in rows if row}
    assert said["summary"] == "what it is about, in our own words"


def test_what_a_sheet_cannot_hold_is_refused_before_it_is_begun(client, monkeypatch):
    make_case()
    make_case()
    limited = exports.FORMATS["xlsx"].__class__(**{**vars(xlsx_file.FORMAT), "most_rows": 1})
    monkeypatch.setitem(exports.FORMATS, "xlsx", limited)
    answer = client.get("/cases.xlsx")
    assert answer.status_code == 400
    assert "at most 1 rows, and these are 2" in body_of(answer).decode()


def test_an_error_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    make_theme("A")

    def fragile(theme):
        raise RuntimeError("broken")

    export = Export(Table("t", [Column("n", fragile, "")]), Theme.objects.all(), "https://host")
    with pytest.raises(RuntimeError, match="broken"):
        list(xlsx_file.write(export))
    assert list(tmp_path.iterdir()) == []


def test_the_parser_of_spreadsheets_is_the_one_the_limits_were_tried_with():
    assert openpyxl.LXML is False
