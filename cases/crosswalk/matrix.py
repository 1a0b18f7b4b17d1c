"""One page of cases against the articles of declarations: a row for each case, a cell for each article, also empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cases.cards import Card
from cases.crosswalk.articles import value_of
from cases.models import CommitmentLink
from declarations.models import Article, Declaration
from listing.addresses import Address

# More columns than this do not make a table that anybody reads; the filter by declaration brings up the others.
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Column:
    """An article, whether it begins its declaration, how many cases of the whole list answer to it, and where these
    are listed.
    """

    article: Article
    is_first: bool
    count: int
    url: str

    @property
    def value(self) -> str:
        """As the filters take it."""
        return value_of(self.article)


@dataclass(frozen=True)
class Group:
    """The columns of one declaration."""

    declaration: Declaration
    columns: Sequence[Column]


@dataclass(frozen=True)
class Cell:
    """`link` is None where the case does not answer to the article; `is_listed` where the filters let it through."""

    column: Column
    link: CommitmentLink | None = None
    is_listed: bool = False


@dataclass(frozen=True)
class Row:
    """A case with a cell for each column."""

    case: Card
    cells: Sequence[Cell]

    @property
    def listed(self) -> list[Cell]:
        """Those whose reasons are given: the rows of the export."""
        return [cell for cell in self.cells if cell.is_listed]

    @property
    def empty(self) -> list[Cell]:
        """Those without an answer."""
        return [cell for cell in self.cells if cell.link is None]


def groups_of(articles: Sequence[Article], counts: Mapping[str, int], address: Address) -> list[Group]:
    """The articles as columns, by declaration; `counts` by their values, `address` that of the list."""

    def column(article: Article, is_first: bool) -> Column:
        value = value_of(article)
        return Column(article, is_first, counts.get(value, 0), str(address.setting("article", value)))

    made = []
    for declaration, own in groupby(articles[:MOST_COLUMNS], lambda article: article.declaration):
        made.append(Group(declaration, [column(each, n == 0) for n, each in enumerate(own)]))
    return made


def rows_of(cases: Sequence[Card], groups: Sequence[Group], bases: Sequence[str]) -> list[Row]:
    """The cases with what they answer to. Links on other bases than these are shown and not listed; [] for all."""
    columns = [column for group in groups for column in group.columns]
    links = _links(cases, [column.article.pk for column in columns])
    made = []
    for case in cases:
        own = links[case.pk]
        cells = [
            Cell(column, link, not bases or link.basis in bases)
            if (link := own.get(column.article.pk))
            else Cell(column)
            for column in columns
        ]
        made.append(Row(case, cells))
    return made


def _links(cases: Sequence[Card], articles: Sequence[int]) -> dict[int, dict[int, CommitmentLink]]:
    """The public links of these cases, all of them public, by case and article."""
    public = CommitmentLink.objects.filter(CommitmentLink.own_public_q())
    some = public.filter(initiative__in=[case.pk for case in cases], article__in=articles)
    found = defaultdict(dict)
    for link in some.select_related("source").order_by():
        found[link.initiative_id][link.article_id] = link
    return found
