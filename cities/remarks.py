"""Source checks about the figures of cities, for lists and exports: of a room above (see sources/remarks.py)."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from cities.places import City, CityFigures
from sources.remarks import add_remarks, notes_of

# What says of which figure a source check speaks.
_NEEDED = ("slug", "source", "city", "kind", "severity", "lines", "printed", "concerns")


def with_checks(sets: QuerySet) -> QuerySet:
    """The sets, and with each city its `public_notes`: one query however many sets are read at a time."""
    notes = City._meta.get_field("notes").related_model.objects.public()
    # Those that name claims speak of a case.
    notes = notes.filter(concerns="").only(*_NEEDED)
    return sets.prefetch_related(Prefetch("city__notes", notes, to_attr="public_notes"))


def remark(figures: CityFigures) -> None:
    """Gives the public figures of a set their `remarks`: the source checks that speak of each."""
    notes = getattr(figures.city, "public_notes", None)
    add_remarks(figures.public_figures, notes_of(City, [figures.city_id]) if notes is None else notes)


def checks_of(figures: CityFigures) -> list[str]:
    """The slugs of the source checks about the figures of a set, each once."""
    remark(figures)
    return list(dict.fromkeys(note.slug for figure in figures.public_figures for note in figure.remarks))
