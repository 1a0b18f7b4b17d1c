"""`make relevance COLLECTION=dir RUN=file`: a run file of any collection in the BEIR layout, through the list of cases.

Each line is "query-id document-id rank", 100 a query: the results in the order of the page, then what is near. The
documents become cases in a database of their own, title as title, text as summary.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from bench import collection
from bench.setting import connect, folder, say

DEPTH = 100


def prepare(source: Path) -> None:
    """Django on a database that holds this collection and nothing else; kept for the next run."""
    digest = sha256((source / "corpus.jsonl").read_bytes()).hexdigest()[:16]
    path = folder(f"collection-{digest}")
    made = path / "made"
    if not made.exists():
        shutil.rmtree(path, ignore_errors=True)
    connect(path)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if not made.exists():
        _load(source)
        made.touch()
    call_command("search_index", verbosity=0)


def _load(source: Path) -> None:
    from bench.generator import PUBLISHED, without_triggers
    from cases.models import Initiative, Programme
    from cities.models import City

    # Every case needs a city and a programme: names that no query holds.
    city = City.objects.create(slug="none", name="Xqzt", country="CN", state=PUBLISHED)
    programme = Programme.objects.create(slug="none", name="Xqzt")
    rows, names = [], Initiative._meta.get_field("title").max_length
    for number, (_id, title, text) in enumerate(collection.documents(source), 1):
        summary = f"{title}\n{text}" if len(title) > names else text
        rows.append(
            Initiative(
                pk=number,
                slug=f"document-{number}",
                title=title[:names],
                summary=summary,
                city=city,
                programme=programme,
                state=PUBLISHED,
            )
        )
    with without_triggers():
        Initiative.objects.bulk_create(rows, batch_size=1_000)


def ranked(text: str) -> list[int]:
    """The numbers of the cases for a query, as the page has them: results, then near."""
    from django.http import QueryDict

    from cases.filters import CaseFilters, Words
    from cases.lists import CaseList
    from listing.selection import Selection

    class Filters(CaseFilters):
        q = Words(label="q")

    # A page refuses very long texts; a collection's queries may be longer.
    Filters.base_filters["q"].longest = sys.maxsize
    params = QueryDict(mutable=True)
    params["q"] = " ".join(text.split())
    view = CaseList
    selection = Selection(
        view().get_queryset(), params, filterset_class=Filters, sorting=view.sorting, kind=view.kind
    )
    if selection.problems:  # no word in it, for example
        return []
    found = [case.pk for case in selection.rows[0:DEPTH]]
    return found + [case.pk for case in selection.rows.near(DEPTH - len(found))]


def run(source: Path) -> dict[str, list[str]]:
    """The documents for each query of the collection, best first."""
    ids = [id for id, _title, _text in collection.documents(source)]
    return {query: [ids[number - 1] for number in ranked(text)] for query, text in collection.queries(source)}


def write(answers: dict[str, Sequence[str]], path: Path) -> None:
    """The run file."""
    with path.open("w", encoding="utf-8") as file:
        for query, documents in answers.items():
            file.writelines(f"{query} {document} {rank}\n" for rank, document in enumerate(documents, 1))


def main() -> None:
    if len(sys.argv) != 3 or not (Path(sys.argv[1]) / "corpus.jsonl").is_file():
        sys.exit("Give the folder of a collection (corpus.jsonl, queries.jsonl) and the file to write.")
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    prepare(source)
    answers = run(source)
    write(answers, target)
    say(f"{target}: {sum(map(len, answers.values())):,} lines for {len(answers):,} queries")


if __name__ == "__main__":
    main()
