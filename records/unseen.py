"""Why readers do not see a record that is published: what it hangs on was withdrawn, hidden, or is not published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from records.models import Publishable, Record


def withdrawn_with(record: Record) -> Publishable | None:
    """What was withdrawn so that readers lost sight of a record that hangs on it and is itself given to them.

    None where the record is seen, or not given to readers itself, or where something it hangs on is closed for another
    reason: of what was hidden or never public nothing may be told.
    """
    if not _is_given(record):
        return None
    closed = list(_closed(record))
    if not all(isinstance(each, Publishable) and each.is_withdrawn for each in closed):
        return None
    return closed[0] if closed else None


def withdrawn_of(record: Record) -> Publishable | None:
    """What was withdrawn so that the address of a record says so: itself, or what it hangs on; else None."""
    own = isinstance(record, Publishable) and record.is_withdrawn
    return record if own else withdrawn_with(record)


def why(record: Record) -> list[str]:
    """Why a published record is not seen by readers, for staff; [] where it is seen, or not published itself."""
    if isinstance(record, Publishable) and record.state != Publishable.State.PUBLISHED:
        return []
    found = [_("it is hidden")] if record.hidden else []
    for parent in _closed(record):
        words = {"kind": parent._meta.verbose_name, "name": parent}
        if parent.hidden:
            found.append(_("the %(kind)s “%(name)s” is hidden") % words)
        elif isinstance(parent, Publishable) and parent.is_withdrawn:
            found.append(_("the %(kind)s “%(name)s” was withdrawn") % words)
        else:
            found.append(_("the %(kind)s “%(name)s” is not published") % words)
    return found


def _closed(record: Record) -> Iterator[Record]:
    """The records on which it hangs, near and far, that are not given to readers themselves."""
    for name in record.public_parents:
        parent = getattr(record, name)
        if parent is not None:
            if not _is_given(parent):
                yield parent
            yield from _closed(parent)


def _is_given(record: Record) -> bool:
    """Whether readers see it, where they see what it hangs on."""
    is_draft = isinstance(record, Publishable) and record.state != Publishable.State.PUBLISHED
    return not record.hidden and not is_draft
