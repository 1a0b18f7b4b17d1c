"""Home, about, and the page for what is not there."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from cases.models import Initiative, InitiativeTheme, Theme
from cities.models import City
from declarations.models import Article, Declaration
from listing import exports
from listing.methods import reading_only
from listing.middleware import LONGEST_REPEATED
from listing.pages import NoSuchPage

CASES_ON_HOME = 6
MOST_ON_HOME = 60


@reading_only
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, themes, cities, counts, some cases."""
    cases = Initiative.objects.public()
    themes = Theme.objects.public().annotate(
        count=Count("initiative_links", filter=InitiativeTheme.public_q("initiative_links__"))
    )
    numbers = [
        (cases.count(), _("cases"), "cases:initiative_list"),
        (City.objects.public().count(), _("cities"), "cities:city_list"),
        (len(themes), _("themes"), "cases:theme_list"),
        (Declaration.objects.public().count(), _("declarations"), "declarations:declaration_list"),
        (Article.objects.public().count(), _("articles and proposals"), "declarations:declaration_list"),
    ]
    # The most used ones where there are many, in the order of their names.
    used = sorted((theme for theme in themes if theme.count), key=lambda theme: -theme.count)[:MOST_ON_HOME]
    shown = {theme.pk for theme in used}
    context = {
        "numbers": [{"count": n, "label": label, "url": reverse(name)} for n, label, name in numbers],
        "themes": [theme for theme in themes if theme.pk in shown],
        "cities": City.objects.public().filter(Q(pk__in=cases.values("city")))[:MOST_ON_HOME],
        "cases": cases.select_related("city").order_by("-updated_at", "title")[:CASES_ON_HOME],
    }
    return render(request, "catalogue/home.html", context)


@reading_only
def about(request: HttpRequest) -> HttpResponse:
    """What the catalogue is and how it is made."""
    return render(request, "catalogue/about.html")


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
    """A 404 that helps: the message a view gave, the way back into a list, a search for the words of the address."""
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    words = request.path_info.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
    if isinstance(exception, NoSuchPage):
        # The list is there, only not this page of it: its own words are nothing to search for.
        words = ""
    context = {"message": message, "suggestion": words[:80], "list": exception}
    return render(request, "404.html", context, status=404)
