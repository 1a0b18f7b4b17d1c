"""Addresses below `/api/`. The number in them changes only where something that is promised does."""

from django.urls import path, re_path

from catalogue.api import reference, views
from catalogue.api.places import places

urlpatterns = [
    path("", reference.page, name="reference"),
    path("v1/", views.Root.as_view(), name="root"),
    path("v1/search/", views.Search.as_view(), name="search"),
    *(
        path(f"v1/{place.name}/", views.ListOf.as_view(place=place), name=f"{place.name}_list")
        for place in places().values()
    ),
    *(
        path(f"v1/{place.name}/<slug:slug>/", views.Thing.as_view(place=place), name=f"{place.name}_get")
        for place in places().values()
        if place.page
    ),
    re_path("^v1/(?P<place>.+)/$", views.Nothing.as_view(), name="nothing"),
]
