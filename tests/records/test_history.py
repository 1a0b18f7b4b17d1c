"""What is done to records within an operation is written down, before and after."""

import pytest
from django.contrib.auth.models import User

from cases.models import Initiative, Outcome, Partner, Section
from cities.models import City, Figure
from records import history
from records.operations import Change, Operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(catalogue):
    return Initiative.objects.filter(outcomes__isnull=False, partners__isnull=False).first()


def test_a_saved_record_is_written_down_with_what_differs_who_and_why(case):
    editor = User.objects.create_user("lin")
    before = case.summary
    with history.operation(user=editor, reason=" the source says so "):
        case.summary = "Another summary."
        case.save()
    change = Change.objects.get()
    assert (change.action, change.before, change.after) == (
        "changed",
        {"summary": before},
        {"summary": "Another summary."},
    )
    assert (change.operation.user, change.operation.by, change.operation.reason) == (
        editor,
        "lin",
        "the source says so",
    )
    assert change.operation.subject == case.title


def test_nothing_is_written_down_where_nothing_differs_or_outside_of_an_operation(case):
    with history.operation():
        case.save()
    case.summary = "Another summary."
    case.save()
    assert not Operation.objects.exists()


def test_two_saves_of_one_record_are_one_change(case):
    with history.operation():
        for text in ("First.", "Second."):
            case.summary = text
            case.save()
    assert Change.objects.get().after == {"summary": "Second."}


def test_a_part_belongs_to_the_page_it_is_edited_on(case):
    figure = Figure.objects.filter(value__isnull=False).first()
    outcome = case.outcomes.first()
    with history.operation():
        figure.value += 1
        figure.save()
        outcome.indicator = "Another indicator"
        outcome.save()
    roots = set(Change.objects.values_list("model", "root_model", "root_id"))
    assert roots == {
        ("cities.figure", "cities.city", figure.figures.city_id),
        ("cases.outcome", "cases.initiative", case.pk),
    }


def test_what_falls_with_a_deleted_record_is_written_down_too(case):
    parts = {
        model: set(model.objects.filter(initiative=case).values_list("pk", flat=True))
        for model in (Section, Outcome, Partner)
    }
    pk = case.pk
    with history.operation():
        case.delete()
    for model, pks in parts.items():
        changes = Change.objects.filter(model=model._meta.label_lower, action="deleted")
        assert pks and set(changes.values_list("object_id", flat=True)) == pks
    assert set(Change.objects.values_list("root_model", "root_id").distinct()) >= {("cases.initiative", pk)}


def test_an_operation_that_fails_leaves_nothing(case):
    with pytest.raises(RuntimeError), history.operation():
        case.summary = "Another summary."
        case.save()
        raise RuntimeError
    case.refresh_from_db()
    assert case.summary != "Another summary." and not Operation.objects.exists()


def test_an_operation_within_another_is_part_of_it(catalogue):
    with history.operation(reason="outer") as outer, history.operation(reason="inner") as inner:
        pass
    assert outer is inner


def test_bulk_updates_are_written_down_when_they_are_told(catalogue):
    with history.operation():
        count = history.update(City.objects.all(), other_names="by hand")
    assert count == City.objects.count() == Change.objects.filter(action="changed").count()
    assert set(City.objects.values_list("other_names", flat=True)) == {"by hand"}


def test_a_record_made_is_written_down_whole(catalogue):
    with history.operation():
        city = City.objects.create(slug="tartu", name="Tartu", country="EE")
    change = Change.objects.get()
    assert (change.action, change.before, change.after["slug"], change.after["country"]) == (
        "created",
        None,
        "tartu",
        "EE",
    )
    assert (change.root_model, change.root_id) == ("cities.city", city.pk)
