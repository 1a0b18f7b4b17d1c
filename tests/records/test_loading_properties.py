"""Whatever curators do between two loads: no edit is lost, nothing deleted comes back, a third load writes
nothing.
"""

import copy
import json
import tempfile
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative, Outcome, Section
from cities.models import City
from records.loading import load
from records.models import LoadedRecord
from tests.records import seeds

pytestmark = pytest.mark.django_db

CASES = ["town-garden", "port-road"]
SECTIONS = [(case, key) for case in CASES for key in ("abstract", "measures", "lessons")]
OUTCOMES = ["first", "again", "third"]
WORDS = st.sampled_from(["one", "two", "three"])


@st.composite
def releases(draw):
    """A release of the fixtures: a subset of cases, sections and outcomes, each with a value that may
    differ.
    """
    shared = ("cases.initiative", "cases.section", "cases.outcome")
    records = [copy.deepcopy(each) for each in seeds.seed() if each["model"] not in shared]
    records = [each for each in records if each["model"] != "cases.initiativetheme"]
    cases = draw(st.lists(st.sampled_from(CASES), unique=True))
    for slug in cases:
        records.append(seeds.case(slug, draw(st.sampled_from(["town", "port"])), f"Title {draw(WORDS)}"))
    for case, key in draw(st.lists(st.sampled_from(SECTIONS), unique=True)):
        if case in cases:
            records.append(seeds.section(case, key, 1, 10, digest=draw(WORDS)))
    if CASES[0] in cases:
        keys = draw(st.lists(st.sampled_from(OUTCOMES), unique=True))
        for place, key in enumerate(keys):
            repeats = [CASES[0], keys[0]] if place else None
            records.append(seeds.outcome(CASES[0], key, 10, scope=draw(WORDS), repeats=repeats))
    return records


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "rename", "delete", "hide", "move"]), st.integers(0, 20), st.integers(0, 9)
    ),
    max_size=5,
)


class Curator:
    """Acts on rows and remembers what must hold after the next load."""

    def __init__(self):
        self.loaded, self.edited, self.deleted, self.hidden = {}, {}, set(), set()

    def act(self, action: str, which: int, number: int) -> None:
        rows = [
            *Initiative.objects.all(),
            *Section.objects.all(),
            *Outcome.objects.all(),
            *City.objects.all(),
        ]
        if rows:
            getattr(self, action)(rows[which % len(rows)], number)

    def edit(self, row, number):
        name = {Initiative: "title", Section: "digest", Outcome: "scope", City: "name_local"}[type(row)]
        self._set(row, name, f"By hand {number}")

    def rename(self, row, number):
        name = "key" if isinstance(row, Section | Outcome) else "slug"
        self._set(row, name, f"by-hand-{type(row).__name__.lower()}-{row.pk}-{number}")

    def move(self, row, number):
        if isinstance(row, Initiative):
            cities = City.objects.order_by("pk")
            self._set(row, "city", cities[number % len(cities)])

    def hide(self, row, number):
        row.hidden = True
        row.save()
        self.hidden.add((type(row), row.pk))

    def delete(self, row, number):
        if isinstance(row, City):
            return  # protected while a case stands in it
        gone = [row, *(Section.objects.filter(initiative=row) if isinstance(row, Initiative) else [])]
        gone += Outcome.objects.filter(initiative=row) if isinstance(row, Initiative) else []
        self.deleted |= {(type(each), each.pk) for each in gone}
        row.delete()

    def _set(self, row, name, value):
        field = type(row), row.pk, name
        self.loaded.setdefault(field, getattr(row, name))
        setattr(row, name, value)
        row.save()
        self.edited[field] = value

    def check(self, known: dict) -> None:
        """`known` names the fixtures' key of each row before the actions."""
        for (model, pk, name), value in self.edited.items():
            if (model, pk) not in self.deleted and value != self.loaded[model, pk, name]:
                assert getattr(model.objects.get(pk=pk), name) == value
        for model, pk in self.hidden - self.deleted:
            assert model.objects.get(pk=pk).hidden
        for model, pk in self.deleted:
            assert not _row(model, known[model, pk]), "deleted, and came back"


def _row(model, key):
    rows = model.objects.all()
    if model is Initiative:
        return rows.filter(slug=key[0]).first()
    return rows.filter(initiative__slug=key[0], key=key[1]).first()


def _known():
    models = (Initiative, Section, Outcome, City)
    return {(model, row.pk): row.natural_key() for model in models for row in model.objects.all()}


def _snapshot():
    models = (Initiative, Section, Outcome, City)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=releases(), second=releases(), actions=ACTIONS)
def test_two_loads_with_a_curator_between(first, second, actions):
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        load(seeds.write(Path(folder), first))
        known, curator = _known(), Curator()
        for action in actions:
            curator.act(*action)
        report = load(seeds.write(Path(folder), second))
        curator.check(known)
        _check_untouched(second, report)
        before = _snapshot()
        with CaptureQueriesContext(connection) as queries:
            third = load(Path(folder))
        assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert _snapshot() == before
        assert not (third.added or third.changed or third.hidden or third.shown_again)
        transaction.set_rollback(True)


def _check_untouched(release, report):
    """What the report calls added, changed or unchanged has the values of the release; what it hid is not
    public.
    """
    digests = {
        (each["fields"]["initiative"][0], each["fields"]["key"]): each["fields"]["digest"]
        for each in release
        if each["model"] == "cases.section"
    }
    marks = _marks()
    for item in [*report.added, *report.changed, *report.unchanged]:
        if item.model == "cases.section":
            row = Section.objects.get(pk=marks[item.model, item.key])
            assert row.digest == digests[item.key]
    for item in report.hidden:
        if item.model == "cases.section":
            assert not Section.objects.get(pk=marks[item.model, item.key]).is_public


def _marks():
    return {(mark.model, tuple(json.loads(mark.key))): mark.object_id for mark in LoadedRecord.objects.all()}
