"""A file becomes a table, or is refused in plain words with nothing saved: encodings, kinds, sizes, cells."""

import csv
import io
import os
import tracemalloc
import zipfile

import openpyxl
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.imports import limits, reading
from curation.imports.encodings import NAMES, Unreadable, recognise
from curation.imports.models import Import
from curation.imports.reading import How, letter, read
from tests.curation.imports.flow import GIVEN, act, previewed, send, sent, xlsx
from tests.factories import make_city, make_programme, make_source
from tests.staff import curator


def refusal(content, how=None) -> str:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(Unreadable) as refused:
        read(content, how)
    return str(refused.value)


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("title,city\nGrün,Zürich\n", "utf-8"),
        ("title,city\nGrün,Zürich\n", "utf-8-sig"),
        ("title,city\nGrün für Straßen,Zürich\nCafé à la carte,São Paulo\n", "cp1252"),
        ("title,city\nL’été “déjà” – 5 €,Évry\n", "cp1252"),
        ("题目,城市\n绿道,厦门\n旧城改造项目,宁波\n", "gb18030"),
        ("题目,城市\n联通,毕节\n", "gb18030"),
        ("title,city\nplain,Dubai\n", "utf-8"),
    ],
)
def test_an_encoding_is_recognised(text, encoding):
    assert recognise(text.encode(encoding)) == encoding
    assert read(text.encode(encoding)).rows[0][1] == text.splitlines()[1].split(",")


def cells_in(encoding):
    """Texts that can be written in an encoding."""
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    # A mark at the start of a file is the encoding's, and what no character stands for is refused.
    letters = st.characters(
        codec=codec, exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufeff"
    )
    text = st.text(letters, min_size=1, max_size=12)
    return text.filter(lambda cell: cell.strip() and not cell.startswith("# "))


@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("separator", reading.SEPARATORS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_table_comes_back_as_it_was_written(encoding, separator, data):
    own = cells_in(encoding)
    width = data.draw(st.integers(1, 4))
    rows = data.draw(st.lists(st.lists(own, min_size=width, max_size=width), min_size=1, max_size=5))
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(
        [[f"h{place}" for place in range(width)], *rows]
    )
    table = read(held.getvalue().encode(encoding), How(encoding, separator))
    assert [row for _line, row in table.rows] == rows


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(cells_in("utf-8"), min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_spreadsheet_comes_back_as_it_was_written(rows):
    table = read(xlsx(["a", "b"], *[[f"'{cell}" for cell in row] for row in rows]))
    assert [[cell[1:] for cell in row] for _line, row in table.rows] == rows


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_are_refused(content):
    for start in (b"", b"PK\x03\x04", b"title,city\n"):
        try:
            assert read(start + content).rows
        except Unreadable as refused:
            assert str(refused)


def test_mixed_encodings_are_refused_with_the_cell():
    content = "title,city\n绿道建设项目,厦门\n".encode() + "Grün,Zürich\n".encode("cp1252")
    assert "Cell A3 is not written in the same encoding as the rest." in refusal(content)
    chinese = "题目,城市\n绿道,厦门\n".encode("gb18030") + "旧城改造项目,宁波\n".encode()
    assert "not written in the same encoding" in refusal(chinese)


@pytest.mark.parametrize(
    "text",
    ["title,city", "title,city\na,b\n", "题目,城市\r\n绿道,厦门\r\n旧城,宁波\r\n", "title\nGrün 🚲\nb\nc"],
)
@pytest.mark.parametrize("is_marked", [True, False])
@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("bits", ["16", "32"])
def test_utf16_and_utf32_are_called_that_with_a_mark_and_without(bits, order, is_marked, text):
    content = f"{chr(0xFEFF) * is_marked}{text}".encode(f"utf-{bits}-{order}")
    said = f"This file is written in UTF-{bits}. Save it as “CSV UTF-8” and send that."
    for chosen in ("", "utf-8", "cp1252"):
        assert refusal(content, How(encoding=chosen)) == said


def test_a_long_file_in_utf16_is_called_that_wherever_what_is_looked_at_ends():
    text = "title,city\n" + "🚲,Tartu\n" * 60_000
    assert "UTF-16" in refusal(f"x{text}".encode("utf-16-le"))
    assert "UTF-16" in refusal(text.encode("utf-16-be"))


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01" + bytes(500),
        b"title,city\n" + bytes(6) + b"a,b\n",
        bytes(range(256)) * 4,
        bytes(1000),
        bytes(n % 7 for n in range(1000)),
    ],
)
def test_what_only_has_zeros_in_it_is_not_called_utf16(content):
    assert "UTF-" not in refusal(content).replace("CSV UTF-8", "")


def test_control_characters_are_refused_with_the_cell():
    assert refusal("title,city\na,b\nc,d\x07\n") == "Cell B3 holds a control character (U+0007)."


def test_unknown_encodings_and_separators_are_refused():
    assert refusal("a,b\nc,d\n", How(encoding="rot13"))
    assert refusal("a,b\nc,d\n", How(separator="x"))


# Kinds of files


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a file of the kind PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "97–2003"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "binary data"),
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"\xef\xbb\xbf", "no rows"),
        (b"title,city\n", "no rows below it"),
        (b"PK\x03\x04 not really", "cannot be read as a spreadsheet"),
        (b'title,city\n"never ends,x\n', "does not end"),
        (b"title,Title\na,b\n", "Two columns are called"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content, said):
    assert said in refusal(content)


def packed(**parts) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def test_a_packed_folder_is_no_spreadsheet():
    assert "no spreadsheet" in refusal(packed(readme="hello"))


def test_a_bomb_is_refused_unread_and_memory_stays_flat():
    bomb = packed(**{"[Content_Types].xml": "x", "xl__worksheets__sheet1.xml": bytes(200 * limits.MB)})
    assert len(bomb) < limits.MB
    tracemalloc.start()
    assert "Unpacked, this file would have 200 MB: too much." in refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * limits.MB


def test_a_spreadsheet_that_lies_about_its_size_is_not_unpacked_further():
    whole = xlsx(["title", "city"], *[[f"Project {number}", "x" * 50] for number in range(3000)])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    true = sheet.file_size.to_bytes(4, "little")
    lying = whole.replace(true, (100).to_bytes(4, "little"))
    assert lying != whole
    assert "cannot be read as a spreadsheet" in refusal(lying)


def test_entities_in_a_spreadsheet_are_not_expanded():
    source = xlsx(["title"], ["x"])
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/workbook.xml":
                head = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
                content = head + content.split(b"?>", 1)[-1]
            new.writestr(part.filename, content)
    assert "cannot be read as a spreadsheet" in refusal(held.getvalue())


# Spreadsheets made to take time and memory

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
CELL = '<c t="inlineStr"><is><t>x</t></is></c>'


def with_part(name, content, noise=0) -> bytes:
    """A spreadsheet of two rows of which one part is another, and beside it bytes that cannot be packed."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["title"], ["x"]))) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        new.writestr("noise", os.urandom(noise))
    return held.getvalue()


def sheet_of(rows) -> bytes:
    return with_part(SHEET, f"<worksheet {MAIN}><sheetData>{HEADING}{rows}</sheetData></worksheet>")


def refusal_within(most, content) -> str:
    """What is said of it, where that takes no more memory than so much."""
    tracemalloc.start()
    try:
        said = refusal(content)
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()
    return said


def test_a_row_beyond_the_last_of_a_spreadsheet_is_refused_at_once():
    content = sheet_of(f'<row r="3000000">{CELL}</row>')
    assert refusal(content) == "There is a row 3000000; a spreadsheet ends at row 1048576."


def test_a_stray_cell_in_the_last_row_keeps_its_number():
    assert read(sheet_of(f'<row r="1048576">{CELL}</row>')).rows == [(1048576, ["x"])]


def test_empty_rows_and_cells_are_counted_too(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS_AND_EMPTY", 100)
    assert "more than 100 rows, counting empty ones" in refusal(
        sheet_of(f"{'<row/>' * 100}<row>{CELL}</row>")
    )
    monkeypatch.setattr(limits, "MOST_CELLS", 1000)
    rows = f"<row>{'<c/>' * 199}</row>" * 6 + f"<row>{CELL}</row>"
    assert "more than 1000 cells, counting empty ones" in refusal(sheet_of(rows))


def test_a_row_of_very_many_empty_cells_has_too_many_columns():
    content = sheet_of(f'<row r="2">{"<c/>" * 100_000}</row>')
    assert refusal_within(10 * limits.MB, content) == "Row 2 has more than 200 columns."


def test_one_part_far_packed_is_refused_whatever_lies_beside_it():
    content = with_part(STYLES, f"<styleSheet {MAIN}>{'<a/>' * 3_000_000}</styleSheet>", noise=200_000)
    assert "Unpacked, this file would have 12 MB: too much." in refusal_within(10 * limits.MB, content)


def test_a_part_that_is_held_whole_is_small_in_bytes_and_in_elements():
    many = with_part(STYLES, f"<styleSheet {MAIN}>{'<a/>' * 150_000}</styleSheet>")
    large = with_part(STYLES, f"<styleSheet {MAIN}>{' ' * 4 * limits.MB}</styleSheet>")
    for content in (many, large):
        assert "“xl/styles.xml” in this file is larger" in refusal_within(15 * limits.MB, content)


def test_what_stands_beside_the_rows_of_a_sheet_is_little():
    columns = f"<cols>{'<col/>' * 150_000}</cols>"
    content = with_part(SHEET, f"<worksheet {MAIN}>{columns}<sheetData>{HEADING}</sheetData></worksheet>")
    assert "sheet1.xml” in this file is larger" in refusal(content)


# Sizes


def test_a_million_columns_are_refused_and_memory_stays_flat():
    wide = b"a" + b"," * 1_000_000 + b"\nb\n"
    tracemalloc.start()
    assert refusal(wide) == "Row 1 has more than 200 columns."
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * limits.MB
    assert refusal(",".join(f"h{n}" for n in range(201)) + "\nx\n") == "Row 1 has more than 200 columns."
    assert refusal(xlsx(["title"], [*[None] * 300, "far"])) == "Row 2 has more than 200 columns."


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    assert "more than 3 rows" in refusal("title\na\nb\nc\nd\n")
    assert len(read(b"title\na\nb\nc\n\n\n").rows) == 3


def test_a_cell_that_is_too_long_is_refused_by_its_place(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_CELL", 10)
    assert refusal("title,city\na,bbbbbbbbbbbbb\n") == "Cell B2 is too long."


@pytest.mark.django_db
def test_100_mb_are_refused_by_the_page_unread(monkeypatch):
    monkeypatch.setattr(reading, "read", lambda *args: pytest.fail("read"))
    response = send(curator(), "cases", b"a," * 50_000_000, source=make_source().pk)
    assert "This file has 100 MB; at most 20 MB are taken." in response.content.decode()
    assert not Import.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"title,city\na,b\x07\n", b"title,city\n"])
def test_what_is_refused_leaves_nothing_behind(content):
    source = make_source()
    response = send(curator(), "cases", content, source="", title="New", rights="CC0")
    assert response.status_code == 200 and response.context["form"].errors["file"]
    assert not Import.objects.exists()
    assert [each.pk for each in type(source).objects.all()] == [source.pk]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_file_is_read(monkeypatch):
    seen = []

    def noted(*args):
        seen.append(connection.in_atomic_block)
        return read(*args)

    client, source = curator(), make_source("their-list")
    make_programme("Award")
    make_city("Xiamen")
    monkeypatch.setattr(reading, "read", noted)
    job = sent(client, "cases", "title,city\nA,Xiamen\n", source)
    previewed(client, job, fixed=GIVEN)
    act(client, job, "confirm")
    assert job.state == Import.State.DONE
    assert seen and not any(seen)


# Cells


def test_numbers_dates_and_formulas_of_a_spreadsheet_are_as_typed():
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c", "d", "e", "f", "g"])
    book.active.append(
        [datetime.date(2017, 6, 30), 7553000, 0.1, 0.25, "=1+1", True, '=HYPERLINK("http://x","y")']
    )
    book.active["D2"].number_format = "0%"
    held = io.BytesIO()
    book.save(held)
    row = read(held.getvalue()).rows[0][1]
    assert row == ["2017-06-30", "7553000", "0.1", "25%", "=1+1", "yes", '=HYPERLINK("http://x","y")']


def test_a_sheet_can_be_chosen():
    content = xlsx(["a"], ["x"], sheets=("First", "Second"))
    assert read(content).sheets == ["First", "Second"]
    assert "no rows" in refusal(content, How(sheet="Second"))
    assert "no such sheet" in refusal(content, How(sheet="Third"))


def sheets_of(**rows) -> bytes:
    """A spreadsheet of several sheets."""
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, some in rows.items():
        sheet = book.create_sheet(name)
        for row in some:
            sheet.append(row)
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("before", [[], [[" "], [None, ""]]], ids=["nothing", "blanks"])
def test_the_first_sheet_that_has_rows_is_opened(before):
    content = sheets_of(Cover=before, Data=[["a"], ["x"]], More=[["b"], ["y"]])
    found = read(content)
    assert (found.how.sheet, found.heading, found.sheets) == ("Data", ["a"], ["Cover", "Data", "More"])
    assert read(content, How(sheet="More")).heading == ["b"]


def test_a_spreadsheet_of_empty_sheets_has_no_rows():
    assert "no rows" in refusal(sheets_of(Cover=[], Data=[]))
    assert "a heading and no rows" in refusal(sheets_of(Cover=[["a"]], Data=[["a"], ["x"]]))


def test_a_sheet_has_a_name_that_can_be_kept():
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"], ["x"]))) as parts:
        held = {
            name: parts.read(name).replace(b'"Sheet"', b'"%s"' % (b"x" * 101)) for name in parts.namelist()
        }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content)
    assert "cannot be read as a spreadsheet" in refusal(made.getvalue())


def test_rows_are_counted_as_a_spreadsheet_shows_them():
    table = read(b'\n\ntitle,city\n"two\nlines",x\n\nlast,y\n')
    assert [(line, row[0]) for line, row in table.rows] == [(4, "two\nlines"), (6, "last")]


def test_columns_are_named_as_in_a_spreadsheet():
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
