"""Every role against every action by its address, with requests made by hand: none slips.

Pages of the admin and the steps of the state are tried by themselves. What else staff can send is added to OTHERS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from cases.models import Initiative, Theme
from cities.models import City
from curation.models import Import, NotPrinted
from curation.roles import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    CURATION,
    CURATOR,
    ON_KINDS,
    PUBLISHED,
    RIGHTS,
    ROLES,
    kind_of,
)
from notes.models import Note
from records.admin import ReadOnlyAdmin
from records.admin.reason import STEP_REASON
from records.admin.steps import latest_change
from records.models import Publishable
from records.operations import Operation
from records.workflow import CHANGE, STEPS
from search.models import Synonym
from tests.everything import make_everything
from tests.staff import address, change_page, member
from tests.web import body_of

pytestmark = pytest.mark.django_db
MODELS = list(admin.site._registry)
STATES = [model for model in MODELS if issubclass(model, Publishable)]
NOBODY = "staff without a role"
PEOPLE = (*ROLES, NOBODY)


@dataclass(frozen=True)
class Address:
    """What else staff can send: who may, and what is sent where. `url` is asked when there is a record of each kind."""

    what: str
    roles: tuple[str, ...]
    url: Callable[[], str]
    data: dict | None = None  # sent by POST; None for a GET


OTHERS: list[Address] = [
    Address("index", (*PEOPLE,), lambda: "/admin/"),
    Address("list of accounts", (ADMINISTRATOR,), lambda: address(User)),
    Address("accounts exported", (ADMINISTRATOR,), lambda: f"{address(User)}export/csv/"),
    Address("a list brought in", (CURATOR, ADMINISTRATOR), lambda: "/admin/curation/import/add/"),
    Address("deleted cases", (*ROLES,), lambda: f"{address(Initiative)}deleted/"),
    Address("log of operations", (*ROLES,), lambda: address(Operation)),
    Address(
        "an operation undone",
        (CURATOR, ADMINISTRATOR),
        lambda: address(Operation, "undo", Operation.objects.first().pk),
    ),
    Address(
        "cities merged",
        (CURATOR, ADMINISTRATOR),
        lambda: f"{address(City)}merge/?ids={City.objects.first().pk}",
    ),
    Address("duplicates of cities", (CURATOR, ADMINISTRATOR), lambda: f"{address(City)}duplicates/"),
    Address(
        "a theme merged",
        (CURATOR, ADMINISTRATOR),
        lambda: f"/admin/cases/theme/{Theme.objects.first().pk}/merge/",
    ),
    Address(
        "a theme split",
        (CURATOR, ADMINISTRATOR),
        lambda: f"/admin/cases/theme/{Theme.objects.first().pk}/split/",
    ),
    Address(
        "a synonym tried",
        (CURATOR, ADMINISTRATOR),
        lambda: change_page(Synonym.objects.first()),
        {"words": "a\nb", "_try": "Try"},
    ),
    Address(
        "a new synonym tried", (CURATOR, ADMINISTRATOR), lambda: address(Synonym, "add"), {"_try": "Try"}
    ),
    Address(
        "synonyms looked at to be merged",
        (CURATOR, ADMINISTRATOR),
        lambda: (
            f"{address(Synonym)}merge/?ids={','.join(map(str, Synonym.objects.values_list('pk', flat=True)))}"
        ),
    ),
    Address(
        "synonyms merged", (CURATOR, ADMINISTRATOR), lambda: f"{address(Synonym)}merge/", {"confirm": "1"}
    ),
    Address(
        "a synonym looked at to be split",
        (CURATOR, ADMINISTRATOR),
        lambda: address(Synonym, "split", Synonym.objects.first().pk),
    ),
    Address(
        "a synonym split",
        (CURATOR, ADMINISTRATOR),
        lambda: address(Synonym, "split", Synonym.objects.first().pk),
        {"confirm": "1"},
    ),
    Address("account made", (ADMINISTRATOR,), lambda: address(User, "add"), {}),
]


# A list is brought on a page of its own kind; what is not printed is said on the page of its case or city.
# It is let go on such a page too, where it is not done.
BY_HAND = {(Import, "add"): True, (Import, "delete"): True, (NotPrinted, "add"): False}


def client_of(person: str) -> Client:
    return member(*([person] if person in ROLES else []))


def may(person: str, model, action: str, is_published: bool = False) -> bool:
    """What the table of roles says, and what a contributor may not do to what readers see."""
    if person == NOBODY:
        return False
    if (model, action) in BY_HAND:
        return BY_HAND[model, action] and action in ON_KINDS[kind_of(model)][person]
    if action != "view" and isinstance(admin.site.get_model_admin(model), ReadOnlyAdmin):
        return False
    kind = kind_of(model)
    is_locked = person == CONTRIBUTOR and kind == PUBLISHED and is_published
    return action in ON_KINDS[kind][person] and not (is_locked and action in ("change", "delete"))


def tried(client: Client, model, action: str) -> Iterator[tuple[str, int]]:
    """The addresses of an action on the first record of a kind, each with what came of it; nothing stays done."""
    record = model.objects.first()
    urls = {
        "view": [address(model), f"{address(model)}export/json/"]
        + ([change_page(record), address(model, "history", record.pk)] if record else []),
        "add": [address(model, "add")],
        "change": [change_page(record)] if record else [],
        "delete": [address(model, "delete", record.pk)] if record else [],
    }[action]
    for url in urls:
        with transaction.atomic():
            data = {"post": "yes"} if action == "delete" else {}
            answer = client.get(url) if action == "view" else client.post(url, data)
            body_of(answer)
            transaction.set_rollback(True)
        yield url, answer.status_code


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "drafts"])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_of_every_kind(person, is_published):
    make_everything(1)
    client = client_of(person)
    for model in STATES if not is_published else ():
        model.objects.update(state="draft")
        Note.objects.all().delete()  # would go with their case, and are not a contributor's to delete
    kinds = MODELS if is_published else [model for model in MODELS if kind_of(model) == PUBLISHED]
    wrong = [
        (action, url, status)
        for model in kinds
        for action in ("view", "add", "change", "delete")
        for url, status in tried(client, model, action)
        # What is not there (404) says nothing to whoever may not see it either.
        if (status == 403 if may(person, model, action, is_published) else status not in (403, 404))
    ]
    assert wrong == []


def test_who_is_not_signed_in_is_asked_to_whatever_the_address():
    make_everything(1)
    answers = [
        (url, status)
        for model in MODELS
        for action in ("view", "add", "change", "delete")
        for url, status in tried(Client(), model, action)
    ]
    assert {status for _url, status in answers} == {302}
    for model in STATES:
        record = model.objects.first()
        for place in ("state", "preview"):
            assert Client().get(address(model, place, record.pk)).status_code == 302
            assert Client().post(address(model, place, record.pk), {"step": "publish"}).status_code == 302


def may_step(person: str, name: str) -> bool:
    if person == NOBODY:
        return False
    right = STEPS[name].right
    return "change" in ON_KINDS[PUBLISHED][person] if right == CHANGE else person in RIGHTS[right]


def in_place(record: Publishable, name: str) -> None:
    """Brings a record to where a step leads on from."""
    values = {"state": STEPS[name].sources[0], "publish_at": None}
    if STEPS[name].is_scheduled:
        values["publish_at"] = "2099-01-01T00:00Z"
    type(record).objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_step_of_every_kind(person, settings):
    settings.PUBLISH_ALONE = (
        True  # what one sent for review is one's own: tried in tests/records/test_workflow.py
    )
    make_everything(1)
    client, wrong = client_of(person), []
    data = {STEP_REASON: "why", "publish_at": "2099-02-01T00:00", "without": "on"}
    for model in STATES:
        record = model.objects.first()
        for name in STEPS:
            in_place(record, name)
            before = model.objects.values_list("state", "publish_at").get(pk=record.pk)
            data["as_of"] = latest_change(record)
            status = client.post(address(model, "state", record.pk), {"step": name, **data}).status_code
            after = model.objects.values_list("state", "publish_at").get(pk=record.pk)
            allowed = may_step(person, name)
            if (status, before != after) != ((302, True) if allowed else (403, False)):
                wrong.append((model, name, status))
            in_place(record, name)
            if (found := in_bulk(client, model, name, record)) != (
                [200, 302, True] if allowed else [403, 403, False]
            ):
                wrong.append((model, name, "in bulk", found))
        model.objects.update(state="published", publish_at=None)
    assert wrong == []


def in_bulk(client: Client, model, name: str, record) -> list:
    """What comes of choosing a step above the list, of confirming it by hand, and whether that did anything."""
    with transaction.atomic():
        chosen = {"action": name, "_selected_action": [record.pk], "reason_for_change": "why"}
        shown = client.post(address(model), chosen)
        seen = {"ids": record.pk, "step": "1", "reason_for_change": "why", "publish_at": "2099-02-01T00:00"}
        url = address(model, "bulk", name)
        looked = client.post(url, seen)
        context = looked.context if looked.status_code == 200 else {}
        before = model.objects.values_list("state", "publish_at").get(pk=record.pk)
        done = client.post(url, {**seen, "confirm": "1", "seen": context["seen"] if context else "x"})
        after = model.objects.values_list("state", "publish_at").get(pk=record.pk)
        transaction.set_rollback(True)
    return [shown.status_code, done.status_code, before != after]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_preview_takes_the_right_to_view(person):
    make_everything(1)
    client = client_of(person)
    for model in STATES:
        status = client.get(address(model, "preview", model.objects.first().pk)).status_code
        assert (status == 200) == may(person, model, "view"), model


@pytest.mark.parametrize("person", PEOPLE)
def test_deleting_in_bulk_stops_at_what_readers_see(person):
    make_everything(1)
    client = client_of(person)
    for model in (model for model in MODELS if kind_of(model) == PUBLISHED):
        record = model.objects.first()
        data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        with transaction.atomic():
            status = client.post(address(model), data).status_code
            stays = model.objects.filter(pk=record.pk).exists()
            transaction.set_rollback(True)
        if not may(person, model, "delete", is_published=True):
            # 200: others hold it, whoever asks.
            assert status in (403, 200), model
            assert stays, model


def test_nothing_that_readers_see_is_hidden_in_bulk_by_a_contributor():
    make_everything(1)
    client = client_of(CONTRIBUTOR)
    for model in (model for model in MODELS if kind_of(model) == PUBLISHED):
        record = model.objects.first()
        looked = client.post(address(model, "bulk", "hide"), {"ids": record.pk, "step": "1"})
        data = {"ids": record.pk, "step": "1", "confirm": "1", "seen": looked.context["seen"]}
        client.post(address(model, "bulk", "hide"), {**data, "reason_for_change": "why"})
        assert not model.objects.filter(pk=record.pk, hidden=True).exists(), model


def test_a_contributor_brings_no_part_to_hang_on_what_readers_see():
    from cases.models import Section
    from tests.factories import make_case, make_section
    from tests.staff import errors, filled

    client, seen = client_of(CONTRIBUTOR), make_case("Seen")
    part = make_section(make_case("Draft", state="draft"), "x")
    url = change_page(part)
    answer = client.post(url, filled(client, url, initiative=seen.pk))
    assert "Readers see this one already" in errors(answer)
    part.refresh_from_db()
    assert part.initiative.title == "Draft"
    values = {**filled(client, url, initiative=seen.pk), "key": "another", "position": 9}
    assert "Readers see this one already" in errors(client.post(address(Section, "add"), values))
    assert Section.objects.count() == 1


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.what)
def test_everything_else_that_staff_can_send(each):
    make_everything(1)
    for person in PEOPLE:
        client = client_of(person)
        answer = client.get(each.url()) if each.data is None else client.post(each.url(), each.data)
        assert (answer.status_code != 403) == (person in each.roles), person


def test_an_administrator_makes_nobody_a_superuser_and_does_not_touch_one():
    chief = User.objects.create_superuser("chief")
    client = client_of(ADMINISTRATOR)
    assert client.post(change_page(chief), {"username": "x"}).status_code == 403
    assert client.post(address(User, "delete", chief.pk), {"post": "yes"}).status_code == 403
    password = f"/admin/auth/user/{chief.pk}/password/"
    values = {"password1": "much-too-long-1", "password2": "much-too-long-1", "usable_password": "true"}
    assert client.post(password, values).status_code == 403
    other = User.objects.create_user("other")
    client.post(change_page(other), {"username": "other", "is_superuser": "on", "is_staff": "on"})
    other.refresh_from_db()
    assert not other.is_superuser


def test_every_kind_of_thing_staff_see_is_in_the_table_of_roles():
    assert [model for model in MODELS if kind_of(model) is None] == []
    assert {*ON_KINDS} == {kind_of(model) for model in MODELS} | {CURATION}
    assert all({*by_role} == {*ROLES} for by_role in ON_KINDS.values())
