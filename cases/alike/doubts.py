"""What speaks against a figure that is compared: edits, corrections, source checks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cities.models import City, Figure
from records.edits import edited
from sources.models import Ruling
from sources.remarks import add_remarks, notes_of


@dataclass(frozen=True)
class Doubt:
    """What kind of doubt, in the language of the page; an editor's words, which are English; a page about it."""

    label: str
    text: str = ""
    url: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.label, self.text)))


def corrected(figures: Sequence[Figure]) -> dict[int, list[Doubt]]:
    """Figures that an editor changed after they were read."""
    return {pk: [Doubt(_("corrected by an editor"))] for pk in edited(figures)}


def ruled(figures: Sequence[Figure]) -> dict[int, list[Doubt]]:
    """Figures in whose lines an editor found a defect of the source."""
    placed = [each for each in figures if each.source_id and each.first_line]
    within = Q(pk__in=[])
    for each in placed:
        within |= Q(source=each.source_id, first_line__lte=each.last_line, last_line__gte=each.first_line)
    rulings = list(Ruling.objects.public().filter(within).order_by("first_line", "key"))
    return {
        each.pk: [
            Doubt(ruling.kind_label, ruling.reason)
            for ruling in rulings
            if ruling.source_id == each.source_id
            and ruling.first_line <= each.last_line
            and ruling.last_line >= each.first_line
        ]
        for each in placed
    }


def checked(figures: Sequence[Figure]) -> dict[int, list[Doubt]]:
    """Figures that a source check speaks of; the set of each is at hand."""
    add_remarks(figures, notes_of(City, {each.figures.city_id for each in figures}))
    return {
        each.pk: [
            Doubt(
                _("source check: %(kind)s, %(severity)s")
                % {"kind": note.get_kind_display(), "severity": note.get_severity_display()},
                url=note.get_absolute_url(),
            )
            for note in each.remarks
        ]
        for each in figures
    }


# Each gives doubts by the primary key of the figure, in a bounded number of queries for all of them.
_DOUBTERS = (corrected, ruled, checked)


def doubts(figures: Sequence[Figure]) -> dict[int, list[Doubt]]:
    """All doubts about these figures, by primary key."""
    found = defaultdict(list)
    for doubter in _DOUBTERS if figures else ():
        for pk, some in doubter(figures).items():
            found[pk] += some
    return dict(found)
