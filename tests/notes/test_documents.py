"""Checks of titles, spellings, counts, plans and declarations: each flags what does not fit, and nothing else."""

import pytest

from cases.models import Organisation, Partner, Target
from cities.models import Alliance, Member, Plan, ReportedCount, Stage
from declarations.models import Declaration
from tests.factories import PUBLISHED, make_city, make_source
from tests.notes.factories import findings, make_located_case, make_ruling

pytestmark = pytest.mark.django_db


def place(source, line=3, **fields):
    return {"source": source, "first_line": line, "last_line": line, "printed": "x", **fields}


def make_alliance(**counts) -> Alliance:
    source = make_source()
    alliance = Alliance.objects.create(slug="a", name="A", source=source, state=PUBLISHED)
    for kind, value in counts.items():
        ReportedCount.objects.create(alliance=alliance, kind=kind, value=value, **place(source))
    return alliance


def test_counts_of_an_alliance_that_agree_raise_nothing():
    make_alliance(units=90, cities=67, new_areas=2, others=21)
    assert findings("reported-counts") == []


def test_counts_of_an_alliance_that_do_not_make_the_total_are_flagged():
    make_alliance(units=91, cities=67, new_areas=2, others=21)
    (found,) = findings("reported-counts")
    assert (found.kind, found.severity, found.computed) == ("parts-total", "high", "67 + 2 + 21 = 90")


def test_members_named_are_held_against_their_number():
    alliance = make_alliance(units=2)
    Member.objects.create(
        alliance=alliance, name="M", kind="city", evidence="named", **place(alliance.source)
    )
    assert [found.kind for found in findings("reported-counts")] == ["missing"]
    Member.objects.create(
        alliance=alliance, name="N", kind="city", evidence="named", **place(alliance.source)
    )
    assert findings("reported-counts") == []


@pytest.mark.parametrize(
    ("kind", "check", "found_kind"),
    [
        ("promised_missing", "promised", "missing"),
        ("year_supplied", "year-not-printed", "dates"),
        ("spelling_varies", "spelling-in-document", "spelling"),
    ],
)
def test_a_ruling_on_a_document_is_told_once_and_not_for_its_cases(kind, check, found_kind):
    ruling = make_ruling(make_source(), kind, read_as="as read")
    make_ruling(ruling.source, "misread_word")
    assert [(found.kind, found.key) for found in findings(check)] == [(found_kind, ruling.key)]
    assert findings("spelling") == findings("promised-in-case") == []


def test_a_ruling_within_a_case_is_told_for_the_case():
    case = make_located_case()
    ruling = make_ruling(case.source, "spelling_varies", line=50, read_as="as read")
    assert [found.key for found in findings("spelling")] == [ruling.key]
    assert findings("spelling-in-document") == []


def test_a_title_that_stands_in_the_contents_alone_is_flagged():
    case = make_located_case(first_line=50)
    assert findings("title") == []
    case.title_from, case.title_line = "contents", 3
    case.save()
    (found,) = findings("title")
    assert (found.kind, found.lines) == ("contents", "3; 50")


def test_a_case_that_the_contents_list_lacks_is_flagged():
    case = make_located_case()
    ruling = make_ruling(case.source, "missing_from_contents", line=1)
    assert [found.key for found in findings("title")] == [ruling.key]


def test_an_organisation_printed_in_two_forms_is_flagged_and_capitals_are_not():
    case = make_located_case()
    office = Organisation.objects.create(slug="office", name="Office")
    for role, printed in (("builder", "City Office"), ("owner", "city office")):
        Partner.objects.create(
            initiative=case, organisation=office, role=role, **place(case.source, printed=printed)
        )
    assert findings("names-of-one-thing") == []
    other = place(case.source, line=9, printed="Office of the City")
    Partner.objects.create(initiative=case, organisation=office, role="adviser", **other)
    (found,) = findings("names-of-one-thing")
    assert (found.kind, found.lines) == ("spelling", "3; 9")


def make_plan(date="") -> Plan:
    source = make_source(date=date)
    return Plan.objects.create(slug="p", title="P", city=make_city(), source=source, state=PUBLISHED)


def test_targets_without_a_date_are_one_known_unknown_of_their_plan():
    plan = make_plan()
    Target.objects.create(plan=plan, city=plan.city, key="a", target="a", due="2030", **place(plan.source))
    assert findings("targets-without-date") == []
    for key, line in (("b", 5), ("c", 7)):
        Target.objects.create(plan=plan, city=plan.city, key=key, target=key, **place(plan.source, line=line))
    (found,) = findings("targets-without-date")
    assert (found.lines, found.computed, bool(found.settles)) == ("5; 7", "2 of 3 targets", True)


def test_a_target_that_was_past_when_it_was_set_is_flagged():
    plan = make_plan(date="2015-06")
    Target.objects.create(plan=plan, city=plan.city, key="ok", target="a", due="2015", **place(plan.source))
    assert findings("targets-past") == []
    Target.objects.create(plan=plan, city=plan.city, key="past", target="a", due="2014", **place(plan.source))
    assert [found.key for found in findings("targets-past")] == ["past"]


def test_a_stage_before_the_one_it_follows_is_flagged():
    plan = make_plan()
    for number, period in ((1, "/2020"), (2, "2020/2030")):
        Stage.objects.create(
            plan=plan, number=number, heading="h", digest="d", period=period, **place(plan.source)
        )
    assert findings("stages") == []
    Stage.objects.create(
        plan=plan, number=3, heading="h", digest="d", period="2010/2015", **place(plan.source)
    )
    assert len(findings("stages")) == 1


def test_a_declaration_adopted_outside_of_its_meeting_is_flagged():
    made = Declaration.objects.create(
        slug="d",
        title="D",
        adopted="2012-11-17",
        held="2012-11-16/2012-11-17",
        adopted_line=9,
        held_line=13,
        state=PUBLISHED,
        **place(make_source()),
    )
    assert findings("adopted") == []
    made.adopted = "2012-11-18"
    made.save()
    (found,) = findings("adopted")
    assert (found.kind, found.lines) == ("dates", "9; 13")
