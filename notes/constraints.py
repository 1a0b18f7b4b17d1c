"""What the database holds every note to, whoever writes it, and what is said where it does not fit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notes.vocabularies import Answer, Finder, Kind, Severity

NEEDS_REASON = _(
    "An answer needs its reason, and the time it was given; a question that is open has neither."
)
NEEDS_RULING = _("“Corrected” needs the correction it speaks of, and no other answer has one.")
NEEDS_CHECK = _("What a check found carries the name of the check; what only an editor read does not.")


def _one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"note_{field}",
        violation_error_message=_("Choose one of the list."),
    )


CONSTRAINTS = [
    _one_of("kind", Kind),
    _one_of("severity", Severity),
    _one_of("found_by", Finder),
    _one_of("answer", Answer),
    models.CheckConstraint(
        condition=(Q(answer=Answer.OPEN, answer_reason="", answered_at__isnull=True))
        | (~Q(answer=Answer.OPEN) & ~Q(answer_reason="") & Q(answered_at__isnull=False)),
        name="note_answer_has_reason",
        violation_error_message=NEEDS_REASON,
    ),
    models.CheckConstraint(
        condition=Q(answer=Answer.CORRECTED, ruling__isnull=False)
        | (~Q(answer=Answer.CORRECTED) & Q(ruling__isnull=True)),
        name="note_corrected_by_ruling",
        violation_error_message=NEEDS_RULING,
    ),
    models.CheckConstraint(
        condition=Q(found_by=Finder.EDITOR, check_name="", check_key__isnull=True)
        | (~Q(found_by=Finder.EDITOR) & ~Q(check_name="") & Q(check_key__isnull=False)),
        name="note_check_named",
        violation_error_message=NEEDS_CHECK,
    ),
    models.CheckConstraint(
        condition=Q(difference_pct__isnull=True) | Q(difference_pct__gte=0),
        name="note_difference",
        violation_error_message=_("A difference is not below zero."),
    ),
    models.CheckConstraint(
        condition=~Q(lines="") & ~Q(note=""),
        name="note_says_where_and_what",
        violation_error_message=_("A source check needs its lines, and what does not fit."),
    ),
]
