"""`make bench`: every measure, for N cases.

PARTS names some of the measures, POSTGRES=1 takes them on PostgreSQL, MILLION=1 adds the engine at ten times as many.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.setting import HERE, ROOT, into_memory, postgres_address, prepare, say

PARTS = ("engine", "pages", "exports", "changes", "hostile", "sizes")
ALONE = "queries"  # the engine's queries without the other side, to hold sizes against each other


def main() -> None:
    cases = int(os.environ.get("N") or 100_000)
    wanted = os.environ.get("PARTS", "").split() or PARTS
    if unknown := set(wanted) - {*PARTS, ALONE}:
        sys.exit(f"PARTS knows {', '.join([*PARTS, ALONE])}; not {', '.join(unknown)}.")
    postgres = postgres_address()
    path = prepare(cases, postgres)

    from bench import engine
    from bench.measure import Results
    from bench.questions import questions
    from search.service import snapshot

    results = Results(cases, "PostgreSQL" if postgres else "SQLite")
    if "engine" in wanted:
        bare = engine.building(results, path)
        engine.queries(results, questions(snapshot()), snapshot(), bare)
    if ALONE in wanted or os.environ.get("MILLION"):
        spent = engine.alone(results, questions(snapshot()), snapshot())
        if os.environ.get("MILLION"):
            _ten_times(cases, path, results, spent)
    if not set(wanted) <= {"engine", ALONE}:
        _with_servers(results, path, wanted)
    target = Path(os.environ.get("BENCH_RESULTS") or HERE / "results.json")
    results.write(target)
    say(f"\nWritten to {target}")


def _with_servers(results, path: Path, wanted: Sequence[str]) -> None:
    """What is measured through the servers."""
    from bench import engine, exports, hostile, pages, rows, servers
    from bench.questions import questions
    from search.service import snapshot

    state = snapshot()
    asked = questions(state)
    say("Preparing the rows for Datasette ...")
    table = rows.database(path)
    into_memory(path)
    with servers.ours() as ours, servers.datasette(table) as datasette:
        if "sizes" in wanted:
            exports.sizes(results, path, table, ours)
        if "pages" in wanted:
            with servers.ours(KEPT_PAGES="0") as making:
                pages.measure(results, asked, making, datasette, table)
            pages.again(results, asked, ours, datasette, table)
        if "exports" in wanted:
            exports.measure(results, ours, datasette, path)
        if "hostile" in wanted:
            with servers.ours(KEPT_PAGES="0") as making:
                hostile.measure(results, making, state)
        if "changes" in wanted:
            engine.changes(results, ours)


def _ten_times(cases: int, path: Path, results, spent: dict) -> None:
    """The engine at ten times as many cases, in a process of its own, against what it took here."""
    from bench import engine
    from bench.measure import Spent, heading

    target = path / "ten-times.json"
    more = {
        "N": str(10 * cases),
        "PARTS": ALONE,
        "MILLION": "",
        "POSTGRES": "",
        "BENCH_RESULTS": str(target),
    }
    subprocess.run([sys.executable, "-m", "bench"], env={**os.environ, **more}, cwd=ROOT, check=True)
    rows = json.loads(target.read_text(encoding="utf-8"))["results"]
    heading(f"Engine at {10 * cases:,} cases (other: at {cases:,})")
    for row in rows:
        name = row["name"].removeprefix(engine.ALONE)
        if name in spent:
            both = Spent(row["ours"], spent[name].ours, row["ours_cpu"], spent[name].ours_cpu)
            results.add(f"ten times as many: {name}", both, goal="at most 12", is_cost=True)


if __name__ == "__main__":
    main()
