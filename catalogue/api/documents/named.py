"""The documents of organisations and places that cases name."""

from __future__ import annotations

from rest_framework.serializers import Serializer

from catalogue.api import schemas as s
from catalogue.api.documents.parts import SOURCE


class Appearance(Serializer):
    """A case that names an organisation or a place."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    city_id = s.known("slug of the city")
    as_printed = s.text("as the line prints it")
    source = s.text(SOURCE)
    line = s.text("line of the source; several as 75-79")
    url = s.address("address of the page of the case")


class AppearanceInRole(Appearance):
    """A case in which an organisation has a role."""

    role = s.text("what it does in the case, in our own words")


class Named(Serializer):
    """What organisations and places have in common."""

    id = s.known("slug")
    name = s.known("name")
    kind = s.text("what it is")
    variants = s.texts("other spellings in the sources")
    city = s.text("the city it is of, where that is known")
    city_id = s.text("its slug")
    url = s.address("address of its page")


class Organisation(Named):
    """An organisation and every case that names it."""

    cases = AppearanceInRole(many=True, help_text="every case that names it")
    collective = s.yes("whether the source names several together and none of them")


class Place(Named):
    """A place and every case that names it."""

    cases = Appearance(many=True, help_text="every case that names it")
