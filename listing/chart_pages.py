"""A page of charts of the rows of a list, under the filters of that list."""

from collections.abc import Sequence

from listing.charts import WHOLE, charts
from listing.understood import understood
from listing.views import ListView


class ChartPage(ListView):
    """A subclass names the filters that are drawn, in order, and those whose values are years."""

    template_name = "listing/charts.html"
    drawn: Sequence[str] = ()
    years: Sequence[str] = ()
    rows_label: str

    def get_context_data(self, **kwargs) -> dict:
        """What templates/listing/charts.html shows. No row is read: all is counted."""
        selection = self.selection
        whole = self.request.GET.get(WHOLE, "")
        made = charts(selection, self.drawn, self.years, whole)
        # Not what a list shows: there is nothing to page, to order and to take away.
        return super(ListView, self).get_context_data(
            **self.query_context(),
            count=0 if selection.problems else selection.number(),
            charts=made,
            rows_label=self.rows_label,
            understood=understood(selection.index.found, selection.address) if selection.is_search else None,
            **kwargs,
        )
