"""Cities, and the figures that a list gives of them."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from cities.models import City, CityFigures, Figure
from cities.places import Scope
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder, country
from curation.imports.keys import Found, by, cut, free, needed
from curation.imports.names import alike, folded
from records.said import Said as _


def _find(values: dict, finder: Finder) -> Found:
    """By its slug; else by any of its names, within its country where that is given."""
    slug, name, where = (values.get(each) for each in ("slug", "name", "country"))
    own, named = finder.index("city")
    if slug:
        if not (known := own.get(folded(slug))):
            return (slug,), None
        values["slug"] = known.slug  # which may have led here once: that is no change of it
        return (known.pk,), known.pk
    if not name:
        raise needed(City, "name")
    found = [city for city in named.get(folded(name), []) if not where or str(city.country) == where]
    if len(found) > 1:
        words = {"cell": name, "keys": ", ".join(city.slug for city in found[:5])}
        raise Wrong(_("“%(cell)s” may be one of several: write which, %(keys)s.") % words, "slug")
    if found:
        return (found[0].pk,), found[0].pk
    made = slugify(name)
    if not made:
        raise Wrong(_("Its name has no Latin letters: give it a slug."), "slug")
    if made in own and str(own[made].country) == where:  # it is only spelt otherwise
        return (own[made].pk,), own[made].pk
    values["slug"] = cut(free(made, "city", (where,), finder, (where or "").lower()), City)
    return (values["slug"],), None


def _place(values: dict, city: City | None, finder: Finder) -> dict:
    """Local name and coordinates, and districts and counties, stand with the source they are from."""
    given = [name for name in ("name_local", "latitude", "longitude") if values.get(name) not in (None, "")]
    is_new = any(city is None or getattr(city, name) != values[name] for name in given)
    found = {"place_source": finder.source} if is_new and finder.source else {}
    divisions = values.get("divisions")
    if divisions and finder.source and (city is None or city.divisions != divisions):
        found["divisions_source"] = finder.source
    return found


def _knows(city: models.Model, name: str) -> bool:
    return any(alike(name, each) for each in city.every_name)


def _knows_all(city: models.Model, names: str) -> bool:
    return all(_knows(city, name) for name in names.splitlines())


CITIES = Importer(
    name="cities",
    label=gettext_lazy("Cities"),
    help=gettext_lazy(
        "New cities are drafts. A list that names a city in several rows is taken, where they agree."
    ),
    parts={"": Part(City, _find, complete=_place, shared=True)},
    columns=(
        Column(
            "slug",
            gettext_lazy("slug"),
            gettext_lazy("empty: made from the name"),
            cells.text,
            names=("city_id", "id"),
        ),
        Column(
            "name",
            gettext_lazy("name"),
            gettext_lazy("its usual English name"),
            cells.text,
            required=True,
            names=("city",),
            same=_knows,
        ),
        Column(
            "country",
            gettext_lazy("country"),
            gettext_lazy("name or code of two letters"),
            country,
            required=True,
            names=("country_code",),
        ),
        Column("name_local", gettext_lazy("local name"), gettext_lazy("in its own language"), cells.text),
        Column(
            "other_names",
            gettext_lazy("other names"),
            gettext_lazy("parted by semicolons"),
            cells.lines,
            same=_knows_all,
        ),
        Column(
            "divisions",
            gettext_lazy("districts and counties"),
            gettext_lazy("parted by semicolons, the names of each by commas"),
            cells.lines,
        ),
        Column(
            "latitude", gettext_lazy("latitude"), gettext_lazy("degrees north, like 24.48"), cells.degrees
        ),
        Column(
            "longitude", gettext_lazy("longitude"), gettext_lazy("degrees east, like 118.09"), cells.degrees
        ),
        Column(
            "place_id",
            gettext_lazy("number in that source"),
            gettext_lazy("what the list calls it"),
            cells.text,
        ),
    ),
)


def _set(values: dict, finder: Finder) -> Found:
    """One set for each city and source, "basic" unless the list says otherwise."""
    values.setdefault("key", "basic")
    values["source"] = finder.source
    return by(CityFigures, "city", "source", "key")(values, finder)


def _figure(name: str) -> Part:
    return Part(
        Figure,
        by(Figure, "figures", "name"),
        refers={"figures": ""},
        fixed={"name": name},
        needs=(name,),
        prints=name,
    )


def _figure_columns() -> list[Column]:
    columns = []
    for name in Figure.Name:
        is_text = name == Figure.Name.PROSPERITY
        read, field = (cells.text, "text") if is_text else (cells.number, "value")
        columns.append(
            Column(name.value, name.label, gettext_lazy("the figure"), read, field=field, part=name.value)
        )
        columns.append(
            Column(
                f"{name.value}_as_printed",
                gettext_lazy("as printed"),
                gettext_lazy("empty: as the cell of the figure has it"),
                cells.text,
                field="printed",
                part=name.value,
            )
        )
    return columns


FIGURES = Importer(
    name="figures",
    label=gettext_lazy("City figures"),
    help=gettext_lazy(
        "One row for each city, a column for each figure. Every figure keeps its row as its place."
    ),
    parts={
        "": Part(CityFigures, _set),
        **{name.value: _figure(name.value) for name in Figure.Name},
    },
    columns=(
        Column(
            "city",
            gettext_lazy("city"),
            gettext_lazy("slug or any of its names"),
            cells.reference("city"),
            required=True,
            names=("city_id",),
        ),
        Column("key", gettext_lazy("key"), gettext_lazy("tells sets of one source apart"), cells.text),
        Column(
            "scope",
            gettext_lazy("scope"),
            gettext_lazy("the territory they speak of, where the list says so"),
            cells.one_of(Scope),
        ),
        Column(
            "scope_as_printed",
            gettext_lazy("scope as printed"),
            gettext_lazy("in the words of the list"),
            cells.text,
        ),
        *_figure_columns(),
    ),
)
