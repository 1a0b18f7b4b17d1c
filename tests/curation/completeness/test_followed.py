"""What records lack, remembered and followed by the log of changes, is what the database says, whatever was done."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Initiative, InitiativeGoal, Outcome, Section, Theme
from cities.models import City, CityFigures, Figure
from curation.completeness import followed
from curation.completeness.counting import counted, lack_of, lacking, missing_of
from curation.completeness.rules import RULES
from curation.models import NotPrinted
from search import triggers
from tests.factories import (
    link_theme,
    make_case,
    make_city,
    make_goal,
    make_outcome,
    make_section,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_known():
    followed._followed.cache_clear()


def known(model=Initiative):
    return followed.lacks(model, RequestFactory().get("/admin/"))


def assert_true():
    for model in RULES:
        assert known(model) == dict(lack_of(model)), model


def sql(statement: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def cases() -> list[Initiative]:
    return list(Initiative.objects.order_by("pk"))


def a_case(number: int) -> Initiative:
    """One of those there are, or a new one where there is none."""
    there = cases()
    return there[number % len(there)] if there else make_case("One more", city=City.objects.first())


def another_city(number: int) -> City:
    there = list(City.objects.order_by("pk"))
    return there[number % len(there)]


def a_figure(number: int) -> None:
    made, _new = CityFigures.objects.get_or_create(city=another_city(number), key=f"k{number}")
    Figure.objects.update_or_create(figures=made, name="population", defaults={"value": number})


STEPS = {
    "summary": lambda n: Initiative.objects.filter(pk=a_case(n).pk).update(summary="x" if n % 2 else ""),
    "plain SQL": lambda n: sql("UPDATE cases_initiative SET started = '2017' WHERE id = %s", a_case(n).pk),
    "hidden": lambda n: Initiative.objects.filter(pk=a_case(n).pk).update(hidden=n % 2 == 0),
    "section": lambda n: make_section(a_case(n), f"h{Section.objects.count()}"),
    "sections go": lambda n: Section.objects.filter(initiative=a_case(n)).delete(),
    "section moves": lambda n: Section.objects.filter(initiative=a_case(n + 1)).update(initiative=a_case(n)),
    "theme": lambda n: link_theme(a_case(n), make_theme(f"T {Theme.objects.count()}"), reason="x" * (n % 2)),
    "goal": lambda n: InitiativeGoal.objects.get_or_create(
        initiative=a_case(n), goal=make_goal(11), defaults={"reason": "x"}
    ),
    "outcome": lambda n: make_outcome(a_case(n)),
    "outcomes hide": lambda n: Outcome.objects.update(hidden=n % 2 == 0),
    "figure": a_figure,
    "figure empties": lambda n: Figure.objects.update(value=None),
    "figures hide": lambda n: CityFigures.objects.filter(city=another_city(n)).update(hidden=True),
    "figures move": lambda n: CityFigures.objects.filter(city=another_city(n)).update(
        city=make_city(f"Moved {n} {City.objects.count()}")
    ),
    "case moves": lambda n: Initiative.objects.filter(pk=a_case(n).pk).update(city=another_city(n + 1)),
    "case goes": lambda n: a_case(n).delete(),
    "not printed": lambda n: NotPrinted.objects.get_or_create(
        case=a_case(n), rule="goals", defaults={"reason": "x"}
    ),
    "not printed of a city": lambda n: NotPrinted.objects.get_or_create(
        city=another_city(n), rule="chinese", defaults={"reason": "x"}
    ),
    "printed after all": lambda n: NotPrinted.objects.all().delete(),
    "a new case": lambda n: make_case(f"Case {Initiative.objects.count()} {n}", city=another_city(n)),
}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3), st.booleans(), st.booleans()),
        max_size=12,
    )
)
def test_what_is_remembered_is_what_the_database_says_whatever_was_done(steps):
    with transaction.atomic():
        for name in ("Bijie", "Tartu"):
            make_case(f"Case of {name}", city=make_city(name))
        for step, number, is_looked_at, is_taken_back in steps:
            with transaction.atomic():
                STEPS[step](number)
                if is_looked_at:
                    assert_true()
                transaction.set_rollback(is_taken_back)
            if is_looked_at and is_taken_back:
                assert_true()
        assert_true()
        transaction.set_rollback(True)
    assert_true()


def test_after_a_change_the_records_it_concerns_alone_are_looked_at():
    cases = [make_case(f"Case {n}", city=make_city(f"City {n}")) for n in range(3)]
    known()
    with CaptureQueriesContext(connection) as asked:
        known()
    assert len(asked) <= 2
    Initiative.objects.filter(pk=cases[1].pk).update(summary="x")
    with CaptureQueriesContext(connection) as asked:
        found = known()
    looked_at = [query["sql"] for query in asked if "EXISTS" in query["sql"]]
    assert len(looked_at) == 1 and f"IN ({cases[1].pk})" in looked_at[0]
    assert found == dict(lack_of(Initiative))


def test_more_than_is_worth_following_is_looked_at_anew(monkeypatch):
    monkeypatch.setattr(followed, "_MOST", 2)
    for number in range(4):
        make_case(f"Case {number}", city=make_city(f"City {number}"))
    known()
    Initiative.objects.update(summary="x")
    assert_true()


def test_who_has_not_looked_for_as_long_as_the_log_is_kept_looks_anew(monkeypatch):
    case = make_case()
    known()
    state = followed._followed(str(connection.settings_dict["NAME"]), followed.os.getpid())
    case.summary = "x"
    case.save()
    state._looked -= timedelta(days=14)
    assert_true()
    Initiative.objects.update(summary="")
    sql("DELETE FROM search_change WHERE feed <> 'origin'")
    assert_true()


def test_nothing_is_remembered_of_what_a_request_sees_that_may_change_something():
    make_case()
    assert followed.lacks(Initiative, RequestFactory().post("/admin/")) is None


def test_where_the_log_is_not_told_the_database_is_asked():
    make_case()
    name = next(name for name in triggers._there(connection) if "cases_section" in name)
    on = ' ON "cases_section"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "{name}"{on}')
    assert known() is None
    assert lacking(Initiative.objects.all(), None)[:2] == (1, 1)


def test_rows_that_are_chosen_are_counted_as_the_database_counts_them():
    for number in range(4):
        make_case(
            f"Case {number}", city=make_city(f"City {number}"), summary="x" * (number % 2), hidden=number > 2
        )
    for rows in (
        Initiative.objects.all(),
        Initiative.objects.filter(hidden=False),
        Initiative.objects.filter(summary=""),
        Initiative.objects.filter(city__name="City 1"),
        Initiative.objects.none(),
    ):
        assert lacking(rows, known()) == lacking(rows, None)
        assert counted(rows, known()) == counted(rows, None)
    numbers = [case.pk for case in cases()]
    assert missing_of(Initiative, numbers, known()) == missing_of(Initiative, numbers)
