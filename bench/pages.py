"""Pages through the production server, against Datasette's page of the same rows with two facets."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.measure import Results, heading, in_turn
from bench.questions import OTHERS, Question
from bench.servers import Server

# How the questions of a kind are asked: in so many blocks a side, the first of each not counted.
_BLOCKS, _WARM = 3, 2
_STARTS = (  # an address of the list, what its page has, the goal
    ("/cases/", "all facets, highlights", 12),
    ("/bench/two-facets/", "two facets", 20),
    ("/bench/two-facets-marked/", "two facets, highlights", None),
)


def measure(results: Results, asked: list[Question], ours: Server, datasette: Server, rows: Path) -> None:
    """Each kind of question on both sides: our full page and our page with two facets, asked for the first time.

    Each time another question of the same kind is asked, and `ours` keeps no pages (KEPT_PAGES=0). What the list shows
    before anything is asked for has been counted before, for every reader.
    """
    for start, what, goal in _STARTS:
        _warm(asked, ours, datasette, start, rows)
        heading(f"A page of 20, {what}, asked for the first time; Datasette with two facets")
        for question in asked:
            _check(ours, datasette, question, start)
            spent = in_turn(
                _each(ours, [question.another(n).path(start) for n in range(OTHERS)]),
                _each(datasette, [_address(question.another(n), rows) for n in range(OTHERS)]),
                rounds=OTHERS - _BLOCKS * _WARM,
                warm=_WARM,
                clocks=(ours.cpu, datasette.cpu),
                block=OTHERS // _BLOCKS - _WARM,
            )
            results.add(f"page, {what}: {question.name}", spent, goal=f"at least {goal}" if goal else "")


def _warm(asked: list[Question], ours: Server, datasette: Server, start: str, rows: Path) -> None:
    """Has both sides answer what is not measured, as servers have that have run for a while: each thread its share."""
    rarer = next(question for question in asked if question.name == "rarer word")
    for number in range(2 * OTHERS):
        ours.get(rarer.another(number).path(start))
        datasette.get(_address(rarer.another(number), rows))


def again(results: Results, asked: list[Question], ours: Server, datasette: Server, rows: Path) -> None:
    """Our full page where nothing has changed since it was asked for before; `ours` keeps pages."""
    heading("The full page, asked for again; Datasette with two facets")
    for question in asked:
        for _ in range(8):  # each worker keeps its own
            ours.get(question.path())
            ours.close()
        path, other = question.path(), _address(question, rows)
        spent = in_turn(
            _each(ours, [path]),
            _each(datasette, [other]),
            rounds=9,
            warm=_WARM,
            clocks=(ours.cpu, datasette.cpu),
            block=3,
        )
        results.add(f"page, again: {question.name}", spent, goal="at least 20")


def _each(server: Server, addresses: Iterable[str]):
    """A function that fetches one address after the other."""
    left = list(addresses)

    def fetch() -> None:
        address = left.pop(0)
        left.append(address)
        status, _body = server.get(address)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")

    return fetch


def _address(question: Question, rows: Path) -> str:
    return question.datasette(_row_before(rows, question))


def _check(ours: Server, datasette: Server, question: Question, start: str) -> None:
    """Stops where the two sides do not answer the same question: it would be no comparison."""
    if start != "/cases/" or question.name not in ("no query", "common word", "rare word"):
        return  # phrases, forms of words and filters are not told quite alike
    here = re.search(r'"count": (\d+)', ours.start_of(question.path("/cases.json")))
    address = question.datasette().replace("/rows/cases?", "/rows/cases.json?")
    there = re.search(r'"filtered_table_rows_count": (\d+)', datasette.start_of(address, 10_000_000))
    counts = int(here[1]), int(there[1])
    if abs(counts[0] - counts[1]) > 1 + counts[1] // 20:
        raise RuntimeError(f"{question.name}: {counts[0]} cases here, {counts[1]} rows in Datasette")


def _row_before(rows: Path, question: Question) -> int:
    """The last row of the page before, which is how Datasette goes on."""
    if question.page == 1:
        return 0
    query = "SELECT rowid FROM cases_fts WHERE cases_fts MATCH ? ORDER BY rowid LIMIT 1 OFFSET ?"
    with sqlite3.connect(f"file:{rows}?mode=ro", uri=True) as connection:
        found = connection.execute(query, [question.text, (question.page - 1) * 20 - 1]).fetchone()
    return found[0] if found else 0
