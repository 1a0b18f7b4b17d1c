"""Groups of synonyms tried before they are saved."""

from __future__ import annotations

from collections.abc import Iterable

from search.engine import Snapshot
from search.models import Synonym, lines
from search.synonyms import Synonyms


def with_groups(state: Snapshot, changed: Iterable[Synonym] = (), gone: Iterable[Synonym] = ()) -> Snapshot:
    """A state of the index as it would be searched if these groups were saved as they are, and those were gone.

    A group with a number takes the place of the one that is stored; one without comes after all others.
    """
    groups = {group.pk: group for group in Synonym.objects.order_by("pk")}
    new = []
    for group in changed:
        if group.pk is None:
            new.append(group)
        else:
            groups[group.pk] = group
    for group in gone:
        groups.pop(group.pk, None)
    every = [*groups.values(), *new]
    return state.with_synonyms(
        Synonyms([group.members for group in every], [lines(group.only_typed) for group in every])
    )
