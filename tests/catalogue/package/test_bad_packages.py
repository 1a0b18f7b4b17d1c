"""A package that does not fit is refused with the place and what is wrong with it, and nothing is saved."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Initiative
from catalogue.package import archive
from cities.models import City
from notes.models import Note
from records.models import FormerSlug
from sources.models import Source, SourceText
from tests.catalogue.package.packages import changed, document, empty, files, make, with_cell, write
from tests.everything import make_everything
from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path) -> Path:
    make_everything(2)
    SourceText.objects.create(source=make_source("shown", full_text_public=True), text="One\ntwo")
    path = make(tmp_path / "p.zip")
    empty()
    return path


def _refused(path: Path, *words: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("load_package", path, verbosity=0)
    message = str(caught.value)
    assert message.startswith("Nothing was loaded.")
    for word in words:
        assert word in message, message
    assert not Source.objects.exists() and not City.objects.exists() and not FormerSlug.objects.exists()


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("outcomes", "value", "many", ("row 2", "column “value”")),
        ("outcomes", "status", "hoped", ("row 2", "column “status”")),
        ("outcomes", "case", "nowhere", ("row 2", "column “case”", "nowhere")),
        ("outcomes", "case", "", ("row 2", "column “case”", "must be given")),
        ("outcomes", "position", "", ("row 2", "column “position”", "must be given")),
        ("outcomes", "before", "", ("row 2", "before and after both")),
        ("outcomes", "indicator", "x" * 201, ("row 2", "column “indicator”", "200")),
        ("cities", "latitude", "91", ("row 2", "column “latitude”")),
        ("cities", "name", "", ("row 2", "column “name”")),
        ("city-figures", "figures_key", "other", ("row 2", "column “figures”")),
        ("cases", "last_line", "22", ("row 2", "column “last_line”", "21 lines")),
        ("sources", "full_text_public", "perhaps", ("row 2", "column “full_text_public”", "true or false")),
        ("former-addresses", "slug", "nowhere", ("row 2", "column “slug”")),
        ("former-addresses", "table", "outcomes", ("row 2", "column “table”")),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_file_row_and_column(package, table, column, value, words):
    _refused(with_cell(package, table, 2, column, value), f"data/{table}.csv: row", *words)


def test_a_text_that_names_no_record(tmp_path):
    make_everything(1)
    case = Initiative.objects.get()
    Note.objects.update(found_by="check", check_name="a-check", check_key=f"case/{case.pk}:a-check:x")
    path = make(tmp_path / "p.zip")
    empty()
    wrong = with_cell(path, "source-checks", 2, "check_key", "case/nowhere:a-check:x")
    _refused(wrong, "data/source-checks.csv", "column “check_key”", "of no record")


def test_a_row_given_twice_one_cut_short_and_columns_nobody_knows(package):
    def twice(data):
        lines = data.split(b"\r\n")
        return b"\r\n".join([*lines[:-1], lines[1], b""])

    _refused(changed(package, "data/cities.csv", twice), "data/cities.csv: row 4", "stands in row 2 already")
    _refused(
        changed(package, "data/cities.csv", lambda d: d + b"x,y\r\n"), "data/cities.csv: row 4 has 2 cells"
    )
    _refused(
        changed(package, "data/cities.csv", lambda d: d.replace(b"name_local", b"nickname", 1)),
        "data/cities.csv: row 1", "nickname",
    )  # fmt: skip
    _refused(
        changed(package, "data/outcomes.csv", lambda d: d.replace(b"repeats_key", b"position", 1)),
        "data/outcomes.csv: row 1",
    )
    _refused(changed(package, "data/cities.csv", lambda d: b""), "data/cities.csv", "empty")
    _refused(changed(package, "data/cities.csv", lambda d: d + b'"open\r\n'), "data/cities.csv", "row 3")
    _refused(changed(package, "data/cities.csv", lambda d: d + b"\xff\r\n"), "data/cities.csv")
    _refused(
        changed(package, "data/cities.csv", lambda d: d.replace(b"Place", b"Pla\0e", 1)), "data/cities.csv"
    )


def test_a_text_nobody_may_see_or_that_is_of_no_source(package):
    hide = changed(package, "data/sources.csv", lambda d: d.replace(b",true,", b",false,"))
    _refused(hide, "texts/shown.txt", "readers may see")
    _refused(changed(package, "texts/shown.txt", lambda d: b"\xff"), "texts/shown.txt", "UTF-8")


def test_a_package_that_was_cut_changed_or_is_none(package, tmp_path):
    content = files(package)
    _refused(
        write(tmp_path / "a.zip", {k: v for k, v in content.items() if k != "data/cities.csv"}), "is missing"
    )
    _refused(
        write(tmp_path / "b.zip", content | {"data/cities.csv": content["data/cities.csv"][:-9]}), "bytes"
    )
    other = content["data/cities.csv"].replace(b"Place", b"Plaza")
    _refused(write(tmp_path / "c.zip", content | {"data/cities.csv": other}), "data/cities.csv", "checksum")
    _refused(write(tmp_path / "d.zip", {"README.txt": b""}), "datapackage.json is missing")
    _refused(write(tmp_path / "e.zip", content | {"datapackage.json": b"{"}), "not valid JSON")
    (tmp_path / "f.zip").write_bytes(package.read_bytes()[:-400])
    _refused(tmp_path / "f.zip", "no zip file")
    _refused(tmp_path / "nowhere.zip", "neither a folder nor a file")
    _refused(tmp_path / "d", "neither")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"profile": "tabular-data-package"}, "profile"),
        ({"name": "something-else"}, "does not describe"),
        ({"resources": []}, "names no files"),
        ({"resources": [{"path": "../cities.csv"}]}, "no path"),
        ({"resources": [{"path": "https://example.org/cities.csv"}]}, "no path"),
        ({"resources": [{"path": "data/zeppelins.csv"}]}, "no table"),
        ({"resources": [{"path": "data/cities.csv"}]}, "no size or checksum"),
        ({"resources": ["data/cities.csv"]}, "no path"),
        ({"resources": [{"path": "data/cities.csv"}] * 2}, "twice"),
    ],
)
def test_a_description_of_something_else(package, tmp_path, change, word):
    described = json.dumps(document(package) | change).encode()
    _refused(write(tmp_path / "x.zip", files(package) | {"datapackage.json": described}), word)
    _refused(write(tmp_path / "y.zip", files(package) | {"datapackage.json": b"[]"}), "does not describe")


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/passwd", "data/../../x.csv", "data\\x.csv", "C:x", "run.sh"]
)
def test_a_file_that_is_no_place_of_a_package(package, tmp_path, name):
    _refused(write(tmp_path / "x.zip", files(package) | {name: b""}), "no file of a data package")


def test_a_bomb_and_absurd_sizes_are_not_read(package, tmp_path, monkeypatch):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("data/cities.csv", b"0" * 5_000_000)
    _refused(path, "swell")
    monkeypatch.setattr(archive, "MOST_FILES", 5)
    _refused(package, "more than 5 files")
    monkeypatch.setattr(archive, "MOST_FILES", 500)
    monkeypatch.setattr(archive, "LARGEST", 50)
    _refused(package, "more than 50 are not read")
    monkeypatch.setattr(archive, "LARGEST", 10**9)
    monkeypatch.setattr(archive, "MOST", 50)
    _refused(package, "in all")


def test_a_folder_with_a_link_that_leads_elsewhere(package, tmp_path):
    folder = tmp_path / "folder"
    with zipfile.ZipFile(package) as whole:
        whole.extractall(folder)
    (folder / "data/cities.csv").unlink()
    (folder / "data/cities.csv").symlink_to("/etc/hostname")
    _refused(folder, "data/cities.csv leads elsewhere")


def test_a_catalogue_that_is_not_empty_stays_as_it_is(package):
    make_source("mine")
    with pytest.raises(CommandError, match=r"not empty.*sources"):
        call_command("load_package", package, verbosity=0)
    assert list(Source.objects.values_list("slug", flat=True)) == ["mine"]


def test_columns_that_an_older_package_lacks_get_their_defaults(package):
    def without_last_column(data):
        return b"\r\n".join(line.rpartition(b",")[0] for line in data.split(b"\r\n")[:-1]) + b"\r\n"

    call_command("load_package", changed(package, "data/programmes.csv", without_last_column), verbosity=0)
    assert City.objects.public().count() == 2


def test_both_forms_can_be_written_and_loaded(tmp_path, capsys):
    make_everything(1)
    call_command("make_package", tmp_path / "p.zip")
    call_command("make_package", tmp_path / "folder")
    assert "rows in" in capsys.readouterr().out
    for name, data in files(tmp_path / "p.zip").items():
        assert (tmp_path / "folder" / name).read_bytes() == data
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("make_package", tmp_path / "folder")
    empty()
    call_command("load_package", tmp_path / "folder")
    call_command("make_package", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "p.zip").read_bytes()
