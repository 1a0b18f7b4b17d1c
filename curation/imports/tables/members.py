"""Members of alliances. Nobody is entered without evidence."""

from django.utils.translation import gettext_lazy

from cities.models import Member
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part
from curation.imports.keys import by

MEMBERS = Importer(
    name="members",
    label=gettext_lazy("Alliance members"),
    help=gettext_lazy("One unit in a row, with where it is said that it is a member."),
    parts={"": Part(Member, by(Member, "alliance", "name"), prints="name")},
    columns=(
        Column(
            "alliance",
            gettext_lazy("alliance"),
            gettext_lazy("slug or name"),
            cells.reference("alliance"),
            required=True,
        ),
        Column(
            "name",
            gettext_lazy("name"),
            gettext_lazy("the unit as the list names it"),
            cells.text,
            required=True,
            names=("member",),
        ),
        Column(
            "kind",
            gettext_lazy("kind"),
            gettext_lazy("city, new area, district, county or town"),
            cells.one_of(Member.Kind),
            required=True,
        ),
        Column(
            "city", gettext_lazy("city"), gettext_lazy("slug or any of its names"), cells.reference("city")
        ),
        Column("joined", gettext_lazy("joined"), gettext_lazy("2017, 2017-06 or 2017-06-30"), cells.date),
        Column(
            "evidence",
            gettext_lazy("evidence"),
            gettext_lazy("where it is said that it is a member"),
            cells.text,
            required=True,
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
