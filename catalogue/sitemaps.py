"""What search engines and browsers are told: the sitemap, robots.txt, how to search here (OpenSearch), the icon."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Initiative, Organisation, Place, Theme
from catalogue.templatetags.site import every_place
from cities.models import Alliance, City, Plan
from declarations.models import Declaration
from listing.methods import reading_only
from listing.views import site_of
from notes.models import Note
from records.models import Record
from sources.models import Source

# Each has a page of its own.
_WORKS = (Initiative, City, Theme, Declaration, Plan, Alliance, Source)
KINDS: tuple[type[Record], ...] = (*_WORKS, Organisation, Place, Note)
# What only cases name is told of where a public case names it: by these relations.
_NAMED_BY = {Organisation: "partnerships", Place: "mentions"}
_DAY = 86_400  # seconds
_PAGES = (
    *("home", "about", "method", "accessibility", "privacy", "licence"),
    *("download", "api:reference", "cases:collection", "curation:nominate"),
    *("cases:outcome_charts", "cases:crosswalk_by_theme", "cases:crosswalk_by_city"),
    *("notes:unknown_list", "cities:member_list"),
)


class _InLanguage(Sitemap):
    """Pages in one language: each says itself where it stands in the other one (hreflang)."""

    limit = 10_000

    def __init__(self, language: str):
        self._language = language

    def _address(self, item) -> str:
        raise NotImplementedError

    def location(self, item) -> str:
        with override(self._language):
            return self._address(item)


class Records(_InLanguage):
    """The public records of one kind."""

    def __init__(self, model: type[Record], language: str):
        super().__init__(language)
        self._model = model

    def items(self) -> QuerySet:
        return self._rows().only("slug", "updated_at").order_by("pk")

    def _rows(self) -> QuerySet:
        rows = self._model.objects.public()
        if self._model not in _NAMED_BY:
            return rows
        key = self._model._meta.get_field(_NAMED_BY[self._model]).field
        named = key.model.objects.public().filter(**{key.name: OuterRef("pk")})
        return rows.filter(Exists(named))

    def lastmod(self, record: Record) -> datetime:
        return record.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django would look at every record."""
        return self._rows().aggregate(last=Max("updated_at"))["last"]

    def _address(self, item: Record) -> str:
        return item.get_absolute_url()


class Pages(_InLanguage):
    """Lists, and pages that are about no record."""

    def items(self) -> list[str]:
        return [*_PAGES, *(name for name, _label in every_place())]

    def _address(self, item: str) -> str:
        return reverse(item)


def _sections() -> dict[str, Sitemap]:
    """Every section by its name, as addresses have it: cases, cases-zh-hans, pages, ..."""
    found: dict[str, Sitemap] = {}
    for code, _name in settings.LANGUAGES:
        tail = "" if code == settings.LANGUAGE_CODE else f"-{code}"
        found[f"pages{tail}"] = Pages(code)
        for model in KINDS:
            found[f"{model._meta.model_name}{tail}"] = Records(model, code)
    return found


@reading_only
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: where the sections are found, and when each changed last."""
    return sitemaps.index(request, _sections(), sitemap_url_name="sitemap_section")


@reading_only
def section(request: HttpRequest, section: str) -> HttpResponse:
    """`/sitemap-<section>.xml`: a part of the addresses, `?p=` for the next ten thousand."""
    return sitemaps.sitemap(request, _sections(), section)


@reading_only
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: staff pages and reports are of no use to a crawler; what is, is told in the sitemap."""
    closed = [
        "/admin/",
        *(f"/{code}/admin/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE),
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*closed, "/report/", "/api/v1/"))]
    lines += ["", f"Sitemap: {site_of(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@reading_only
def opensearch(request: HttpRequest) -> HttpResponse:
    """`/opensearch.xml`, `/zh-hans/opensearch.xml`: how a browser searches here in a language (OpenSearch 1.1)."""
    kind = "application/opensearchdescription+xml"
    # At most 16 letters.
    said = {"site": site_of(request), "short_name": _("Urban Innovation")}
    return render(request, "catalogue/opensearch.xml", said, content_type=kind)


@reading_only
def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`: what asks for the icon without having read a page is led to it. Its address changes with it."""
    answer = HttpResponseRedirect(static("favicon.svg"))
    patch_cache_control(answer, public=True, max_age=_DAY)
    return answer
