"""How the rows of a list fall on the values of its filters, finished for pictures: bars with counts and addresses.

A chart is counted as the filter beside it is: under the choices of all other filters. So the address of a bar, which
puts its value in the place of what is chosen in that filter, gives as many rows as the bar says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from listing.addresses import Address
from listing.facets import Counted, in_order
from listing.filters import Facet
from listing.selection import Selection
from listing.terms import Term

# What a query calls the filter of which a chart should show all, as far as it can.
WHOLE = "whole"
# A chart of up to MOST values shows all of them; of more the first SHOWN, or WHOLE_MOST where it is asked for alone.
MOST, SHOWN, WHOLE_MOST = 20, 15, 300
# So many years in a row without a case are drawn as one break, not as so many empty places.
LONG_GAP = 8


@dataclass(frozen=True)
class Bar:
    """One value: how many rows have it, their share of all rows and its length beside the longest, both in per cent.

    `url` is "" where no filter asks for it. `gap` is the last of the years that a break in a row of years stands for;
    what `is_apart` is no year.
    """

    value: str
    label: str
    count: int
    share: float = 0
    length: str = "0"
    quoted: str = ""
    url: str = ""
    is_chosen: bool = False
    gap: str = ""
    is_apart: bool = False

    @property
    def rest(self) -> str:
        """What the length leaves of the whole, for a column that stands on its foot."""
        return f"{100 - float(self.length):.2f}"


@dataclass(frozen=True)
class Chart:
    """`every` is the number of rows that the shares are of, `without` those of them that have no value at all.

    `others` counts the values that are not shown, `others_rows` their rows (None where a row may have several values),
    `others_url` leads to them. `is_many` says that a row may have several values. Where values are years, they stand in
    `years`, one after the other, and after them what is no year.
    """

    name: str
    label: str
    note: str
    every: int
    bars: list[Bar]
    years: list[Bar] = field(default_factory=list)
    without: int = 0
    others: int = 0
    others_rows: int | None = None
    others_url: str = ""
    is_many: bool = False
    is_chosen: bool = False

    @property
    def adds_up_to_more(self) -> bool:
        """Whether the shares add up to more than the whole, for some rows have several values."""
        return self.is_many and sum(bar.count for bar in self.bars) + (self.without or 0) > self.every

    @property
    def is_noted(self) -> bool:
        """Whether anything is to be said beside it."""
        return bool(self.note or self.adds_up_to_more or self.is_chosen)

    @property
    def without_share(self) -> float:
        """The share of the rows that have no value, in per cent."""
        return 100 * self.without / self.every if self.every else 0


def charts(
    selection: Selection, names: Sequence[str], years: Sequence[str] = (), whole: str = ""
) -> list[Chart]:
    """A chart for each of these filters that has anything to show, those named in `years` as rows of years.

    One value that every row has is no picture; the filters say it. `whole` names a filter of which all is asked for.
    """
    if selection.problems:
        return []
    made = []
    for name in names:
        facet = selection.filters.facets[name]
        chart = _Chart(selection, name, facet)
        if chart.tells:
            made.append(
                chart.of_years() if name in years else chart.of_values(WHOLE_MOST if name == whole else MOST)
            )
    return made


class _Chart:
    """Makes the chart of one filter."""

    def __init__(self, selection: Selection, name: str, facet: Facet):
        self.selection, self.name, self.facet = selection, name, facet
        self.chosen: Mapping[str, Term] = {term.value: term for term in selection.chosen.get(name, ())}
        counted = [each for each in selection.tally(name, facet) if each[1]]
        missing = self.chosen.keys() - {term.value for term, _count in counted}
        self.counted = in_order([*counted, *((self.chosen[value], 0) for value in missing)])
        self.every = selection.number(name if self.chosen else "")
        self.longest = max((count for _term, count in self.counted), default=0)
        self.address: Address = selection.address

    @property
    def tells(self) -> bool:
        """Whether there is more to see than one value that all rows have."""
        if not self.counted or not self.every:
            return bool(self.chosen)
        return bool(self.chosen) or len(self.counted) > 1 or self.counted[0][1] < self.every

    def of_values(self, most: int) -> Chart:
        shown, others = self._split(most)
        rows = None if self.facet.is_many else sum(count for _term, count in others)
        url = self.address.having(WHOLE, self.name)
        return self._chart(
            [self._bar(each) for each in shown],
            others=len(others),
            others_rows=rows,
            others_url=f"{url}#chart-{self.name}" if others and most != WHOLE_MOST else "",
        )

    def of_years(self) -> Chart:
        dated = sorted(
            (each for each in self.counted if each[0].value.isdigit()), key=lambda each: each[0].value
        )
        others = [each for each in self.counted if not each[0].value.isdigit()]
        return self._chart(
            [], years=[*self._years(dated), *(self._bar(each, is_apart=True) for each in others)]
        )

    def _chart(self, bars: list[Bar], **more) -> Chart:
        return Chart(
            name=self.name,
            label=str(self.facet.label),
            note=str(self.facet.note),
            every=self.every,
            bars=bars,
            without=self._without(),
            is_many=self.facet.is_many,
            is_chosen=bool(self.chosen),
            **more,
        )

    def _split(self, most: int) -> tuple[list[Counted], list[Counted]]:
        """The values shown, every chosen one among them, and the others."""
        if len(self.counted) <= most:
            return self.counted, []
        least = most if most == WHOLE_MOST else SHOWN
        shown, others = [], []
        for place, each in enumerate(self.counted):
            (shown if place < least or each[0].value in self.chosen else others).append(each)
        return shown, others

    def _without(self) -> int:
        """How many rows have no value that anybody sees."""
        if not self.facet.is_many:
            return self.every - sum(count for _term, count in self.counted)
        values = [term.value for term, _count in self.counted]
        return self.every - (self.selection.number(self.name, values) if values else 0)

    def _bar(self, each: Counted, is_apart: bool = False) -> Bar:
        term, count = each
        return Bar(
            value=term.value,
            label=term.label,
            count=count,
            share=100 * count / self.every if self.every else 0,
            length=f"{100 * count / self.longest:.2f}" if self.longest else "0",
            quoted=term.quoted,
            url=str(self.address.without(self.name).having(self.name, term.value)),
            is_chosen=term.value in self.chosen,
            is_apart=is_apart,
        )

    def _years(self, dated: Sequence[Counted]) -> list[Bar]:
        """A column for each year from the first to the last, those without a row too; a long gap is one break."""
        made: list[Bar] = []
        for each in dated:
            year = int(each[0].value)
            if made:
                empty = range(int(made[-1].value) + 1, year)
                made += self._empty([str(one) for one in empty])
            made.append(self._bar(each))
        return made

    def _empty(self, years: Sequence[str]) -> list[Bar]:
        """The place of years without a row."""
        terms = list(self.facet.known(years).values())
        if len(terms) <= LONG_GAP:
            return [Bar(term.value, term.label, 0) for term in terms]
        return [Bar(terms[-1].value, terms[0].label, 0, gap=terms[-1].label)]
