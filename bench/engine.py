"""The engine without pages: ours against bare tantivy; building; and how soon a change is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from statistics import median

from bench.bare import Asked, Bare, corpus_of
from bench.measure import Results, Spent, heading, in_turn
from bench.questions import OTHERS, Question
from bench.servers import Server
from cases.models import Initiative
from search import analysis, understanding
from search.engine import Snapshot, Wanted
from search.service import service


def building(results: Results, path: Path) -> Bare:
    """The full build, from the database to the index, against bare tantivy that is handed its documents."""
    heading("Building the index (other: bare tantivy, its documents handed to it)")
    bare = Bare(path / "bare", corpus_of("case").filters)
    count, seconds, seconds_cpu = bare.build()
    done = []
    started, cpu = time.perf_counter(), time.process_time()
    service().rebuild(lambda so_far, total: done.append(total))
    total = done[-1] if done else 0
    ours, ours_cpu = total / (time.perf_counter() - started), total / (time.process_time() - cpu)
    rates = Spent(ours, count / seconds, ours_cpu, count / seconds_cpu)
    results.add("full build, documents a second", rates, "a second", "at least 0.25", is_cost=True)
    return bare


def queries(results: Results, asked: list[Question], snapshot: Snapshot, bare: Bare) -> dict[str, Spent]:
    """Each question: the best twenty, how many, every count. Gives our milliseconds by question."""
    heading("Engine: best 20, how many, counts of every filter (other: bare tantivy)")
    spent: dict[str, Spent] = {}
    for question in asked:
        asks = [_asked_bare(snapshot, question.another(number)) for number in range(OTHERS)]
        both = in_turn(
            _each(lambda each: _ours(snapshot, each), [question.another(number) for number in range(OTHERS)]),
            _each(bare.ask, asks),
            rounds=OTHERS - 2,
            warm=2,
        )
        spent[question.name] = both
        results.add(f"engine: {question.name}", both, goal="at most 2", is_cost=True)
    return spent


def _each(work: Callable, asked: Iterable) -> Callable[[], None]:
    """A function that does the work for one after the other."""
    left = list(asked)

    def do() -> None:
        one = left.pop(0)
        left.append(one)
        work(one)

    return do


def _asked_bare(snapshot: Snapshot, question: Question) -> Asked:
    """The same query in the words of the engine: of many words that no case holds together, more than half."""
    parsed = understanding.parse(question.text)
    tokens = tuple(analysis.stem(token) for part in parsed.needed for token in part.tokens)
    is_phrase = any(part.is_quoted for part in parsed.wanted)
    is_partial = bool(tokens) and snapshot.find(Wanted(("case",), (question.text,))).is_partial
    least = len(tokens) // 2 + 1 if is_partial and not is_phrase else 0
    return Asked(tokens, question.filters, (question.page - 1) * 20, is_phrase, least)


def _ours(snapshot: Snapshot, question: Question) -> None:
    snapshot.counted.clear()  # as if nobody had asked before
    texts, offset = (question.text,) if question.text else (), (question.page - 1) * 20
    filters = {name: [value] for name, value in question.filters}
    names = corpus_of("case").filters
    found = snapshot.find(Wanted(("case",), texts, filters), names)
    found.count  # noqa: B018 - asked for, as a page asks
    if texts:
        found.best(offset, 20)
    else:
        found.sorted("title", False, offset, 20)
    found.tallies(names)


def changes(results: Results, ours: Server, rounds: int = 30) -> None:
    """From the commit of one change to the answer, by another process, that holds it."""
    heading("A change searchable (other: the same request where nothing changed)")
    changed, unchanged = [], []
    cases = list(islice(Initiative.objects.order_by("pk"), rounds))
    for number, case in enumerate(cases):
        word = f"zzchange{number:04d}{int(time.time()) % 100_000}"
        before = case.summary
        case.summary = f"{before} {word}"
        case.save()
        path = f"/cases.json?q={word}"
        started = time.perf_counter()
        while case.slug.encode() not in ours.get(path)[1]:
            if time.perf_counter() - started > 20:
                raise RuntimeError(f"a change was not found within 20 s: {path}")
        changed.append((time.perf_counter() - started) * 1_000)
        started = time.perf_counter()
        ours.get(path)
        unchanged.append((time.perf_counter() - started) * 1_000)
        case.summary = before
        case.save()
        ours.get(path)
    results.add(
        "a change found by another process",
        Spent(median(changed), median(unchanged)),
        goal="below 100 ms",
        is_cost=True,
    )
    results.add("the same, slowest of 30", Spent(max(changed), max(unchanged)), is_cost=True)
