"""Links for long exports: what the columns ask of a link, read as plain values (see listing/bulk.py)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from cases.evidence import place_of
from cases.models import CommitmentLink, Initiative
from declarations.models import Article
from listing.addresses import address_of
from sources.models import Source

_PLAIN = ("initiative_id", "article_id", "source_id", "basis", "reason", "lines", "editor")


@dataclass(frozen=True)
class _Placed:
    """A link that knows only where it stands."""

    case: str
    place: str

    def get_absolute_url(self) -> str:
        """As the record has it."""
        return f"{address_of('cases:initiative', self.case)}#{self.place}"


class Links:
    """Reads public links by their numbers; one for each export.

    Whether a case or an article is public is asked of each of them, not of each link: joined to a thousand links by
    their numbers, a database may begin with the articles, and look at every link there is.
    """

    attributes = ("initiative", "article", "source", "basis", "reason", "lines", "editor", "place")
    shared = frozenset(("initiative", "article", "source", "basis"))

    def __init__(self):
        self._cases: dict[int, Initiative] = {}  # those of the links read last

    def read(self, ids: Sequence[int]) -> list[Sequence[Hashable]]:
        """The plain values of the links with these numbers, in their order; its place is case and article."""
        rows = CommitmentLink.objects.filter(pk__in=ids, hidden=False).order_by()
        found = {plain[0]: plain[1:] for plain in rows.values_list("pk", *_PLAIN)}
        self._cases = _public_cases({plain[0] for plain in found.values()})
        shown = (found[pk] for pk in ids if pk in found)
        return [
            (*plain, plain[:2]) for plain in shown if plain[0] in self._cases and plain[1] in self._articles
        ]

    def parts(self, attribute: str, plain: Collection[Hashable]) -> Iterator[Any]:
        """For each plain value a link that knows only this attribute."""
        if attribute == "place":
            for case, article in plain:
                yield _Placed(self._cases[case].slug, self._places[article])
            return
        known = self._records(attribute)
        for value in plain:
            yield SimpleNamespace(**{attribute: value if known is None else known[value]})

    def _records(self, attribute: str) -> Mapping[Hashable, Any] | None:
        """The records behind numbers; None for an attribute that is no relation."""
        known = {"initiative": self._cases, "article": self._articles, "source": self._sources}
        return known.get(attribute)

    @cached_property
    def _articles(self) -> dict[int, Article]:
        return Article.objects.public().select_related("declaration").in_bulk()

    @cached_property
    def _places(self) -> dict[int, str]:
        return {pk: place_of(article) for pk, article in self._articles.items()}

    @cached_property
    def _sources(self) -> dict[int | None, Source | None]:
        return {None: None} | Source.objects.only("slug").in_bulk()


def _public_cases(ids: Collection[int]) -> dict[int, Initiative]:
    cases = Initiative.objects.public().filter(pk__in=ids).order_by().select_related("city")
    return {case.pk: case for case in cases.only("slug", "title", "city__slug", "city__name")}
