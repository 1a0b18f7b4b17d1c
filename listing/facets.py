"""Facet groups, finished for the template: label, count, selected, and the address that toggles each value.

A group is counted under the choices of all other groups but not its own, so that its numbers do not change
under the reader's hand; a chosen value stays visible at zero.
"""

from dataclasses import dataclass, field

from listing.addresses import Address
from listing.filters import Facet, Term
from listing.selection import Selection
from listing.text import is_plain

SHOWN = 12
# Behind "more" stand at most so many; what is beyond them is found by name.
MORE = 60


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
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
    """`values` are shown, `more` folded away, `beyond` counts those only the field `find_name` brings up."""

    name: str
    label: str
    note: str
    values: list[FacetValue]
    more: list[FacetValue] = field(default_factory=list)
    beyond: int = 0
    find: str = ""

    @property
    def find_name(self) -> str:
        """The name of the field that finds a value by its label; it filters values, not rows."""
        return f"find_{self.name}"

    @property
    def is_long(self) -> bool:
        """Whether the group has more values than are shown."""
        return bool(self.more or self.find)


def groups(selection: Selection) -> list[FacetGroup]:
    """Every facet of the list, in the order they are declared."""
    return [_group(selection, name, facet) for name, facet in selection.filters.facets.items()]


def _group(selection: Selection, name: str, facet: Facet) -> FacetGroup:
    chosen = selection.chosen.get(name, [])
    find = _find_text(selection, name)
    counts = dict.fromkeys(chosen, 0) | selection.tally(name, facet)
    ordered = sorted(counts, key=lambda term: (-counts[term], term.label.casefold(), term.value))
    first, rest = _split(ordered, chosen, find)
    address = selection.address

    def finished(term: Term) -> FacetValue:
        return FacetValue(term.value, term.label, counts[term], term in chosen, name, address)

    return FacetGroup(
        name=name,
        label=str(facet.label),
        note=str(facet.note),
        values=[finished(term) for term in first],
        more=[finished(term) for term in rest[:MORE]],
        beyond=len(rest[MORE:]),
        find=find if rest or find else "",
    )


def _find_text(selection: Selection, name: str) -> str:
    text = selection.params.get(f"find_{name}", "").strip()
    return text[:100] if is_plain(text) else ""


def _split(ordered: list[Term], chosen: list[Term], find: str) -> tuple[list[Term], list[Term]]:
    """The values shown at once (the most frequent or those sought, and every chosen one), and the rest."""
    if find:
        sought = find.casefold()
        front = [term for term in ordered if sought in term.label.casefold() or sought in term.value]
    else:
        front = ordered
    front = {*front[: MORE if find else SHOWN], *chosen}
    return [term for term in ordered if term in front], [term for term in ordered if term not in front]
