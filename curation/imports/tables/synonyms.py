"""Groups of words that find each other."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from curation.imports import cells
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder
from curation.imports.keys import Found, needed
from curation.imports.names import folded
from records.said import Said as _
from search.models import Synonym


def _find(values: dict, finder: Finder) -> Found:
    """The group that has one of its words; two such groups are not told apart."""
    words = values.get("words", "").splitlines()
    if not words:
        raise needed(Synonym, "words")
    place = "groups of synonyms"
    if place not in finder.kept:
        known: dict[str, set[int]] = {}
        for group in Synonym.objects.all():
            for word in group.members:
                known.setdefault(folded(word), set()).add(group.pk)
        finder.kept[place] = known
    found = set().union(*(finder.kept[place].get(folded(word), set()) for word in words))
    if len(found) > 1:
        raise Wrong(_("Its words stand in several groups: put them together first."), "words")
    pk = next(iter(found), None)
    return ((pk,) if pk else (folded(words[0]),)), pk


def _same(field: str):
    """The order of words says nothing."""

    def same(group: models.Model, words: str) -> bool:
        stored = {folded(word) for word in getattr(group, field).splitlines() if word.strip()}
        return {folded(word) for word in words.splitlines()} == stored

    return same


SYNONYMS = Importer(
    name="synonyms",
    label=gettext_lazy("Synonyms"),
    help=gettext_lazy("One group in a row. The next search knows it."),
    parts={"": Part(Synonym, _find)},
    columns=(
        Column(
            "words",
            gettext_lazy("words"),
            gettext_lazy("of one meaning, parted by semicolons"),
            cells.lines,
            required=True,
            same=_same("words"),
        ),
        Column(
            "only_typed",
            gettext_lazy("only typed"),
            gettext_lazy("parted by semicolons"),
            cells.lines,
            same=_same("only_typed"),
        ),
        Column(
            "reason",
            gettext_lazy("reason"),
            gettext_lazy("why they mean the same"),
            cells.text,
            required=True,
        ),
    ),
)
