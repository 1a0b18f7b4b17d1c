"""Targets of plans move to where those of cases stand beside them: nothing is lost, nothing looks edited."""

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from records.loading.values import digest

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = (
    ("cities", "0004_other_names"),
    ("cases", "0008_commitments_and_mentions"),
    ("records", "0001_initial"),
)


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


def loaded(apps, model, record, key, values=None):
    marks = apps.get_model("records", "LoadedRecord").objects
    marks.create(
        model=model, key=json.dumps(key), object_id=record.pk, digest=digest(values) if values else "of old"
    )


@pytest.fixture
def old():
    """The catalogue before, with a plan, and back to the present whatever happens."""
    try:
        apps = migrate(*BEFORE)
        city = apps.get_model("cities", "City").objects.create(slug="port", name="Port", country="CN")
        source = apps.get_model("sources", "Source").objects.create(slug="news", kind="plan", title="News")
        plan = apps.get_model("cities", "Plan").objects.create(
            slug="port-plan", title="Plan", city=city, source=source
        )
        yield apps, plan, source
    finally:
        migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def add(apps, plan, source, key, **fields):
    place = {"source": source, "first_line": 4, "last_line": 4}
    return apps.get_model("cities", "Target").objects.create(
        plan=plan, key=key, target=f"Reach {key}", **place, **fields
    )


def present():
    return migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_rows_keep_their_values_and_get_the_city_of_their_plan_and_a_unit(old):
    apps, plan, source = old
    rows = [
        add(apps, plan, source, "schools", value=30, unit="percent of schools", due="2030"),
        add(apps, plan, source, "streets", value="2.5", unit="km"),
        add(apps, plan, source, "bare", value=2),
        add(apps, plan, source, "words", hidden=True),
    ]
    new = present().get_model("cases", "Target").objects.order_by("pk")
    assert list(new.values_list("pk", flat=True)) == [row.pk for row in rows]
    assert list(new.values_list("key", "target", "due", "value", "unit__code", "hidden")) == [
        ("schools", "Reach schools", "2030", 30, "%", False),
        ("streets", "Reach streets", "", 2.5, "km", False),
        ("bare", "Reach bare", "", 2, "number", False),
        ("words", "Reach words", "", None, None, True),
    ]
    assert {(t.city.slug, t.plan.slug, t.initiative_id, t.evidence) for t in new} == {
        ("port", "port-plan", None, "")
    }


def test_what_the_loader_wrote_still_counts_as_loaded_and_an_edit_as_an_edit(old):
    apps, plan, source = old
    for model, record in (("cities.plan", plan), ("sources.source", source), ("cities.city", plan.city)):
        loaded(apps, model, record, [record.slug])
    common = {"plan": ["port-plan"], "source": ["news"], "first_line": 4, "last_line": 4}
    kept = add(apps, plan, source, "schools", value=30, unit="percent of schools")
    values = common | {
        "key": "schools",
        "target": "Reach schools",
        "value": "30",
        "unit": "percent of schools",
    }
    loaded(apps, "cities.target", kept, ["port-plan", "schools"], values)
    edited = add(apps, plan, source, "trade")
    loaded(apps, "cities.target", edited, ["port-plan", "trade"])
    gone = add(apps, plan, source, "gone")
    loaded(apps, "cities.target", gone, ["port-plan", "gone"])
    apps.get_model("cities", "Target").objects.filter(pk=gone.pk).delete()
    present()

    from cases.models import Target
    from records.edits import states
    from records.models import LoadedRecord

    marks = LoadedRecord.objects.filter(model="cases.target")
    assert {tuple(json.loads(mark.key)) for mark in marks} == {
        ("port-plan", None, key) for key in ("schools", "trade", "gone")
    }
    assert not LoadedRecord.objects.filter(model="cities.target").exists()
    assert states(Target.objects.all()) == {kept.pk: "loaded", edited.pk: "edited"}


def test_rights_to_targets_are_kept(old):
    from django.contrib.auth.models import Permission, User
    from django.contrib.contenttypes.models import ContentType

    apps, plan, source = old
    add(apps, plan, source, "schools")
    ContentType.objects.filter(model="target").delete()
    kind = ContentType.objects.create(app_label="cities", model="target")
    right = Permission.objects.create(content_type=kind, codename="change_target", name="change")
    user = User.objects.create_user("curator")
    user.user_permissions.add(right)
    present()
    assert user.has_perm("cases.change_target")
    assert not ContentType.objects.filter(app_label="cities", model="target").exists()
    right.content_type.delete()


def test_an_empty_catalogue_gets_there_and_back():
    try:
        migrate(*BEFORE)
    finally:
        present()
