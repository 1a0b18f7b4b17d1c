"""At least one record of every kind, each with a place in a source whose text is attached."""

from itertools import count

from cases.models import (
    Initiative,
    Milestone,
    Organisation,
    Outcome,
    Partner,
    Place,
    PlaceMention,
    Target,
    Theme,
    ThemeBroader,
    ThemeMatch,
    Transfer,
)
from cities.models import (
    Alliance,
    AllianceOrganisation,
    Benchmark,
    FieldOfAction,
    Member,
    Plan,
    ReportedCount,
    Stage,
)
from declarations.models import Article, Declaration, DeclarationCount
from notes.models import Note, Sum
from records import history
from records.models import FormerSlug, LoadedRecord
from search.models import Synonym
from sources.models import Ruling, SourceText
from tests.factories import (
    PUBLISHED,
    answer,
    make_case,
    make_city,
    make_section,
    make_source,
    make_theme,
    make_unit,
)

TEXT = "A title\n\nThe area is 7,434 km2.\nThe next line says more.\n" * 5
_number = count(1)


def make_everything(times: int = 1) -> None:
    """`times` cases, cities, plans, alliances, declarations and sources, each with parts of every kind."""
    for _ in range(times):
        number = next(_number)
        source = make_source(f"document-{number}", line_count=21)
        SourceText.objects.create(source=source, text=TEXT)
        place = {"source": source, "first_line": 3, "last_line": 4, "printed": "7,434"}
        Ruling.objects.create(key="a-defect", kind="misprint", reason="for a test", **place)
        city = make_city(f"Place {number}", population=number, place_source=source)
        with history.operation():
            city.other_names = f"Site {number}"
            city.save()
        _make_case(number, city, place)
        _make_plan(number, city, place)
        _make_alliance(number, city, place)
        _make_declaration(number, city, place)
        answer(
            Initiative.objects.get(title=f"Case {number}"),
            f"declaration-{number}:1",
            source=source,
            lines="3-4",
        )
        Synonym.objects.create(words=f"saying {number}\nproverb {number}", reason="for a test")
        FormerSlug.objects.create(model="cities.city", slug=f"old-{number}", object_id=city.pk)
        LoadedRecord.objects.create(model="cities.city", key=f'["place-{number}"]', object_id=city.pk)


def _make_case(number, city, place):
    case = make_case(
        f"Case {number}",
        city=city,
        themes=(make_theme(f"Theme {number}"),),
        goals=(number % 17 + 1,),
        novelty=("evolutionary",),
        summary="What was done.",
        **place,
    )
    theme = Theme.objects.get(name=f"Theme {number}")
    ThemeBroader.objects.create(narrower=theme, broader=make_theme(f"Broad theme {number}"))
    uri = f"https://vocabulary.example/{number}"
    ThemeMatch.objects.create(theme=theme, uri=uri, label="A concept", scheme="A list", reason="The same.")
    make_section(case, "In our own words.", **place)
    Milestone.objects.create(initiative=case, key="began", date="2017", event="It began", **place)
    organisation = Organisation.objects.create(slug=f"office-{number}", name=f"Office {number}", city=city)
    Partner.objects.create(initiative=case, organisation=organisation, role="builder", **place)
    spot = Place.objects.create(slug=f"lane-{number}", name=f"Lane {number}", kind="road", city=city)
    PlaceMention.objects.create(initiative=case, place=spot, **place)
    common = {"initiative": case, "direction": "taught", "state": "done", "what": "the way"}
    Transfer.objects.create(key="way", name="Elsewhere", **common, **place)
    Target.objects.create(initiative=case, city=city, key="done", target="all done", due="2049", **place)
    add_outcome(case, 1, **place)
    add_note(case, 1, place["source"])
    Sum.objects.create(case=case, key="areas", total="area-1", parts="area-2\narea-3")


def add_note(case, number, source):
    """One more source check of a case, which speaks of its outcomes and of what would settle it."""
    Note.objects.create(
        slug=f"{case.slug}-{number}",
        source=source,
        case=case,
        city=case.city,
        kind="two-values",
        severity="medium",
        printed="7,434",
        lines="3",
        note="It is printed with another value elsewhere.",
        settles="A map.",
    )


def add_outcome(case, number, **place):
    """One more outcome of a case, which repeats the first."""
    Outcome.objects.create(
        initiative=case,
        key=f"area-{number}",
        indicator="area greened",
        value=number,
        before=number + 1,
        after=number,
        unit=make_unit("ha"),
        status="achieved",
        repeats=case.outcomes.first(),
        **place,
    )


def _make_plan(number, city, place):
    plan = Plan.objects.create(
        slug=f"plan-{number}", title=f"Plan {number}", city=city, source=place["source"], state=PUBLISHED
    )
    Stage.objects.create(plan=plan, number=1, heading="First", digest="x", **place)
    Target.objects.create(plan=plan, city=city, key="trade", target="more trade", **place)
    FieldOfAction.objects.create(plan=plan, key="ports", heading="Ports", digest="x", **place)
    Benchmark.objects.create(plan=plan, key="other", name="Other", city=city, role="model", **place)


def _make_alliance(number, city, place):
    alliance = Alliance.objects.create(
        slug=f"alliance-{number}", name=f"Alliance {number}", source=place["source"], state=PUBLISHED
    )
    AllianceOrganisation.objects.create(alliance=alliance, key="o", name="O", role="organiser", **place)
    ReportedCount.objects.create(alliance=alliance, kind="units", value=90, **place)
    Member.objects.create(alliance=alliance, name="M", kind="city", city=city, evidence="named", **place)
    alliance.tasks.create(number=1, heading="Exchange", digest="x", **place)


def _make_declaration(number, city, place):
    declaration = Declaration.objects.create(
        slug=f"declaration-{number}", title=f"Declaration {number}", city=city, state=PUBLISHED, **place
    )
    Article.objects.create(
        declaration=declaration, number=1, number_as_printed="1.", heading="We", digest="x", **place
    )
    DeclarationCount.objects.create(declaration=declaration, key="c", what="cities", value=40, **place)
