"""The documents of a city, of its plans, and of alliances of cities."""

from __future__ import annotations

from rest_framework.serializers import DictField, IntegerField, ListField, Serializer

from cases.deadlines.columns import TARGETS
from catalogue.api import schemas as s
from catalogue.api.documents.parts import LINES, SOURCE, Sourced
from cities.columns import CITIES


class Membership(Sourced):
    """An alliance that a city is a member of."""

    alliance = s.known("slug of the alliance")
    alliance_name = s.known("its name")
    kind = s.known("city, new area, district, county, town, other")
    joined = s.text("EDTF")
    evidence = s.text("where it is said that it is a member, in our words")


# What the member is called there is `as` in the document, which no class can have as a name.
MembershipAs = s.make(
    "MembershipOfCity", {"as": s.known("name of the member, as its source has it")}, Membership
)


class City(Serializer):
    """A city with its names, place, figures, and what the catalogue has of it."""

    id = s.known("slug of the city")
    name = s.known("usual English name")
    name_local = s.text("its name in its own language, from open data")
    other_names = s.texts("older names and other romanisations, from open data")
    divisions = ListField(
        child=ListField(child=s.known("a name")), help_text="names of each district and county"
    )
    divisions_source = s.text("slug of the source of these")
    country = s.known("English name of the country")
    country_code = s.known("ISO 3166-1 code")
    latitude = s.number("degrees north, from open data")
    longitude = s.number("degrees east, from open data")
    place_source = s.text("slug of the source of the place")
    place_id = s.text("what the city is called in that source")
    figures = s.row_of(CITIES)(many=True, help_text="a row for each set of figures")
    cases = s.texts("slugs of its cases")
    plans = s.texts("slugs of its plans")
    declarations = s.texts("slugs of the declarations adopted there")
    alliances = MembershipAs(many=True, help_text="alliances it is a member of")
    url = s.address("address of its page")


class Stage(Serializer):
    """A stage of a plan."""

    number = s.whole("its number")
    heading = s.text("as printed")
    period = s.text("from when to when, EDTF")
    digest = s.text("what it says, in our own words")
    lines = s.text(LINES)


class FieldOfAction(Serializer):
    """A field of action of a plan."""

    heading = s.text("as printed")
    digest = s.text("what it says, in our own words")
    lines = s.text(LINES)


class Benchmark(Serializer):
    """Whom a plan learns from or measures itself against."""

    name = s.known("as the plan has it")
    city = s.text("the city, where the catalogue has it")
    city_id = s.text("its slug")
    role = s.text("what it is taken for")
    note = s.text("what is said of it")
    lines = s.text(LINES)


class Plan(Serializer):
    """What a city says it will reach, by when."""

    id = s.known("slug of the plan")
    title = s.known("title")
    city = s.known("city")
    city_id = s.known("slug of the city")
    digest = s.text("summary in our own words")
    source = s.known(SOURCE)
    author = s.text("who wrote it")
    campaigns_announced = s.whole("how many campaigns it announces")
    targets = s.row_of(TARGETS)(many=True, help_text="its targets")
    stages = Stage(many=True, help_text="its stages")
    fields_of_action = FieldOfAction(many=True, help_text="its fields of action")
    benchmarks = Benchmark(many=True, help_text="whom it learns from or measures itself against")
    url = s.address("address of its page")


class Task(Serializer):
    """A task of an alliance."""

    number = s.whole("its number")
    heading = s.text("as printed")
    digest = s.text("what it says, in our own words")
    line = s.whole("line in the source")


class Member(Sourced):
    """A member of an alliance."""

    name = s.known("as its source has it")
    kind = s.known("city, new area, district, county, town, other")
    belongs_to = s.text("the city, county or province the source says it belongs to")
    city = s.text("slug of the city, where the catalogue has it")
    joined = s.text("EDTF")
    evidence = s.text("where it is said that it is a member, in our words")
    as_printed = s.text("as the source prints it")


class OrganisationOfAlliance(Serializer):
    """An organisation of an alliance."""

    name = s.known("its name")
    role = s.text("what it does there")
    note = s.text("what is said of it")
    lines = s.text(LINES)


class Alliance(Serializer):
    """An alliance of cities."""

    id = s.known("slug of the alliance")
    name = s.known("name")
    founded = s.text("EDTF")
    founded_at = s.text("where")
    digest = s.text("summary in our own words")
    source = s.known(SOURCE)
    tasks = Task(many=True, help_text="its tasks")
    reported_counts = DictField(
        child=IntegerField(), help_text="what its source counts: units, cities, new_areas, others"
    )
    reported_counts_line = s.text(LINES)
    members = Member(many=True, help_text="the members that are named")
    member_list_note = s.text("what is known of the list of members")
    organisations = OrganisationOfAlliance(many=True, help_text="its organisations")
    url = s.address("address of its page")
