"""The list of outcomes: its orders and pages."""

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.ledger.columns import OUTCOMES
from cases.ledger.filters import OutcomeFilters
from cases.ledger.rows import OutcomeRow
from cases.models import Initiative, Outcome
from listing.sorting import ByCodePoint, Sort, Sorting, text
from listing.views import ListView
from search.highlights import Highlighter, Passage
from sources.remarks import add_remarks, notes_of

# "until 2020" is written "/2020": it has its place by the year.
_DATE = Case(
    When(date="", then=Value(None)),
    When(date__startswith="/", then=Substr("date", 2)),
    default=F("date"),
    output_field=TextField(),
)

SORTING = Sorting(
    {
        "relevance": Sort(
            Value(0),
            gettext_lazy("Best match first"),
            gettext_lazy("Weakest match first"),
            downwards=True,
            then=(text("initiative__city__name"),),
            needs="q",
        ),
        "city": Sort(
            text("initiative__city__name"), gettext_lazy("City, A to Z"), gettext_lazy("City, Z to A")
        ),
        "indicator": Sort(
            text("indicator"), gettext_lazy("Indicator, A to Z"), gettext_lazy("Indicator, Z to A")
        ),
        "value": Sort(
            Coalesce("value", "value_high", "value_low"),
            gettext_lazy("Largest number first, whatever its unit"),
            gettext_lazy("Smallest number first, whatever its unit"),
            downwards=True,
        ),
        "date": Sort(
            ByCodePoint(_DATE),
            gettext_lazy("Latest date first"),
            gettext_lazy("Earliest date first"),
            downwards=True,
        ),
    },
    default="city",
    ties=("initiative__slug", Coalesce("first_line", 0), F("position"), "key"),
)


class OutcomeList(ListView):
    """`/outcomes/` and its exports."""

    record_class = Outcome
    kind = "outcome"
    filterset_class = OutcomeFilters
    sorting = SORTING
    table = OUTCOMES
    template_name = "cases/outcome_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [*context["page_obj"].object_list, *context.get("near", [])]
        add_remarks(rows, notes_of(Initiative, {row.initiative.pk for row in rows}) if rows else [])
        return context

    def explain(self, rows: list[OutcomeRow], highlighter: Highlighter) -> None:
        for row in rows:
            row.match = highlighter.show(row.indicator, _passages(row))


def _passages(row: OutcomeRow) -> list[Passage]:
    """What it says besides its indicator, the scope first: where nothing matched, the row shows that."""
    city = row.initiative.city
    return [
        *([Passage(row.scope)] if row.scope else []),
        Passage(row.initiative.title, _("Case")),
        *(Passage(name, _("City")) for name in city.every_name),
    ]
