"""Which cases a text finds. The one place to change when a search engine takes over."""

import unicodedata

from django.db.models import Case, Q, QuerySet, Value, When

from cases.models import Initiative, InitiativeTheme, Section
from sources.models import Source
from sources.printed import PrintedTexts

MOST_WORDS = 12

_FIELDS = ("title", "summary", "lead_digest", "city__name", "city__name_local")


def words(text: str) -> list[str]:
    """The words of a text, each once, without punctuation around them: "Water, (water) 5G" is Water, 5G."""
    found: dict[str, str] = {}
    for part in unicodedata.normalize("NFC", text).split():
        start, end = 0, len(part)
        while start < end and not part[start].isalnum():
            start += 1
        while end > start and not part[end - 1].isalnum():
            end -= 1
        if start < end:
            found.setdefault(part[start:end].casefold(), part[start:end])
    return list(found.values())


def _in_full_text(word: str, texts: PrintedTexts) -> list[int]:
    """The cases in whose printed text, attached and open to readers, the word occurs."""
    sought, found = word.casefold(), []
    sources = Source.objects.public().filter(full_text_public=True, attached_text__isnull=False)
    for source in sources:
        cases = Initiative.objects.filter(source=source, first_line__isnull=False).order_by()
        for pk, first, last in cases.values_list("pk", "first_line", "last_line"):
            if any(sought in line.casefold() for line in texts.passage(source, first, last)):
                found.append(pk)
    return found


def _holds(word: str, texts: PrintedTexts) -> Q:
    """The cases in which the word occurs, public parts only."""
    condition = Q(*((f"{field}__icontains", word) for field in _FIELDS), _connector=Q.OR)
    themes = InitiativeTheme.objects.filter(
        Q(theme__name__icontains=word) | Q(theme__name_zh__icontains=word), InitiativeTheme.own_public_q()
    )
    sections = Section.objects.filter(digest__icontains=word, hidden=False)
    condition |= Q(pk__in=_in_full_text(word, texts))
    for parts in (themes, sections):
        condition |= Q(pk__in=parts.order_by().values("initiative"))
    return condition


def matching(queryset: QuerySet, *texts: str) -> QuerySet:
    """The cases that hold every word of one of the texts; `relevance` is how many of them the title holds.

    Only the first MOST_WORDS words of a text count; a text without a word finds nothing.
    """
    condition, relevance, printed = Q(pk__in=[]), Value(0), PrintedTexts()
    for text in texts:
        every = words(text)[:MOST_WORDS]
        if every:
            condition |= Q(*(_holds(word, printed) for word in every))
        for word in every:
            relevance = relevance + Case(When(title__icontains=word, then=1), default=0)
    return queryset.filter(condition).annotate(relevance=relevance)
