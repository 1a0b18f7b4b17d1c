"""What staff are told of a group of synonyms: which of its words stand in another group, too."""

from search.models import Synonym, lines
from search.synonyms import spellings


def in_other_groups(group: Synonym) -> list[tuple[str, Synonym]]:
    """The words of a group that another one has as well, as search tells words apart, each with that group."""
    known = {}
    for other in Synonym.objects.exclude(pk=group.pk).order_by("pk"):
        for word in (*other.members, *lines(other.only_typed)):
            for stems in spellings(word):
                known.setdefault(stems, other)
    found = []
    for word in (*group.members, *lines(group.only_typed)):
        others = [known[stems] for stems in spellings(word) if stems in known]
        found += [(word, others[0])] if others else []
    return found
