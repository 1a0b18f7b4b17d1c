"""What a room above declares so that its records can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MAIN = ""  # the index of what the whole catalogue is searched for


@dataclass(frozen=True)
class Document:
    """One thing to be found.

    `id` is its number in the database, `texts` what it says (by the names of schema.TEXTS), `terms` the values
    it has for each filter, `sorts` its key in each order ("" where it has none), as the database would compare
    it.
    """

    id: int
    slug: str
    texts: Mapping[str, str]
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Feed:
    """A table whose rows say something of documents.

    A change of a row is written down with the value of `column` before and after. `affected` gives the documents for
    such values; without it they are documents themselves.
    """

    table: str
    column: str
    affected: Callable[[Sequence[int]], Iterable[int]] | None = None

    @property
    def name(self) -> str:
        """How the log calls it."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class Corpus:
    """The documents of one kind. `ids` and `load` give what readers may see and nothing else.

    `load` may leave out any of the ids it is given: they are then not to be found. `filters` and `sorts` are the names
    its documents use in `terms` and `sorts`. Documents of one `index` are weighed against each other: many short ones
    would make the words of all others count otherwise, and so have one of their own.
    """

    kind: str
    ids: Callable[[], Iterable[int]]
    load: Callable[[Sequence[int]], Iterable[Document]]
    feeds: Sequence[Feed]
    filters: Sequence[str] = ()
    sorts: Sequence[str] = ()
    index: str = MAIN


_CORPORA: dict[str, Corpus] = {}


def register(corpus: Corpus) -> None:
    """Makes a corpus known; called when the room that owns it is ready."""
    _CORPORA[corpus.kind] = corpus


def corpora(index: str = MAIN) -> Iterator[Corpus]:
    """Every corpus of an index, in the order of their kinds."""
    return (corpus for _kind, corpus in sorted(_CORPORA.items()) if corpus.index == index)


def indexes() -> list[str]:
    """The names of all indexes, the main one first."""
    return sorted({corpus.index for corpus in _CORPORA.values()})


def index_of(kind: str) -> str:
    """The index that holds the documents of a kind."""
    return _CORPORA[kind].index


# The words that find each other change no document, but what is found: the log tells of them too.
_SYNONYMS = Feed("search_synonym", "id", lambda ids: ())
_SHOWN: dict[str, Feed] = {_SYNONYMS.name: _SYNONYMS}
_WATCHED: set[tuple[str, str]] = set()


def also_shown(feed: Feed) -> None:
    """Makes a table known whose rows lists show beside what was found: its changes end the pages that are kept."""
    _SHOWN[feed.name] = feed


def watch(table: str, column: str = "id") -> None:
    """Has the log tell of a table that says nothing of documents, for who else follows the log.

    A column other than the key is told of beside whatever else is; the key, where nothing else is told of the table.
    """
    _WATCHED.add((table, column))


def feeds() -> dict[str, Feed]:
    """Every feed by its name, each once: two corpora may be fed by one column."""
    every = [feed for _kind, corpus in sorted(_CORPORA.items()) for feed in corpus.feeds]
    every += _SHOWN.values()
    told = {feed.table for feed in every} | {table for table, column in _WATCHED if column != "id"}
    others = [(table, column) for table, column in _WATCHED if column != "id" or table not in told]
    every += [Feed(table, column, lambda ids: ()) for table, column in sorted(others)]
    return {feed.name: feed for feed in every}
