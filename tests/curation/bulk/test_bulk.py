"""Bulk actions: what would change is shown row by row, then done as one operation that can be taken back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeTheme, Organisation, Partner
from cities.models import City
from curation.bulk.actions import actions_of
from records.operations import Operation
from records.reverting import undo
from tests.curation.merging.hangings import partner_of
from tests.factories import link_theme, make_case, make_programme, make_theme
from tests.staff import act, address, curator, staff_with, told

pytestmark = pytest.mark.django_db


def lines(response) -> dict[str, tuple[str, str, str]]:
    return {str(each.record): (each.old, each.new, each.refused) for each in response.context["page_obj"]}


def preview(client, records, action, **values):
    """The page of an action after its fields were filled in."""
    url = address(type(records[0]), "bulk", action)
    ids = ",".join(str(record.pk) for record in records)
    return client.post(url, {"ids": ids, "step": "1", **values})


def confirm(client, records, action, reason="Because.", **values):
    seen = preview(client, records, action, **values).context["seen"]
    url = address(type(records[0]), "bulk", action)
    ids = ",".join(str(record.pk) for record in records)
    data = {"ids": ids, "step": "1", "seen": seen, "confirm": "1", "reason_for_change": reason, **values}
    return client.post(url, data, follow=True)


@pytest.fixture
def cases():
    return [make_case(f"Case {letter}") for letter in "ABC"]


def test_choosing_an_action_asks_what_is_needed_and_changes_nothing(cases):
    response = act(curator(), Initiative, "bulk_add_theme", *cases)
    html = response.content.decode()
    assert "3 records are chosen" in html
    assert "Why these cases speak to it" in html
    assert 'name="confirm"' not in html
    assert not InitiativeTheme.objects.exists()


def test_a_theme_is_put_on_those_that_lack_it_with_a_reason_and_taken_back(cases):
    client, theme = curator(), make_theme("Trees")
    link_theme(cases[0], theme)
    link_theme(cases[1], theme, hidden=True)
    values = {"theme": theme.pk, "theme_reason": "They plant trees."}
    shown = lines(preview(client, cases, "add_theme", **values))
    assert shown["Case A"] == ("Trees", "Trees", "")
    assert "hidden" in shown["Case B"][2]
    assert shown["Case C"] == ("", "Trees", "")
    assert "1 record changed" in told(confirm(client, cases, "add_theme", **values))
    assert InitiativeTheme.objects.get(initiative=cases[2]).reason == "They plant trees."
    operation = Operation.objects.get()
    assert (operation.kind, operation.reason, operation.by) == ("bulk", "Because.", "curator")
    undo(operation, None, "")
    assert not InitiativeTheme.objects.filter(initiative=cases[2]).exists()


def test_a_theme_is_taken_off_and_comes_back_with_its_reason(cases):
    theme = make_theme("Trees")
    for case in cases[:2]:
        link_theme(case, theme, reason=f"Of {case}.")
    client = curator()
    confirm(client, cases, "remove_theme", theme=theme.pk)
    assert not InitiativeTheme.objects.exists()
    undo(Operation.objects.get(), None, "")
    assert set(InitiativeTheme.objects.values_list("reason", flat=True)) == {"Of Case A.", "Of Case B."}


def test_a_programme_that_readers_do_not_see_is_refused_to_public_cases(cases):
    unseen = make_programme("Unseen", hidden=True)
    Initiative.objects.filter(pk=cases[0].pk).update(state="draft")
    client = curator()
    shown = lines(preview(client, cases, "set_programme", value=unseen.pk))
    assert shown["Case A"][2] == ""
    assert "hidden" in shown["Case B"][2]
    confirm(client, cases, "set_programme", value=unseen.pk)
    assert list(Initiative.objects.filter(programme=unseen)) == [cases[0]]


def test_a_role_that_would_stand_twice_is_refused(cases):
    organisation = Organisation.objects.create(slug="o", name="Office")
    first = partner_of(organisation, cases[0], role="builder")
    second = partner_of(organisation, cases[0], role="owner")
    client = curator()
    assert lines(preview(client, [second], "set_role", value="builder"))["Office (builder)"][2]
    assert "Nothing would change" in confirm(client, [second], "set_role", value="builder").content.decode()
    assert Partner.objects.filter(role="owner").exists()
    confirm(client, [first], "set_role", value="maker")
    assert Partner.objects.filter(role="maker").exists()


def test_hiding_and_showing_again(cases):
    client = curator()
    response = act(client, Initiative, "bulk_hide", *cases)
    assert lines(response)["Case A"] == ("not hidden", "hidden", "")
    confirm(client, cases, "hide")
    assert Initiative.objects.filter(hidden=True).count() == 3
    confirm(client, cases, "unhide")
    assert not Initiative.objects.filter(hidden=True).exists()


def test_without_a_reason_or_with_another_preview_nothing_is_done_and_nothing_typed_is_lost(cases):
    client, theme = curator(), make_theme("Trees")
    values = {"theme": theme.pk, "theme_reason": "They plant trees."}
    html = confirm(client, cases, "add_theme", reason=" ", **values).content.decode()
    assert "Say why" in html
    assert "They plant trees." in html
    seen = preview(client, cases, "add_theme", **values).context["seen"]
    link_theme(cases[0], theme)
    ids = ",".join(str(case.pk) for case in cases)
    data = {"ids": ids, "step": "1", "seen": seen, "confirm": "1", "reason_for_change": "x", **values}
    html = client.post(address(Initiative, "bulk", "add_theme"), data).content.decode()
    assert "not what was shown before" in html
    del data["seen"]
    html = client.post(address(Initiative, "bulk", "add_theme"), data).content.decode()
    assert "It is not known what you were shown." in html
    assert InitiativeTheme.objects.count() == 1


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("add_theme", {"theme": "x", "theme_reason": ""}),
        ("add_theme", {"theme": "999999999", "theme_reason": "x"}),
        ("set_programme", {"value": ""}),
    ],
)
def test_bad_values_are_named_at_their_field(cases, action, values):
    response = preview(curator(), cases, action, **values)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "errorlist" in response.content.decode()


@pytest.mark.parametrize("ids", ["", "x", "²", "9" * 300, "999999"])
def test_numbers_of_nothing_are_told_so(ids):
    response = curator().post(address(Initiative, "bulk", "hide"), {"ids": ids, "step": "1"})
    assert "None of the records chosen" in response.content.decode()


def test_each_action_needs_its_rights_also_by_hand(cases):
    data = {"ids": str(cases[0].pk), "step": "1"}
    client = staff_with("cases.view_initiative", "cases.change_initiative")
    assert client.post(address(Initiative, "bulk", "add_theme"), data).status_code == 403
    assert client.post(address(Initiative, "bulk", "remove_theme"), data).status_code == 403
    assert client.post(address(Initiative, "bulk", "nothing"), data).status_code == 403
    assert client.post(address(Initiative, "bulk", "hide"), data).status_code == 200
    assert client.post(address(City, "bulk", "hide"), data).status_code == 403
    html = client.get(address(Initiative)).content.decode()
    assert "bulk_hide" in html
    assert "bulk_add_theme" not in html
    assert client.get(address(Initiative, "bulk", "hide")).status_code == 405


def test_hundreds_are_shown_a_page_at_a_time_in_as_many_queries(cases):
    client = curator()
    theme = make_theme("Trees")
    values = {"theme": theme.pk, "theme_reason": "x"}
    with CaptureQueriesContext(connection) as few:
        preview(client, cases, "add_theme", **values)
    many = cases + [make_case(city=cases[0].city) for _number in range(120)]
    with CaptureQueriesContext(connection) as queries:
        response = preview(client, many, "add_theme", page="2", **values)
    assert len(queries) == len(few) < 30
    assert re.search(r"2 / 3", response.content.decode())
    assert response.context["changing"] == 123


def test_names_of_actions_are_their_own():
    for model in (Initiative, City, Organisation):
        names = list(actions_of(model))
        assert len(set(names)) == len(names)
