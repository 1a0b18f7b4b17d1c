"""Addresses. Pages exist in each language (`/zh-hans/cases/`); exports have one address, for they have no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

import catalogue.api.urls
import curation.urls
from catalogue import about, sitemaps, views
from catalogue.api.description import document as api_description
from catalogue.package import views as package
from catalogue.rooms import ROOMS
from catalogue.search_views import SearchView
from catalogue.suggest import suggest
from listing.exports import FORMATS
from listing.urls import list_data

# Pages about the catalogue itself.
ABOUT = ("about", "method", "accessibility", "privacy", "licence")

_PREFIXES = "|".join(code for code, _name in settings.LANGUAGES)
_ENDINGS = "|".join(FORMATS)

urlpatterns = [
    *(pattern for room in ROOMS.values() for pattern in room.data_urlpatterns),
    list_data("search", SearchView, "search_data"),
    re_path(r"^download/datapackage\.(?P<form>zip|json)$", package.data, name="download_data"),
    path("download/dcat.jsonld", package.catalogue_record, name="download_record"),
    path("api/schema.json", api_description, name="api_schema"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("favicon.ico", sitemaps.favicon),
    # Suggestions alone differ by language: they lead to pages.
    re_path(
        rf"^(?:{_PREFIXES})/(?!search/suggest)(?P<place>.+\.(?:{_ENDINGS}))$", views.data_without_language
    ),
    *i18n_patterns(
        # Before the staff pages, which take every address below theirs.
        path("", include((curation.urls.urlpatterns, "curation"))),
        path("admin/", admin.site.urls),
        path("", views.home, name="home"),
        *(path(f"{name}/", getattr(about, name), name=name) for name in ABOUT),
        path("download/", package.page, name="download"),
        path("search/", SearchView.as_view(), name="search"),
        # In each language, for they lead to pages.
        path("opensearch.xml", sitemaps.opensearch, name="opensearch"),
        path("search/suggest.json", suggest, name="suggest"),
        path("api/", include((catalogue.api.urls.urlpatterns, "api"))),
        *(path("", include((room.urlpatterns, name))) for name, room in ROOMS.items()),
        prefix_default_language=False,
    ),
]

handler404 = "catalogue.views.not_found"
