"""`make bench`: every measure, for N cases. PARTS names some of them; POSTGRES=1 measures on PostgreSQL; MILLION=1 at 10 N too."""

from __future__ import annotations

import os
import sys

from bench.setting import HERE, prepare, say

PARTS = ("engine", "pages", "exports", "changes", "hostile", "sizes")


def main() -> None:
    cases = int(os.environ.get("N") or 100_000)
    wanted = os.environ.get("PARTS", "").split() or PARTS
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"PARTS knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    postgres = os.environ.get("DATABASE_URL", "") if os.environ.get("POSTGRES") else ""
    path = prepare(cases, postgres)

    from bench import engine, exports, hostile, pages, rows, servers
    from bench.measure import Results
    from bench.questions import questions
    from search.service import snapshot

    results = Results(cases, "PostgreSQL" if postgres else "SQLite")
    if "engine" in wanted:
        bare = engine.building(results, path)
        engine.queries(results, questions(snapshot()), snapshot(), bare)
    state = snapshot()
    asked = questions(state)
    say("Preparing the rows for Datasette ...")
    table = rows.database(path)
    with servers.ours() as ours, servers.datasette(table) as datasette:
        if "sizes" in wanted:
            exports.sizes(results, path, table, ours)
        if "pages" in wanted:
            pages.measure(results, asked, ours, datasette, table)
        if "exports" in wanted:
            exports.measure(results, ours, datasette, path)
        if "hostile" in wanted:
            hostile.measure(results, asked, ours, state)
        if "changes" in wanted:
            engine.changes(results, ours)
    target = HERE / "results.json"
    results.write(target)
    say(f"\nWritten to {target}")


if __name__ == "__main__":
    main()
