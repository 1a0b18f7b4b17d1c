"""What targets, lessons and partners may not be: refused by the database, and by the form at the wrong field."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import Organisation, Partner, Target, Transfer
from cities.models import Plan
from sources.models import SourceText
from tests import factories as make
from tests.staff import address, change_page, curator, errors, filled, row, save

pytestmark = pytest.mark.django_db
TEXT = "By 2030 it will build 30,000 homes, or in the coming two years.\n"


@pytest.fixture
def source():
    source = make.make_source("book", line_count=10)
    SourceText.objects.create(source=source, text=TEXT * 10)
    return source


@pytest.fixture
def case(source):
    return make.make_case("A lane", source=source, first_line=1, last_line=9, summary="In short.")


@pytest.fixture
def plan(source):
    return Plan.objects.create(
        slug="plan", title="Plan", city=make.make_city("Port"), source=source, state=make.PUBLISHED
    )


def make_target(case, **fields):
    return Target.objects.create(
        **{"initiative": case, "city": case.city, "key": "k", "target": "homes", **fields}
    )


WRONG = [
    {"due": "2030/2028"},
    {"due": "2030-06/2030-05"},
    {"value": 3},
    {"evidence": "done"},
    {"evidence_lines": "7"},
    {"first_line": 3},
    {"first_line": 3, "last_line": 2},
    {"initiative": None},
]


@pytest.mark.parametrize("fields", WRONG)
def test_the_database_refuses(case, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(case, **fields)
    target = make_target(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(**fields)


def test_the_database_refuses_a_target_of_two_things_a_key_twice_and_a_unit_nobody_defined(case, plan):
    target = make_target(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(case)
    Target.objects.create(plan=plan, city=plan.city, key="k", target="homes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(plan=plan, city=plan.city, key="k", target="homes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(unit_id=4711)
        transaction.get_connection().check_constraints()


@pytest.mark.parametrize(
    "fields", [{}, {"due": "2028/2030"}, {"due": "/2030"}, {"evidence": "x", "evidence_lines": "7"}]
)
def test_the_database_takes(case, fields):
    make_target(case, **fields)


def test_a_natural_key_leads_back_to_its_target(case, plan):
    mine = make_target(case)
    theirs = Target.objects.create(plan=plan, city=plan.city, key="k", target="homes")
    assert mine.natural_key() == (None, case.slug, "k")
    assert theirs.natural_key() == ("plan", None, "k")
    assert Target.objects.get_by_natural_key(*mine.natural_key()) == mine
    assert Target.objects.get_by_natural_key(*theirs.natural_key()) == theirs


def test_a_count_of_others_needs_what_it_counts(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            initiative=case, key="k", direction="taught", state="done", what="w", count=4, unit=""
        )


@pytest.fixture
def target(case):
    place = {"source": case.source, "first_line": 1, "last_line": 1, "printed": "30,000 homes"}
    return make_target(case, value=30000, unit=make.make_unit("number"), due="2030", **place)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"due": "2030/2028"}, "The date ends before it starts."),
        ({"due": "soon"}, "“soon” is not a date"),
        ({"value": "31000"}, "does not print this number"),
        ({"unit": ""}, "A value needs its unit."),
        ({"unit": "4711"}, "There is no such unit"),
        ({"printed": "40,000 homes", "value": "40000"}, "does not stand on"),
        ({"due_as_printed": "by 2031"}, "does not stand on"),
        ({"first_line": "11", "last_line": "11"}, "has 10 lines"),
        ({"evidence": "It is done."}, "Give this too"),
        ({"evidence_lines": "7"}, "Give this too"),
        ({"evidence": "x", "evidence_lines": "17"}, "has 10 lines"),
        ({"initiative": ""}, "choose one of the two"),
    ],
)
def test_the_form_refuses_and_says_what_to_do(target, changes, says):
    response = save(curator(), target, **changes)
    assert says in errors(response)
    before = Target.objects.get(pk=target.pk)
    assert (before.due, before.value) == ("2030", 30000)


def test_the_form_takes_city_and_source_of_plan_or_case(case, plan):
    client, url = curator(), address(Target, "add")
    place = {"first_line": "1", "printed": "By 2030"}
    common = {"target": "Homes", "due": "2030", "due_as_printed": "By 2030", **place}
    assert not errors(client.post(url, filled(client, url, plan=plan.pk, **common)))
    assert not errors(client.post(url, filled(client, url, initiative=case.pk, **common)))
    found = Target.objects.order_by("pk").values_list("key", "city__slug", "source__slug", "last_line")
    assert list(found) == [("homes", "port", "book", 1), ("homes", case.city.slug, "book", 1)]
    both = filled(client, url, plan=plan.pk, initiative=case.pk, **common)
    assert "choose one of the two" in errors(client.post(url, both))


def test_rows_on_the_page_of_a_plan_and_of_a_case(case, plan):
    client = curator()
    for parent in (plan, case):
        fields = row("targets", 0, target="Homes", due="2030", first_line="1", printed="By 2030")
        assert not errors(save(client, parent, **fields))
    assert list(Target.objects.order_by("pk").values_list("city__slug", "source__slug")) == [
        ("port", "book"),
        (case.city.slug, "book"),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first_line": "11", "last_line": "11"}, "has 10 lines"),
        ({"printed": "the mayor"}, "does not stand on"),
    ],
)
def test_a_partner_needs_its_line_and_printed_form(case, changes, says):
    office = Organisation.objects.create(slug="office", name="Office")
    place = {"source": case.source, "first_line": 1, "last_line": 1}
    partner = Partner.objects.create(initiative=case, organisation=office, role="leads", **place)
    assert says in errors(save(curator(), partner, **changes))
    assert curator_page(partner).status_code == 200


def curator_page(record):
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username="curator"))
    return client.get(change_page(record))
