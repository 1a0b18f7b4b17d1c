"""What the engine is asked: the words of a text, all, most or some of them, under kinds and filters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import tantivy
from tantivy import Occur

from search import schema, understanding
from search.meaning import Meaning
from search.understanding import Form, Word

# The share of the weight of the words that counts as most of it: a little over half, since two common words beside
# one that the catalogue does not know are not what was asked for.
_MOST = 0.55
_STEPS = 8  # how finely the weights of words are told apart where not all are found
EVERYTHING = tantivy.Query.all_query()


@dataclass(frozen=True)
class Wanted:
    """A request: kinds of documents, texts of which one must match, filters by name (values of one mean "or")."""

    kinds: tuple[str, ...]
    texts: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] | None = None


class State(Protocol):
    """What is asked of the state of the index that the queries are for."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher

    def frequency(self, tokens: Sequence[str]) -> int: ...
    def rarity_of(self, held: int) -> float: ...


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def every_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    parts = [(Occur.Must, query) for query in queries]
    return tantivy.Query.boolean_query(parts) if parts else EVERYTHING


def unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


class Queries:
    """Makes the queries of one request."""

    def __init__(self, state: State, wanted: Wanted, meanings: Sequence[Meaning]):
        self.state, self.wanted, self.meanings = state, wanted, meanings
        self._schema = state.schema

    def _form(self, form: Form, name: str) -> tantivy.Query:
        if len(form.tokens) == 1:
            made = tantivy.Query.term_query(self._schema, name, form.tokens[0], index_option="freq")
        else:
            made = tantivy.Query.phrase_query(self._schema, name, list(form.tokens))
        weight = form.weight * schema.WEIGHTS[name]
        return made if weight == 1.0 else tantivy.Query.boost_query(made, weight)

    def _word(self, word: Word) -> tantivy.Query:
        """A word in any of its forms: scored by the best form in each field, the fields added up.

        Who types a word twice means it more: long questions say what they are about again and again.
        """
        fields = []
        for name in schema.WEIGHTS:
            forms = [self._form(form, name) for form in word.forms]
            fields.append(forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms))
        times = word.typed.times
        return any_of(fields) if times == 1 else tantivy.Query.boost_query(any_of(fields), float(times))

    def _without(self, meaning: Meaning) -> list[tuple[Occur, tantivy.Query]]:
        words = [
            Word(typed, forms)
            for typed in meaning.query.unwanted
            if (forms := tuple(f for f in understanding.forms_of(typed) if self.state.frequency(f.tokens)))
        ]
        return [(Occur.MustNot, self._word(word)) for word in words]

    def _weight(self, word: Word) -> float:
        """How rare a word is (as BM25 has it); one that is nowhere counts as the rarest."""
        held = max((self.state.frequency(form.tokens) for form in word.forms), default=0)
        return self.state.rarity_of(held)

    def all_words(self, meaning: Meaning) -> tantivy.Query | None:
        """The documents that hold every word; None where one of them is nowhere."""
        if not all(word.forms for word in meaning.words):
            return None
        if not meaning.words:
            return unscored(EVERYTHING) if meaning.query.unwanted else None
        return tantivy.Query.boolean_query([(Occur.Must, self._word(word)) for word in meaning.words])

    def most_words(self, meaning: Meaning) -> tantivy.Query | None:
        """The documents that hold most of the weight of the words.

        The engine counts clauses, so a word stands in as many as it has steps of weight.
        """
        weights = [self._weight(word) for word in meaning.words]
        steps = _STEPS if len(weights) <= 16 else 3
        counts = [max(1, round(steps * weight / max(weights))) for weight in weights] if weights else []
        known = [(word, count) for word, count in zip(meaning.words, counts, strict=True) if word.forms]
        needed = math.floor(sum(counts) * _MOST) + 1
        if sum(count for _word, count in known) < needed:
            return None
        clauses = [(Occur.Should, self._word(word)) for word, _count in known]
        clauses += [(Occur.Should, unscored(self._word(w))) for w, count in known for _ in range(count - 1)]
        return tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed)

    def some_words(self, meaning: Meaning) -> tantivy.Query | None:
        """The documents that hold at least one of the words."""
        known = [self._word(word) for word in meaning.words if word.forms]
        return any_of(known) if known else None

    def _with_exclusions(self, meaning: Meaning, query: tantivy.Query) -> tantivy.Query:
        unwanted = self._without(meaning)
        return tantivy.Query.boolean_query([(Occur.Must, query), *unwanted]) if unwanted else query

    def joined(self, build: Callable[[Meaning], tantivy.Query | None]) -> tantivy.Query | None:
        """What `build` makes of one text or another; None where it makes nothing of any."""
        made = [
            self._with_exclusions(meaning, query)
            for meaning in self.meanings
            if (query := build(meaning)) is not None
        ]
        return (made[0] if len(made) == 1 else any_of(made)) if made else None

    def of_kinds(self, query: tantivy.Query) -> tantivy.Query:
        """A query under the kinds of the request, without its filters."""
        kinds = unscored(self._values("kind", self.wanted.kinds))
        return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, kinds)])

    def narrowed(self, query: tantivy.Query, leaving_out: str = "") -> tantivy.Query:
        """A query under the kinds and filters of the request, one filter perhaps left out."""
        parts = [(Occur.Must, query), (Occur.Must, unscored(self._values("kind", self.wanted.kinds)))]
        for name, values in (self.wanted.filters or {}).items():
            if name != leaving_out and values:
                parts.append((Occur.Must, unscored(self._values(schema.filter_field(name), values))))
        return tantivy.Query.boolean_query(parts)

    def _values(self, name: str, values: Sequence[str]) -> tantivy.Query:
        if len(values) == 1:
            return tantivy.Query.term_query(self._schema, name, values[0], index_option="basic")
        return tantivy.Query.term_set_query(self._schema, name, list(values))
