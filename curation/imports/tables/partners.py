"""Partners of cases: an organisation, made where it is not there, and its role in a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from cases.models import Organisation, Partner
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder
from curation.imports.keys import Found, by, cut, free, needed, slug_of
from curation.imports.names import folded
from records.said import Said as _


def _find(values: dict, finder: Finder) -> Found:
    """By its slug; else by any of its spellings, of its city where that is given."""
    slug, name, city = (values.get(each) for each in ("slug", "name", "city"))
    own, named = finder.index("organisation")
    if slug:
        if not (known := own.get(folded(slug))):
            return (slug,), None
        values["slug"] = known.slug  # which may have led here once: that is no change of it
        return (known.pk,), known.pk
    if not name:
        raise needed(Organisation, "name")
    found = [one for one in named.get(folded(name), []) if not city or one.city_id in (None, city.pk)]
    if len(found) > 1:
        words = {"cell": name, "keys": ", ".join(one.slug for one in found[:5])}
        raise Wrong(_("“%(cell)s” may be one of several: write which, %(keys)s.") % words, "organisation_id")
    if found:
        return (found[0].pk,), found[0].pk
    whose = (folded(name), city.pk if city else None)
    made = slug_of(name, "organisation")
    values["slug"] = cut(free(made, "organisation", whose, finder, city.slug if city else ""), Organisation)
    return (values["slug"],), None


def _knows(organisation: models.Model, name: str) -> bool:
    return folded(name) in {folded(each) for each in (organisation.name, *organisation.spellings)}


PARTNERS = Importer(
    name="partners",
    label=gettext_lazy("Partners"),
    help=gettext_lazy(
        "One organisation in its role in one case. An organisation that is not there yet is made."
    ),
    parts={
        "organisation": Part(Organisation, _find, shared=True, needs=("name", "organisation_id")),
        "": Part(
            Partner,
            by(Partner, "initiative", "organisation", "role"),
            refers={"organisation": "organisation"},
        ),
    },
    columns=(
        Column(
            "case",
            gettext_lazy("case"),
            gettext_lazy("slug or title"),
            cells.reference("case"),
            field="initiative",
            required=True,
        ),
        Column(
            "name",
            gettext_lazy("organisation"),
            gettext_lazy("its name"),
            cells.text,
            part="organisation",
            required=True,
            names=("organisation", "partner"),
            same=_knows,
        ),
        Column(
            "role", gettext_lazy("role"), gettext_lazy("what it does in the case"), cells.text, required=True
        ),
        Column(
            "organisation_id",
            gettext_lazy("slug of the organisation"),
            gettext_lazy("empty: found by its name, or made"),
            cells.text,
            field="slug",
            part="organisation",
            names=("id",),
        ),
        Column(
            "kind",
            gettext_lazy("kind"),
            gettext_lazy("public-body, company, non-profit …"),
            cells.one_of(Organisation.Kind),
            part="organisation",
        ),
        Column(
            "collective",
            gettext_lazy("several, none named"),
            gettext_lazy("yes or no"),
            cells.yes_or_no,
            part="organisation",
        ),
        Column(
            "organisation_city",
            gettext_lazy("city of the organisation"),
            gettext_lazy("slug or any of its names"),
            cells.reference("city"),
            field="city",
            part="organisation",
        ),
        Column(
            "variants",
            gettext_lazy("other spellings"),
            gettext_lazy("parted by semicolons"),
            cells.lines,
            part="organisation",
        ),
        Column(
            "as_printed",
            gettext_lazy("as printed"),
            gettext_lazy("as the list prints it"),
            cells.text,
            field="printed",
        ),
    ),
)
