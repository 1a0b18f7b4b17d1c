"""`manage.py search_index`: bring the search index up to date, or build it; `--rebuild` builds it in any case."""

import sys
import time
from contextlib import suppress

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from search import changes
from search.corpus import indexes
from search.service import service
from search.store import Damaged, verify


class Command(BaseCommand):
    help = "Brings the search index up to the database, or builds it where there is none or it is damaged."

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="build it anew, beside the one in use")

    def handle(self, *args, rebuild=False, verbosity=1, **options):
        self._verbosity, self._started, self._shown = verbosity, time.monotonic(), 0.0
        for search in map(service, indexes()):
            if rebuild or not self._is_whole(search):
                search.rebuild(self._progress)
            else:
                search.update(self._progress)
        self._forget_old()
        if verbosity:
            seconds = time.monotonic() - self._started
            self.stdout.write(f"The search index is up to date ({seconds:.1f} s).")

    def _forget_old(self) -> None:
        """Clears the log of what every index has long taken in; readers never do, they may not be able to write."""
        with suppress(DatabaseError):  # a replica is cleared with its primary
            changes.forget_old()

    def _is_whole(self, search) -> bool:
        generation = search.store.current()
        if generation is None:
            return False
        try:
            with search.store.lock(wait=3600):
                verify(generation)
        except Damaged as error:
            self.stderr.write(f"The index is damaged, it is built anew: {error}")
            return False
        return True

    def _progress(self, done: int, total: int) -> None:
        """A line that is written over while it runs on a terminal, a line now and then elsewhere."""
        now = time.monotonic()
        if not self._verbosity or (done < total and now - self._shown < (0.2 if sys.stdout.isatty() else 5)):
            return
        self._shown = now
        rate = done / max(now - self._started, 0.001)
        end = "\r" if sys.stdout.isatty() and done < total else "\n"
        self.stdout.write(f"  {done:,} of {total:,} documents, {rate:,.0f} a second", ending=end)
