"""What is not wanted is let go: an import that was never done is deleted, one that was taken back is left as that.

With either goes the source that was made for what was tried last, unless something else uses it by then.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curation.imports import own_source
from curation.imports.models import Import
from records import history
from records.operations import Operation
from records.said import Anew

State = Import.State
WHERE = (State.READ, State.PLANNED)


def discard(job: Import, user: Any) -> bool:
    """Deletes an import, or leaves it as it was taken back; False where it has gone on, and nothing is done."""
    mine = Import.objects.filter(pk=job.pk, state__in=WHERE)
    with transaction.atomic():
        # Written before it is read: nobody confirms it from here on.
        if not mine.update(alive_at=timezone.now()):
            return False
        there = mine.get()
        if there.operation is not None and not there.operation.undoing:
            return False
        source, was_done = there.own_source, there.operation is not None
        with history.operation(Operation.Kind.EDIT, user, _why(was_done)):
            if was_done:
                there.rows.all().delete()
                mine.update(state=State.DONE, problem="", counts={})
            else:
                mine.delete()
            own_source.take_away(source)
    return True


def settle(job: Import) -> None:
    """Has an import count as done where its taking back was taken back from the log, after "Back to the columns".

    What it made is there then, its source too. Going on would make that a second time, and lose the way to undo it.
    """
    if job.state not in WHERE or job.operation is None or job.operation.undoing:
        return
    with transaction.atomic(), history.operation(Operation.Kind.EDIT, None, _why(True)):
        job.state, job.problem = State.DONE, ""
        job.save(update_fields=["state", "problem"])
        own_source.back_to_the_first(job)


def _why(was_done: bool) -> Anew:
    if was_done:
        return Anew(lambda: _("It was made to try an import once more, and that was not done."))
    return Anew(lambda: _("It was made with an import that was deleted before it was done."))
