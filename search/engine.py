"""The interface of search: what is found, how much of each kind, in which order, as of one state of the index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import tantivy
from tantivy import Occur, Order

from search import schema, understanding
from search.indexing import Mark, mark_of
from search.meaning import Meaning, meaning
from search.synonyms import Synonyms
from search.understanding import Form, Word

MOST_VALUES = 10_000  # values of one filter that are counted
# The share of the weight of the words that counts as most of it: a little over half, since two common words beside
# one that the catalogue does not know are not what was asked for.
_MOST = 0.55
_STEPS = 8  # how finely the weights of words are told apart where not all are found
_MOST_FREQUENCIES = 20_000  # remembered for one state of the index
_ALL = tantivy.Query.all_query()


@dataclass(frozen=True)
class Wanted:
    """A request: kinds of documents, texts of which one must match, filters by name (values of one mean "or")."""

    kinds: tuple[str, ...]
    texts: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] | None = None


class Snapshot:
    """One state of the index. Thread-safe; nothing in it changes."""

    def __init__(self, index: tantivy.Index, synonyms: Synonyms):
        self.schema = index.schema
        self.searcher = index.searcher()
        self.mark: Mark | None = mark_of(self.searcher, self.schema)
        self.synonyms = synonyms
        self._frequencies: dict[tuple[str, ...], int] = {}
        self.counted: dict[tuple, dict[str, dict[str, int]]] = {}
        self.kept: dict = {}  # for callers: what holds as long as this state does

    # --- words

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The words of the catalogue with the number of documents that hold them."""
        return dict(self.searcher.terms_with_prefix("word", ""))

    def known(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words of the catalogue that begin so, those in most documents first."""
        found = self.searcher.terms_with_prefix("word", prefix, limit=2_000)
        return sorted(found, key=lambda each: (-each[1], each[0]))[:limit]

    def frequency(self, tokens: Sequence[str]) -> int:
        """How many documents hold these tokens one after the other, at most (some may stand in two fields)."""
        key = tuple(tokens)
        held = self._frequencies.get(key)
        if held is None:
            if len(self._frequencies) >= _MOST_FREQUENCIES:
                self._frequencies.clear()
            held = self._frequencies[key] = self._frequency(key)
        return held

    def _frequency(self, tokens: tuple[str, ...]) -> int:
        if len(tokens) == 1:
            return max(self.searcher.doc_freq(name, tokens[0]) for name in schema.SEARCHED)
        if not all(self.frequency([token]) for token in tokens):
            return 0
        phrase = _any(tantivy.Query.phrase_query(self.schema, name, list(tokens)) for name in schema.SEARCHED)
        return self.searcher.search(phrase, 1).count or 0

    def is_word(self, word: str) -> bool:
        """Whether a document has the word, its ending kept."""
        return self.searcher.doc_freq("word", word) > 0

    def rarity(self, tokens: Sequence[str]) -> float:
        """How much these tokens in a row weigh, as BM25 has it."""
        return sum(self._rarity(self.frequency([token])) for token in tokens)

    def _rarity(self, held: int) -> float:
        every = self.searcher.num_docs
        return math.log(1 + (every - held + 0.5) / (held + 0.5)) if held < every else 0.01

    def meaning(self, text: str) -> Meaning:
        """What a reader means by a text, in the words this state of the index knows."""
        return meaning(self, text)

    # --- documents

    def find(self, wanted: Wanted) -> Found:
        """What fits the request."""
        return Found(self, wanted)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _every(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    parts = [(Occur.Must, query) for query in queries]
    return tantivy.Query.boolean_query(parts) if parts else _ALL


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


class Found:
    """The documents of one request: `results`, which are counted, and `near`, which are not."""

    def __init__(self, snapshot: Snapshot, wanted: Wanted):
        self.snapshot, self.wanted = snapshot, wanted
        self._schema, self._searcher = snapshot.schema, snapshot.searcher
        self.meanings = [snapshot.meaning(text) for text in wanted.texts]

    # --- queries

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
        return _any(fields) if times == 1 else tantivy.Query.boost_query(_any(fields), float(times))

    def _without(self, meaning: Meaning) -> list[tuple[Occur, tantivy.Query]]:
        words = [
            Word(typed, forms)
            for typed in meaning.query.unwanted
            if (forms := tuple(f for f in understanding.forms_of(typed) if self.snapshot.frequency(f.tokens)))
        ]
        return [(Occur.MustNot, self._word(word)) for word in words]

    def _weight(self, word: Word) -> float:
        """How rare a word is (as BM25 has it); one that is nowhere counts as the rarest."""
        held = max((self.snapshot.frequency(form.tokens) for form in word.forms), default=0)
        every = self._searcher.num_docs
        return math.log(1 + (every - held + 0.5) / (held + 0.5)) if held < every else 0.01

    def _all_words(self, meaning: Meaning) -> tantivy.Query | None:
        """The documents that hold every word; None where one of them is nowhere."""
        if not all(word.forms for word in meaning.words):
            return None
        if not meaning.words:
            return _unscored(_ALL) if meaning.query.unwanted else None
        return tantivy.Query.boolean_query([(Occur.Must, self._word(word)) for word in meaning.words])

    def _most_words(self, meaning: Meaning) -> tantivy.Query | None:
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
        clauses += [(Occur.Should, _unscored(self._word(w))) for w, count in known for _ in range(count - 1)]
        return tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed)

    def _some_words(self, meaning: Meaning) -> tantivy.Query | None:
        known = [self._word(word) for word in meaning.words if word.forms]
        return _any(known) if known else None

    def _with_exclusions(self, meaning: Meaning, query: tantivy.Query) -> tantivy.Query:
        unwanted = self._without(meaning)
        return tantivy.Query.boolean_query([(Occur.Must, query), *unwanted]) if unwanted else query

    def _joined(self, build) -> tantivy.Query | None:
        made = [
            self._with_exclusions(meaning, query)
            for meaning in self.meanings
            if (query := build(meaning)) is not None
        ]
        return (made[0] if len(made) == 1 else _any(made)) if made else None

    def _narrowed(self, query: tantivy.Query, leaving_out: str = "") -> tantivy.Query:
        """A query under the kinds and filters of the request, one filter perhaps left out."""
        parts = [(Occur.Must, query), (Occur.Must, _unscored(self._values("kind", self.wanted.kinds)))]
        for name, values in (self.wanted.filters or {}).items():
            if name != leaving_out and values:
                parts.append((Occur.Must, _unscored(self._values(schema.filter_field(name), values))))
        return tantivy.Query.boolean_query(parts)

    def _values(self, name: str, values: Sequence[str]) -> tantivy.Query:
        if len(values) == 1:
            return tantivy.Query.term_query(self._schema, name, values[0], index_option="basic")
        return tantivy.Query.term_set_query(self._schema, name, list(values))

    @cached_property
    def is_partial(self) -> bool:
        """Whether no document holds all the words, so that those with most of them are the results."""
        if not self.wanted.texts:
            return False
        every = self._joined(self._all_words)
        return every is None or not self._count(self._narrowed_by_nothing(every))

    def _narrowed_by_nothing(self, query: tantivy.Query) -> tantivy.Query:
        kinds = _unscored(self._values("kind", self.wanted.kinds))
        return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, kinds)])

    @cached_property
    def _text_query(self) -> tantivy.Query | None:
        if not self.wanted.texts:
            return _unscored(_ALL)
        return self._joined(self._most_words if self.is_partial else self._all_words)

    @cached_property
    def _results(self) -> tantivy.Query | None:
        return None if self._text_query is None else self._narrowed(self._text_query)

    @cached_property
    def _near(self) -> tantivy.Query | None:
        some = self._joined(self._some_words) if self.wanted.texts else None
        if some is None:
            return None
        narrowed = self._narrowed(some)
        if self._text_query is None:
            return narrowed
        return tantivy.Query.boolean_query([(Occur.Must, narrowed), (Occur.MustNot, self._text_query)])

    # --- answers

    def _count(self, query: tantivy.Query | None) -> int:
        return 0 if query is None else self._searcher.search(query, 1).count or 0

    @cached_property
    def count(self) -> int:
        """How many results there are."""
        return self._count(self._results)

    def tally(self, name: str) -> dict[str, int]:
        """How many results have each value of a filter, under all filters but this one."""
        return self.tallies([name])[name]

    def tallies(self, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """The counts of several filters, each under the choices made in all others."""
        if self._text_query is None:
            return {name: {} for name in names}
        chosen = [name for name in names if (self.wanted.filters or {}).get(name)]
        groups = [([name for name in names if name not in chosen], ""), *(([name], name) for name in chosen)]
        found: dict[str, dict[str, int]] = {}
        for group, leaving_out in groups:
            if group:
                found |= self._aggregate(group, leaving_out)
        return found

    def _aggregate(self, names: Sequence[str], leaving_out: str) -> dict[str, dict[str, int]]:
        is_plain = not self.wanted.texts and not any(
            values for name, values in (self.wanted.filters or {}).items() if name != leaving_out
        )
        # What everybody sees first is counted once for each state of the index.
        known = self.snapshot.counted if is_plain else {}
        key = (self.wanted.kinds, tuple(names))
        if key not in known:
            known[key] = self._counted(names, leaving_out)
        return known[key]

    def _counted(self, names: Sequence[str], leaving_out: str) -> dict[str, dict[str, int]]:
        terms = {name: {"terms": {"field": schema.filter_field(name), "size": MOST_VALUES}} for name in names}
        rows = self._searcher.aggregate(self._narrowed(self._text_query, leaving_out), terms)
        return {name: {each["key"]: each["doc_count"] for each in rows[name]["buckets"]} for name in names}

    def best(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of results, best first."""
        return self._ranked(self._results, offset, limit)

    def near(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of what holds only some of the words, best first."""
        return self._ranked(self._near, offset, limit)

    def _ranked(self, query: tantivy.Query | None, offset: int, limit: int) -> list[tuple[int, float]]:
        if query is None or limit <= 0:
            return []
        hits = self._searcher.search(query, limit, count=False, offset=offset).hits
        ids = self._searcher.fast_field_values("id", [address for _score, address in hits])
        return [(int(id), score) for id, (score, _address) in zip(ids, hits, strict=True)]

    def sorted(self, order: str, is_down: bool, offset: int, limit: int) -> list[int]:
        """Numbers of results in an order of texts, the slug breaking ties."""
        direction = "down" if is_down else "up"
        query, way = self._results, Order.Desc if is_down else Order.Asc
        if query is None or limit <= 0 or offset >= self.count:
            return []
        if offset > _SHALLOW:
            query, offset = self._from_level(query, order, direction, offset, limit)
        hits = self._searcher.search(
            query,
            limit,
            count=False,
            offset=offset,
            order_by_field=schema.sort_field(order, direction),
            order=way,
        ).hits
        return [int(id) for id in self._searcher.fast_field_values("id", [address for _key, address in hits])]

    def _from_level(
        self, query: tantivy.Query, order: str, direction: str, offset: int, limit: int
    ) -> tuple[tantivy.Query, int]:
        """The same page as a shallow one of fewer documents: those whose key begins as the keys on the page do.

        Texts are slow to compare far down a list and numbers are not, so the page is first found by numbers.
        """
        way = Order.Desc if direction == "down" else Order.Asc
        for level in range(schema.LEVELS):
            name = schema.level_field(order, direction, level)
            hits = self._searcher.search(
                query, limit, count=False, offset=offset, order_by_field=name, order=way
            ).hits
            numbers = [number for number, _address in hits]
            low, high = min(numbers), max(numbers)
            before = (
                _range(self._schema, name, None, low)
                if way == Order.Asc
                else _range(self._schema, name, high, None)
            )
            offset -= self._count(_every([query, before])) if before is not None else 0
            query = _every([query, _unscored(_range_between(self._schema, name, low, high))])
            if low != high or offset <= _SHALLOW:
                break
        return query, offset


_SHALLOW = 200
_TOP = (1 << 64) - 1


def _range(
    engine_schema: tantivy.Schema, name: str, above: int | None, below: int | None
) -> tantivy.Query | None:
    """The documents whose number is above or below one, that one not included; None where there can be none."""
    if below == 0 or above == _TOP:
        return None
    return tantivy.Query.range_query(
        engine_schema,
        name,
        tantivy.FieldType.Unsigned,
        lower_bound=above,
        upper_bound=below,
        include_lower=above is None,
        include_upper=below is None,
    )


def _range_between(engine_schema: tantivy.Schema, name: str, low: int, high: int) -> tantivy.Query:
    return tantivy.Query.range_query(
        engine_schema, name, tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high
    )
