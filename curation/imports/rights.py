"""Who may import a table, and who may do what an import did, row by row: the same that each change takes by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from curation.imports.declared import Importer
from curation.imports.models import Import
from curation.imports.tables import IMPORTERS
from records import reverting
from records.admin.reason import NEEDED
from records.operations import Operation
from records.reverting import Refused
from records.rights import names_of_rights
from records.said import Anew
from records.seen_changes import show_to_readers

RIGHT = "curation.import_records"
VIEW, CHANGE, DELETE = (f"curation.{action}_import" for action in ("view", "change", "delete"))


def may(user: Any, importer: Importer) -> bool:
    """Whether somebody may import that table: lists at all, and make and change its records."""
    return user.has_perms([RIGHT, *importer.rights])


def may_see(user: Any, job: Import) -> bool:
    """Whether somebody may look at the page of an import: whoever may view imports, or import its table."""
    return user.has_perm(VIEW) or may(user, IMPORTERS[job.table])


def may_plan(user: Any, job: Import) -> bool:
    """Whether somebody may read, plan or try an import anew: one's own, or with the right to change imports.

    It may make the hidden source of the import once more.
    """
    return may(user, IMPORTERS[job.table]) and (_is_own(user, job) or user.has_perm(CHANGE))


def may_let_go(user: Any, job: Import) -> bool:
    """Whether somebody may delete an import that is not done: one's own, or with the right to delete imports.

    Its hidden source is a part of it, and takes no right of its own.
    """
    return may(user, IMPORTERS[job.table]) and (_is_own(user, job) or user.has_perm(DELETE))


def _is_own(user: Any, job: Import) -> bool:
    return job.user_id is not None and job.user_id == user.pk


def hold_to(user: Any, done: Operation | None) -> None:
    """Raises Refused where somebody lacks a right that what was just done takes; `user` is None for the operator.

    Asked within the transaction of it, when every change is written down: nothing of it stays.
    """
    if done is None or user is None or user.is_superuser:
        return
    needed = reverting.rights_for(done.changes.all())
    if lacking := sorted(right for right in needed if not user.has_perm(right)):

        def said() -> str:
            words = {"who": user.get_username(), "rights": names_of_rights(lacking)}
            return (
                _(
                    "Nothing was done: it takes rights that %(who)s does not have. These are missing: %(rights)s."
                )
                % words
            )

        raise Refused([Anew(said)])


def insist(user: Any, reason: str, done: Operation | None, with_new: bool) -> None:
    """Raises Refused where readers see what was just done and nobody said why; the operator need not (`user` is None).

    `with_new`: also of what it made anew (records/seen_changes.py). Asked as `hold_to` is.
    """
    if done is None or user is None or reason.strip():
        return
    if show_to_readers(done.changes.all(), with_new):
        raise Refused([Anew(lambda: str(NEEDED))])
