"""The four groups are there, with just the rights of the table, and stay so."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from curation import roles

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "staff.md"


def rights_of(group: Group) -> set[str]:
    found = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_the_groups_have_just_what_the_table_says():
    there = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }
    for role in roles.ROLES:
        group = Group.objects.get(name=role)
        assert rights_of(group) == set(roles.rights_of(role)) & there
    assert "auth.view_user" not in rights_of(Group.objects.get(name="curator"))
    assert "curation.publish_records" in rights_of(Group.objects.get(name="reviewer"))
    assert "cases.change_initiative" not in rights_of(Group.objects.get(name="reviewer"))
    assert "curation.publish_records" not in rights_of(Group.objects.get(name="contributor"))


def test_they_are_complete_again_after_migrating():
    group = Group.objects.get(name="curator")
    group.permissions.clear()
    group.permissions.add(Permission.objects.get(codename="view_user"))
    Group.objects.filter(name="reviewer").delete()
    own = Group.objects.create(name="our own")
    call_command("migrate", verbosity=0)
    assert rights_of(group) >= {"cases.add_initiative"}
    assert "auth.view_user" not in rights_of(group)
    assert Group.objects.filter(name="reviewer").exists()
    assert rights_of(own) == set()


def test_the_docs_say_the_same_as_the_table():
    rows = {
        cells[0]: cells[1:]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and len(cells := [c.strip() for c in line.strip("|\n").split("|")]) == 5
    }
    assert rows["role"] == list(roles.ROLES)
    words = {roles.ALL: "everything", roles.VIEW: "see", roles.NONE: "–"}
    for kind, by_role in roles.ON_KINDS.items():
        said = [cell.rstrip("¹²") for cell in rows[kind]]
        assert said == [words[by_role[role]] for role in roles.ROLES], kind
    for right, allowed in roles.RIGHTS.items():
        assert rows[f"`{right}`"] == ["yes" if role in allowed else "–" for role in roles.ROLES], right
