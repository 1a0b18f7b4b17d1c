"""How far an index has come in the log of changes.

The mark lies in the index itself, as one more document: it is committed with the documents or not at all, so that
whoever is killed leaves an index that is true to its mark.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

import tantivy
from django.utils import timezone

from search import changes
from search.changes import Place

NOTE = "note"


@dataclass(frozen=True)
class Mark:
    """How far an index has come: in which log, up to which place, when; and how far ahead of that with small changes.

    `ahead` is set where a long update has to take in what lies between.
    """

    place: Place
    origin: int
    at: str = field(default_factory=lambda: timezone.now().isoformat())
    ahead: Place | None = None

    @property
    def is_too_old(self) -> bool:
        """Whether rows after it may have been forgotten."""
        return self._age > changes.KEPT - timedelta(days=1)

    @property
    def is_ageing(self) -> bool:
        """Whether it is time to write it anew although nothing has changed."""
        return self._age > changes.KEPT / 2

    @property
    def _age(self) -> timedelta:
        return timezone.now() - datetime.fromisoformat(self.at)

    @property
    def is_ours(self) -> bool:
        """Whether it is a mark of this database's log, which has not been set back since."""
        return self.origin == changes.origin() and int(self.place.mark) <= int(changes.mark())

    @property
    def reached(self) -> Place:
        """Up to where small changes have been taken in."""
        return self.ahead or self.place

    def after(self, place: Place) -> Mark:
        """The mark of whoever has taken in what was logged up to there, as far as it is left to small updates."""
        return replace(self, ahead=place) if self.ahead else Mark(place, self.origin)

    def document(self) -> tantivy.Document:
        """The mark as the index keeps it."""
        made = tantivy.Document()
        made.add_text("kind", NOTE)
        made.add_text("key", NOTE)
        made.add_text(NOTE, json.dumps(asdict(self)))
        return made


def mark_of(searcher: tantivy.Searcher, engine_schema: tantivy.Schema) -> Mark | None:
    """The mark an index carries; None for one that was never finished, or was made by an older release."""
    hits = searcher.search(tantivy.Query.term_query(engine_schema, "key", NOTE), 1).hits
    if not hits:
        return None
    values = json.loads(searcher.doc(hits[0][1])[NOTE][0])
    if "place" not in values:
        return None
    ahead = values["ahead"] and Place(**values["ahead"])
    return Mark(Place(**values["place"]), values["origin"], values["at"], ahead)
