"""What the history holds can be taken back: an operation, or all that was done to a record since one."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import Initiative, Outcome
from cities.models import City, Figure
from records import history
from records.models import Record
from records.operations import Change, Operation
from records.plain import plain
from records.reverting import Refused, restore, undo

pytestmark = pytest.mark.django_db


def state(case_pk):
    """A case with everything that falls with it, as plain values."""
    found = {}
    rows = [Initiative._base_manager.filter(pk=case_pk).first()]
    while rows:
        row = rows.pop()
        if row is None or (key := (row._meta.label, row.pk)) in found:
            continue
        found[key] = plain(row)
        for relation in row._meta.related_objects:
            if relation.on_delete.__name__ == "CASCADE" and issubclass(relation.related_model, Record):
                rows += relation.related_model._base_manager.filter(**{relation.field.name: row})
    return found


@pytest.fixture
def case(catalogue):
    return Initiative.objects.filter(outcomes__isnull=False, partners__isnull=False).first()


@pytest.fixture
def editor(db):
    return User.objects.create_user("lin")


def changed(row, **values):
    with history.operation() as done:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return done.saved


def test_a_deleted_case_comes_back_with_all_that_hung_on_it(case, editor):
    before, pk = state(case.pk), case.pk
    with history.operation() as done:
        case.delete()
    assert len(before) > 30 and not state(pk)
    undo(done.saved, editor, "deleted by mistake")
    assert state(pk) == before
    assert Operation.objects.first().undoes == done.saved


def test_an_undone_deletion_can_be_taken_back_again(case, editor):
    pk = case.pk
    with history.operation() as done:
        case.delete()
    undone = undo(done.saved, editor, "deleted by mistake")
    undo(undone, editor, "no, it was meant")
    assert not state(pk)


def test_every_type_of_value_comes_back_as_it_was(case, editor):
    figure = Figure.objects.filter(value__isnull=False).first()
    before = plain(figure)
    done = changed(figure, value=Decimal("7434.4"), hidden=True, printed="7,434.4")
    undo(done, editor, "")
    figure.refresh_from_db()
    assert plain(figure) == before and isinstance(figure.value, Decimal)
    assert isinstance(figure.created_at, datetime.datetime)


def test_what_was_changed_since_is_not_overwritten_unless_that_is_meant(case, editor):
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    with pytest.raises(Refused) as refused:
        undo(first, editor, "")
    assert "changed since" in refused.value.problems[0] and case.title in refused.value.problems[0]
    case.refresh_from_db()
    assert case.summary == "Second."
    undo(first, editor, "", anyway=True)
    case.refresh_from_db()
    assert case.summary not in ("First.", "Second.")


def test_another_field_changed_since_does_not_stand_in_the_way(case, editor):
    first = changed(case, summary="First.")
    changed(case, lead_digest="Another opening.")
    undo(first, editor, "")
    case.refresh_from_db()
    assert case.summary != "First." and case.lead_digest == "Another opening."


def test_a_record_made_and_used_since_is_not_taken_out(case, editor):
    with history.operation() as done:
        city = City.objects.create(slug="tartu", name="Tartu", country="EE")
    case.city = city
    case.save()
    with pytest.raises(Refused) as refused:
        undo(done.saved, editor, "")
    assert case.title in refused.value.problems[0]
    assert City.objects.filter(slug="tartu").exists()


def test_refused_undoing_leaves_everything_as_it_is(case, editor):
    with history.operation() as done:
        other = Initiative.objects.exclude(pk=case.pk).first()
        for each in (case, other):
            each.summary = "In one operation."
            each.save()
    changed(case, summary="Since.")
    count = Operation.objects.count()
    with pytest.raises(Refused):
        undo(done.saved, editor, "")
    other.refresh_from_db()
    assert other.summary == "In one operation." and Operation.objects.count() == count


def test_a_part_cannot_come_back_without_what_it_is_part_of(case, editor):
    outcome = case.outcomes.first()
    with history.operation() as first:
        outcome.delete()
    with history.operation():
        case.delete()
    with pytest.raises(Refused) as refused:
        undo(first.saved, editor, "")
    assert "restore that first" in refused.value.problems[0]
    assert not Outcome.objects.filter(pk=first.saved.changes.get().object_id).exists()


def test_a_key_taken_meanwhile_is_named(case, editor):
    with history.operation() as done:
        case.delete()
    slug = done.saved.changes.get(model="cases.initiative").before["slug"]
    other = Initiative.objects.first()
    Initiative.objects.filter(pk=other.pk).update(slug=slug)
    with pytest.raises(Refused) as refused:
        undo(done.saved, editor, "")
    assert any("key or address" in problem for problem in refused.value.problems)


def test_a_version_of_a_case_comes_back_with_its_parts(case, editor):
    first = changed(case, summary="First.")
    wanted = state(case.pk)
    with history.operation():
        case.outcomes.first().delete()
        case.partners.first().delete()
    changed(case, summary="Second.", hidden=True)
    changed(case.outcomes.first(), indicator="Another")
    restore("cases.initiative", case.pk, first, editor, "the first was right")
    assert state(case.pk) == wanted
    assert Operation.objects.first().kind == "restore"


class Sequences(TestCase):
    """Whatever is done to a case, taking it all back leads to where it began."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["summary", "part", "delete part", "add part", "delete"]), max_size=6))
    def test_any_sequence_is_taken_back(self, acts):
        from tests.records.history_seeds import small_case

        case = small_case()
        begin = changed(case, summary="The beginning.")
        before = state(case.pk)
        for number, act in enumerate(acts):
            with history.operation():
                one(act, case.pk, number)
        restore("cases.initiative", case.pk, begin, None, "")
        assert state(case.pk) == before


def one(act, pk, number):
    from cases.models import Section

    case = Initiative.objects.filter(pk=pk).first()
    if case is None:
        return
    part = case.sections.first()
    if act == "summary":
        case.summary = f"Summary {number}"
        case.save()
    elif act == "delete":
        case.delete()
    elif act == "add part":
        Section.objects.create(
            initiative=case, key=f"new-{number}", position=number, heading="New", kind="lessons", digest="x"
        )
    elif part and act == "part":
        part.heading = f"Heading {number}"
        part.save()
    elif part:
        part.delete()


def test_the_history_tells_what_was_done_to_a_record(case):
    changed(case, summary="First.")
    changed(case.outcomes.first(), indicator="Another")
    assert [each.name for each in history.changes_of(case)][-1] == case.title
    assert Change.objects.count() == history.changes_of(case).count() == 2
