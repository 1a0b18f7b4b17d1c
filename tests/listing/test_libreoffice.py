"""What a list is taken away as, opened by LibreOffice. Left out where there is none: it is a large program."""

import csv
import shutil
import subprocess

import pytest

from tests.factories import link_theme, make_case, make_city, make_theme
from tests.web import body_of, csv_rows

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-calc"),
]
# Commas, quotation marks, UTF-8, from the first line on: what LibreOffice calls it (its "CSV filter parameters").
UTF_8 = "44,34,76,1"
EXPORTS = [("/cases.xlsx", ""), ("/cases.csv", f"Text - txt - csv (StarCalc):{UTF_8}")]


@pytest.mark.parametrize(("address", "read_as"), [*EXPORTS, ("/cases.csv?for=spreadsheet", EXPORTS[1][1])])
def test_libreoffice_reads_every_row_chinese_numbers_and_dates(client, tmp_path, address, read_as):
    haikou = make_city("Haikou", name_local="海口")
    for number in range(3):
        case = make_case(
            f"湿地 {number}, “quoted”", city=haikou, started=f"201{number}-06", summary="Two\nlines"
        )
        link_theme(case, make_theme(f"Theme {number}"))
    file = tmp_path / f"cases.{address.partition('.')[2].partition('?')[0]}"
    file.write_bytes(body_of(client.get(address)))
    (tmp_path / "read").mkdir()
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
    command += [f"--infilter={read_as}"] if read_as else []
    target = f"csv:Text - txt - csv (StarCalc):{UTF_8},,0,false,true,false,false,false,1"
    command += ["--convert-to", target, "--outdir", str(tmp_path / "read"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (made,) = (tmp_path / "read").iterdir()
    with made.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert rows == csv_rows(client, "/cases.csv")
    assert {row["started"] for row in rows} == {"2010", "2011", "2012"}
