"""What the engine is asked: the words of a text, all, most or some of them, under kinds and filters.

Each of these has two queries. `matching` says which documents, for counting: only where every word is looked for.
`scored` finds the same documents and says how well they fit, which costs more. What is not asked is left out: a field
that does not hold a word, and the kinds where any will do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import tantivy
from tantivy import Occur

from search import schema, weighing
from search.meaning import Meaning
from search.understanding import Form, Word

# The share of the weight of the words that counts as most of it: a little over half, since two common words beside
# one that the catalogue does not know are not what was asked for.
_MOST = 0.55
# By so many of the rarest words it is judged whether a document holds most of them.
_MOST_JUDGED = 12
# So many of the rarest are asked for together before all of very many words are.
_MOST_ASKED = 20
_FEW_LEFT = 2  # filters that together leave few documents
_MOST_NESTED = 24  # scores that are put one around the other: the engine goes down into each
NOTHING = tantivy.Query.empty_query()


@dataclass(frozen=True)
class Wanted:
    """A request: kinds of documents, texts of which one must match, filters by name (values of one mean "or")."""

    kinds: tuple[str, ...]
    texts: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] | None = None


class State(weighing.State, Protocol):
    """What is asked of the state of the index that the queries are for."""

    schema: tantivy.Schema

    def holds(self, name: str, tokens: Sequence[str]) -> bool: ...


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def every_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


@dataclass(frozen=True)
class Pair:
    """Two queries for the same documents: which they are, and how well they fit; `scores` are what the second adds up,
    where it adds up nothing else."""

    matching: tantivy.Query
    scored: tantivy.Query
    scores: tuple[tantivy.Query, ...] = ()


EVERYTHING = Pair(tantivy.Query.all_query(), unscored(tantivy.Query.all_query()))


class Queries:
    """Makes the queries of one request."""

    def __init__(self, state: State, wanted: Wanted, meanings: Sequence[Meaning]):
        self.state, self.wanted, self.meanings = state, wanted, meanings
        self._schema = state.schema

    # --- one word

    def _form(self, form: Form, name: str) -> tantivy.Query:
        if len(form.tokens) == 1:
            made = tantivy.Query.term_query(self._schema, name, form.tokens[0], index_option="freq")
        else:
            made = tantivy.Query.phrase_query(self._schema, name, list(form.tokens))
        made = self._to_the_letter(form, made)
        weight = form.weight * schema.WEIGHTS[name]
        return made if weight == 1.0 else tantivy.Query.boost_query(made, weight)

    def _to_the_letter(self, form: Form, made: tantivy.Query) -> tantivy.Query:
        """The query for a form, in documents that have its words with these very endings, where that is asked."""
        if not form.words or form.only:
            return made
        words = [
            tantivy.Query.term_query(self._schema, "word", word, index_option="basic") for word in form.words
        ]
        clauses = [(Occur.Must, made), *((Occur.Must, unscored(word)) for word in words)]
        return tantivy.Query.boolean_query(clauses)

    def _held(self, word: Word, name: str) -> list[tantivy.Query]:
        """The forms of a word that a field holds."""
        return [
            self._form(form, name)
            for form in word.forms
            if form.only in ("", name) and self.state.holds(name, form.tokens)
        ]

    def _matching(self, word: Word) -> tantivy.Query:
        # In a field that counts for a city of a division alone, what else is there is in the text of all fields too.
        forms = [form for name in _deciding(word) for form in self._held(word, name)]
        return any_of(forms) if forms else NOTHING

    def _scores(self, word: Word, names: Iterable[str]) -> list[tantivy.Query]:
        """A word in each of these fields, scored by its best form there.

        Who types a word twice means it more: long questions say what they are about again and again.
        """
        fields = [forms for name in names if (forms := self._held(word, name))]
        best = [
            forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms) for forms in fields
        ]
        times = word.typed.times
        return best if times == 1 else [tantivy.Query.boost_query(each, float(times)) for each in best]

    # --- all, most or some words of a text

    def all_words(self, meaning: Meaning) -> Pair | None:
        """The documents that hold every word; None where one of them is nowhere."""
        words = meaning.words
        if not all(word.forms for word in words):
            return None
        if not words:
            return EVERYTHING if meaning.query.unwanted else None
        if len(words) == 1:
            # Nothing but alternatives: the engine then passes over what cannot come among the best.
            scores = self._scores(words[0], schema.WEIGHTS)
            return Pair(self._matching(words[0]), any_of(scores), tuple(scores))
        needed = [any_of(self._scores(word, _deciding(word)) or [NOTHING]) for word in words]
        more = [query for word in words for query in self._scores(word, _moving(word))]
        clauses = [(Occur.Must, query) for query in needed] + [(Occur.Should, query) for query in more]
        matching = every_of([self._matching(word) for word in words])
        return Pair(matching, tantivy.Query.boolean_query(clauses), (*needed, *more))

    def rarest_words(self, meaning: Meaning) -> Pair | None:
        """The documents that hold the rarest words, which is soon asked: without them none holds all."""
        if not all(word.forms for word in meaning.words):
            return None
        rarest = weighing.by_rarity(self.state, meaning.words)[:_MOST_ASKED]
        matching = (
            every_of([self._matching(word) for word in rarest]) if rarest else tantivy.Query.all_query()
        )
        return Pair(matching, matching)

    def most_words(self, meaning: Meaning) -> Pair | None:
        """The documents that hold most of the weight of the words.

        The engine counts clauses, so a word stands in as many as it has steps of weight.
        """
        # Rare words tell most; the engine's work grows with how common those are that it must count.
        judged = weighing.rarest(self.state, meaning.words)[:_MOST_JUDGED]
        steps = weighing.steps_of(self.state, judged)
        known = [(word, count) for word, count in zip(judged, steps, strict=True) if word.forms]
        needed = math.floor(sum(steps) * _MOST) + 1
        if sum(count for _word, count in known) < needed:
            return None
        clauses = [(Occur.Should, self._matching(word)) for word, count in known for _ in range(count)]
        matching = tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed)
        scores = [query for word in self.weighed(meaning) for query in self._scores(word, schema.WEIGHTS)]
        scored = [(Occur.Must, unscored(matching)), *((Occur.Should, query) for query in scores)]
        return Pair(matching, tantivy.Query.boolean_query(scored))

    def some_words(self, meaning: Meaning) -> Pair | None:
        """The documents that hold at least one of the words."""
        known = self.weighed(meaning)
        if not known:
            return None
        scores = [query for word in known for query in self._scores(word, schema.WEIGHTS)]
        return Pair(any_of([self._matching(word) for word in known]), any_of(scores))

    def weighed(self, meaning: Meaning) -> list[Word]:
        """The known words of a text that are worth weighing: all but the commonest of very many."""
        return weighing.rarest(self.state, (word for word in meaning.words if word.forms))

    def joined(self, build: Callable[[Meaning], Pair | None]) -> Pair | None:
        """What `build` makes of one text or another; None where it makes nothing of any."""
        made = [
            self._with_exclusions(meaning, pair)
            for meaning in self.meanings
            if (pair := build(meaning)) is not None
        ]
        if len(made) <= 1:
            return made[0] if made else None
        return Pair(any_of([pair.matching for pair in made]), any_of([pair.scored for pair in made]))

    def _with_exclusions(self, meaning: Meaning, pair: Pair) -> Pair:
        without = [(Occur.MustNot, self._matching(word)) for word in meaning.unwanted if word.forms]
        if not without:
            return pair
        return Pair(
            *(
                tantivy.Query.boolean_query([(Occur.Must, query), *without])
                for query in (pair.matching, pair.scored)
            )
        )

    # --- kinds and filters

    def conditions(self, leaving_out: str = "") -> list[tantivy.Query]:
        """The kinds and filters of the request, one filter perhaps left out; they score nothing."""
        parts = [unscored(self._values("kind", self.wanted.kinds))]
        for name, values in (self.wanted.filters or {}).items():
            if name != leaving_out and values:
                parts.append(unscored(self._values(schema.filter_field(name), values)))
        return parts

    def narrowed(
        self, query: tantivy.Query, leaving_out: str = "", but_not: tantivy.Query | None = None
    ) -> tantivy.Query:
        """A query under the kinds and filters of the request, one filter perhaps left out."""
        parts = [(Occur.Must, each) for each in (query, *self.conditions(leaving_out))]
        parts += [(Occur.MustNot, but_not)] if but_not else []
        return tantivy.Query.boolean_query(parts)

    def narrowed_scored(self, words: Pair) -> tantivy.Query:
        """The same for what is scored.

        Several filters leave few documents. Those are found first, and then scored one by one, field by field: to step
        through the union of all fields costs twice as much. Of many documents it costs a quarter less.
        """
        chosen = sum(map(bool, (self.wanted.filters or {}).values()))
        if chosen < _FEW_LEFT or not 0 < len(words.scores) <= _MOST_NESTED:
            return self.narrowed(words.scored)
        query = self.narrowed(unscored(words.matching))
        for score in words.scores:
            query = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Should, score)])
        return query

    def of_kinds(self, query: tantivy.Query) -> tantivy.Query:
        """A query under the kinds of the request, without its filters."""
        return every_of([query, unscored(self._values("kind", self.wanted.kinds))])

    def _values(self, name: str, values: Sequence[str]) -> tantivy.Query:
        if len(values) == 1:
            return tantivy.Query.term_query(self._schema, name, values[0], index_option="basic")
        return tantivy.Query.term_set_query(self._schema, name, list(values))


def _deciding(word: Word) -> list[str]:
    """The fields that a result has to hold a word in, one of them."""
    return list(dict.fromkeys([*schema.SEARCHED, *(form.only for form in word.forms if form.only)]))


def _moving(word: Word) -> list[str]:
    """The fields where a word only moves what was found."""
    deciding = _deciding(word)
    return [name for name in schema.WEIGHTS if name not in deciding]
