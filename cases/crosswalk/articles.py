"""Articles of declarations as values of filters: `<declaration slug>:<number>`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from declarations.models import Article, Declaration
from listing.terms import Term, Vocabulary
from records.names import reads_chinese


def value_of(article: Article) -> str:
    """An article as addresses and exports write it; its declaration is at hand."""
    return f"{article.declaration.slug}:{article.number}"


class ArticleVocabulary:
    """Public articles, whether or not a case answers to them. Does what listing.terms.Vocabulary does."""

    fields = (
        *("declaration__slug", "number", "declaration__title", "declaration__article_word"),
        *("number_as_printed", "heading"),
    )
    declarations = Vocabulary(Declaration, label_fields=("title",))

    def term(self, row: tuple) -> Term:
        """The term of a row of `fields`."""
        slug, number, title, word, printed, heading = row
        if reads_chinese():
            # Title and heading are in English: they stand together, so that they can be marked as that.
            return Term(f"{slug}:{number}", _in_chinese(word, printed), f"{title}: {heading}")
        if word == Declaration.ArticleWord.PROPOSAL:
            label = _("%(declaration)s, proposal %(number)s:")
        else:
            label = _("%(declaration)s, article %(number)s:")
        return Term(f"{slug}:{number}", label % {"declaration": title, "number": printed}, heading)

    def every(self, most: int) -> list[str] | None:
        """The values of all public articles in a fixed order, None where there are more than `most`."""
        found = Article.objects.public().order_by().values_list("declaration__slug", "number")[: most + 1]
        return None if len(found) > most else [f"{slug}:{number}" for slug, number in sorted(found)]

    def called(self, most: int) -> list[tuple[str, list[str]]] | None:
        """The values of all public articles, which have no other name; None where there are more than `most`."""
        every = self.every(most)
        return None if every is None else [(value, []) for value in every]

    def known(self, values: list[str]) -> dict[str, Term]:
        """The values that a public article has, or had before its declaration was given another slug."""
        slugs = {value: value.rpartition(":")[0] for value in values}
        present = self.declarations.known(sorted(set(slugs.values())))
        named = Article.objects.public().filter(
            declaration__slug__in=[each.value for each in present.values()]
        )
        terms = {term.value: term for term in map(self.term, named.order_by().values_list(*self.fields))}
        found = {}
        for value, slug in slugs.items():
            if slug in present and (term := terms.get(present[slug].value + value[len(slug) :])):
                found[value] = term
        return found


def _in_chinese(word: str, number: str) -> str:
    is_proposal = word == Declaration.ArticleWord.PROPOSAL
    said = _("proposal %(number)s") if is_proposal else _("article %(number)s")
    return said % {"number": number}


def one_of(values: Iterable[str], path: str = "article__") -> Q:
    """The condition that an article, seen through `path`, is one of these."""
    numbers = defaultdict(list)
    for value in values:
        slug, _colon, number = value.rpartition(":")
        numbers[slug].append(int(number))
    condition = Q(pk__in=[])
    for slug, each in numbers.items():
        condition |= Q(**{f"{path}declaration__slug": slug, f"{path}number__in": each})
    return condition
