"""Exports as the programs open them in which people work: pandas for tables, GDAL for what maps show."""

import io
import json

import pandas as pd
import pyogrio as gdal
import pytest

from tests.factories import link_theme, make_case, make_city, make_outcome, make_theme, make_unit
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db
TITLES = ["=1+1, “quoted”", "Two\nlines, and a comma", "湿地"]


@pytest.fixture
def cases():
    haikou = make_city("Haikou", name_local="海口", latitude="20.03421", longitude="110.34651")
    for number, title in enumerate(TITLES):
        case = make_case(title, city=haikou, slug=f"case-{number}", started=f"201{number}-06", summary="鸟")
        link_theme(case, make_theme(f"Theme {number}", f"主题{number}"))
        make_outcome(case, f"trees-{number}", value=2_200_000_000 + number, unit=make_unit("tree"))


@pytest.mark.parametrize("query", ["", "?for=spreadsheet"])
def test_pandas_reads_each_row_of_a_table_with_its_chinese_and_its_lines(client, cases, query):
    table = pd.read_csv(io.BytesIO(body_of(client.get(f"/cases.csv{query}"))), dtype={"started": "string"})
    rows = csv_rows(client, f"/cases.csv{query}")
    assert list(table.columns) == list(rows[0])
    assert list(table["title"]) == [row["title"] for row in rows]
    assert {*table["title"]} >= {"湿地", "Two\nlines, and a comma"}
    assert {*table["started"]} == {"2010", "2011", "2012"}


def test_pandas_takes_numbers_for_numbers_and_nothing_for_nothing(client, cases):
    table = pd.read_csv(io.BytesIO(body_of(client.get("/outcomes.csv"))))
    assert sorted(table["value"]) == [2_200_000_000, 2_200_000_001, 2_200_000_002]
    assert table["before"].isna().all()


def test_pandas_reads_the_same_table_from_xlsx_and_json_as_from_csv(client, cases):
    plain = pd.read_csv(io.BytesIO(body_of(client.get("/outcomes.csv"))))
    sheet = pd.read_excel(io.BytesIO(body_of(client.get("/outcomes.xlsx"))))
    records = pd.DataFrame(json_of(client, "/outcomes.json")["results"])
    for other in (sheet, records):
        assert list(other["id"]) == list(plain["id"])
        assert list(other["value"].astype(int)) == list(plain["value"])


def test_gdal_reads_each_case_where_its_city_lies(client, cases, tmp_path):
    file = tmp_path / "cases.geojson"
    file.write_bytes(body_of(client.get("/cases.geojson")))
    told, _fids, shapes, columns = gdal.raw.read(file)
    assert told["geometry_type"] == "Point" and told["crs"] == "EPSG:4326"
    assert len(shapes) == len(TITLES) and all(shapes)
    titles = columns[list(told["fields"]).index("title")]
    rows = json.loads(file.read_text(encoding="utf-8"))["features"]
    assert list(titles) == [row["properties"]["title"] for row in rows]
    bounds = gdal.read_info(file, force_total_bounds=True)["total_bounds"]
    assert tuple(bounds) == (110.34651, 20.03421, 110.34651, 20.03421)
