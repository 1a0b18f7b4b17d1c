"""`/compare/?case=a&case=b`, `/compare/?city=a&city=b`, and their rows as data."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases import finding
from cases.compare.asked import DIFFERENCES, LEAST, MOST, ONLY, Asked
from cases.compare.columns import lines_of, table_of
from cases.models import Initiative
from cases.related import related_cases
from listing import exports, linked
from listing.addresses import Address
from listing.export_links import export_links
from listing.formats.base import Export
from listing.problems import Problem
from listing.text import shown
from listing.views import DataView, site_of
from records.models import Record
from records.names import called

# The field in which something is looked for by name, for each kind.
FINDING = {"case": "find", "city": "find_city"}


class ComparePage(DataView):
    """The comparison, or how to begin one."""

    record_class = Initiative
    template_name = "cases/compare.html"

    def get(self, request: HttpRequest, format: str | None = None) -> HttpResponse:
        self.asked = Asked(request.GET, request.path, getattr(request, "query_too_long", False))
        if format is not None:
            return self.export(request, format)
        status = 410 if self.asked.chosen.is_gone else 200
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs) -> dict:
        asked = self.asked
        parts = asked.parts() if asked.is_comparison else []
        every = [row for part in parts for row in part.rows]
        return super().get_context_data(
            asked=asked,
            things=[self._thing(record) for record in asked.records],
            lacking=self._lacking(),
            parts=parts,
            row_count=len(every),
            differing=sum(row.differs for row in every),
            every_url=str(asked.address),
            differing_url=str(asked.address.having(ONLY, DIFFERENCES)),
            understood_url=str(asked.lasting),
            adding=self._adding(),
            other_url=self._cities_url(),
            export_links=export_links(table_of(asked.chosen.slugs), asked.current) if parts else [],
            query=str(asked.address).partition("?")[2],
            linked_data=self._linked(),
            most=MOST,
            **kwargs,
        )

    def _lacking(self) -> str:
        """What to do where there is nothing to compare: whoever pressed the button with nothing ticked comes here too.

        "" where something else is told, or is being looked for already.
        """
        asked = self.asked
        if asked.is_comparison or asked.problems or any(map(self.request.GET.get, FINDING.values())):
            return ""
        if asked.records:
            return _("One alone has nothing to be compared with: add another here.")
        return _(
            "Nothing is chosen to compare yet. In your collection, tick two to four cases and press “Compare the "
            "ticked cases”; or find the first one by name here."
        )

    def _thing(self, record: Record) -> dict:
        """One of those compared, as its column is headed."""
        remove = self.asked.address.without(self.asked.name, record.slug)
        return {"record": record, "name": called(record), "remove_url": str(remove)}

    def _adding(self) -> list[dict]:
        """What the forms to add another show; none where there is no room, both kinds where nothing is chosen yet."""
        asked = self.asked
        if len(asked.records) >= MOST:
            return []
        names = [asked.name] if asked.records else ["case", "city"]
        return [self._form(name) for name in names]

    def _form(self, name: str) -> dict:
        asked, field = self.asked, FINDING[name]
        find = finding.cities_called if name == "city" else finding.cases_called
        found = find(self.request.GET.get(field, ""), asked.chosen.slugs)
        rows = [row | {"url": str(asked.address.having(name, row["slug"]))} for row in found.rows]
        near = self._near() if name == "case" else []
        return {
            "name": name,
            "field": field,
            "found": found,
            "rows": rows,
            "near": near,
            "kept": asked.address.pairs,
        }

    def _near(self) -> list[dict]:
        """Cases like the one that stands alone, each with the address of the two."""
        if len(self.asked.records) != 1:
            return []
        (case,) = Initiative.objects.public().for_lists().filter(pk=self.asked.records[0].pk)
        return [
            {"case": each.case, "url": str(self.asked.address.having("case", each.case.slug))}
            for each in related_cases(case)
        ]

    def _cities_url(self) -> str:
        """Where the cities of the cases are compared, or those that were asked for beside cases."""
        if self.asked.other_url or self.asked.name == "city":
            return self.asked.other_url
        slugs = dict.fromkeys(case.city.slug for case in self.asked.records)
        return str(Address(self.asked.path, [("city", s) for s in slugs])) if len(slugs) >= LEAST else ""

    def _linked(self) -> dict | None:
        """The things compared as a list, as linked data."""
        if not self.asked.is_comparison:
            return None
        site = site_of(self.request)
        with override(settings.LANGUAGE_CODE):
            things = [
                linked.thing(
                    "ListItem", position=place, name=str(record), url=site + record.get_absolute_url()
                )
                for place, record in enumerate(self.asked.records, 1)
            ]
        return linked.document("ItemList", site + str(self.asked.lasting), itemListElement=things)

    def export(self, request: HttpRequest, format: str) -> HttpResponse:
        """The rows of the page; 400 where anything asked for is not there, 410 where it was withdrawn."""
        asked = self.asked
        table = table_of(asked.chosen.slugs)
        form = exports.form_of(format, table)
        if form is None:
            raise Http404(_("This list has no form “.%(format)s”.") % {"format": shown(format)})
        problems = list(asked.problems)
        if not asked.is_comparison and not problems:
            message = _("A comparison needs two to %(most)d cases, or as many cities.")
            problems.append(message % {"most": MOST})
        if problems:
            if asked.chosen.withdrawn:
                return exports.refusal(form, problems, status=410)
            return exports.refused(form, [Problem("", problem) for problem in problems])
        with override(settings.LANGUAGE_CODE):
            rows = lines_of(asked.parts())
        query = str(asked.current).partition("?")[2]
        return exports.answer(form, Export(table, rows, site_of(request), query=query), request)
