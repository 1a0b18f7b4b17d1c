"""Home, and the page for what is not there."""

from collections.abc import Mapping

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from cases.counts import every_case, number_of_cases, number_of_outcomes, with_case_counts
from cases.mapped.overview import overview
from cases.models import Initiative, Theme
from cities.models import City
from declarations.models import Article, Declaration
from listing import exports
from listing.methods import reading_only
from listing.middleware import LONGEST_REPEATED
from listing.pages import NoSuchPage
from records.models import Record

CASES_ON_HOME = 6
MOST_ON_HOME = 60
AMONG_LAST = 200


@reading_only
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, themes, cities, counts, some cases."""
    themes = list(with_case_counts(Theme.objects.public()))
    numbers = [
        (number_of_cases(), _("cases"), "cases:initiative_list"),
        (number_of_outcomes(), _("outcomes"), "cases:outcome_list"),
        (City.objects.public().count(), _("cities"), "cities:city_list"),
        (len(themes), _("themes"), "cases:theme_list"),
        (Declaration.objects.public().count(), _("declarations"), "declarations:declaration_list"),
        (Article.objects.public().count(), _("articles and proposals"), "declarations:declaration_list"),
    ]
    context = {
        "numbers": [{"count": n, "label": label, "url": reverse(name)} for n, label, name in numbers],
        "themes": _most_used({theme: theme.case_count for theme in themes}),
        "cities": _cities(),
        "cases": _recent_cases(),
        "picture": overview(),
    }
    return render(request, "catalogue/home.html", context)


def _most_used(counts: Mapping[Record, int]) -> list[Record]:
    """The most used ones where there are many, in the order they were given."""
    used = sorted((each for each in counts if counts[each]), key=lambda each: -counts[each])
    shown = set(used[:MOST_ON_HOME])
    return [each for each in counts if each in shown]


def _cities() -> list[City]:
    """The cities with most cases, by name."""
    found = every_case("city")
    if found is None:
        return list(
            City.objects.public().filter(pk__in=Initiative.objects.public().values("city"))[:MOST_ON_HOME]
        )
    counts = found.tally("city")
    most = sorted(counts, key=lambda slug: (-counts[slug], slug))[:MOST_ON_HOME]
    return list(City.objects.public().filter(slug__in=most))


def _recent_cases() -> QuerySet:
    """Some of the cases changed last; some of these may not be public."""
    last = Initiative.objects.order_by("-updated_at").values("pk")[:AMONG_LAST]
    cases = Initiative.objects.public().filter(pk__in=last)
    return cases.select_related("city").order_by("-updated_at", "title")[:CASES_ON_HOME]


@reading_only
def data_without_language(request: HttpRequest, place: str) -> HttpResponse:
    """A data address under the prefix of a language leads to the one there is, with its query."""
    address = f"/{place}"
    resolve(address)  # Resolver404 where no data is there either
    query = request.META.get("QUERY_STRING", "")
    if request.query_too_long or len(query) > LONGEST_REPEATED:
        # Without its query the address would give every row, as if that had been asked for.
        message = _("The query is too long: at most %(most)d characters can be read.") % {
            "most": LONGEST_REPEATED
        }
        return exports.refusal(exports.FORMATS[place.rpartition(".")[2]], [message])
    return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 404 that helps: the message a view gave, the way back into a list, a search for the words of the address.

    Staff who looked for one of their pages are led back to the desk.
    """
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    if request.path.startswith(reverse("admin:index")) and admin.site.has_permission(request):
        return admin.site.not_found(request, message)
    words = request.path_info.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
    if isinstance(exception, NoSuchPage):
        # The list is there, only not this page of it: its own words are nothing to search for.
        words = ""
    context = {"message": message, "suggestion": words[:80], "list": exception}
    return render(request, "404.html", context, status=404)
