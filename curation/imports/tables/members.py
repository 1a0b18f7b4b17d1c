"""Members of alliances. Nobody is entered without evidence."""

from django.utils.translation import gettext_lazy as lazy

from cities.models import Member
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part
from curation.imports.keys import by

MEMBERS = Importer(
    name="members",
    label=lazy("Alliance members"),
    help=lazy("One unit in a row, with where it is said that it is a member."),
    parts={"": Part(Member, by(Member, "alliance", "name"), prints="name")},
    columns=(
        Column(
            "alliance", lazy("alliance"), lazy("slug or name"), cells.reference("alliance"), required=True
        ),
        Column(
            "name",
            lazy("name"),
            lazy("the unit as the list names it"),
            cells.text,
            required=True,
            names=("member",),
        ),
        Column(
            "kind",
            lazy("kind"),
            lazy("city, new area, district, county or town"),
            cells.one_of(Member.Kind),
            required=True,
        ),
        Column("city", lazy("city"), lazy("slug or any of its names"), cells.reference("city")),
        Column("joined", lazy("joined"), lazy("2017, 2017-06 or 2017-06-30"), cells.date),
        Column(
            "evidence",
            lazy("evidence"),
            lazy("where it is said that it is a member"),
            cells.text,
            required=True,
        ),
        Column("as_printed", lazy("as printed"), lazy("as the list prints it"), cells.text, field="printed"),
    ),
)
