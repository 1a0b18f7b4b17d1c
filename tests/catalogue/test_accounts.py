"""Accounts and groups in the history: who gave whom which right, and nothing else; Django's own log stays empty."""

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User

from cases.models import Initiative
from records.operations import Change, Operation
from records.rights import names_of_rights
from tests.factories import make_case
from tests.staff import act, address, change_page, curator, member, save, staff_with, take
from tests.web import body_of

pytestmark = pytest.mark.django_db
NEW = {
    "username": "lin",
    "usable_password": "true",
    "password1": "much-too-long-1",
    "password2": "much-too-long-1",
}
CHANGED = {"username": "lin", "is_active": "on", "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}


def made(client) -> User:
    client.post(address(User, "add"), NEW)
    return User.objects.get(username="lin")


def told_of(one) -> list[tuple[str, dict | None, dict | None]]:
    """What the history holds of an account or group, the last first."""
    found = Change.objects.filter(model=one._meta.label_lower, object_id=one.pk)
    return list(found.values_list("action", "before", "after"))


def test_who_gave_whom_which_role_and_right_is_written_down_with_who_did():
    client = curator("chief")
    lin = made(client)
    reviewer, right = Group.objects.get(name="reviewer"), Permission.objects.get(codename="view_user")
    typed = {**CHANGED, "email": "lin@example.org", "is_staff": "on"}
    client.post(change_page(lin), {**typed, "groups": [reviewer.pk], "user_permissions": [right.pk]})
    (action, before, after), (first, _none, _made) = told_of(lin)
    assert (action, first) == ("changed", "created")
    assert before == {"is_staff": False, "groups": [], "user_permissions": []}
    assert after == {"is_staff": True, "groups": ["reviewer"], "user_permissions": ["auth.view_user"]}
    operation = Operation.objects.first()
    assert (operation.kind, operation.by, operation.subject) == ("account", "chief", "lin")
    assert "lin@example.org" not in str(told_of(lin))
    page = client.get(address(User, "history", lin.pk)).content.decode()
    assert "reviewer" in page and "Staff status" in page
    assert "user | Can view" in page
    page = client.get(f"/zh-hans{address(User, 'history', lin.pk)}").content.decode()
    assert "用户 | 可以查看" in page and "auth.view_user" not in page
    assert "Undo this operation" not in page and "Bring back" not in page


def test_a_password_is_written_down_as_set_and_never_itself_and_who_deletes_an_account_too():
    client = curator("chief")
    lin = made(client)
    client.post(
        f"/admin/auth/user/{lin.pk}/password/",
        {**NEW, "password1": "other-long-2", "password2": "other-long-2"},
    )
    assert told_of(lin)[0] == ("changed", {"password": ""}, {"password": "set anew"})
    shown = [
        client.get(f"{way}{address(User, 'history', lin.pk)}").content.decode() for way in ("", "/zh-hans")
    ]
    assert ["set anew" in page for page in shown] == [True, False]
    assert "已重新设置" in shown[1]
    everything = str(list(Change.objects.values()))
    lin.refresh_from_db()
    assert lin.password not in everything and "other-long-2" not in everything
    client.post(address(User, "delete", lin.pk), {"post": "yes"})
    assert told_of(lin)[0][0] == "deleted"
    assert client.get(address(User, "history", lin.pk)).status_code == 200


def test_a_right_that_there_is_no_more_is_called_by_its_key():
    assert (
        names_of_rights(["auth.add_user", "gone.add_thing"])
        == "Authentication and Authorization | user | Can add; gone.add_thing"
    )


def test_a_group_and_its_rights_are_written_down():
    client = curator("chief")
    right = Permission.objects.get(codename="add_user")
    client.post(address(Group, "add"), {"name": "helpers", "permissions": [right.pk]})
    helpers = Group.objects.get(name="helpers")
    client.post(change_page(helpers), {"name": "helpers", "permissions": []})
    act(client, Group, "delete_selected", helpers)
    client.post(
        address(Group), {"action": "delete_selected", "_selected_action": [helpers.pk], "post": "yes"}
    )
    assert [each[0] for each in told_of(helpers)] == ["deleted", "changed", "created"]
    assert told_of(helpers)[1][1:] == ({"permissions": ["auth.add_user"]}, {"permissions": []})


def test_the_log_and_its_exports_show_accounts_to_who_sees_accounts_and_to_nobody_else():
    lin = made(curator("chief"))
    make_case("Lane")
    operation = Operation.objects.get()
    administrator, other = member("administrator"), member("curator")
    for client, sees in ((administrator, True), (other, False)):
        for model in (Operation, Change):
            export = body_of(client.get(f"{address(model)}export/json/")).decode()
            assert ("lin" in export) == sees, model
        assert (client.get(change_page(operation)).status_code == 200) == sees
        assert (client.get(address(User, "history", lin.pk)).status_code == 200) == sees
    assert other.get(address(Operation, "undo", operation.pk)).status_code == 404
    page = administrator.post(address(Operation, "undo", operation.pk), {"reason_for_change": "x"})
    assert "not brought back from here" in page.content.decode()
    assert User.objects.filter(pk=lin.pk).exists()


def test_no_restoring_of_an_account_whatever_is_sent():
    lin = made(curator("chief"))
    client = staff_with(
        "auth.change_user", "auth.view_user", "records.restore_operation", "records.view_operation"
    )
    operation = Operation.objects.get()
    for url in (
        f"/admin/auth/user/{lin.pk}/restore/",
        f"/admin/auth/user/{lin.pk}/history/{operation.pk}/restore/",
    ):
        assert client.post(url).status_code in (302, 404)
    assert Operation.objects.count() == 1


def test_nothing_is_written_into_the_log_that_django_keeps_for_itself(settings):
    settings.PUBLISH_ALONE = True
    client = curator("chief")
    lin = made(client)
    case = make_case("Lane", state="draft", summary="x")
    save(client, case, title="Green lane")
    take(client, Initiative, "publish", case)
    client.post(address(Initiative, "delete", case.pk), {"post": "yes", "reason_for_change": "twice"})
    client.post(change_page(lin), {**CHANGED, "is_staff": "on"})
    assert not LogEntry.objects.exists()
    assert Operation.objects.count() == 5
    for model_admin in admin.site._registry.values():
        for name in ("log_addition", "log_change", "log_deletions"):
            assert getattr(type(model_admin), name) is not getattr(ModelAdmin, name), model_admin
