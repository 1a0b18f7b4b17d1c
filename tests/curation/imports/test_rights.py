"""Importing, and taking that back, takes the rights that each change takes by itself: also when asked for by hand."""

import pytest
from django.contrib.auth.models import User

from cases.models import Initiative
from cities.models import City
from curation.imports import work
from curation.imports.models import Import
from curation.roles import ADMINISTRATOR, CONTRIBUTOR, CURATOR, REVIEWER, ROLES
from records.operations import Operation
from sources.models import Source
from tests.curation.imports.flow import GIVEN, act, done, page, planned
from tests.factories import make_case, make_city, make_programme, make_source
from tests.staff import address, member, staff_with

pytestmark = pytest.mark.django_db
LIST = "title,city\nGreen Lane,Xiamen\n"
IMPORTING = [
    "curation.import_records",
    *(
        f"cases.{right}_{name}"
        for right in ("add", "change")
        for name in ("initiative", "initiativetheme", "initiativegoal")
    ),
]
PUBLISH, DELETE = "curation.publish_records", "cases.delete_initiative"


@pytest.fixture
def source():
    make_city("Xiamen")
    make_programme("Award")
    return make_source("their-list")


@pytest.fixture
def made(source):
    """An import that made a draft."""
    return done(planned("cases", LIST, source, GIVEN))


@pytest.fixture
def changed(source):
    """An import that changed what readers see."""
    case = make_case("Old Lane", city=City.objects.get(), summary="Before.", slug="old-lane")
    job = done(planned("cases", f"slug,summary\n{case.slug},After.\n", source))
    assert Initiative.objects.get().summary == "After."
    return job


def taken_back(client, job) -> str:
    """What the page says once taking back was asked for, as the button does."""
    return act(client, job, "undo", reason_for_change="a trial").content.decode()


@pytest.mark.parametrize("role", [CURATOR, ADMINISTRATOR])
def test_roles_that_may_import_may_take_it_back(made, role):
    taken_back(member(role), made)
    assert made.operation.undoing.by == role and not Initiative.objects.exists()


@pytest.mark.parametrize("roles", [[CONTRIBUTOR], [REVIEWER], [CONTRIBUTOR, REVIEWER], []])
def test_roles_that_may_not_import_take_nothing_back(made, roles):
    assert member(*roles).post(page(made), {"act": "undo"}).status_code == 403
    assert made.operation.undoing is None and Initiative.objects.exists()


@pytest.mark.parametrize("role", [*ROLES, None])
def test_every_role_at_every_address_of_an_import_and_its_acts_sent_by_hand(source, role):
    job = planned("cases", LIST, source, GIVEN)
    client, may = member(*filter(None, [role])), role in (CURATOR, ADMINISTRATOR)
    deleting = address(Import, "delete", job.pk)
    for url in (page(job), deleting, address(Import, "add")):
        assert (client.get(url).status_code == 200) == may, url
    for what in ("read", "plan", "again", "confirm", "undo", "nonsense"):
        assert (client.post(page(job), {"act": what}).status_code == 403) != may, what
    assert (client.post(deleting, {"post": "yes"}).status_code == 403) != may
    assert may or (Import.objects.get().state == "planned" and not Initiative.objects.exists())


def test_what_an_import_made_is_taken_back_by_who_may_delete_it(made):
    client = staff_with(*IMPORTING)
    said = taken_back(client, made)
    assert "it takes rights that staff does not have" in said and "case | Can delete" in said
    assert (made.state, made.operation.undoing) == ("done", None)
    assert Initiative.objects.count() == 1 and Operation.objects.count() == 1


def test_who_may_delete_takes_a_draft_back(made):
    taken_back(staff_with(*IMPORTING, DELETE), made)
    assert made.operation.undoing and not Initiative.objects.exists()


@pytest.mark.parametrize("lacking", [PUBLISH, "cases.change_initiative"])
def test_a_change_of_what_readers_see_is_taken_back_by_who_may_make_it(changed, lacking):
    client = staff_with(*(right for right in [*IMPORTING, PUBLISH] if right != lacking))
    answer = client.post(page(changed), {"act": "undo"}, follow=True)
    assert answer.status_code == (200 if lacking == PUBLISH else 403)
    changed.refresh_from_db()
    assert Initiative.objects.get().summary == "After." and changed.operation.undoing is None
    assert lacking != PUBLISH or "that staff does not have" in changed.problem


def test_who_may_publish_takes_a_change_of_what_readers_see_back(changed):
    taken_back(staff_with(*IMPORTING, PUBLISH), changed)
    assert Initiative.objects.get().summary == "Before."


def test_its_new_source_goes_with_the_right_to_delete_sources(source):
    job = planned("cases", LIST, None, GIVEN)
    Import.objects.filter(pk=job.pk).update(new_source={"title": "Theirs", "rights": "CC0"}, state="read")
    job.refresh_from_db()
    work.plan(job)
    job.refresh_from_db()
    done(job)
    assert Source.objects.filter(title="Theirs", hidden=False).exists()
    client = staff_with(*IMPORTING, DELETE)
    assert "source | Can delete" in taken_back(client, job)
    assert Source.objects.filter(title="Theirs").exists() and Initiative.objects.exists()


@pytest.mark.parametrize("rights", [[], [PUBLISH]], ids=["without publishing", "with publishing"])
def test_importing_over_what_readers_see_takes_the_right_to_publish(source, rights):
    make_case("Old Lane", city=City.objects.get(), summary="Before.", slug="old-lane")
    job = planned("cases", "slug,summary\nold-lane,After.\n", source)
    said = act(staff_with(*IMPORTING, *rights), job, "confirm").content.decode()
    assert ("that staff does not have" in said) == (not rights)
    assert job.state == ("done" if rights else "planned")
    assert Initiative.objects.get().summary == ("After." if rights else "Before.")
    assert Operation.objects.count() == len(rights)


def test_the_history_names_who_confirmed_an_import_and_not_who_sent_the_file(source):
    job = planned("cases", LIST, source, GIVEN, user=User.objects.create_user("lin"))
    body = act(member(CURATOR), job, "confirm").content.decode()
    assert (job.by, job.operation.by) == ("lin", "curator") and "by curator" in body
