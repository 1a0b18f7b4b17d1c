from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from listing import bulk
from tests import factories as make
from tests.web import body_of

pytestmark = pytest.mark.django_db


def _export(*arguments: str) -> str:
    out = StringIO(newline="")
    call_command("export", *arguments, "--site", "http://testserver", stdout=out)
    return out.getvalue()


@pytest.fixture
def two():
    make.make_case("海口 = park", city=make.make_city("Haikou"), themes=[make.make_theme("Parks")])
    make.make_case("=Lane", city=make.make_city("Nanjing"))


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ([], "/cases.csv"),
        (["--query", "?theme=parks"], "/cases.csv?theme=parks"),
        (["--query", "sort=-city", "--format", "json"], "/cases.json?sort=-city"),
        (["--query", "city=nanjing", "--for", "spreadsheet"], "/cases.csv?city=nanjing&for=spreadsheet"),
    ],
)
def test_it_writes_what_the_address_gives(client, arguments, address):
    assert _export("cases", *arguments).encode() == body_of(client.get(address))


@pytest.mark.usefixtures("two")
def test_to_the_terminal_it_writes_bytes_whatever_its_encoding(capfdbinary):
    call_command("export", "cases", "--for", "spreadsheet")
    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbfid,title")


@pytest.mark.usefixtures("two")
def test_to_a_file(tmp_path):
    target = tmp_path / "cases.csv"
    assert _export("cases", "--output", str(target)) == ""
    assert target.read_bytes().decode() == _export("cases")
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]
    (tmp_path / "ordinary").touch()
    assert target.stat().st_mode == (tmp_path / "ordinary").stat().st_mode


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cases", "--query", "theme=nope"], "“nope” is not a known value of “theme”"),
        (["cases", "--query", "sort=x&city=y"], "“y”.*“x”"),
        (["cases", "--for", "excel"], "excel"),
        (["nothing"], "no list at /nothing/"),
        (["about"], "no list at /about/"),
        (["cases/a"], "no list"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(tmp_path, arguments, message):
    target = tmp_path / "out"
    with pytest.raises(CommandError, match=message):
        _export(*arguments, "--output", str(target))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("two")
def test_an_error_on_the_way_leaves_the_old_file_and_no_half_one(tmp_path, monkeypatch):
    target = tmp_path / "cases.csv"
    target.write_text("old")

    def broken(cells, ids):
        raise RuntimeError("broken")

    monkeypatch.setattr(bulk.Cells, "rows", broken)
    with pytest.raises(RuntimeError, match="broken"):
        _export("cases", "--output", str(target))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("cases.csv", "old")]
