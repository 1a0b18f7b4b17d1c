"""`python -m bench.imports [ROWS [previewed]]`: how long a list of so many cases takes to preview, confirm, take back.

And the most memory; with `previewed` no further than that. In a database of its own, made and thrown away; or an empty
one that DATABASE_URL names.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROWS = 10_000


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Says how long what is done within took, and the most memory of this process until then."""
    began = time.perf_counter()
    yield
    spent = time.perf_counter() - began
    say(f"{what:<40} {spent:7.1f} s   {_peak():5.0f} MB at most")


def _peak() -> float:
    """The most memory this process had so far, in MB. What `getrusage` says holds that of whoever started it, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1000


def a_list(rows: int) -> bytes:
    """A list with headings of its own, of so many projects in a hundred towns."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(["Project", "Town", "Began", "What it is", "Kind"])
    for number in range(rows):
        writer.writerow(
            [
                f"Project {number}",
                f"Town {number % 100}",
                1990 + number % 35,
                f"What {number} does. " * 6,
                "housing",
            ]
        )
    return held.getvalue().encode()


COLUMNS = {
    "title": {"column": "Project"},
    "city": {"column": "Town"},
    "started": {"column": "Began"},
    "summary": {"column": "What it is"},
    "themes": {"column": "Kind"},
    "programme": {"value": "award"},
    "started_reason": {"value": "The list says so."},
    "theme_reason": {"value": "The list files it there."},
}


def main(rows: int, is_preview_only: bool = False) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from cases.models import Initiative, Programme, Theme
    from cities.models import City
    from curation.imports import reading, work
    from records.reverting import undo
    from sources.models import Source

    source = Source.objects.create(slug="list", title="A list", kind="other")
    City.objects.bulk_create(City(slug=f"town-{n}", name=f"Town {n}", country="CN") for n in range(100))
    Programme.objects.create(slug="award", name="Award")
    Theme.objects.create(slug="housing", name="Housing", definition="Homes.")
    content = a_list(rows)

    def through(step: Callable) -> None:
        step()
        job.refresh_from_db()
        if job.problem:
            raise SystemExit(job.problem)

    with measured(f"{rows:,} rows sent"):
        job = work.begin("cases", "list.csv", content, source, None, reading.How())
    job.columns = COLUMNS
    job.save()
    with measured("previewed"):
        through(lambda: work.plan(job))
    if is_preview_only:
        say(f"{job.counts}")
        return
    with measured("confirmed"):
        through(lambda: work.confirm(job, False, ""))
    with measured("found by search"):
        call_command("search_index", verbosity=0)
    again = work.begin("cases", "list.csv", content, source, None, reading.How())
    again.columns = COLUMNS
    again.save()
    with measured("the same again"):
        work.plan(again)
    again.refresh_from_db()
    say(f"{again.counts}, {Initiative.objects.count()} cases")
    with measured("taken back"):
        undo(job.operation, None, "")
    say(f"{Initiative.objects.count()} cases")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CATALOGUE_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
        import django

        django.setup()
        from django.conf import settings

        settings.IMPORTS_IN_BACKGROUND = False
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS, "previewed" in sys.argv[2:])
