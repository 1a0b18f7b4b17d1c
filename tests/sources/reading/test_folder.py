import hashlib

import pytest

from sources.reading import ReadingError, accounting, read, read_folder

from .samples import ALLIANCE, ALLIANCE_PAGE, DECLARATION, NUMBERED_DECLARATION

ENTRY = """[[source]]
slug = "{source.slug}"
kind = "{source.kind}"
title = "{source.title}"
short_title = ""
publisher = ""
date = ""
language = "en"
url = ""
rights = ""
full_text_public = true
sha256 = "{checksum}"
line_count = 1
numbers = []
"""
TEXTS = {ALLIANCE: ALLIANCE_PAGE, DECLARATION: NUMBERED_DECLARATION}


@pytest.fixture
def data(tmp_path):
    """A data folder that knows two sources, with their line checksums."""
    folder = tmp_path / "data"
    entries = []
    for source, text in TEXTS.items():
        checksum = hashlib.sha256(text.encode()).hexdigest()
        entries.append(ENTRY.format(source=source, checksum=checksum))
        accounting.write(read(text, source), folder)
    (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    return folder


@pytest.fixture
def texts(tmp_path):
    """A folder with both texts, under names that say nothing."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for place, text in enumerate(TEXTS.values()):
        (folder / f"{place}.bin").write_bytes(text.encode())
    return folder


@pytest.fixture(autouse=True)
def no_number_tables(monkeypatch):
    """These tests are about files; what numbers mean is test_numbers' matter."""
    monkeypatch.setattr("sources.reading.folder.load_numbers", lambda source, data: None)


def test_sources_are_known_by_checksum_whatever_their_names(texts, data):
    found = read_folder(texts, data)
    assert list(found.readings) == ["pebble-alliance", "pebble-declaration"]
    assert found.files == {"pebble-alliance": "0.bin", "pebble-declaration": "1.bin"}
    assert found.foreign == ()


def test_other_files_are_reported_when_all_sources_are_there(texts, data):
    (texts / "notes.md").write_text("shopping")
    (texts / "empty.txt").write_text(" \n\n")
    (texts / "again.txt").write_bytes((texts / "0.bin").read_bytes())
    (texts / "sub").mkdir()
    found = read_folder(texts, data)
    assert len(found.readings) == 2
    assert found.foreign == (
        "again.txt: pebble-alliance once more"
        if "again.txt" not in found.files.values()
        else "0.bin: pebble-alliance once more",
        "empty.txt: is empty",
        "notes.md: is no source: too few of its lines stand in any",
    )


def problem(texts, data, content: bytes) -> str:
    (texts / "0.bin").write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        read_folder(texts, data)
    message = str(caught.value)
    assert "1 of 2 sources are missing" in message
    assert "pebble-alliance: Launching the Pebble Alliance" in message
    return message


def test_a_missing_source_is_named(texts, data):
    (texts / "0.bin").unlink()
    with pytest.raises(ReadingError, match="1 of 2 sources are missing:\n  pebble-alliance"):
        read_folder(texts, data)


def test_an_empty_file_is_named(texts, data):
    assert "0.bin: is empty" in problem(texts, data, b"")


def test_a_changed_line_is_shown(texts, data):
    changed = ALLIANCE_PAGE.replace("1. Exchange", "1. Change")
    message = problem(texts, data, changed.encode())
    assert "0.bin: closest to pebble-alliance (9 of its 10 lines are the same)" in message
    assert "first differs on line 13: '1. Change: " in message


def test_a_cut_off_text_is_shown(texts, data):
    cut = "\n".join(ALLIANCE_PAGE.split("\n")[:12])
    assert "cut off: line 13 and what follows are missing" in problem(texts, data, cut.encode())


def test_other_line_ends_are_shown(texts, data):
    message = problem(texts, data, ALLIANCE_PAGE.replace("\n", "\r\n").encode())
    assert "differs only in blanks or line ends" in message


def test_what_is_not_utf8_is_shown_with_what_it_seems_to_be(texts, data):
    message = problem(
        texts, data, ALLIANCE_PAGE.replace("talks", "t\udcfflks").encode("utf-8", "surrogateescape")
    )
    assert "0.bin: not UTF-8: byte 0xff" in message
    assert "on line 13; closest to pebble-alliance" in message


def test_another_kind_of_file_is_no_source(texts, data):
    assert "0.bin: is no source" in problem(texts, data, b"%PDF-1.7\nnothing of the kind\n")


def test_a_file_that_shares_a_line_or_two_is_no_source(texts, data):
    content = "\n".join(["1. Exchange: To hold talks.", *map(str, range(50))])
    assert "0.bin: is no source: too few of its lines" in problem(texts, data, content.encode())


def test_a_folder_that_is_not_there_is_refused(tmp_path, data):
    with pytest.raises(ReadingError, match="cannot be read"):
        read_folder(tmp_path / "nowhere", data)


def test_without_line_checksums_a_file_is_only_not_recognised(texts, data):
    for path in (data / "lines").iterdir():
        path.unlink()
    assert "0.bin: is no source" in problem(texts, data, ALLIANCE_PAGE.replace("talks", "walks").encode())


def test_a_file_too_large_for_a_source_is_not_loaded(texts, data, monkeypatch):
    monkeypatch.setattr("sources.reading.folder._LARGEST", 10_000)
    (texts / "large.txt").write_bytes(b"x" * 10_001)
    assert read_folder(texts, data).foreign == (
        "large.txt: cannot be read, or is far too large for a source",
    )
