"""What a value that a filter does not know was meant to be: known ones that are called so, or almost so.

All that is compared is read at once, at most so many values; of longer lists only what would be the value of such a
name is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.utils.text import slugify
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from listing.terms import Term
from listing.text import is_plain

# More of them alike, and a reader is helped better by the list of values; so many values are compared, and so many of
# a query's wrong ones are looked at; a longer text is no name.
MOST_OFFERED, MOST_COMPARED, MOST_ASKED, LONGEST = 3, 5_000, 3, 100
# Up to this length a name is taken for another only where one letter differs; below the other, only where none does.
_ONE_CHANGE, _NO_CHANGE = 7, 4
_NAMES_APART = re.compile(r"[\n;]")

Called = tuple[str, Sequence[str]]


class Known(Protocol):
    """What knows the values, as filters do."""

    def called_values(self, most: int) -> list[tuple[str, list[str]]] | None: ...

    def known(self, values: list[str]) -> dict[str, Term]: ...


def meant(asked: Known, values: Iterable[str]) -> dict[str, list[Term]]:
    """For the first of these unknown values: the few known ones alike, by what they are called; none where many are."""
    tried = [value for value in values if is_plain(value) and len(value) <= LONGEST][:MOST_ASKED]
    called = asked.called_values(MOST_COMPARED) if tried else None
    if called is None:
        found = {value: [slug] for value in tried if (slug := slugify(value))}
    else:
        by_name = _by_name(called)
        found = {value: _alike(value, by_name) for value in tried}
    every = sorted({each for alike in found.values() for each in alike})
    terms = asked.known(every) if every else {}
    return {value: [terms[each] for each in alike if each in terms] for value, alike in found.items()}


def _by_name(called: Iterable[Called]) -> dict[str, list[str]]:
    """The values by all that they are called, themselves among it, as names are compared."""
    found: dict[str, list[str]] = {}
    for value, names in called:
        texts = [value, *(part for name in names for part in _NAMES_APART.split(name))]
        for key in dict.fromkeys(map(_bare, texts)):
            if key:
                found.setdefault(key, []).append(value)
    return found


def _alike(typed: str, by_name: Mapping[str, list[str]]) -> list[str]:
    """The values called so, else those called almost so; none where there are more than a few."""
    key = _bare(typed)
    names = [key] if key in by_name else _almost(key, list(by_name))
    values = list(dict.fromkeys(value for name in names for value in by_name[name]))
    return sorted(values) if len(values) <= MOST_OFFERED else []


def _almost(key: str, names: Sequence[str]) -> list[str]:
    """The nearest names, a letter or two away."""
    if len(key) < _NO_CHANGE:
        return []
    most = 1 if len(key) <= _ONE_CHANGE else 2
    near = process.extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=50)
    least = min((distance for _name, distance, _place in near), default=0)
    return [name for name, distance, _place in near if distance == least]


def _bare(text: str) -> str:
    """A name without case, accents, blanks and marks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if each.isalnum())


def question(terms: Sequence[Term]) -> str:
    """Whether one of these was meant, "" where there is none."""
    return _("Did you mean %(values)s?") % {"values": _(", ").join(map(in_words, terms))} if terms else ""


def in_words(term: Term) -> str:
    """A value as addresses write it, with what it is called where that is not the same."""
    name = " ".join(filter(None, (term.label, term.quoted)))
    if name == term.value:
        return term.value
    return _("%(value)s (%(name)s)") % {"value": term.value, "name": name}
