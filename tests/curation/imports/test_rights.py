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
    for url in (deleting, address(Import, "add")):
        assert (client.get(url).status_code == 200) == may, url
    assert (client.get(page(job)).status_code == 200) == (may or role == REVIEWER)
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


# --- looking alone


def states(source) -> list[Import]:
    """An import in each state that has a page of its own."""
    of = {
        state: planned("cases", LIST, source, GIVEN)
        for state in ("read", "planned", "planning", "confirming")
    }
    for state, job in of.items():
        Import.objects.filter(pk=job.pk).update(state=state)
    taken = done(planned("cases", LIST, source, GIVEN))
    taken_back(member(ADMINISTRATOR), taken)
    return [*of.values(), taken, done(planned("cases", LIST, source, GIVEN))]


def test_who_may_view_imports_sees_each_page_and_can_do_nothing_there(source):
    client = member(REVIEWER)
    for job in states(source):
        answer = client.get(page(job))
        body = answer.content.decode()
        main = body[body.index('id="content"') :]
        assert answer.status_code == 200 and job.file_name in body, job.state
        assert '<form method="post"' not in main and "deletelink" not in main and "<button" not in main, (
            job.state
        )
        assert client.post(page(job), {"act": "again"}).status_code == 403
        assert client.get(address(Import, "delete", job.pk)).status_code == 403
        assert client.post(address(Import, "delete", job.pk), {"post": "yes"}).status_code == 403
        refused = f"{address(Import)}{job.pk}/refused.csv"
        assert client.get(refused).status_code == 200 and member_of_none_gets(refused) == 403


def member_of_none_gets(url: str) -> int:
    User.objects.filter(username="none").delete()
    return member().get(url).status_code


# --- imports of somebody else


def of_another(source, **values) -> Import:
    job = planned("cases", LIST, source, GIVEN, user=User.objects.create_user("lin"))
    Import.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("right", "may"), [("curation.delete_import", True), ("curation.change_import", False)]
)
def test_deleting_the_import_of_another_takes_the_right_to_delete_imports(source, right, may):
    hidden = Source.objects.create(slug="theirs", title="Theirs", kind="other", hidden=True)
    job = of_another(source, source_id=None, own_source=hidden)
    client = staff_with(*IMPORTING, right)
    deleting = address(Import, "delete", job.pk)
    assert ("deletelink" in client.get(page(job)).content.decode()) == may
    assert client.get(deleting).status_code == (200 if may else 403)
    assert client.post(deleting, {"post": "yes"}).status_code == (302 if may else 403)
    assert Import.objects.exists() != may and Source.objects.filter(slug="theirs").exists() != may


def test_ones_own_import_is_deleted_with_its_hidden_source_without_further_rights(source):
    hidden = Source.objects.create(slug="mine", title="Mine", kind="other", hidden=True)
    job, client = of_another(source, source_id=None, own_source=hidden), staff_with(*IMPORTING)
    Import.objects.update(user=User.objects.get(username="staff"))
    client.post(address(Import, "delete", job.pk), {"post": "yes"})
    assert not Import.objects.exists() and not Source.objects.filter(slug="mine").exists()


@pytest.mark.parametrize("what", ["read", "plan", "again"])
def test_the_import_of_another_is_tried_anew_with_the_right_to_change_imports(source, what):
    job = of_another(source, state="planned" if what == "again" else "read")
    client = staff_with(*IMPORTING, "curation.delete_import")
    assert client.post(page(job), {"act": what}).status_code == 403
    assert 'value="again"' not in client.get(page(job)).content.decode()
    User.objects.get(username="staff").delete()
    assert staff_with(*IMPORTING, "curation.change_import").post(page(job), {"act": what}).status_code != 403


def test_a_taken_back_import_of_another_makes_no_hidden_source_anew(source):
    job = of_another(source, new_source={"title": "Theirs", "rights": "CC0"})
    done(job)
    taken_back(member(ADMINISTRATOR), job)
    before = Source.objects.count()
    assert staff_with(*IMPORTING).post(page(job), {"act": "again"}).status_code == 403
    assert (Source.objects.count(), job.state) == (before, "done")
