"""The shape of the document of one thing of each kind, as `/cases/<slug>.json` and its like give it.

A key that a document has and this does not, or the other way round, is found by the tests, which hold every public
record to it.
"""

from __future__ import annotations

from rest_framework.serializers import DictField, IntegerField, ListField, Serializer

from cases.columns import CASES, THEMES
from cases.deadlines.columns import TARGETS
from cases.ledger.columns import OUTCOMES
from cases.named.columns import LESSONS, PARTNERS, PLACES
from catalogue.api import schemas as s
from cities.columns import CITIES
from notes.columns import NOTES
from sources.columns import SOURCES

_LINES = "lines of the source, as 75-79; 83"
_SOURCE = "slug of the source document"
_FIRST, _LAST = "first line in the source", "last line in the source"
_EDITOR = "editor: an editor's judgement"


class Sourced(Serializer):
    """Something that rests on lines of a source."""

    source = s.text(_SOURCE)
    lines = s.text(_LINES)


class Printed(Sourced):
    """The same, with what the lines print."""

    printed = s.text("as the source prints it")


class Lead(Serializer):
    """What stands before the first heading of a case."""

    digest = s.text("what it says, in our own words")
    first_line = s.whole(_FIRST)
    last_line = s.whole(_LAST)


class Section(Serializer):
    """A headed part of a case."""

    key = s.known("what it is called in the address of its place")
    heading = s.text("as printed")
    kind = s.known(
        "abstract, background, measures, innovation, outcomes, lessons, implementation, schedule, or other"
    )
    kinds = s.texts("all kinds that the heading names")
    level = s.counted("1 for a part of the case, 2 for a part of that")
    digest = s.text("what it says, in our own words")
    first_line = s.whole("line of the heading in the source")
    last_line = s.whole("last line of its own text, sub-sections included")
    text = s.text(
        "as printed; only where the operator attached the source and its rights allow it", required=False
    )


class Start(Serializer):
    """When a case began."""

    date = s.text("EDTF; empty where the source does not say")
    lines = s.text(_LINES)
    reason = s.text("why it is taken for the start")


class ThemeOfCase(Serializer):
    """Why a case stands under a theme."""

    theme = s.known("slug of the theme")
    reason = s.text("why")
    lines = s.text(_LINES)
    judged_by = s.known(_EDITOR)


class GoalOfCase(Serializer):
    """Why a case works for a Sustainable Development Goal."""

    goal = s.counted("number of the goal, 1 to 17")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why")
    lines = s.text(_LINES)


class NoveltyOfCase(Printed):
    """How new the source calls a case."""

    kind = s.known("evolutionary, revolutionary or incremental")
    said_by = s.text("who says so")
    reason = s.text("why it is read so")


class AnswerOfCase(Sourced):
    """An article of a declaration that a case answers to."""

    declaration = s.known("slug of the declaration")
    article = s.counted("number of the article")
    article_heading = s.text("its heading, as printed")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why, in our own words")
    editor = s.text("who judged")


class Milestone(Printed):
    """A dated fact."""

    date = s.text("EDTF")
    event = s.known("what happened, in our own words")


class Case(s.row_of(CASES)):
    """A case with all that hangs on it."""

    lead = Lead(help_text="what stands before the first heading")
    sections = Section(many=True, help_text="its headed parts, in printed order")
    start = Start(help_text="when it began")
    theme_reasons = ThemeOfCase(many=True, help_text="its themes, with reasons")
    goal_reasons = GoalOfCase(many=True, help_text="its goals, with reasons")
    novelty_claims = NoveltyOfCase(many=True, help_text="how new the source calls it")
    answers = AnswerOfCase(many=True, help_text="articles of declarations it answers to")
    milestones = Milestone(many=True, help_text="dated facts")
    outcomes = s.row_of(OUTCOMES)(many=True, help_text="each printed claim")
    notes = s.row_of(NOTES)(many=True, help_text="source checks")
    partners = s.row_of(PARTNERS)(many=True, help_text="organisations in their roles")
    places = s.row_of(PLACES)(many=True, help_text="places it names")
    transfers = s.row_of(LESSONS)(many=True, help_text="who learned from whom")
    targets = s.row_of(TARGETS)(many=True, help_text="what was to be reached by when")


class Narrower(Serializer):
    """A theme below another."""

    id = s.known("slug of the theme")
    cases = s.counted("number of its own cases")


class Match(Serializer):
    """A concept of an outside vocabulary."""

    relation = s.known("exact, close, broad or narrow")
    uri = s.address("its URI")
    label = s.text("its name there")
    scheme = s.text("the vocabulary")
    reason = s.text("why it is the same, or nearly")
    judged_by = s.known(_EDITOR)


class CaseOfTheme(Sourced):
    """A case of a theme."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    reason = s.text("why it stands there")
    judged_by = s.known(_EDITOR)
    url = s.address("address of its page")


class Theme(s.row_of(THEMES)):
    """A theme, what is above and below it, and its cases."""

    definition_zh = s.text("what the editors count under it, in Chinese")
    narrower = Narrower(many=True, help_text="themes below it")
    matches = Match(many=True, help_text="concepts of outside vocabularies")
    case_reasons = CaseOfTheme(many=True, help_text="its cases, at most 100")
    more_cases = s.yes("whether there are more")


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
    lines = s.text(_LINES)


class FieldOfAction(Serializer):
    """A field of action of a plan."""

    heading = s.text("as printed")
    digest = s.text("what it says, in our own words")
    lines = s.text(_LINES)


class Benchmark(Serializer):
    """Whom a plan learns from or measures itself against."""

    name = s.known("as the plan has it")
    city = s.text("the city, where the catalogue has it")
    city_id = s.text("its slug")
    role = s.text("what it is taken for")
    note = s.text("what is said of it")
    lines = s.text(_LINES)


class Plan(Serializer):
    """What a city says it will reach, by when."""

    id = s.known("slug of the plan")
    title = s.known("title")
    city = s.known("city")
    city_id = s.known("slug of the city")
    digest = s.text("summary in our own words")
    source = s.known(_SOURCE)
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
    lines = s.text(_LINES)


class Alliance(Serializer):
    """An alliance of cities."""

    id = s.known("slug of the alliance")
    name = s.known("name")
    founded = s.text("EDTF")
    founded_at = s.text("where")
    digest = s.text("summary in our own words")
    source = s.known(_SOURCE)
    tasks = Task(many=True, help_text="its tasks")
    reported_counts = DictField(
        child=IntegerField(), help_text="what its source counts: units, cities, new_areas, others"
    )
    reported_counts_line = s.text(_LINES)
    members = Member(many=True, help_text="the members that are named")
    member_list_note = s.text("what is known of the list of members")
    organisations = OrganisationOfAlliance(many=True, help_text="its organisations")
    url = s.address("address of its page")


class Appearance(Serializer):
    """A case that names an organisation or a place."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    city_id = s.known("slug of the city")
    as_printed = s.text("as the line prints it")
    source = s.text(_SOURCE)
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


class AnswerToArticle(Sourced):
    """A case that answers to an article."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why, in our own words")
    editor = s.text("who judged")


class Article(Serializer):
    """An article or proposal of a declaration."""

    number = s.counted("1, 2, ...")
    number_as_printed = s.text("as printed")
    heading = s.text("as printed")
    digest = s.text("what it says, in our own words")
    first_line = s.whole(_FIRST)
    last_line = s.whole(_LAST)
    cases = AnswerToArticle(many=True, help_text="cases that answer to it, at most 100")
    more_cases = s.yes("whether there are more: the list crosswalk has them all")


class Closing(Serializer):
    """The last part of a declaration."""

    digest = s.text("what it says, in our own words")
    lines = s.text(_LINES)


class CountOfDeclaration(Serializer):
    """A number that a declaration prints."""

    what = s.known("what is counted")
    value = s.number("the number")
    unit = s.text("its unit")
    printed = s.text("as printed")
    lines = s.text(_LINES)


class Declaration(Serializer):
    """A declaration with its articles."""

    id = s.known("slug of the declaration")
    title = s.known("title as printed")
    adopted = s.text("date of adoption, EDTF")
    held = s.text("when the meeting was held, EDTF")
    place = s.text("as printed")
    city = s.text("the city it was adopted in")
    city_id = s.text("its slug")
    occasion = s.text("meeting that adopted it")
    digest = s.text("summary of the preamble in our own words")
    source = s.text(_SOURCE)
    articles = Article(many=True, help_text="its articles or proposals")
    closing = Closing(help_text="its last part")
    counts = CountOfDeclaration(many=True, help_text="numbers it prints")
    url = s.address("address of its page")


# By the place whose things they are.
DOCUMENTS: dict[str, type[Serializer]] = {
    "cases": Case,
    "themes": Theme,
    "partners": Organisation,
    "places": Place,
    "cities": City,
    "plans": Plan,
    "alliances": Alliance,
    "declarations": Declaration,
    "notes": s.row_of(NOTES),
    "sources": s.row_of(SOURCES),
}
