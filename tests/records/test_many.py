"""Many rows taken back at once: exactly as one by one, with queries for each kind of row and not for each row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeTheme, Section
from records import history, many
from records.models import FormerSlug, LoadedRecord
from records.operations import Change
from records.plain import plain
from records.reverting import Refused, undo
from sources.models import Source
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Makes so many cases, each with a section and a theme, in one operation as an import does."""
    city, programme, theme = make.make_city(), make.make_programme(), make.make_theme()

    def make_cases(count):
        with history.operation("import") as done:
            cases = Initiative.objects.bulk_create(
                Initiative(slug=f"case-{n}", title=f"Case {n}", city=city, programme=programme, summary="S.")
                for n in range(count)
            )
            parts = [
                Section(initiative=case, key="one", position=1, heading="One", kind="lessons", digest="D.")
                for case in cases
            ]
            links = [InitiativeTheme(initiative=case, theme=theme, reason="It says so.") for case in cases]
            for rows in (
                cases,
                Section.objects.bulk_create(parts),
                InitiativeTheme.objects.bulk_create(links),
            ):
                for row in rows:
                    history.note(row, None)
        return done.saved

    return make_cases


def stored():
    return {
        (model, row.pk): plain(row)
        for model in (Initiative, Section, InitiativeTheme)
        for row in model._base_manager.all()
    }


def queries(work):
    with CaptureQueriesContext(connection) as captured:
        result = work()
    return len(captured), result


def rewrite(values):
    """Changes all cases in one operation, each to a text of its own, their themes to one text."""
    with history.operation("import") as done:
        for model, name in ((Initiative, "summary"), (InitiativeTheme, "reason")):
            for row in model.objects.all():
                before = plain(row)
                setattr(row, name, values(row))
                model.objects.filter(pk=row.pk).update(**{name: values(row)})
                history.note(row, before)
    return done.saved


def test_the_queries_of_taking_back_do_not_grow_with_the_rows(made):
    counts = {}
    for count in (50, 200):
        done = made(count)
        whole = stored()
        changed = rewrite(lambda row: f"Text {row.pk}")
        for_changes, _done = queries(lambda changed=changed: undo(changed, None, ""))
        assert stored() == whole
        for_making, undone = queries(lambda done=done: undo(done, None, ""))
        assert not Initiative.objects.exists()
        for_deletion, again = queries(lambda undone=undone: undo(undone, None, ""))
        assert stored() == whole
        counts[count] = (for_changes, for_making, for_deletion)
        undo(again, None, "")
    for few, many_more in zip(*counts.values(), strict=True):
        assert few < 150 and many_more - few < 40, counts  # 450 rows more, some for every hundred of them


def test_many_are_written_down_as_one_by_one(made, monkeypatch):
    def written():
        fields = ("action", "model", "object_id", "name", "root_model", "root_id", "before", "after")
        rows = Change.objects.filter(operation=undo(made(5), None, "")).values_list(*fields)
        left = LoadedRecord.objects.values_list("model", "key", "object_id")
        return list(rows), list(left)

    def shape(found):
        """The same whatever numbers the rows got, and when."""
        return [sorted(re.sub(r"\d+", "0", str(row)) for row in rows) for rows in found]

    together = written()
    LoadedRecord.objects.all().delete()
    monkeypatch.setattr(many, "can_delete", lambda model: False)
    assert len(together[0]) == len(together[1]) == 15
    assert shape(together) == shape(written())


def test_a_deletion_of_many_sets_references_to_nothing_and_says_so(made):
    case = make.make_case()
    kept = make.make_outcome(case, "kept")
    rows = [make.make_outcome(case, f"first {n}") for n in range(3)]
    kept.repeats = rows[1]
    kept.save()
    pk = rows[1].pk
    with history.operation() as done:
        many.delete(rows)
    kept.refresh_from_db()
    change = done.saved.changes.get(object_id=kept.pk)
    assert kept.repeats is None
    assert (change.before, change.after) == ({"repeats_id": pk}, {"repeats_id": None})
    undo(done.saved, None, "")
    kept.refresh_from_db()
    assert kept.repeats_id == pk


def test_one_of_many_whose_key_was_taken_is_named_and_nothing_is_put_back(made):
    undone = undo(made(20), None, "")
    make.make_case(slug="case-7")
    with pytest.raises(Refused) as refused:
        undo(undone, None, "")
    assert [problem for problem in refused.value.problems if "Case 7" in problem]
    assert len(refused.value.problems) < 5 and Initiative.objects.count() == 1


def test_one_of_many_that_others_need_is_named_and_nothing_is_taken_out():
    with history.operation() as done:
        sources = Source.objects.bulk_create(
            Source(slug=f"s-{n}", kind="other", title=f"Source {n}") for n in range(9)
        )
        for source in sources:
            history.note(source, None)
    make.make_case(source=sources[4])
    with pytest.raises(Refused) as refused:
        undo(done.saved, None, "")
    assert len(refused.value.problems) == 1 and "Source 4" in refused.value.problems[0]
    assert Source.objects.filter(slug__startswith="s-").count() == 9


def test_addresses_given_back_to_many_leave_those_between_leading_to_them(made):
    made(4)
    with history.operation() as done:
        for case in Initiative.objects.all():
            case.slug = f"other-{case.pk}"
            case.save()
    undo(done.saved, None, "")
    assert set(Initiative.objects.values_list("slug", flat=True)) == {f"case-{n}" for n in range(4)}
    led = dict(FormerSlug.objects.values_list("slug", "object_id"))
    assert all(led[f"other-{case.pk}"] == case.pk for case in Initiative.objects.all())


def test_what_a_row_is_called_by_is_read_with_it():
    from cities.models import Figure

    assert set(many.references(Figure)) == {"source", "figures", "figures__city", "figures__source"}
