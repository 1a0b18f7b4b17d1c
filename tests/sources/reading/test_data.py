import pytest

from sources.reading import ReadingError, load_lines, load_numbers, load_rulings, load_sources
from sources.reading.records import RulingKind

from .samples import COLLECTION

SOURCE = """[[source]]
slug = "prize"
kind = "award-collection"
title = "The 9th Pebble Prize"
short_title = ""
publisher = ""
date = ""
language = "en"
url = ""
rights = ""
full_text_public = true
sha256 = "00"
line_count = 3
numbers = ["numbers/prize.toml", "cases/*.toml"]
"""

RULING = """[[ruling]]
key = "x"
kind = "misread_word"
first_line = 1
last_line = 1
printed = "fvrom"
read_as = "from"
reason = "A surplus letter."
"""


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_sources_by_slug(tmp_path):
    write(tmp_path, "sources.toml", SOURCE)
    assert load_sources(tmp_path)["prize"].numbers == ("numbers/prize.toml", "cases/*.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCE + SOURCE, "stands twice"),
        (SOURCE.replace("line_count = 3\n", ""), "'line_count' is missing"),
        (SOURCE.replace("= true", '= "yes"'), "'full_text_public' is missing or no bool"),
        (SOURCE + 'colour = "red"\n', "unknown field 'colour'"),
        ("[[source", "cannot be read"),
    ],
)
def test_malformed_sources_are_refused(tmp_path, text, message):
    write(tmp_path, "sources.toml", text)
    with pytest.raises(ReadingError, match=message):
        load_sources(tmp_path)


def test_rulings_of_a_source(tmp_path):
    assert load_rulings("prize", tmp_path) == []
    write(tmp_path, "rulings/prize.toml", RULING)
    (ruling,) = load_rulings("prize", tmp_path)
    assert (ruling.kind, ruling.printed, ruling.read_as) == (RulingKind.MISREAD_WORD, "fvrom", "from")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RULING.replace("misread_word", "wisdom"), "of no known kind"),
        (RULING.replace("A surplus letter.", " "), "gives no reason"),
        (RULING.replace("first_line = 1", 'first_line = "1"'), "'first_line' is missing or no int"),
    ],
)
def test_malformed_rulings_are_refused(tmp_path, text, message):
    write(tmp_path, "rulings/prize.toml", text)
    with pytest.raises(ReadingError, match=message):
        load_rulings("prize", tmp_path)


def test_number_tables_of_all_files_are_joined(tmp_path):
    write(tmp_path, "numbers/prize.toml", '[numbers]\n"1" = "9 name"\n')
    write(tmp_path, "cases/larkford.toml", 'slug = "x"\n[numbers]\n"53" = "40 outcome"\n')
    write(tmp_path, "cases/millbay.toml", 'slug = "y"\n')
    write(tmp_path, "cases/oldport.toml", '[numbers]\n"70" = "8 outcome"\n')
    table = load_numbers(COLLECTION, tmp_path)
    assert {line: entry.file for line, entry in table.items()} == {
        1: "sources/data/numbers/prize.toml",
        53: "sources/data/cases/larkford.toml",
        70: "sources/data/cases/oldport.toml",
    }


def test_two_tables_do_not_speak_of_one_line(tmp_path):
    write(tmp_path, "numbers/prize.toml", '[numbers]\n"1" = "9 name"\n')
    write(tmp_path, "cases/larkford.toml", '[numbers]\n"1" = "9 name"\n')
    with pytest.raises(ReadingError, match=r"line 1 stands in sources/data/numbers/prize\.toml too"):
        load_numbers(COLLECTION, tmp_path)


def test_line_checksums_may_be_absent_but_not_broken(tmp_path):
    assert load_lines("prize", tmp_path) is None
    write(tmp_path, "lines/prize.json", "{")
    with pytest.raises(ReadingError, match="cannot be read"):
        load_lines("prize", tmp_path)
