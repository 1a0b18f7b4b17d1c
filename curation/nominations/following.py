"""The source of a nomination is shown to readers once its case is."""

from collections.abc import Sequence

from django.db.models.signals import post_save

from cases.models import Initiative
from curation.nominations.models import Nomination
from records.signals import saved_together


def _show_source(sender, instance, raw=False, **kwargs):
    if not raw:
        _show_sources([instance])


def _show_sources_together(sender, rows, **kwargs):
    if sender is Initiative:
        _show_sources(rows)


def _show_sources(cases: Sequence[Initiative]) -> None:
    seen = [case.pk for case in cases if not case.hidden and case.state == Initiative.State.PUBLISHED]
    if not seen:
        return
    nominations = Nomination.objects.filter(case__in=seen, source__hidden=True).select_related("source")
    for nomination in {
        each.case_id: each for each in reversed(nominations)
    }.values():  # the first of each case
        nomination.source.hidden = False
        nomination.source.save(update_fields=["hidden"])


def connect() -> None:
    post_save.connect(
        _show_source, sender=Initiative, dispatch_uid="curation.nominations.following._show_source"
    )
    saved_together.connect(
        _show_sources_together, dispatch_uid="curation.nominations.following._show_sources_together"
    )
