"""What the history holds can be taken back: an operation, or all that was done to a record since one."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import Initiative, Outcome, Section
from cities.models import City, Figure
from records import history, past
from records.models import Record
from records.operations import Change, Operation
from records.plain import plain
from records.reverting import Refused, preview, restore, rights_for, undo
from tests.factories import make_case
from tests.staff import WHY, change_page, staff_with

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
    assert [each.name for each in past.changes_of(case)][-1] == case.title
    assert Change.objects.count() == past.changes_of(case).count() == 2


# What it takes

PUBLISH, WITHDRAW = "curation.publish_records", "curation.withdraw_records"
OF_CASES = [
    f"cases.{right}_{kind}" for kind in ("initiative", "section") for right in ("add", "change", "delete")
]
# Where a record stands so that its edit form takes the right to publish, and where it does not.
LOCKED = [
    {"state": "published"},
    {"state": "withdrawn", "withdrawn_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
    {"state": "draft", "publish_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)},
    {"state": "draft", "withdrawn_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
]
OPEN = [{"state": "draft"}, {"state": "review"}]


def section_of(case, key="a"):
    words = {"key": key, "position": 1, "heading": "Heading", "kind": "lessons", "digest": "x"}
    return Section.objects.create(initiative=case, **words)


def edited(case):
    return changed(case, summary="Another.")


def with_a_part_edited(case):
    part = section_of(case)
    return changed(part, heading="Another")


def with_a_part_made(case):
    with history.operation() as done:
        section_of(case)
    return done.saved


def with_a_part_deleted(case):
    part = section_of(case)
    with history.operation() as done:
        part.delete()
    return done.saved


def with_a_part_moved_away(case):
    part = section_of(case)
    return changed(part, initiative=make_case("A draft", city=case.city, state="draft"))


def with_a_part_moved_here(case):
    part = section_of(make_case("A draft", city=case.city, state="draft"))
    return changed(part, initiative=case)


EDITS = [
    edited,
    with_a_part_edited,
    with_a_part_made,
    with_a_part_deleted,
    with_a_part_moved_away,
    with_a_part_moved_here,
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("where", [*LOCKED, *OPEN], ids=lambda where: "-".join(where) + "-" + where["state"])
def test_taking_back_an_edit_takes_the_right_that_the_edit_form_takes(edit, where):
    case = make_case(**where)
    client = staff_with("records.restore_operation", "records.view_operation", *OF_CASES)
    form = client.post(change_page(case), {})
    for operation in (edit(case), None):  # undone, and then brought back by undoing that
        operation = operation or undo(Operation.objects.latest("pk"), None, "")
        looked_at = preview(lambda each=operation: undo(each, None, ""))
        answer = client.post(reverse("admin:records_operation_undo", args=[operation.pk]), WHY)
        assert (form.status_code == 403, PUBLISH in rights_for(looked_at)) == (where in LOCKED,) * 2
        assert answer.status_code == (403 if where in LOCKED else 302)


def test_bringing_back_a_version_of_what_readers_see_takes_the_right_to_publish():
    case = make_case()
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    client = staff_with("records.restore_operation", *OF_CASES)
    url = reverse("admin:cases_initiative_version", args=[case.pk, first.pk])
    assert "workflow | Can publish, schedule and send back records" in client.get(url).content.decode()
    assert client.post(url, WHY).status_code == 403
    case.refresh_from_db()
    assert case.summary == "Second."


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_bringing_back_a_deleted_record_that_readers_knew_takes_the_right_to_publish(state):
    case = make_case(state=state)
    with history.operation() as done:
        case.delete()
    changes = preview(lambda: undo(done.saved, None, ""))
    assert PUBLISH in rights_for(changes)
    assert PUBLISH in rights_for(undo(done.saved, None, "").changes.all())


@pytest.mark.parametrize(
    ("before", "after", "right"),
    [
        ("draft", "published", {PUBLISH}),
        ("withdrawn", "published", {PUBLISH}),
        ("published", "withdrawn", {WITHDRAW}),
        ("published", "draft", {WITHDRAW}),
        ("withdrawn", "draft", {WITHDRAW}),
        ("draft", "withdrawn", {WITHDRAW}),
        ("draft", "review", set()),
    ],
)
def test_taking_back_a_step_takes_the_right_to_the_step_there_and_no_other(before, after, right):
    case = make_case(state=after)
    taken = changed(case, state=before)
    changes = undo(taken, None, "").changes.all()
    assert rights_for(changes) == {"cases.change_initiative"} | right


def test_setting_a_time_of_publication_again_takes_the_right_to_publish():
    case = make_case(state="draft", publish_at=LOCKED[2]["publish_at"])
    taken = changed(case, publish_at=None)
    assert PUBLISH in rights_for(preview(lambda: undo(taken, None, "")))
    assert PUBLISH in rights_for(undo(taken, None, "").changes.all())
