"""The lists of cities, plans and alliances."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from cities.columns import ALLIANCES, CITIES, PLANS
from cities.models import Alliance, City, CityFigures, Figure, Member, Plan
from cities.remarks import remark, with_checks
from cities.roster import MEMBERS
from listing.choices import Choices
from listing.countries import CountryFacet
from listing.filters import ForeignFacet, ListFilters
from listing.parts import Part
from listing.sorting import ByCodePoint, Sort, Sorting, text
from listing.terms import Vocabulary
from listing.views import ListView

# The figures that stand as columns on the page; the export has all of them.
SHOWN = ("population", "area_km2", "density_per_km2", "gdp_per_capita_usd")


class CityFilters(ListFilters):
    city = ForeignFacet("city", label=_("City"), vocabulary=Vocabulary(City))
    country = CountryFacet("city__country", label=_("Country"), places=City.objects.public)


def _figure(name: str) -> Subquery:
    """The value of one figure of a set, for sorting."""
    values = Figure.objects.filter(figures=OuterRef("pk"), name=name, hidden=False).order_by()
    return Subquery(values.values("value")[:1])


class CityList(ListView):
    """A row for each set of figures, as cities.csv has it."""

    record_class = CityFigures
    label = City._meta.verbose_name_plural
    filterset_class = CityFilters
    table = CITIES
    template_name = "cities/city_list.html"
    sorting = Sorting(
        {
            "city": Sort(text("city__name"), _("City, A to Z"), _("City, Z to A")),
            "population": Sort(
                F("population"), _("Largest city first"), _("Smallest city first"), downwards=True
            ),
        },
        default="city",
        ties=("city__slug", "key"),
    )

    def get_queryset(self):
        figures = Figure.objects.filter(hidden=False).select_related("source")
        rows = with_checks(super().get_queryset().select_related("city", "source"))
        return rows.annotate(population=_figure("population")).prefetch_related(
            Prefetch("figures", figures, to_attr="public_figures")
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for figure_set in context["page_obj"]:
            remark(figure_set)
            by_name = {figure.name: figure for figure in figure_set.public_figures}
            figure_set.row = [(Figure.Name(name).label, by_name.get(name)) for name in SHOWN]
        context["figure_headings"] = [Figure.Name(name).label for name in SHOWN]
        context["without_figures"] = self._without_figures()
        context["map_url"] = str(self.selection.elsewhere("cases:map"))
        return context

    def _without_figures(self) -> Part:
        """The public cities that fit the query and have no row, because no source prints figures of them."""
        return Part(self._cities_without_figures(), self.request, "without", 60, self.selection.address)

    def _cities_without_figures(self) -> QuerySet:
        if self.selection.problems:
            return City.objects.none()
        cities = City.objects.public().exclude(pk__in=CityFigures.objects.public().values("city"))
        for name, terms in self.selection.chosen.items():
            condition = self.selection.filters.filters[name].condition([term.value for term in terms])
            cities = cities.filter(_of_city(condition))
        return cities


def _of_city(condition: Q) -> Q:
    """A condition on sets of figures as one on cities."""
    return Q(*[(lookup.removeprefix("city__"), value) for lookup, value in condition.children])


class PlanList(ListView):
    record_class = Plan
    table = PLANS
    template_name = "cities/plan_list.html"
    sorting = Sorting({"title": Sort(text("title"), _("Title, A to Z"), _("Title, Z to A"))}, default="title")

    def get_queryset(self):
        # The plan is public, or it would stand in no list.
        targets = Count("targets", filter=Q(targets__hidden=False))
        return super().get_queryset().select_related("city", "source").annotate(target_count=targets)


class AllianceList(ListView):
    record_class = Alliance
    table = ALLIANCES
    template_name = "cities/alliance_list.html"
    sorting = Sorting({"title": Sort(text("name"), _("Name, A to Z"), _("Name, Z to A"))}, default="title")

    def get_queryset(self):
        return super().get_queryset().select_related("source")


class MemberFilters(ListFilters):
    alliance = ForeignFacet("alliance", label=_("Alliance"), vocabulary=Vocabulary(Alliance))
    kind = Choices("kind", label=_("Kind"), choices=Member.Kind)


class MemberList(ListView):
    """`/members/` and its exports: the members of all alliances, or of one."""

    record_class = Member
    filterset_class = MemberFilters
    table = MEMBERS
    template_name = "cities/member_list.html"
    sorting = Sorting(
        {
            "name": Sort(text("name"), _("Name, A to Z"), _("Name, Z to A")),
            "joined": Sort(
                ByCodePoint(NullIf("joined", Value(""))), _("Earliest date first"), _("Latest date first")
            ),
        },
        default="name",
        ties=("alliance__slug", "parent", F("pk")),
    )

    def get_queryset(self):
        # The city of a draft is named by the member and not linked to.
        public = Prefetch("city", City.objects.public(), to_attr="public_city")
        return super().get_queryset().select_related("alliance", "source").prefetch_related(public)
