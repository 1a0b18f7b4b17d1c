"""Orders a list may be shown in. What has no value comes last in both directions; the slug breaks ties."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Expression, F, Func, QuerySet, TextField, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lower, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from listing.problems import Problem
from listing.text import shown
from records.names import reads_chinese


class ByCodePoint(Func):
    """Text compared character by character, so that both databases give one order.

    PostgreSQL would otherwise sort by the rules of the language its cluster was made for.
    """

    function = ""
    template = "%(expressions)s"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)


def text(field: str) -> Expression:
    """A text without regard to case; "" counts as no value."""
    return ByCodePoint(NullIf(Lower(field), Value("")))


@dataclass(frozen=True)
class Sort:
    """One order: its expression, whether it runs downwards by nature, and what both directions are called.

    `needs` names a filter: only where that is used does the order mean anything, and there it is the default.
    `then` are the expressions (ascending) that part what is equal, before the slug does. `always` says that every row
    has a value: a database can then go through its rows in the order of an index.
    """

    expression: Expression | F
    label: str | Promise
    turned_label: str | Promise
    downwards: bool = False
    then: tuple[Expression | F, ...] = ()
    needs: str = ""
    always: bool = False


class Sorting:
    """The orders of a list by name; "-name" is the same order turned round."""

    def __init__(
        self,
        sorts: Mapping[str, Sort],
        *,
        default: str,
        ties: tuple[str | Expression | F, ...] = ("slug",),
    ):
        self.sorts, self.default = dict(sorts), default
        self._said: dict[str | None, list[tuple[str, str, str]]] = {}
        # A name is that of a text; what is compared otherwise comes as an expression.
        self.ties = [ByCodePoint(F(tie)) if isinstance(tie, str) else tie for tie in ties]

    def read(self, values: list[str]) -> tuple[str, list[Problem]]:
        """The order a query asks for ("" for none), and what is wrong with it."""
        asked = [value.strip() for value in values if value.strip()]
        unknown = [value for value in asked if value.removeprefix("-") not in self.sorts]
        message = _("“%(value)s” is not a known value of “%(name)s”.")
        called = _("Order") if reads_chinese() else "sort"
        problems = [Problem("sort", message % {"value": shown(each), "name": called}) for each in unknown]
        return (asked[-1] if asked and not unknown else ""), problems

    def default_with(self, used: set[str]) -> str:
        """The order where none is asked for, given the names of the filters in use."""
        return next((name for name, sort in self.sorts.items() if sort.needs in used), self.default)

    def is_ranking(self, name: str) -> bool:
        """Whether the order is that of the best match."""
        return bool(self.sorts[name.removeprefix("-")].needs)

    def in_index(self, name: str) -> tuple[str, bool]:
        """The order of texts in the index that this order is, and whether it runs downwards.

        A ranking without words to rank by is the list in its default order.
        """
        plain = name.removeprefix("-")
        if self.sorts[plain].needs:
            return self.default, self.sorts[self.default].downwards
        return plain, self.sorts[plain].downwards is not name.startswith("-")

    def apply(self, queryset: QuerySet, name: str) -> QuerySet:
        """The queryset in the order of that name."""
        sort = self.sorts[name.removeprefix("-")]
        descending = sort.downwards is not name.startswith("-")
        last = None if sort.always else True
        keys = [OrderBy(sort.expression, descending=descending, nulls_last=last)]
        keys += [OrderBy(each, nulls_last=True) for each in sort.then]
        return queryset.order_by(*keys, *map(OrderBy, self.ties))

    def options(self, used: set[str], current: str) -> list[dict]:
        """Every order that means something here: value, label, selected."""
        options = []
        for name, label, turned_label in self._labels(get_language()):
            needs = self.sorts[name].needs
            if not needs or needs in used or current.removeprefix("-") == name:
                options += [(name, label), (f"-{name}", turned_label)]
        return [{"value": v, "label": label, "selected": v == current} for v, label in options]

    def _labels(self, language: str | None) -> list[tuple[str, str, str]]:
        """What each order and its turned one are called in the active language, looked up once."""
        if language not in self._said:
            self._said[language] = [
                (name, str(sort.label), str(sort.turned_label)) for name, sort in self.sorts.items()
            ]
        return self._said[language]
