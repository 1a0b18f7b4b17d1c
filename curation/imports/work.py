"""The steps of an import: made, planned, confirmed, undone. Long ones go on while their page says how far they are.

What is going on is written down in the import itself, so that one whose process was killed can be started again: a
plan is only read from, and confirming is one transaction.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from curation.imports import applying, limits, mapping, origins, own_source, reading, rights
from curation.imports.encodings import Unreadable
from curation.imports.models import Import, ImportedFile, ImportRow
from curation.imports.planning import Plan
from curation.imports.tables import IMPORTERS
from records import history
from records.operations import Operation
from records.reverting import Refused, undo
from records.said import Anew, Text, told_apart
from records.said import Said as _
from sources.models import Source

State = Import.State
_MOST_SAID = 20
NOTHING = _("There is nothing to import: no row is new or changed.")
# A process that has said nothing for so long has ended.
SILENT = timedelta(seconds=60)
AT_WORK = (State.PLANNING, State.CONFIRMING, State.UNDOING)


def begin(
    table: str, name: str, content: bytes, source: Source | None, user: Any, how: reading.How
) -> Import:
    """Keeps a file and what was recognised of it. Raises Unreadable; nothing is kept then."""
    return keep(table, name, content, source, user, reading.read(content, how))


def keep(
    table: str,
    name: str,
    content: bytes,
    source: Source | None,
    user: Any,
    found: reading.Table,
    new_source: dict[str, str] | None = None,
) -> Import:
    """Keeps a file that was read: apart, so that nobody waits for the database while a file is read.

    `new_source` describes the source that is made with the import, where it has none that is there.
    """
    importer = IMPORTERS[table]
    with transaction.atomic():
        made = Import.objects.create(
            table=table,
            file_name=name[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            source=source,
            new_source=new_source or {},
            user=user,
            by=user.get_username() if user else "",
            rows_total=len(found.rows),
            columns=mapping.remembered(importer, found.heading) or mapping.by_name(importer, found.heading),
            language=get_language() or "en",
            encoding=found.how.encoding,
            separator=found.how.separator,
            sheet=found.how.sheet,
        )
        ImportedFile.objects.create(of=made, content=content)
        own_source.source_of(made)
    return made


def table_of(job: Import) -> reading.Table:
    """The file of an import as a table, read as was chosen. Raises Unreadable."""
    content = bytes(ImportedFile.objects.get(of=job).content)
    return reading.read(content, reading.How(job.encoding, job.separator, job.sheet))


def _alive(job: Import, **values: Any) -> None:
    """Writes that it goes on; a `problem` is kept in each language, for whoever looks at it."""
    if "problem" in values:
        values["problem"], values["problem_said"] = told_apart(values["problem"])
    Import.objects.filter(pk=job.pk).update(alive_at=timezone.now(), **values)


def is_stuck(job: Import) -> bool:
    """Whether the process that worked on it has ended before it was done."""
    if job.state not in AT_WORK:
        return False
    return job.alive_at is None or timezone.now() - job.alive_at > _patience(job)


def _patience(job: Import) -> timedelta:
    """How long nothing need be heard: a transaction tells nothing before its end."""
    return SILENT if job.state == State.PLANNING else SILENT + timedelta(seconds=job.rows_total / 20)


def plan(job: Import, table: reading.Table | None = None) -> None:
    """Makes the preview; a long one in a thread of its own."""
    again = {"rows_done": 0, "problem": "", "leave_out": False, "language": get_language() or "en"}
    _alive(job, state=State.PLANNING, **again)
    _start(job, _plan, job.rows_total)


def confirm(job: Import, leave_out: bool, reason: str, user: Any = None) -> bool:
    """Does what the preview says, if it still holds; False where somebody else is at it.

    `user` must have the rights that this takes; without one it is the operator, in the name of who sent the file.
    """
    mine = Import.objects.filter(pk=job.pk, state=State.PLANNED)
    reason = reason.replace("\0", "")
    if not mine.update(
        state=State.CONFIRMING,
        alive_at=timezone.now(),
        leave_out=leave_out,
        reason=reason,
        problem="",
        problem_said={},
        language=get_language() or "en",
    ):
        return False
    _start(job, partial(_confirm, user=user), job.rows_total)
    return True


def take_back(job: Import, user: Any, reason: str) -> bool:
    """Undoes all that an import did; False where somebody else is at it. What stands in the way is its `problem`.

    `user` must have the rights that each of the changes takes.
    """
    mine = Import.objects.filter(pk=job.pk, state=State.DONE, operation__isnull=False)
    language = get_language() or "en"
    if not mine.update(
        state=State.UNDOING, alive_at=timezone.now(), problem="", problem_said={}, language=language
    ):
        return False
    _start(job, partial(_take_back, user=user, reason=reason), job.rows_total)
    return True


def _start(job: Import, work: Any, rows: int) -> None:
    if rows <= limits.AT_ONCE or not settings.IMPORTS_IN_BACKGROUND:
        _run(job.pk, work)
        return
    threading.Thread(target=_run_apart, args=(job.pk, work), daemon=True).start()


def _run_apart(pk: int, work: Any) -> None:
    try:
        _run(pk, work)
    finally:
        connection.close()


def _run(pk: int, work: Any) -> None:
    job = Import.objects.get(pk=pk)
    with override(job.language):
        try:
            work(job)
        except Unreadable as error:
            _alive(job, state=State.READ, problem=str(error))
        except DatabaseError as error:
            text = _("The database refused it, and nothing was saved: %(error)s. Make the preview again.")
            _alive(job, state=State.READ, problem=text % {"error": str(error)})
        except BaseException:
            before = State.DONE if job.state == State.UNDOING else State.READ
            _alive(job, state=before, problem=_("This went wrong, and nothing was saved. Try again."))
            raise


def _made(job: Import, table: reading.Table, tell: Any = lambda done: None) -> Plan:
    return Plan(IMPORTERS[job.table], table, job.columns, own_source.source_of(job), tell)


def _plan(job: Import) -> None:
    made = _made(job, table_of(job), lambda done: _alive(job, rows_done=done))
    with transaction.atomic():
        _keep(job, made)


def _keep(job: Import, made: Plan, problem: Text = "") -> None:
    ImportRow.objects.filter(of=job).delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                of=job,
                line=row.line,
                status=row.status,
                name=row.name[:300],
                changes=row.changes,
                problems=row.problems,
            )
            for row in made.rows
        ),
        batch_size=500,
    )
    _alive(job, state=State.PLANNED, counts=made.counts, digest=made.digest, problem=problem)


def _confirm(job: Import, user: Any) -> None:
    table = table_of(job)  # before the transaction: others write meanwhile
    try:
        with transaction.atomic():
            _import(job, table, user)
    except Refused as refused:
        _alive(job, state=State.PLANNED, problem=_in_lines(refused.problems))


def _import(job: Import, table: reading.Table, user: Any) -> None:
    # Looked at again in the same transaction: what is done is what was seen.
    made = _made(job, table)
    if made.digest != job.digest:
        _keep(job, made, _("The catalogue has changed since this preview was made. Look at it again."))
        return
    if made.counts[ImportRow.Status.REFUSED] and not job.leave_out:
        _alive(job, state=State.PLANNED, problem=_("Rows are refused: nothing was imported."))
        return
    if not to_do(made.counts):
        _alive(job, state=State.PLANNED, problem=NOTHING)
        return
    who = user or job.user
    with history.operation(Operation.Kind.IMPORT, who, _reason(job), subject_of(job)) as done:
        own_source.show(job)
        applying.apply(made)
        origins.keep(job, made)
    rights.hold_to(user, done.saved)
    rights.insist(user, job.reason, done.saved, with_new=False)
    _alive(job, state=State.DONE, operation=done.saved)


def to_do(counts: dict[str, int]) -> int:
    """How many rows of a plan make or change anything."""
    return counts.get(ImportRow.Status.NEW, 0) + counts.get(ImportRow.Status.CHANGED, 0)


def _take_back(job: Import, user: Any, reason: str) -> None:
    def act() -> None:
        done = undo(job.operation, user, reason)
        rights.hold_to(user, done)
        rights.insist(user, reason, done, with_new=True)

    try:
        with transaction.atomic():
            act()
            _alive(job, state=State.DONE)
    except Refused as refused:
        first, language = refused.problems[:_MOST_SAID], get_language()
        why = Anew(lambda: str(_in_lines(first if get_language() == language else _refusals(act, first))))
        _alive(job, state=State.DONE, problem=why)


def _refusals(act: Callable[[], None], first: list) -> list:
    """What stands in the way of something, tried anew to be told in another language; `first` if nothing is."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Refused as refused:
        return refused.problems[:_MOST_SAID]
    return first


def _in_lines(problems: list) -> Anew:
    return Anew(lambda: "\n".join(map(str, problems)))


def subject_of(job: Import) -> Anew:
    """What the history calls it."""
    return Anew(lambda: f"{IMPORTERS[job.table].label}: {job.file_name}")


def _reason(job: Import) -> Text:
    """Why, and which rows were left out."""
    refused = job.rows.filter(status=ImportRow.Status.REFUSED)
    out = list(refused.values_list("line", flat=True)) if job.leave_out else []
    if not out:
        return job.reason

    def said() -> str:
        left_out = str(_("Rows left out: %(rows)s.") % {"rows": ", ".join(map(str, out))})
        return "\n".join(filter(None, (job.reason, left_out)))

    return Anew(said)
