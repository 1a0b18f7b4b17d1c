"""A new kind of source is three files: its reader, its builder, its entry in sources.toml. No list names it."""

import hashlib
import json
import shutil
import sys

import pytest

import sources.fixtures.kinds
import sources.reading.kinds
from sources.fixtures import EditorialError, build
from sources.models import Source
from sources.reading import load_sources
from sources.reading.data import DATA

READER = """
from dataclasses import dataclass

from sources.reading.context import Kind
from sources.reading.records import Document


@dataclass(frozen=True)
class Poem(Document):
    verses: tuple[int, ...]


def read(context):
    verses = tuple(context.lines.filled())
    context.lines.record(verses, "poem / verses")
    return Poem(verses)


KIND = Kind("town-poem", "poem about a town", read)
"""
BUILDER = """
def add(fixtures, reading, places, data):
    fixtures.add("cities.city", slug="larkford", name=reading.line(reading.document.verses[0]))
"""
TEXT = "Larkford\n\nReeds stand where cars stood."


@pytest.fixture
def folders(tmp_path, sources_dir, monkeypatch):
    """The source texts and one of a new kind, the data with its entry, and room for the two modules."""
    texts = shutil.copytree(sources_dir, tmp_path / "texts")
    (texts / "poem.txt").write_text(TEXT, encoding="utf-8")
    data = shutil.copytree(DATA, tmp_path / "data")
    entry = dict.fromkeys(["short_title", "publisher", "date", "url", "rights"], "")
    entry |= {"slug": "larkford", "kind": "town-poem", "title": "Larkford", "language": "en"}
    entry |= {"full_text_public": False, "line_count": 3, "numbers": []}
    entry["sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
    with (data / "sources.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[source]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in entry.items()))
    for name, package in (("reading", sources.reading.kinds), ("fixtures", sources.fixtures.kinds)):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / name)])
        monkeypatch.delitem(sys.modules, f"{package.__name__}.town_poem", raising=False)
    sources.reading.kinds.known_kinds.cache_clear()
    yield texts, data, tmp_path
    sources.reading.kinds.known_kinds.cache_clear()


@pytest.mark.needs_sources
def test_a_reader_a_builder_and_an_entry_are_enough(folders):
    texts, data, home = folders
    (home / "reading/town_poem.py").write_text(READER, encoding="utf-8")
    with pytest.raises(EditorialError, match=r"fixtures/kinds/town_poem\.py"):
        build(texts, data)
    (home / "fixtures/town_poem.py").write_text(BUILDER, encoding="utf-8")
    built = build(texts, data)
    [poem] = [
        each for each in json.loads(built["1_sources.json"]) if each["fields"].get("slug") == "larkford"
    ]
    assert poem["fields"]["kind"] == "town-poem"
    assert '"name": "Larkford"' in built["2_cities.json"]
    assert ("town-poem", "poem about a town") in Source._meta.get_field("kind").choices


def test_every_kind_of_the_committed_sources_is_read_and_built():
    read = sources.reading.kinds.known_kinds()
    assert {source.kind for source in load_sources().values()} == set(read)
    for kind in read:
        assert callable(sources.fixtures.kinds.adder(kind))
