"""The engine without pages: ours against bare tantivy; building; and how soon a change is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from django.db.models import Count, F

from bench.bare import Asked, Bare, corpus_of
from bench.measure import Result, Results, Spent, heading, in_turn
from bench.questions import OTHERS, Question, questions
from bench.servers import Server
from cases.models import Initiative, Theme
from search import analysis, understanding
from search.engine import Snapshot, Wanted
from search.service import service

FULL_BUILD = "full build, documents a second"
ALONE = "engine alone: "  # before the name of a question


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
    results.add(FULL_BUILD, rates, "a second", "at least 0.25", is_cost=True)
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


def alone(results: Results, asked: list[Question], snapshot: Snapshot) -> dict[str, Spent]:
    """The same without the other side, for holding one size of the catalogue against another."""
    heading("Engine alone: best 20, how many, counts of every filter")
    spent: dict[str, Spent] = {}
    for question in asked:
        others = [question.another(number) for number in range(OTHERS)]
        once = _each(lambda each: _ours(snapshot, each), others)
        both = in_turn(once, lambda: None, rounds=OTHERS - 2, warm=2)
        spent[question.name] = Spent(both.ours, 0.0, both.ours_cpu, 0.0)
        results.add(f"{ALONE}{question.name}", spent[question.name], is_cost=True)
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
    """How soon another process finds a change, also beside a long update; the rate of that; searches after many."""
    heading("A change searchable (other: the same request where nothing changed)")
    changed, unchanged = [], []
    for case in Initiative.objects.order_by("pk")[:rounds]:
        path, found = _one_change(case, ours)
        changed.append(found)
        started = time.perf_counter()
        ours.get(path)
        unchanged.append((time.perf_counter() - started) * 1_000)
        _set_back(case)
        ours.get(path)
    results.add(
        "a change found by another process",
        Spent(median(changed), median(unchanged)),
        goal="below 100 ms",
        is_cost=True,
    )
    results.add(f"the same, slowest of {rounds}", Spent(max(changed), max(unchanged)), is_cost=True)
    _many_at_once(results, ours)
    _one_after_the_other(results)


def _one_change(case: Initiative, ours: Server) -> tuple[str, float]:
    """A search for a word that a case has from now on, and the milliseconds from the commit to its answer."""
    word = f"zzchange{case.pk}x{time.time_ns() % 10**9}"
    Initiative.objects.filter(pk=case.pk).update(summary=f"{case.summary} {word}")
    path, started = f"/cases.json?q={word}", time.perf_counter()
    while case.slug.encode() not in ours.get(path)[1]:
        if time.perf_counter() - started > 20:
            raise RuntimeError(f"a change was not found within 20 s: {path}")
    return path, (time.perf_counter() - started) * 1_000


def _set_back(case: Initiative) -> None:
    Initiative.objects.filter(pk=case.pk).update(summary=case.summary)


def _many_at_once(results: Results, ours: Server) -> None:
    """A theme of very many cases is written anew (as it was); meanwhile somebody edits a case now and then."""
    built = next((line for line in results.lines if line.name == FULL_BUILD), None) or _rebuilt(results)
    heading("Many documents at once (other: the full build)")
    theme = Theme.objects.annotate(cases=Count("initiative_links")).order_by("-cases").first()
    cases, found, done = list(Initiative.objects.order_by("-pk")[:10]), [], []

    def progress(so_far: int, total: int) -> None:
        done.append(so_far)
        if cases and so_far < total and len(done) % 4 == 1:
            case = cases.pop()
            found.append(_one_change(case, ours)[1])
            _set_back(case)

    service().snapshot()
    Theme.objects.filter(pk=theme.pk).update(name=F("name"))
    started, cpu = time.perf_counter(), time.process_time()
    service().update(progress)
    seconds, seconds_cpu = time.perf_counter() - started, time.process_time() - cpu
    rates = Spent(max(done) / seconds, built.ours, max(done) / seconds_cpu, built.ours_cpu)
    results.add(
        f"a theme of {theme.cases:,} cases, a second", rates, "a second", "at least 0.5", is_cost=True
    )
    if found:
        both = Spent(median(found), max(found))
        results.add("a change found meanwhile (other: slowest)", both, goal="below 1,000 ms", is_cost=True)


def _rebuilt(results: Results) -> Result:
    done: list[int] = []
    started, cpu = time.perf_counter(), time.process_time()
    service().rebuild(lambda so_far, total: done.append(total))
    ours = done[-1] / (time.perf_counter() - started), done[-1] / (time.process_time() - cpu)
    heading("Building the index")
    results.add(FULL_BUILD, Spent(ours[0], 0, ours[1], 0), "a second")
    return results.lines[-1]


def _one_after_the_other(results: Results, edits: int = 300) -> None:
    """Searches in an index that has taken in so many changes one by one, against the same before."""
    heading(f"Searches after {edits} single changes (other: before)")
    before = service().snapshot()
    for case in Initiative.objects.order_by("pk")[1_000 : 1_000 + edits]:
        _set_back(case)
        after = service().snapshot()
    for asked in questions(before):
        both = in_turn(lambda q=asked: _ours(after, q), lambda q=asked: _ours(before, q), rounds=10)
        results.add(f"after {edits} changes: {asked.name}", both, is_cost=True)
    few = Spent(after.searcher.num_segments, before.searcher.num_segments)
    results.add("segments", few, "", is_cost=True)
