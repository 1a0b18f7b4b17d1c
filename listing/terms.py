"""Values of filters: as addresses write them, and as readers see them; and the records whose values they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from records.models import FormerSlug, Record
from records.names import CHINESE, ENGLISH, Name, reads_chinese


@dataclass(frozen=True)
class Term:
    """A value of a filter: as addresses write it, and as readers see it.

    `quoted` follows the label: words of a source, in English whatever the language of the page.
    """

    value: str
    label: str
    quoted: str = ""

    @cached_property
    def place(self) -> str:
        """Where it stands among values with as many rows; all that it is called by."""
        return " ".join(filter(None, (self.label, self.quoted))).casefold()


class Vocabulary:
    """The records a facet's values stand for. `key` is the value's field, `label_fields` make its label: those that
    the model says where none are given."""

    def __init__(self, model: type[Record], key: str = "slug", label_fields: tuple[str, ...] = ()):
        self.model = model
        self.fields = tuple(dict.fromkeys((key, *(label_fields or model.name_fields))))

    def term(self, row: tuple) -> Term:
        """The term of a row of `fields`. The model itself words the label, in the active language."""
        names = self.model(**dict(zip(self.fields, row, strict=True))).names()
        return Term(str(row[0]), *_worded(names))

    def every(self, most: int) -> list[str] | None:
        """The values of all public records in a fixed order, None where there are more than `most`."""
        found = self.model.objects.public().order_by().values_list(self.fields[0], flat=True)[: most + 1]
        return None if len(found) > most else sorted(map(str, found))

    def called(self, most: int) -> list[tuple[str, list[str]]] | None:
        """The values of all public records, each with its names in every language, None where there are too many."""
        rows = list(self.model.objects.public().order_by().values_list(*self.fields)[: most + 1])
        if len(rows) > most:
            return None
        return [(str(key), [each for each in names if isinstance(each, str)]) for key, *names in rows]

    def known(self, values: list[str]) -> dict[str, Term]:
        """The values that a public record has."""
        terms = self._terms(f"{self.fields[0]}__in", values)
        if self.fields[0] == "slug" and (missing := [value for value in values if value not in terms]):
            terms |= self._former(missing)
        return terms

    def _terms(self, lookup: str, values: list) -> dict[str, Term]:
        rows = self.model.objects.public().filter(**{lookup: values}).order_by()
        return {str(row[0]): self.term(row) for row in rows.values_list(*self.fields)}

    def _former(self, slugs: list[str]) -> dict[str, Term]:
        """Those that were once slugs of public records: an address that was kept goes on finding them."""
        former = FormerSlug.objects.filter(model=self.model._meta.label_lower, slug__in=slugs)
        present = dict(former.values_list("slug", "object_id"))
        slug_of = dict(self.model.objects.filter(pk__in=present.values()).values_list("pk", "slug"))
        terms = self._terms("pk__in", list(slug_of)) if slug_of else {}
        return {slug: terms[slug_of[pk]] for slug, pk in present.items() if slug_of.get(pk) in terms}


def _worded(names: Sequence[Name]) -> tuple[str, str]:
    """Names as a term has them: its label is in the language of the page, what is quoted is in English.

    Where a page is in English, nothing needs to be marked as that.
    """
    if not reads_chinese():
        return names[0].text, ""
    by_language = {each.language: each.text for each in reversed(names)}
    return by_language.get(CHINESE, ""), by_language.get(ENGLISH, "")
