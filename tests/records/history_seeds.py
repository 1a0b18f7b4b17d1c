"""A small case for tests of the history."""

from cases.models import Initiative, Programme, Section
from cities.models import City


def small_case() -> Initiative:
    """A case with three sections."""
    city = City.objects.create(slug="tartu", name="Tartu", country="EE")
    programme = Programme.objects.create(slug="award", name="Award")
    case = Initiative.objects.create(
        slug="tartu-case", title="A case", city=city, programme=programme, summary="A summary."
    )
    for number in range(3):
        Section.objects.create(
            initiative=case,
            key=f"part-{number}",
            position=number,
            heading=f"Part {number}",
            kind="lessons",
            digest="What was learned.",
        )
    return case
