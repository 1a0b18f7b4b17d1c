"""What the list of cases gives with the synonyms as they are, and what it would give with groups not saved yet.

Both sides are the list of cases itself, asked in the same state of the index; only the synonyms differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.lists import CaseList
from cases.models import Initiative
from listing.indexed import state_of_index
from listing.selection import Selection
from search.engine import Snapshot
from search.models import Synonym, lines
from search.trying import with_groups

MOST_QUERIES = 20
FIRST = CaseList.page_size  # whose places are compared: a page of the list
SHOWN = 20  # cases that are named of each kind of difference


@dataclass(frozen=True)
class Side:
    """What one side gives. `corrections`: what was looked for in place of a word that nothing holds."""

    count: int
    near: int
    is_partial: bool
    corrections: Sequence[tuple[str, str]]

    @property
    def said(self) -> list[str]:
        """How the query was understood, where otherwise than as typed."""
        text = _("“%(meant)s” is looked for instead of “%(typed)s”.")
        said = [text % {"meant": meant, "typed": typed} for typed, meant in self.corrections]
        if self.is_partial and self.count:
            said.append(_("No case holds all the words: these hold most of them."))
        return said


@dataclass(frozen=True)
class Place:
    """A case in the list, with its place on either side; None where it is not among the results there."""

    case: Initiative
    now: int | None
    then: int | None


@dataclass(frozen=True)
class Difference:
    """Cases of which one kind of thing is to be said: the first of them, and how many more there are."""

    places: Sequence[Place] = ()
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.places) + self.more


@dataclass(frozen=True)
class Compared:
    """One query on both sides. `problems` says why the list does not answer it; then there is nothing else."""

    query: str
    url: str = ""
    problems: Sequence[str] = ()
    now: Side | None = None
    then: Side | None = None
    come: Difference = field(default_factory=Difference)
    go: Difference = field(default_factory=Difference)
    moved: Difference = field(default_factory=Difference)

    @property
    def is_same(self) -> bool:
        """Whether a reader would see no difference."""
        differences = (self.come, self.go, self.moved)
        return self.now == self.then and not any(each.count for each in differences)


@dataclass(frozen=True)
class Trial:
    """Queries tried. `is_own`: the words of the groups, since none was typed; `left_out` words were too many.

    `is_building`: the index is being built, nothing can be tried yet.
    """

    compared: Sequence[Compared] = ()
    is_own: bool = False
    left_out: int = 0
    is_building: bool = False


def trial(queries: Sequence[str], changed: Sequence[Synonym] = (), gone: Sequence[Synonym] = ()) -> Trial:
    """Queries, or the words of the groups where there is none, as of now and as if the groups were saved or gone."""
    now = state_of_index(CaseList.kind)
    if now is None:
        return Trial(is_building=True)
    then = with_groups(now, changed, gone)
    asked = list(dict.fromkeys(queries)) or own_words(changed, gone)
    compared = [compare(query, now, then) for query in asked[:MOST_QUERIES]]
    return Trial(compared, not queries, max(len(asked) - MOST_QUERIES, 0))


def own_words(changed: Sequence[Synonym], gone: Sequence[Synonym] = ()) -> list[str]:
    """The words of groups as they are stored and as they would be, those first that are in one of both only."""
    numbers = [group.pk for group in (*changed, *gone) if group.pk]
    before, after = _words(Synonym.objects.filter(pk__in=numbers).order_by("pk")), _words(changed)
    every = dict.fromkeys([*after, *before])
    return sorted(every, key=lambda word: word in before and word in after)


def _words(groups: Iterable[Synonym]) -> list[str]:
    return [word for group in groups for word in (*group.members, *lines(group.only_typed))]


def compare(query: str, now: Snapshot, then: Snapshot) -> Compared:
    """A query as the list of cases answers it in two states."""
    before, after = _asked(query, now), _asked(query, then)
    url = str(before.address)
    if before.problems:
        return Compared(query, url, [problem.in_words for problem in before.problems])
    old, new = _places(before), _places(after)
    moved = [pk for pk in new if pk in old and old[pk] != new[pk] and min(old[pk], new[pk]) <= FIRST]
    return Compared(
        query,
        url,
        now=_side(before),
        then=_side(after),
        come=_difference([pk for pk in new if pk not in old], old, new),
        go=_difference([pk for pk in old if pk not in new], old, new),
        moved=_difference(moved, old, new, most=2 * FIRST),
    )


def _asked(query: str, state: Snapshot) -> Selection:
    params = QueryDict(mutable=True)
    params["q"] = query
    return CaseList().select(params, reverse("cases:initiative_list"), state=state)


def _places(asked: Selection) -> dict[int, int]:
    return {pk: place for place, pk in enumerate(asked.rows.ids(), 1)}


def _side(asked: Selection) -> Side:
    found = asked.index.found
    corrections = [pair for meaning in found.meanings for pair in meaning.corrections]
    return Side(found.count, found.near_count, found.is_partial, corrections)


def _difference(
    numbers: list[int], old: dict[int, int], new: dict[int, int], most: int = SHOWN
) -> Difference:
    cases = Initiative.objects.public().order_by().select_related("city").in_bulk(numbers[:most])
    places = [Place(cases[pk], old.get(pk), new.get(pk)) for pk in numbers[:most] if pk in cases]
    return Difference(places, len(numbers) - len(places))
