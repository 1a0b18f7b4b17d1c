"""Some cases of a theme put under another one, old or new, instead of it or beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Theme, ThemeBroader
from curation.vocabularies import links
from records import history
from records.operations import Operation
from records.said import Anew

INSTEAD, BESIDE = "instead", "beside"
MOST_WORDS = 10


@dataclass(frozen=True)
class Split:
    """What staff ask for. `into` is not saved yet where it is new; `is_narrower`: it becomes part of the old one."""

    theme: Theme
    into: Theme
    how: str
    reason: str
    is_narrower: bool = False


def found(theme: Theme, words: str) -> QuerySet:
    """The links of a theme whose case, city or reason holds all of these words."""
    condition = Q()
    for word in words.split()[:MOST_WORDS]:
        condition &= (
            Q(initiative__title__icontains=word)
            | Q(initiative__city__name__icontains=word)
            | Q(initiative__city__name_local__icontains=word)
            | Q(reason__icontains=word)
        )
    return links.of_theme(theme).filter(condition).order_by("initiative__title", "initiative__slug", "pk")


def split(wanted: Split, chosen: QuerySet, user: Any) -> Operation | None:
    """Does it, in one operation, which undo takes back whole; None where nothing was to be done."""
    subject = Anew(lambda: _("%(theme)s, split: %(into)s") % {"theme": wanted.theme, "into": wanted.into})
    with history.operation(Operation.Kind.MERGE, user, wanted.reason, subject) as done:
        if wanted.into.pk is None:
            wanted.into.save()
            if wanted.is_narrower:
                ThemeBroader.objects.create(narrower=wanted.into, broader=wanted.theme)
        rows = list(links.with_names(chosen))
        if wanted.how == BESIDE:
            links.add(rows, wanted.into, wanted.reason)
        else:
            links.move(rows, wanted.into, wanted.reason)
    return done.saved
