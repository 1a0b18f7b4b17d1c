"""Pages of a long list in an order of texts.

Texts are slow to compare far down a list and numbers are not. So a deep page is first found by numbers, the first
bytes of each text, and then is a shallow page of the documents whose texts begin so.
"""

from __future__ import annotations

from array import array

import tantivy
from tantivy import Order

from search import schema
from search.queries import every_of, unscored

_SHALLOW = 200
_AT_ONCE = 20_000
_TOP = (1 << 64) - 1
_WAYS = {"up": Order.Asc, "down": Order.Desc}


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


def page(
    engine: tuple[tantivy.Schema, tantivy.Searcher],
    query: tantivy.Query,
    order: str,
    is_down: bool,
    span: tuple[int, int],
) -> list[int]:
    """Numbers of documents of a query in an order: from an offset that is not past the end, so many (`span`)."""
    direction = "down" if is_down else "up"
    offset, limit = span
    if offset > _SHALLOW:
        query, offset = _from_level(engine, query, order, direction, span)
    searcher = engine[1]
    hits = searcher.search(
        query,
        limit,
        count=False,
        offset=offset,
        order_by_field=schema.sort_field(order, direction),
        order=_WAYS[direction],
    ).hits
    return [int(id) for id in searcher.fast_field_values("id", [address for _key, address in hits])]


def place(engine: tuple[tantivy.Schema, tantivy.Searcher], query: tantivy.Query, order: str, key: str) -> int:
    """How many documents of a query come before one with this key, in the upward direction of an order."""
    engine_schema, searcher = engine
    before = 0
    for level, number in enumerate(schema.levels(key)):
        name = schema.level_field(order, "up", level)
        if smaller := _range(engine_schema, name, None, number):
            before += searcher.search(every_of([query, smaller]), 1).count or 0
        query = every_of([query, unscored(_range_between(engine_schema, name, number, number))])
    field, read = schema.sort_field(order, "up"), 0
    while hits := searcher.search(
        query, _SHALLOW, count=False, offset=read, order_by_field=field, order=Order.Asc
    ).hits:
        smaller = sum(text < key for text, _address in hits)
        before, read = before + smaller, read + len(hits)
        if smaller < len(hits):
            break
    return before


def _from_level(
    engine: tuple[tantivy.Schema, tantivy.Searcher],
    query: tantivy.Query,
    order: str,
    direction: str,
    span: tuple[int, int],
) -> tuple[tantivy.Query, int]:
    """The query and the offset of the same page among the documents whose texts begin as those on the page do."""
    engine_schema, searcher = engine
    offset, limit = span
    for level in range(schema.LEVELS):
        name = schema.level_field(order, direction, level)
        hits = searcher.search(
            query, limit, count=False, offset=offset, order_by_field=name, order=_WAYS[direction]
        ).hits
        numbers = [number for number, _address in hits]
        low, high = min(numbers), max(numbers)
        is_up = direction == "up"
        before = _range(engine_schema, name, None, low) if is_up else _range(engine_schema, name, high, None)
        if before is not None:
            offset -= searcher.search(every_of([query, before]), 1).count or 0
        query = every_of([query, unscored(_range_between(engine_schema, name, low, high))])
        if low != high or offset <= _SHALLOW:
            break
    return query, offset


def numbers(engine: tuple[tantivy.Schema, tantivy.Searcher], query: tantivy.Query) -> array:
    """The numbers of all documents of a query, ascending, read some thousand at a time."""
    engine_schema, searcher = engine
    found, rest = array("q"), query
    while hits := searcher.search(rest, _AT_ONCE, count=False, order_by_field="id", order=Order.Asc).hits:
        found.extend(number for number, _address in hits)
        if len(hits) < _AT_ONCE:
            break
        rest = every_of([query, unscored(_range(engine_schema, "id", found[-1], None))])
    return found
