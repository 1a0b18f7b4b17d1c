"""Pages through the production server, against Datasette's page of the same rows with two facets."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from bench.measure import Results, heading, in_turn
from bench.questions import Question
from bench.servers import Server


def measure(results: Results, asked: list[Question], ours: Server, datasette: Server, rows: Path) -> None:
    """Each question on both sides: our full page and our page with two facets."""
    for start, goal in (("/cases/", 12), ("/bench/two-facets/", 20)):
        what = "all facets" if start == "/cases/" else "two facets"
        heading(f"A page of 20, {what}; Datasette with two facets")
        for question in asked:
            path, other = question.path(start), question.datasette(_row_before(rows, question))
            for server, address in ((ours, path), (datasette, other)):
                status, _body = server.get(address)
                if status != 200:
                    raise RuntimeError(f"{address}: {status}")
            _same_rows(ours, datasette, question)
            slow = question.name in ("common word", "no query", "deep page", "worst input", "phrase")
            spent = in_turn(
                lambda path=path: ours.get(path),
                lambda other=other: datasette.get(other),
                rounds=5 if slow else 9,
                warm=3,
                clocks=(ours.cpu, datasette.cpu),
            )
            results.add(f"page, {what}: {question.name}", spent, goal=f"at least {goal}")


def _same_rows(ours: Server, datasette: Server, question: Question) -> None:
    """Stops where the two sides do not answer the same question: it would be no comparison."""
    if question.name not in ("no query", "common word", "rare word"):
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
