"""The whole list as CSV with its themes joined: time, and the memory of the process that streams it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.db import connection

from bench import servers
from bench.measure import Results, Spent, heading, in_turn, own_cpu
from bench.servers import Server, forget_peak, memory
from bench.setting import ROOT, prepare, say

# The columns of cases.csv in the database's own words. Dollar marks what only one of the two databases calls so.
_QUERY = """
SELECT c.slug, c.title, t.name, t.country, p.name, substr(c.started, 1, 4),
  (SELECT {joined_names} FROM (SELECT h.name FROM cases_initiativetheme l JOIN cases_theme h ON h.id = l.theme_id
    WHERE l.initiative_id = c.id AND NOT l.hidden AND NOT h.hidden ORDER BY lower(h.name), h.slug) AS names),
  (SELECT {joined_numbers} FROM (SELECT g.number FROM cases_initiativegoal l JOIN cases_goal g ON g.id = l.goal_id
    WHERE l.initiative_id = c.id AND NOT l.hidden AND NOT g.hidden ORDER BY g.number) AS numbers),
  (SELECT {joined_kinds} FROM (SELECT n.kind FROM cases_noveltyclaim n
    WHERE n.initiative_id = c.id AND NOT n.hidden ORDER BY n.kind) AS kinds),
  c.summary, '/cases/' || c.slug || '/', s.slug, c.first_line, c.last_line, t.slug, t.country, p.slug,
  (SELECT {joined_slugs} FROM (SELECT h.slug FROM cases_initiativetheme l JOIN cases_theme h ON h.id = l.theme_id
    WHERE l.initiative_id = c.id AND NOT l.hidden AND NOT h.hidden ORDER BY lower(h.name), h.slug) AS slugs),
  (SELECT {joined_numbers} FROM (SELECT g.number FROM cases_initiativegoal l JOIN cases_goal g ON g.id = l.goal_id
    WHERE l.initiative_id = c.id AND l.basis = 'stated' AND NOT l.hidden AND NOT g.hidden ORDER BY g.number) AS numbers)
FROM cases_initiative c JOIN cities_city t ON t.id = c.city_id JOIN cases_programme p ON p.id = c.programme_id
LEFT JOIN sources_source s ON s.id = c.source_id
WHERE c.state = 'published' AND NOT c.hidden AND t.state = 'published' AND NOT t.hidden AND NOT p.hidden
ORDER BY lower(c.title){collate}, c.slug{collate}
"""


def _query() -> str:
    call = "string_agg({}::text, '; ')" if connection.vendor == "postgresql" else "group_concat({}, '; ')"
    collate = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    joined = {
        f"joined_{name}": call.format(column)
        for name, column in (("names", "name"), ("numbers", "number"), ("kinds", "kind"), ("slugs", "slug"))
    }
    return _QUERY.format(collate=collate, **joined)


def own_tool(target: Path) -> None:
    """The same rows by the database's own tool: sqlite3 -csv, or this Python's sqlite3 where there is none; COPY."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        statement = f"COPY ({_query()}) TO STDOUT (FORMAT csv, HEADER)"
        with (
            target.open("wb") as file,
            connection.connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            file.writelines(copy)
        return
    database = connection.settings_dict["NAME"]
    if tool := shutil.which("sqlite3"):
        with target.open("wb") as file:
            command = [tool, "-readonly", "-csv", "-header", str(database), _query()]
            subprocess.run(command, stdout=file, check=True)
        return
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as plain, target.open("w") as file:
        csv.writer(file).writerows(plain.execute(_query()))


def measure(results: Results, ours: Server, datasette: Server, path: Path, rounds: int = 3) -> None:
    """Time against both, and the most memory while streaming."""
    heading("cases.csv, every row (other: Datasette's stream; the database's own tool)")
    clocks = (ours.cpu, datasette.cpu)
    stream = "/rows/export.csv?_stream=on&_size=max"
    spent = in_turn(
        lambda: ours.drain("/cases.csv"),
        lambda: datasette.drain(stream),
        rounds,
        1,
        (ours.cpu, datasette.cpu),
    )
    results.add("CSV of all rows, Datasette's stream, lists joined before", spent)
    joined = "/rows/export_joined.csv?_stream=on&_size=max"
    spent = in_turn(lambda: ours.drain("/cases.csv"), lambda: datasette.drain(joined), rounds, 1, clocks)
    results.add("CSV of all rows, Datasette's stream, themes joined", spent, goal="at least 2")
    target = path / "own-tool.csv"
    spent = in_turn(
        lambda: ours.drain("/cases.csv"), lambda: own_tool(target), rounds, 1, (ours.cpu, own_cpu)
    )
    results.add("CSV of all rows, the database's own tool", spent, goal="at most 3", is_cost=True)
    target.unlink()
    limit = "at most 60 MB"
    results.add("memory while streaming, above idle", while_streaming(ours), "MB", limit, is_cost=True)
    if os.environ.get("MILLION") and connection.vendor == "sqlite":
        more = 10 * results.cases
        results.add(f"the same, {more:,} rows", _of_more(more), "MB", limit, is_cost=True)


def while_streaming(ours: Server) -> Spent:
    """The most memory a serving process takes above what it had idle, and what it had."""
    workers = ours.workers()
    before = {worker: memory(worker) for worker in workers}
    for worker in workers:
        forget_peak(worker)
    for _ in range(2):
        ours.drain("/cases.csv")
    grown, idle = max((memory(worker, "VmHWM") - before[worker], before[worker]) for worker in workers)
    return Spent(grown, idle)


def _of_more(cases: int) -> Spent:
    """The memory for so many cases, taken by a process of its own: Django knows one database in its life."""
    command = [sys.executable, "-m", "bench.exports", str(cases)]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Spent(*json.loads(said.splitlines()[-1]))


def sizes(results: Results, path: Path, rows: Path, ours: Server) -> None:
    """What lies on disk and in memory."""
    heading("Sizes (other: the database of the catalogue; the database with full-text search for Datasette)")
    index = sum(each.stat().st_size for each in (path / "search").rglob("*") if each.is_file()) / 1e6
    results.add("index on disk, database", Spent(index, _database_size()), "MB", is_cost=True)
    spent = Spent(index, rows.stat().st_size / 1e6)
    results.add("index on disk, rows with full-text search", spent, "MB", is_cost=True)
    workers = [memory(worker) for worker in ours.workers()]
    results.add("memory of a serving process", Spent(max(workers), min(workers)), "MB", is_cost=True)


def _database_size() -> float:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0] / 1e6
    return os.path.getsize(connection.settings_dict["NAME"]) / 1e6  # noqa: PTH202 - may be a string


if __name__ == "__main__":
    prepare(int(sys.argv[1]))
    with servers.ours() as server:
        taken = while_streaming(server)
    say(json.dumps([taken.ours, taken.other]))
