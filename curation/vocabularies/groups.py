"""Groups of synonyms put together, and one taken apart: what would come of it, and doing it in one operation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _

from curation.imports import origins
from curation.merging.merge import state_of
from curation.vocabularies.links import both
from records import history
from records.operations import Operation
from records.said import Anew
from search.models import Synonym, lines
from search.synonyms import Stems, spellings

FIELDS = ("words", "only_typed", "reason")


class Changed(Exception):
    """The groups are not as they were looked at; nothing was done."""


@dataclass(frozen=True)
class Double:
    """A word that another group has already, as `same`. `is_word`: there it is looked for, here it was only typed."""

    word: str
    group: Synonym
    same: str
    is_word: bool = False


@dataclass
class Union:
    """What several groups hold together. `said` has the reason of each, and whether another one says it already."""

    words: list[str] = field(default_factory=list)
    only_typed: list[str] = field(default_factory=list)
    reason: str = ""
    doubles: list[Double] = field(default_factory=list)
    said: list[tuple[Synonym, bool]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        """The fields of a group that holds all this."""
        return {
            "words": "\n".join(self.words),
            "only_typed": "\n".join(self.only_typed),
            "reason": self.reason,
        }


def union(groups: Iterable[Synonym]) -> Union:
    """What groups hold together, each word once, as search tells words apart. What one looks for stays a word."""
    groups, made = list(groups), Union()
    sought: dict[Stems, str] = {}
    typed: dict[Stems, str] = {}
    for group in groups:
        made.words += _new(group, group.members, sought, made.doubles)
    for group in groups:
        own = lines(group.only_typed)
        apart = [word for word in own if not _known(word, sought)]
        made.doubles += [
            Double(word, group, _known(word, sought), is_word=True) for word in own if word not in apart
        ]
        made.only_typed += _new(group, apart, typed, made.doubles)
    reasons = [group.reason.strip() for group in groups]
    made.reason = reduce(both, reasons)
    made.said = list(zip(groups, _doubled(reasons), strict=True))
    return made


def _doubled(reasons: Sequence[str]) -> list[bool]:
    """Whether each reason is part of a longer one, or of one as long before it."""
    return [
        any(one in other and (one != other or before < place) for before, other in enumerate(reasons))
        for place, one in enumerate(reasons)
    ]


def _new(group: Synonym, words: Sequence[str], known: dict[Stems, str], doubles: list[Double]) -> list[str]:
    """Those of the words that no earlier group has. Two spellings in one group were meant, and stay."""
    new = []
    for word in words:
        if same := _known(word, known):
            doubles.append(Double(word, group, same))
        else:
            new.append(word)
    known |= {stems: word for word in new for stems in spellings(word)}
    return new


def _known(word: str, known: dict[Stems, str]) -> str:
    return next((known[stems] for stems in spellings(word) if stems in known), "")


def merge(kept: Synonym, others: Sequence[Synonym], seen: str, user: Any, why: str) -> Operation:
    """Saves a group, changed already, in place of itself and others, in one operation, which undo takes back whole.

    Raises Changed where the groups are not in the state `seen` any more.
    """
    subject = Anew(lambda: _("%(theme)s → %(into)s") % {"theme": "; ".join(map(str, others)), "into": kept})
    with history.operation(Operation.Kind.MERGE, user, why, subject) as done:
        stored = {group.pk: group for group in _locked([kept, *others], seen)}
        for other in others:
            origins.follow(kept, stored[other.pk])
            stored[other.pk].delete()
        _save(stored[kept.pk], kept)
    return done.saved


def parted(group: Synonym, stays: Collection[str], leaves: Collection[str]) -> tuple[Synonym, Synonym]:
    """A group with the words that stay, and a new one with those that leave, neither saved, both with its reason."""
    made = []
    for pk, chosen in ((group.pk, stays), (None, leaves)):
        words, only_typed = (
            "\n".join(word for word in own if word in chosen)
            for own in (group.members, lines(group.only_typed))
        )
        made.append(Synonym(pk=pk, words=words, only_typed=only_typed, reason=group.reason))
    return made[0], made[1]


def split(group: Synonym, parts: tuple[Synonym, Synonym], seen: str, user: Any, why: str) -> Operation:
    """Saves the parts of a group in one operation. Raises Changed where it is not in the state `seen` any more."""
    stays, leaves = parts
    subject = Anew(lambda: _("%(theme)s, split: %(into)s") % {"theme": group, "into": leaves})
    with history.operation(Operation.Kind.MERGE, user, why, subject) as done:
        (stored,) = _locked([group], seen)
        _save(stored, stays)
        leaves.save()
    return done.saved


def _save(stored: Synonym, changed: Synonym) -> None:
    """Its key and what was loaded stay, so that loading knows it again, and that it was edited."""
    for name in FIELDS:
        setattr(stored, name, getattr(changed, name))
    stored.save()


def _locked(groups: Sequence[Synonym], seen: str) -> list[Synonym]:
    """The groups as they are stored; whoever saves one of them at the same time waits."""
    numbers = [group.pk for group in groups]
    stored = list(Synonym.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    if state_of(stored) != seen:
        raise Changed
    return stored
