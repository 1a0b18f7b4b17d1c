"""The source that is made with an import: kept from readers until that is done, taken away when it is taken back.

It goes too with an import that is deleted before it was done, and with what was tried once more and not done
(discarding.py).
"""

from __future__ import annotations

from django.utils.text import slugify

from curation.imports.models import Import
from records import by_itself, history, take_out
from records.operations import Change
from sources.models import Source


def source_of(job: Import) -> Source | None:
    """The source that the records of an import name. A new one is made, hidden, where it is not there (any more)."""
    if job.source is None and job.own_source is None and job.new_source:
        said = job.new_source
        job.own_source = Source.objects.create(
            slug=_free_slug(said["title"]), kind="other", hidden=True, **said
        )
        job.save(update_fields=["own_source"])
    return job.source or job.own_source


def _free_slug(title: str) -> str:
    slug = base = slugify(title)[:100] or "list"
    number = 1
    while Source.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def show(job: Import) -> None:
    """Shows the new source to readers. Called within the operation of the import, first of all that it does.

    It is written down as made by that operation, so that undoing the import takes it away after all that names it
    (`Record.stays_while_needed`).
    """
    source = job.own_source
    if source is None or _was_made(source):
        return
    history.note(source, None)
    source.hidden = False
    source.save()


def goes(job: Import) -> bool:
    """Whether the source that was made with an import goes with it, as it is not done."""
    return _is_spare(job.own_source)


def take_away(source: Source | None) -> None:
    """Deletes the source of an import that is there no more, or was not done.

    It stays where something else uses it by now, and where somebody has shown it to readers.
    """
    if _is_spare(source):
        by_itself.let_go(Source, [source.pk])
        source.delete()


def back_to_the_first(job: Import) -> None:
    """Has an import that stands again be of the source that came back with it; one made since is taken away."""
    label, created = Source._meta.label_lower, Change.Action.CREATED
    made = job.operation.changes.filter(model=label, action=created).values("object_id")
    first = Source.objects.filter(pk__in=made).first()
    if first is None or first == job.own_source:
        return
    since, job.own_source = job.own_source, first
    job.save(update_fields=["own_source"])
    take_away(since)


def _is_spare(source: Source | None) -> bool:
    """Whether nobody needs a source that an import was to show to readers."""
    if source is None or not source.hidden or _was_made(source):
        return False
    return not take_out.needed(Source, [source.pk])


def _was_made(source: Source) -> bool:
    """Whether another operation made it: the import was taken back before, and the source stayed."""
    label = source._meta.label_lower
    return Change.objects.filter(model=label, object_id=source.pk, action=Change.Action.CREATED).exists()
