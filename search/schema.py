"""The fields of the index. What changes here or in analysis.py changes `version()`: older indexes are built anew."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from functools import cache
from inspect import getsource
from types import ModuleType

import tantivy

from search import analysis
from search.corpus import MAIN, Document, corpora

# What texts a document may have, and how much a word in them counts. Everything but `full` is searched as one text,
# `all`, whose score is plain BM25; the others add to it.
TEXTS = ("title", "names", "themes", "body", "full")
WEIGHTS = {"all": 1.0, "title": 0.5, "names": 0.5, "themes": 0.3, "full": 0.4}
# Where every word is looked for. The rest of WEIGHTS only moves what was found.
SEARCHED = ("all", "full")
DIRECTIONS = ("up", "down")
# Deep pages find their place by two numbers of eight bytes each before texts are compared.
LEVELS = 2
LAST = "\U0010ffff"
# The first values of a filter each have a field of their own for counting, what is beyond them one for all: counting
# what has one value at most takes a tenth of the time. A place, and the last one for the rest.
PLACES = 4


def filter_field(name: str) -> str:
    return f"f_{name}"


def count_field(name: str, place: int) -> str:
    """Where the value of a filter stands that is counted as the first, second ... one of its document."""
    return f"c{min(place, PLACES)}_{name}"


def count_fields(name: str) -> list[str]:
    """Every field the values of a filter are counted by."""
    return [count_field(name, place) for place in range(PLACES + 1)]


def sort_field(name: str, direction: str) -> str:
    return f"s_{name}_{direction}"


def level_field(name: str, direction: str, level: int) -> str:
    return f"n{level}_{name}_{direction}"


def _declared(attribute: str, index: str) -> list[str]:
    return sorted({name for corpus in corpora(index) for name in getattr(corpus, attribute)})


def build(index: str = MAIN) -> tantivy.Schema:
    """The schema for the corpora that are declared for an index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("kind_number", fast=True)
    builder.add_unsigned_field("id", fast=True)
    builder.add_text_field("note", stored=True, tokenizer_name="raw", index_option="basic")
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="stems")
    builder.add_text_field("word", tokenizer_name="words", index_option="basic")
    for name in _declared("filters", index):
        builder.add_text_field(filter_field(name), tokenizer_name="raw", index_option="basic")
        for field in count_fields(name):
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for name in _declared("sorts", index):
        for direction in DIRECTIONS:
            builder.add_text_field(
                sort_field(name, direction), fast=True, tokenizer_name="raw", index_option="basic"
            )
            for level in range(LEVELS):
                builder.add_unsigned_field(level_field(name, direction, level), fast=True)
    return builder.build()


def version(index: str = MAIN) -> str:
    """Changes whenever an index built before would answer otherwise than one built now."""
    parts = [_source(each) for each in (analysis, build, to_engine, sort_keys)]
    parts += [
        tantivy.__version__ if hasattr(tantivy, "__version__") else "",
        repr((WEIGHTS, TEXTS, LEVELS, PLACES)),
    ]
    parts += [repr(_declared(each, index)) for each in ("filters", "sorts")]
    parts.append(_characters())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _source(thing: ModuleType | Callable) -> str:
    """Its source text, read once: every search asks for the version."""
    return getsource(thing)


@cache
def _characters() -> str:
    """A digest of the table of characters, made once for the same reason."""
    return hashlib.sha256(repr(analysis.SIMPLIFIED).encode()).hexdigest()


def key_of(kind: str, id: int) -> str:
    """What a document is deleted by."""
    return f"{kind}:{id}"


@cache
def kind_number(kind: str) -> int:
    """A kind as the number by which documents that were found are told apart."""
    return zlib.crc32(kind.encode())


def sort_keys(key: str, slug: str) -> dict[str, str]:
    """The text to compare in each direction: what has no key comes last in both, the slug runs upwards in both."""
    turned = "".join(chr(0x7F - ord(char)) if ord(char) < 0x7F else char for char in slug) + "\x7f"
    return {
        "up": f"{key or LAST}\0{slug}",
        "down": f"{key}\0{turned}" if key else f"\0{turned}",
    }


def levels(text: str) -> list[int]:
    """The first bytes of a text as numbers that compare as it does."""
    head = text.encode()[: 8 * LEVELS].ljust(8 * LEVELS, b"\0")
    return [int.from_bytes(head[8 * level : 8 * level + 8]) for level in range(LEVELS)]


def to_engine(kind: str, document: Document) -> tantivy.Document:
    """A document as the engine takes it."""
    made = tantivy.Document()
    made.add_text("kind", kind)
    made.add_unsigned("kind_number", kind_number(kind))
    made.add_text("key", key_of(kind, document.id))
    made.add_unsigned("id", document.id)
    texts = {name: analysis.normal(text) for name, text in document.texts.items()}
    said = [text for name in TEXTS if name != "full" and (text := texts.get(name, ""))]
    for text in said:  # one value each, so that no phrase runs from one into the next
        made.add_text("all", text)
    for name in ("title", "names", "themes", "full"):
        if text := texts.get(name):
            made.add_text(name, text)
    for text in said:
        made.add_text("word", text)
    for name, values in document.terms.items():
        for place, value in enumerate(dict.fromkeys(values)):
            made.add_text(filter_field(name), value)
            made.add_text(count_field(name, place), value)
    for name, key in document.sorts.items():
        for direction, text in sort_keys(key, document.slug).items():
            made.add_text(sort_field(name, direction), text)
            for level, number in enumerate(levels(text)):
                made.add_unsigned(level_field(name, direction, level), number)
    return made
