"""What each case and city lacks, remembered by each process and brought up to date with the log of changes.

The staff pages count it on nearly every page, and somebody changes a record every other minute: looked up anew for
every record after each change, it took longer than the rest of a page. What the rules ask for stands in tables whose
changes the log of the search index writes down, by whatever route they are made.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from curation.completeness.counting import Lack, asked_tables, lack_of
from curation.completeness.models import NotPrinted
from curation.completeness.rules import RULES, name_of
from listing.bulk import batches
from records.models import Record
from search import changes, triggers
from search.corpus import corpora, watch
from search.models import Change

# Beyond so many values of the log, all records are looked at anew: that takes about as long.
_MOST = 1_000
_AT_ONCE = 500
# Rows of the log are removed when they are old: whoever has not looked for so long may have missed some.
_FRESH = changes.KEPT - timedelta(days=1)
# A row of the log. While it is there, this is the log that was read, and nothing before it was rolled back.
Witness = tuple[object, ...]
_ROW = ("pk", "feed", "value", "at")
_NOT_PRINTED = NotPrinted._meta.db_table
Lacks = Mapping[int, Lack]


def connect() -> None:
    """Has the log tell of what is said not to be printed; called when the app is ready."""
    for model in RULES:
        watch(_NOT_PRINTED, f"{name_of(model)}_id")


def lacks(model: type[Record], request: HttpRequest) -> Lacks | None:
    """What each record of a kind lacks, by its number, the hidden ones too; None where it has to be looked up.

    What a request sees that may change something itself may never come true, and is not remembered.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    if not hasattr(request, "known_lacks"):
        request.known_lacks = _followed(str(connection.settings_dict["NAME"]), os.getpid()).now()
    return request.known_lacks.get(model)


@lru_cache(maxsize=4)
def _followed(database: str, process: int) -> _Followed:
    return _Followed()


class _Followed:
    """What the records of each kind lack, as far as this process knows. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._lacks: dict[type[Record], dict[int, Lack]] = {}
        self._place: changes.Place | None = None
        self._witness: Witness | None = None
        self._looked: datetime | None = None

    def now(self) -> Mapping[type[Record], Lacks]:
        """As of now, by the kind; empty where the log does not tell of every change."""
        with self._lock:
            looked, last = timezone.now(), _last_of_log()
            is_known = self._witness is not None and looked - self._looked < _FRESH
            is_up = is_known and (self._is_still(last) or (_is_there(self._witness) and self._follow()))
            if not is_up and not self._begin():
                return {}
            self._looked, self._witness = looked, last
            return self._lacks

    def _is_still(self, last: Witness | None) -> bool:
        """Whether nothing was logged since the last time."""
        return last == self._witness and not changes.is_behind(self._place)

    def _begin(self) -> bool:
        """Looks at every record; False where changes would not be told of."""
        if not triggers.are_there(connection):
            return False
        # The place is taken before anything is read: what changes meanwhile is read again.
        self._place = changes.now()
        self._lacks = {model: dict(lack_of(model)) for model in RULES}
        return True

    def _follow(self) -> bool:
        """Takes in what the log has told since the last time; False where it is too much, or no longer known what."""
        news = changes.since(self._place, _MOST)
        if news.is_everything or news.is_cut:
            return False
        self._lacks = {model: self._changed(model, news.values) for model in RULES}
        self._place = news.place
        return True

    def _changed(self, model: type[Record], values: Mapping[str, Iterable[int]]) -> dict[int, Lack]:
        """What the records of a kind lack after what was logged. Whoever has the former keeps it as it was."""
        made = dict(self._lacks[model])
        for some in batches(sorted(_concerned(model, values)), _AT_ONCE):
            for pk in some:
                made.pop(pk, None)
            made.update(lack_of(model, some))
        return made


def _concerned(model: type[Record], values: Mapping[str, Iterable[int]]) -> set[int]:
    """The records of a kind that what was logged has to do with, where the rules ask for it."""
    kind, tables = name_of(model), asked_tables(model)
    feeds = next(corpus.feeds for corpus in corpora() if corpus.kind == kind)
    found = set(values.get(f"{_NOT_PRINTED}.{kind}_id", ()))
    for feed in feeds:
        if feed.table not in tables:
            continue
        numbers = sorted(each for each in values.get(feed.name, ()) if each is not None)
        for some in batches(numbers, _AT_ONCE):
            found.update(some if feed.affected is None else feed.affected(some))
    return found - {None}


def _last_of_log() -> Witness | None:
    return Change.objects.order_by("-pk").values_list(*_ROW).first()


def _is_there(witness: Witness) -> bool:
    return Change.objects.filter(pk=witness[0]).values_list(*_ROW).first() == witness
