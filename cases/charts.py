"""`/charts/` and `/outcomes/charts/`: cases and outcomes by the values of their filters, each value with its number."""

from django.utils.translation import gettext_lazy as _

from cases.filters import CaseFilters
from cases.ledger.filters import OutcomeFilters
from cases.models import Initiative, Outcome
from listing.chart_pages import ChartPage


class CaseCharts(ChartPage):
    """The cases of the list, as charts."""

    record_class = Initiative
    kind = "case"
    filterset_class = CaseFilters
    template_name = "cases/charts.html"
    drawn = ("theme", "goal", "started", "country", "city", "programme", "novelty")
    years = ("started",)
    rows_label = _("Cases")


class OutcomeCharts(ChartPage):
    """The outcomes of the list, as charts."""

    record_class = Outcome
    kind = "outcome"
    filterset_class = OutcomeFilters
    template_name = "cases/outcome_charts.html"
    drawn = ("status", "theme", "city", "unit", "before_after")
    rows_label = _("Outcomes")
