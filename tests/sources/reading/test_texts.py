import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sources.reading import ReadingError, read

from .samples import DECLARATION, NUMBERED_DECLARATION, ROMAN_DECLARATION

ROOT = Path(__file__).resolve().parents[3]


def test_text_and_bytes_read_the_same():
    assert read(NUMBERED_DECLARATION.encode(), DECLARATION) == read(NUMBERED_DECLARATION, DECLARATION)


def test_an_unknown_kind_is_refused_with_where_to_add_it():
    with pytest.raises(ReadingError, match=r"no reader for the kind 'poem'[^$]*reading/kinds/"):
        read("roses", replace(DECLARATION, kind="poem"))


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    with pytest.raises(ReadingError, match="not UTF-8: byte 0xff at offset 4, on line 2"):
        read(b"abc\n\xff", DECLARATION)


@pytest.mark.parametrize("text", ["", " \n\xa0", "\ufeff"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(ReadingError, match="is empty"):
        read(text, DECLARATION)


def test_a_reading_gives_its_lines_back_without_blank_ones():
    reading = read(ROMAN_DECLARATION, DECLARATION)
    first, last = reading.document.articles[0].first_line, reading.document.articles[0].last_line
    texts = reading.text_of(range(first, last + 1))
    assert len(texts) == 3
    assert texts[1:] == ["Carts pass before cars.", "Children pass before carts."]


def test_the_reader_needs_no_django():
    code = "import sys, sources.reading; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
