"""Chips: each applied value with the address that takes just it away."""

from dataclasses import dataclass

from listing.selection import Selection


@dataclass(frozen=True)
class Chip:
    name: str
    heading: str
    value: str
    label: str
    quoted: str
    url: str


def chips(selection: Selection) -> list[Chip]:
    """One for every applied value, what was typed included, in the order of the filters."""
    address = selection.address
    return [
        Chip(
            name=name,
            heading=str(selection.filters.filters[name].label),
            value=term.value,
            label=term.label,
            quoted=term.quoted,
            url=str(address.without(name, term.value)),
        )
        for name, terms in selection.chosen.items()
        for term in terms
    ]


def address_without_filters(selection: Selection) -> str:
    """Where "clear all" leads: the list in the same order, with no filter."""
    address = selection.address
    for name in selection.filters.filters:
        address = address.without(name)
    return str(address)
