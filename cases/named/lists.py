"""The lists of partners, of places, and of who learned from whom."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Partner, PlaceMention, Transfer
from cases.named.columns import LESSONS, PARTNERS, PLACES
from cases.named.filters import LessonFilters, PartnerFilters, PlaceFilters
from cities.models import Benchmark
from listing.parts import Part
from listing.sorting import Sort, Sorting, text
from listing.views import ListView
from search.highlights import Highlighter, Passage


def _relevance(then: str) -> Sort:
    return Sort(
        Value(0),
        gettext_lazy("Best match first"),
        gettext_lazy("Weakest match first"),
        downwards=True,
        then=(text(then),),
        needs="q",
    )


def _sorting(named: str) -> Sorting:
    """The orders of a list whose rows are what a case names: by that, by city, by case."""
    return Sorting(
        {
            "relevance": _relevance(f"{named}__name"),
            "name": Sort(text(f"{named}__name"), gettext_lazy("Name, A to Z"), gettext_lazy("Name, Z to A")),
            "city": Sort(
                text("initiative__city__name"), gettext_lazy("City, A to Z"), gettext_lazy("City, Z to A")
            ),
            "case": Sort(
                text("initiative__title"), gettext_lazy("Case, A to Z"), gettext_lazy("Case, Z to A")
            ),
        },
        default="name",
        ties=(f"{named}__slug", "initiative__slug", F("pk")),
    )


class NamedList(ListView):
    """What the three have in common: rows come with all that is shown of them, also those that the index found."""

    def get_queryset(self):
        return super().get_queryset().for_lists()

    def explain(self, rows: list[Partner | PlaceMention | Transfer], highlighter: Highlighter) -> None:
        for row in rows:
            title, *said = self.texts(row)
            city = row.initiative.city
            passages = [
                *(Passage(text) for text in said if text),
                Passage(row.initiative.title, _("Case")),
                *(Passage(name, _("City")) for name in city.every_name),
            ]
            row.match = highlighter.show(title, passages)

    def texts(self, row: Partner | PlaceMention | Transfer) -> list[str]:
        """What the index has of a row itself: its title first, "" for one that is not named."""
        raise NotImplementedError


class PartnerList(NamedList):
    """`/partners/` and its exports: a row for each organisation in a role."""

    kind = "partner"

    record_class = Partner
    filterset_class = PartnerFilters
    table = PARTNERS
    template_name = "cases/partner_list.html"
    sorting = _sorting("organisation")

    def texts(self, row: Partner) -> list[str]:
        named = row.organisation
        return [named.name, row.role, ", ".join(named.spellings)]


class PlaceList(NamedList):
    """`/places/` and its exports: a row for each place that a case names."""

    kind = "place"

    record_class = PlaceMention
    filterset_class = PlaceFilters
    table = PLACES
    template_name = "cases/place_list.html"
    sorting = _sorting("place")

    def texts(self, row: PlaceMention) -> list[str]:
        return [row.place.name, ", ".join(row.place.spellings)]


class LessonList(NamedList):
    """`/lessons/` and its exports: who learned from whom. The page names whom plans mean to learn from, too."""

    kind = "lesson"

    record_class = Transfer
    filterset_class = LessonFilters
    table = LESSONS
    template_name = "cases/lesson_list.html"
    sorting = Sorting(
        {
            "relevance": _relevance("initiative__city__name"),
            "city": Sort(
                text("initiative__city__name"), gettext_lazy("City, A to Z"), gettext_lazy("City, Z to A")
            ),
            "other": Sort(
                text("name"), gettext_lazy("Other side, A to Z"), gettext_lazy("Other side, Z to A")
            ),
            "count": Sort(
                F("count"),
                gettext_lazy("Most others first"),
                gettext_lazy("Fewest others first"),
                downwards=True,
            ),
        },
        default="city",
        ties=("initiative__slug", Coalesce("first_line", 0), "key"),
    )

    def texts(self, row: Transfer) -> list[str]:
        return [row.name, row.what]

    def get_context_data(self, **kwargs):
        part = Part(_benchmarks(), self.request, "plans", 20, self.selection.address)
        return super().get_context_data(benchmarks=part, **kwargs)


def _benchmarks() -> QuerySet:
    """Whom plans learn from or measure themselves against."""
    public = Benchmark.objects.public().select_related("plan__city", "city", "source")
    return public.order_by("plan__title", "first_line", "key")
