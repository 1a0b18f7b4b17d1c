"""`/timeline/`: the cases of the list by when they began, each with its dated facts, on one line of years."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.safestring import SafeString

from cases.cards import Card
from cases.lists import SORTING, CaseList
from cases.models import Milestone
from cases.timeline.axis import axis_of, span_of
from cases.timeline.strips import Fact, in_order, strip_of
from listing.charts import charts
from listing.sorting import Sorting
from search.highlights import Highlighter


class Timeline(CaseList):
    """Filtered as the list of cases is; above its first page stand the starts of all of them, year by year."""

    template_name = "cases/timeline.html"
    rows_at = "cases:initiative_list"
    sorting = Sorting(SORTING.sorts, default="newest")

    def explain(self, rows: list[Card], highlighter: Highlighter) -> None:
        """Nothing: a row shows its dates."""

    def show(self, rows: list[Card]) -> SafeString:
        return SafeString("")

    def rows_for_page(self, rows: Iterable) -> list[Card]:
        """The cases, each with its `strip` on the line of this page."""
        made = super().rows_for_page(rows)
        facts = _facts(made)
        axis = axis_of([span_of(fact.date) for own in facts.values() for fact in own])
        for card in made:
            card.strip = strip_of(facts[card.pk], axis)
        return made

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1
        return context | {"charts": charts(self.selection, ["started"], ["started"]) if is_first else []}


def _facts(cards: Iterable[Card]) -> dict[int, list[Fact]]:
    """The dated facts of these cases in order, the start among them, by the numbers of the cases."""
    cards = list(cards)
    found = defaultdict(list)
    public = Milestone.objects.filter(
        Milestone.own_public_q(), initiative__in=[card.pk for card in cards]
    ).order_by("pk")
    for case, *milestone in public.values_list("initiative_id", "key", "date", "event"):
        found[case].append(milestone)
    return {card.pk: in_order(card.started, found[card.pk]) for card in cards}
