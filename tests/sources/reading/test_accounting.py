import hashlib
import json
from dataclasses import replace

from sources.reading import accounting

from .samples import LEAD, collection, line_of, read_collection


def test_the_checksum_of_a_line_is_that_of_its_stripped_text():
    assert accounting.line_hash("\xa0 Abstract\r") == hashlib.sha256(b"Abstract").hexdigest()[:16]


def test_the_file_tells_use_checksum_and_numbers_of_each_line_and_no_sentence():
    text = collection()
    content = json.loads(accounting.render(read_collection(text)))
    lines = {entry["line"]: entry for entry in content["lines"]}
    assert sorted(lines) == [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    plant = lines[line_of(text, "Plant 40")]
    assert plant["record"] == "case larkford / section measures"
    assert plant["tokens"] == [["2", "list_marker"], ["40", None]]
    assert lines[line_of(text, "LARKFORD, UTOPIA")]["noise"] == "running_header"
    assert LEAD not in accounting.render(read_collection(text))


def test_a_reading_verifies_against_its_own_file(tmp_path):
    reading = read_collection(collection())
    assert accounting.verify(reading, tmp_path) == ["prize: there is no file of line checksums"]
    path = accounting.write(reading, tmp_path)
    assert path == tmp_path / "lines" / "prize.json"
    assert accounting.verify(reading, tmp_path) == []


def test_a_changed_line_is_named(tmp_path):
    accounting.write(read_collection(collection()), tmp_path)
    text = collection(lead="A town that was dry.")
    (difference,) = accounting.verify(read_collection(text), tmp_path)
    assert f"line {line_of(text, 'that was dry')}" in difference


def test_another_checksum_of_the_whole_is_named(tmp_path):
    reading = read_collection(collection())
    accounting.write(reading, tmp_path)
    other = replace(reading, source=replace(reading.source, sha256="11"))
    assert accounting.verify(other, tmp_path) == ["prize: sha256 is 11, recorded "]


def test_a_heading_is_held_against_the_line_with_or_without_bullet():
    recorded = accounting.line_hash("- 3. Economic benefits")
    assert accounting.holds(recorded, "3. Economic benefits")
    assert accounting.holds(accounting.line_hash("Abstract"), "Abstract")
    assert not accounting.holds(recorded, "3. Social benefits")


def test_totals_add_up():
    reading = read_collection(collection())
    totals = accounting.totals(reading)
    assert totals["lines"].total() == len(reading.lines)
    assert totals["lines"]["noise: running_header"] == 2
    assert totals["numbers"]["city_data"] == 5
    assert totals["numbers"]["unclassified"] == 4
