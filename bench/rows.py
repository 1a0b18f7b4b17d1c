"""The same cases as one plain table for Datasette, with the indexes and full-text search a careful owner would add."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from cases.columns import CASES
from cases.models import Initiative, InitiativeGoal, InitiativeTheme, NoveltyClaim, Section, Theme
from search.indexing import batches

FACETS = ("city", "programme")
_SCHEMA = """
CREATE TABLE cases (id INTEGER PRIMARY KEY, slug TEXT, title TEXT, city TEXT, country TEXT, programme TEXT,
  started TEXT, novelty TEXT, themes TEXT, goals TEXT, summary TEXT, body TEXT);
CREATE TABLE export (%s);
CREATE TABLE theme_names (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE case_themes (case_id INTEGER, theme_id INTEGER, PRIMARY KEY (case_id, theme_id)) WITHOUT ROWID;
"""
_AFTERWARDS = """
CREATE INDEX cases_city ON cases (city); CREATE INDEX cases_country ON cases (country);
CREATE INDEX cases_programme ON cases (programme); CREATE INDEX cases_started ON cases (started);
CREATE VIRTUAL TABLE cases_fts USING fts5 (title, city, themes, summary, body, content="cases", content_rowid="id",
  tokenize='porter unicode61');
INSERT INTO cases_fts (cases_fts) VALUES ('rebuild');
INSERT INTO cases_fts (cases_fts) VALUES ('optimize');
CREATE VIEW export_joined AS SELECT *, (SELECT group_concat(name, '; ') FROM case_themes
  JOIN theme_names ON theme_names.id = theme_id WHERE case_id = export.rowid) AS joined_themes FROM export;
ANALYZE;
"""


def database(path: Path) -> Path:
    """The database for Datasette in that folder, made from the catalogue's own if it is not there."""
    target, unfinished = path / "rows.sqlite3", path / "rows.unfinished"
    if target.exists():
        return target
    unfinished.unlink(missing_ok=True)
    columns = ", ".join(f'"{name}"' for name in CASES.names)
    connection = sqlite3.connect(unfinished, isolation_level=None)
    connection.executescript(_SCHEMA % columns)
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO cases VALUES ({','.join('?' * 12)})", _cases())  # noqa: S608
    marks = ",".join("?" * len(CASES.names))
    connection.executemany(f"INSERT INTO export VALUES ({marks})", _export())  # noqa: S608
    connection.executemany("INSERT INTO theme_names VALUES (?, ?)", Theme.objects.values_list("pk", "name"))
    links = InitiativeTheme.objects.order_by("pk").values_list("initiative_id", "theme_id")
    connection.executemany("INSERT INTO case_themes VALUES (?, ?)", links.iterator(chunk_size=10_000))
    connection.execute("COMMIT")
    connection.executescript(_AFTERWARDS)
    connection.close()
    unfinished.rename(target)
    return target


def _linked(rows) -> dict[int, list]:
    found = defaultdict(list)
    for owner, value in rows.iterator(chunk_size=10_000):
        found[owner].append(value)
    return found


def _cases() -> Iterator[tuple]:
    themes = _linked(InitiativeTheme.objects.order_by("pk").values_list("initiative_id", "theme__slug"))
    goals = _linked(InitiativeGoal.objects.order_by("pk").values_list("initiative_id", "goal__number"))
    novelty = _linked(NoveltyClaim.objects.order_by("pk").values_list("initiative_id", "kind"))
    names = ("pk", "slug", "title", "city__slug", "city__country", "programme__slug", "started", "summary")
    cases = Initiative.objects.order_by("pk").values_list(*names)
    sections = Section.objects.order_by("initiative_id", "position").values_list(
        "initiative_id", "heading", "digest"
    )
    said = groupby(sections.iterator(chunk_size=2_000), key=itemgetter(0))
    for pk, slug, title, city, country, programme, started, summary in cases.iterator(chunk_size=10_000):
        owner, parts = next(said)  # every case has some
        if owner != pk:
            raise RuntimeError(f"the sections of case {pk} are missing")
        body = "\n".join(f"{heading}\n{digest}" for _owner, heading, digest in parts)
        lists = (json.dumps(themes[pk]), json.dumps(goals[pk]))
        kinds = "; ".join(novelty[pk])
        yield pk, slug, title, city, str(country), programme, started[:4], kinds, *lists, summary, body


def _export() -> Iterator[list]:
    """The very cells of cases.csv, lists already joined: all that is left to Datasette is to write them."""
    public = Initiative.objects.public().order_by("pk")
    read = public.export_reader()
    for ids in batches(public.values_list("pk", flat=True).iterator(chunk_size=10_000), 500):
        for case in read(ids).values():
            yield [
                "; ".join(map(str, each)) if isinstance(each, list) else each for each in CASES.values(case)
            ]
