import codecs
import csv
import io
import json
from decimal import Decimal
from operator import itemgetter

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Theme
from listing import exports
from listing.citable import NEEDED
from listing.columns import Column, Table
from listing.formats import base, csv_text, json_text
from listing.formats.base import Export
from tests import factories as make
from tests.web import body_of

pytestmark = pytest.mark.django_db

TRICKY = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]


def _table(*values) -> Table:
    columns = [Column(f"c{n}", lambda theme, v=value: v, "") for n, value in enumerate(values)]
    return Table("things", [Column("name", lambda theme: theme.name, "the name"), *columns])


def _export(table: Table, kind: str = "") -> Export:
    return Export(table, Theme.objects.order_by("slug"), "https://host", kind)


def _csv(table: Table, kind: str = "") -> tuple[bytes, list[list[str]]]:
    raw = b"".join(exports.FORMATS["csv"].write(_export(table, kind)))
    return raw, list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def _json(table: Table) -> dict:
    return json.loads(b"".join(exports.FORMATS["json"].write(_export(table))), parse_float=Decimal)


def test_plain_csv_is_plain():
    make.make_theme('海口, "a"\nb')
    raw, rows = _csv(_table("=1+1", Decimal("-7434.40"), None, ["a", 2, Decimal("1.50")], True))
    assert not raw.startswith(codecs.BOM_UTF8)
    assert raw.endswith(b"\r\n")
    assert rows == [
        ["name", "c0", "c1", "c2", "c3", "c4"],
        ['海口, "a"\nb', "=1+1", "-7434.4", "", "a; 2; 1.5", "true"],
    ]


def test_the_kind_for_spreadsheets_has_one_mark():
    make.make_theme("海口")
    raw, rows = _csv(_table(), "spreadsheet")
    assert raw.startswith(codecs.BOM_UTF8 + b"name\r\n")
    assert raw.count(codecs.BOM_UTF8) == 1
    assert rows[1] == ["海口"]


@pytest.mark.parametrize("text", TRICKY)
def test_text_that_would_run_is_made_harmless_for_spreadsheets_only(text):
    make.make_theme("A")
    assert _csv(_table(text, [text, "b"]), "spreadsheet")[1][1][1:] == [f"'{text}", f"'{text}; b"]
    assert _csv(_table(text))[1][1][1] == text


@pytest.mark.parametrize(
    ("number", "written"), [(-5, "-5"), (Decimal("-0.50"), "-0.5"), (0, "0"), (12, "12")]
)
def test_numbers_stay_numbers_for_spreadsheets(number, written):
    make.make_theme("A")
    assert _csv(_table(number), "spreadsheet")[1][1][1] == written


def test_harmless_text_is_left_alone_for_spreadsheets():
    make.make_theme("A")
    assert _csv(_table("a=b", "'quoted", "1-2", " "), "spreadsheet")[1][1][1:] == [
        "a=b",
        "'quoted",
        "1-2",
        " ",
    ]


def test_json_keeps_types_and_every_digit():
    make.make_theme("海口")
    long = Decimal("123456789012345678.123456")
    table = _table(Decimal("7553000.0000"), long, None, "", [1, Decimal("2.50"), "x"], gettext_lazy("Cases"))
    assert _json(table) == {
        "count": 1,
        "results": [
            {
                "name": "海口",
                "c0": 7553000,
                "c1": long,
                "c2": None,
                "c3": None,
                "c4": [1, Decimal("2.5"), "x"],
                "c5": "Cases",
            }
        ],
    }
    assert "海口".encode() in b"".join(exports.FORMATS["json"].write(_export(table)))


class _Records(list):
    """Records that are at hand, as an export reads them."""

    def iterator(self, chunk_size: int):
        return iter(self)


@given(
    st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.tuples(
                *[
                    st.text(st.characters(exclude_categories=("Cs",)))
                    | st.text(st.sampled_from("a\",;\r\n '"))
                    | st.integers()
                    | st.none()
                ]
                * width
            )
        )
    )
)
def test_csv_is_what_the_standard_writer_writes(rows):
    width = len(rows[0]) if rows else 1
    table = Table("t", [Column(f'c,"{n}"', itemgetter(n), "") for n in range(width)])
    expected = io.StringIO(newline="")
    csv.writer(expected, lineterminator="\r\n").writerows([table.names, *rows])
    written = "".join(chunk.decode() for chunk in csv_text.write(Export(table, _Records(rows))))
    assert written == expected.getvalue()


def test_an_empty_selection_has_a_header_and_no_row():
    make.make_theme("A")
    export = Export(_table(), Theme.objects.none())
    assert b"".join(exports.FORMATS["csv"].write(export)) == b"name\r\n"
    assert json.loads(b"".join(exports.FORMATS["json"].write(export))) == {"count": 0, "results": []}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_batches_lose_and_repeat_nothing(monkeypatch, count):
    monkeypatch.setattr(base, "CHUNK", 2)
    names = [make.make_theme(f"T{n}").name for n in range(count)]
    assert [row[0] for row in _csv(_table())[1][1:]] == names
    assert [row["name"] for row in _json(_table())["results"]] == names


def test_a_file_does_not_depend_on_the_language_of_the_page():
    make.make_theme("Housing", "住房")
    table = Table("t", [Column("label", lambda theme: theme.label, "")])
    with override("zh-hans"):
        assert _csv(table)[1][1] == ["Housing"]
        assert _json(table)["results"] == [{"label": "Housing"}]


@pytest.mark.parametrize("name", sorted(exports.FORMATS))
def test_headers_name_the_file_and_its_encoding(name):
    response = exports.response(exports.FORMATS[name], _export(_table()))
    assert response.streaming
    assert response["Content-Type"].endswith("; charset=utf-8") or name == "xlsx"  # which is no text
    assert response["Content-Disposition"].endswith(f'; filename="things.{name}"')


@pytest.mark.parametrize("name", sorted(exports.FORMATS.keys() - {"atom", "xlsx"}))  # made as one
def test_an_error_in_mid_stream_breaks_it(monkeypatch, name):
    monkeypatch.setattr(base, "CHUNK", 1)
    for title in ("A", "B"):
        make.make_theme(title)

    def fragile(theme):
        if theme.name == "B":
            raise RuntimeError("broken")
        return theme.name

    texts = {name: lambda _theme: "2026-03-01T00:00:00+00:00" for name in NEEDED}
    citation = Table("t", [Column(name, value, "") for name, value in (texts | {"title": fragile}).items()])
    point = Column("point", lambda _theme: None, "")
    table = Table("t", [Column("n", fragile, "")], citation, point)
    response = exports.response(exports.FORMATS[name], _export(table))
    got = b""
    with pytest.raises(RuntimeError, match="broken"):
        for chunk in response:
            got += chunk
    assert b"A" in got
    assert b"]}" not in got


def test_a_count_that_is_no_longer_true_breaks_the_stream():
    make.make_theme("A")
    stream = exports.FORMATS["json"].write(_export(_table()))
    assert next(stream).startswith(b'{"count": 1')
    make.make_theme("B")
    with pytest.raises(json_text.ListChanged):
        list(stream)


def test_prefetched_parts_are_kept_while_streaming(django_assert_num_queries):
    city = make.make_city()
    for count in (1, 2, 3):
        theme = make.make_theme(f"T{count}")
        for _number in range(count):
            make.make_case(city=city, themes=[theme])
    table = Table("t", [Column("n", lambda t: len(t.initiative_links.all()), "")])
    rows = Export(table, Theme.objects.order_by("slug").prefetch_related("initiative_links"))
    with django_assert_num_queries(2):
        assert b"".join(exports.FORMATS["csv"].write(rows)) == b"n\r\n1\r\n2\r\n3\r\n"


@pytest.mark.django_db(transaction=True)
def test_a_stream_outside_a_transaction_holds_all_rows(client, monkeypatch):
    # As on a running server: PostgreSQL has to keep the cursor open by itself.
    monkeypatch.setattr(base, "PLAIN", 2)
    city = make.make_city()
    for number in range(7):
        make.make_case(f"Case {number}", city=city)
    for address in ("/cases.csv", "/cases.json"):
        stream = iter(client.get(address))
        first = next(stream) + next(stream)
        make.Theme.objects.create(slug=address.strip("/").replace(".", "-"), name="written meanwhile")
        assert (first + b"".join(stream)).count(b"Case ") == 7


def test_kinds_are_known_or_refused():
    form = exports.FORMATS["csv"]
    assert exports.kind_of(form, []) == ""
    assert exports.kind_of(form, ["", " "]) == ""
    assert exports.kind_of(form, ["spreadsheet"]) == "spreadsheet"
    for values in (["excel"], ["spreadsheet", "excel"], ["excel", "spreadsheet"]):
        with pytest.raises(exports.UnknownKind, match="excel"):
            exports.kind_of(form, values)
    with pytest.raises(exports.UnknownKind, match="spreadsheet"):
        exports.kind_of(exports.FORMATS["json"], ["spreadsheet"])


def test_a_refusal_speaks_the_language_of_the_format():
    plain = exports.refusal(exports.FORMATS["csv"], ["No “<b>”.", "Nor this."])
    assert (plain.status_code, plain["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert body_of(plain).decode() == "No “<b>”. Nor this.\n"
    document = exports.refusal(exports.FORMATS["json"], ["No “<b>”."], status=404)
    assert (document.status_code, document["Content-Type"]) == (404, "application/json; charset=utf-8")
    assert json.loads(body_of(document)) == {"error": "No “<b>”."}


def test_nested_documents_keep_their_decimals():
    document = {"a": [{"b": Decimal("1.50")}, (1, None)], "c": gettext_lazy("Cases")}
    assert json_text.text(document) == '{"a": [{"b": 1.5}, [1, null]], "c": "Cases"}'
