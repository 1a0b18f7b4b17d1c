"""A judged collection in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv where it has judgements."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _id(row: dict) -> str:
    return str(row["_id"] if "_id" in row else row["id"])


def documents(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Id, title and text of every document."""
    for row in _rows(folder / "corpus.jsonl"):
        yield _id(row), row.get("title") or "", row.get("text") or ""


def queries(folder: Path) -> list[tuple[str, str]]:
    """Id and text of every query."""
    return [(_id(row), row.get("text") or "") for row in _rows(folder / "queries.jsonl")]


def judgements(folder: Path) -> dict[str, dict[str, int]]:
    """The grades of documents by query and document."""
    found: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for query, document, grade in list(csv.reader(file, delimiter="\t"))[1:]:
            found.setdefault(query, {})[document] = int(grade)
    return found
