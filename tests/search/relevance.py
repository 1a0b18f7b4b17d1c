"""How well the catalogue's own queries are answered: data/queries.toml asked of an index, and scored."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.http import QueryDict

from cases.filters import CaseFilters
from cases.models import Initiative
from listing.indexed import IndexedList
from search.corpus import corpora
from search.engine import Snapshot
from search.kinds import OfManyKinds
from search.service import snapshot

DATA = Path(__file__).parent / "data" / "queries.toml"
DEPTH = 10


@dataclass(frozen=True)
class Asked:
    """One query with the pages it wants; `also` are worth finding and need not come first."""

    text: str
    kind: str
    wanted: Sequence[str]
    also: Sequence[str] = ()
    where: str = "cases"
    texts: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of one query."""

    asked: Asked
    found: Sequence[str]
    ndcg: float

    @property
    def is_first(self) -> bool:
        """Whether a wanted page came first."""
        return bool(self.found) and self.found[0] in self.asked.wanted


def queries() -> list[Asked]:
    """The queries that have an answer."""
    return [Asked(**each) for each in tomllib.loads(DATA.read_text(encoding="utf-8"))["queries"]]


def unanswerable() -> list[str]:
    """Queries about what the catalogue does not hold."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))["unanswerable"]["texts"]


def answer(snapshot: Snapshot, asked: Asked) -> Answer:
    """The first pages for a query, as the lists have them: results, then near."""
    found = cases(asked.text) if asked.where == "cases" else everything(snapshot, asked.text)
    return Answer(asked, found, _ndcg(asked, found))


def cases(text: str) -> list[str]:
    """The slugs of the cases for a text, best first, by the filters of /cases/?q=."""
    filters = CaseFilters(QueryDict(urlencode({"q": text})), Initiative.objects.public())
    found = IndexedList("case", filters, snapshot()).found
    hits = found.best(0, DEPTH)
    hits += found.near(0, DEPTH - len(hits))
    slugs = dict(Initiative.objects.values_list("pk", "slug"))
    return [slugs[id] for id, _score in hits]


def _ndcg(asked: Asked, found: Sequence[str]) -> float:
    """Wanted pages gain 2, those also worth finding 1."""
    gains = dict.fromkeys(asked.also, 1) | dict.fromkeys(asked.wanted, 2)
    best = _discounted(sorted(gains.values(), reverse=True))
    return _discounted([gains.get(slug, 0) for slug in found]) / best


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:DEPTH]))


KINDS = ("case", "city", "declaration", "article", "alliance", "plan")


def everything(snapshot: Snapshot, text: str) -> list[str]:
    """What is found of any kind, as "kind:slug", best first."""
    found = OfManyKinds(snapshot, (text,), KINDS)
    hits = found.best(0, DEPTH)
    hits += found.near(DEPTH - len(hits))
    slugs = {
        (corpus.kind, document.id): document.slug
        for corpus in corpora()
        for document in corpus.load([hit.id for hit in hits if hit.kind == corpus.kind])
    }
    return [f"{hit.kind}:{slugs[hit.kind, hit.id]}" for hit in hits]
