"""Facet groups, finished for the template: label, count, selected, and the address that toggles each value.

A group is counted under the choices of all other groups but not its own, so that its numbers do not change
under the reader's hand; a chosen value stays visible at zero.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from listing.addresses import Address
from listing.filters import Facet
from listing.selection import Selection
from listing.terms import Term
from listing.text import is_plain

SHOWN = 12
Counted = tuple[Term, int]
# Behind "more" stand at most so many; what is beyond them is found by name.
MORE = 60


class FacetValue(NamedTuple):
    """One value of a filter. A page has some hundred."""

    value: str
    label: str
    quoted: str
    count: int
    selected: bool
    name: str
    address: Address

    @property
    def url(self) -> str:
        """The list with this value chosen, or no longer."""
        return str(self.address.toggled(self.name, self.value))


@dataclass(frozen=True)
class FacetGroup:
    """`values` are shown, `more` folded away, `beyond` counts those only the field `find_name` brings up.

    `is_same` says that nothing is chosen in it and its one value is that of every row: it can narrow nothing.

    A group of one value (`is_single`) takes no room of its own; it stands in a fold after the others. So does one that
    has a single value left only because of what was chosen in others: with nothing else to choose from, a heading is
    as idle there. What is judged is what the group shows, and that does not heed its own choice: no group moves under
    the hand of whoever ticks a value of it. It does move when others narrow it, even with its value chosen; nothing
    chosen is hidden by that, for the fold is open then.
    """

    name: str
    label: str
    note: str
    values: list[FacetValue]
    more: list[FacetValue] = field(default_factory=list)
    beyond: int = 0
    find: str = ""
    is_same: bool = False

    @property
    def find_name(self) -> str:
        """The name of the field that finds a value by its label; it filters values, not rows."""
        return f"find_{self.name}"

    @property
    def is_long(self) -> bool:
        """Whether the group has more values than are shown."""
        return bool(self.more or self.find)

    @property
    def is_single(self) -> bool:
        """Whether it has one value in all, and nothing is sought by name in it."""
        return len(self.values) == 1 and not self.is_long

    @property
    def is_chosen(self) -> bool:
        """Whether any of its values is chosen; those are always among the first."""
        return any(value.selected for value in self.values)


def groups(selection: Selection) -> list[FacetGroup]:
    """Every facet of the list, in the order they are declared."""
    made = [_group(selection, name, facet) for name, facet in selection.filters.facets.items()]
    every = cache(selection.number)
    return [replace(each, is_same=True) if _is_same(each, every) else each for each in made]


def _is_same(group: FacetGroup, every: Callable[[], int]) -> bool:
    """Whether nothing is chosen and all of the rows, whose number `every` gives, have the one value there is."""
    return group.is_single and not group.is_chosen and group.values[0].count == every()


def _group(selection: Selection, name: str, facet: Facet) -> FacetGroup:
    chosen = {term.value: term for term in selection.chosen.get(name, [])}
    counted = selection.tally(name, facet)
    if chosen:
        missing = chosen.keys() - {term.value for term, _count in counted}
        counted += [(chosen[value], 0) for value in missing]
    find = _find_text(selection, name)
    if chosen or find:
        first, rest = _split(in_order(counted), chosen, find)
    else:
        ordered = _foremost(counted, SHOWN + MORE)
        first, rest = ordered[:SHOWN], ordered[SHOWN:]
    address = selection.address

    def finished(each: Counted) -> FacetValue:
        term, count = each
        return FacetValue(term.value, term.label, term.quoted, count, term.value in chosen, name, address)

    return FacetGroup(
        name=name,
        label=str(facet.label),
        note=str(facet.note),
        values=[finished(each) for each in first],
        more=[finished(each) for each in rest[:MORE]],
        beyond=len(rest[MORE:]),
        find=find if rest or find else "",
    )


def in_order(counted: Iterable[Counted]) -> list[Counted]:
    """The values with most rows first; those with as many by their labels."""
    return sorted(counted, key=_order)


def _order(each: Counted) -> tuple[int, str, str]:
    term, count = each
    return -count, term.place, term.value


def _foremost(counted: list[Counted], most: int) -> list[Counted]:
    """The first so many in order, at least, and then the others in none: nobody sees them."""
    if len(counted) <= most:
        return in_order(counted)
    least = sorted([count for _term, count in counted], reverse=True)[most - 1]
    front = [each for each in counted if each[1] >= least]
    return in_order(front) + [each for each in counted if each[1] < least]


def _find_text(selection: Selection, name: str) -> str:
    text = selection.params.get(f"find_{name}", "").strip()
    return text[:100] if is_plain(text) else ""


def _split(ordered: list[Counted], chosen: Container[str], find: str) -> tuple[list[Counted], list[Counted]]:
    """The values shown at once (the most frequent or those sought, and every chosen one), and the rest."""
    most, sought = (MORE if find else SHOWN), find.casefold()
    first, rest, taken = [], [], 0
    for each in ordered:
        term = each[0]
        is_front = taken < most and (not find or sought in term.place or sought in term.value)
        taken += is_front
        (first if is_front or term.value in chosen else rest).append(each)
    return first, rest
