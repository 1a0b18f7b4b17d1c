"""Each rule says the same of a record in Python and in the database, and what is not printed is not missing."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Initiative, InitiativeGoal, InitiativeTheme, Organisation, Outcome, Partner, Section
from cities.models import City, CityFigures, Figure
from curation.completeness.counting import any_missing, counted, missing_count, missing_of
from curation.completeness.rules import CASE_RULES, CITY_RULES, RULES
from curation.models import NotPrinted
from tests.factories import (
    link_theme,
    make_case,
    make_city,
    make_goal,
    make_outcome,
    make_section,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


def lacking(record) -> list[str]:
    return [each.key for each in missing_of(type(record), [record.pk])[record.pk]]


def furnish(case: Initiative, parts: list[str], source) -> None:
    """Gives a case what is asked for, in some cases not quite."""
    line = {"source": source, "first_line": 3, "last_line": 4}
    given = {
        "summary": lambda: setattr(case, "summary", "What was done."),
        "lines": lambda: [setattr(case, name, value) for name, value in line.items()],
        "source only": lambda: setattr(case, "source", source),
        "theme": lambda: link_theme(case, make_theme()),
        "theme without reason": lambda: link_theme(case, make_theme(), reason=""),
        "section": lambda: make_section(case, "x"),
        "start": lambda: setattr(case, "started", "2017"),
        "goal": lambda: InitiativeGoal.objects.create(initiative=case, goal=make_goal(11), reason="x"),
        "outcome": lambda: make_outcome(case, **line),
        "outcome without line": lambda: make_outcome(case),
        "partner": lambda: Partner.objects.create(
            initiative=case, organisation=Organisation.objects.create(slug="o", name="O"), role="x"
        ),
        "figure": lambda: Figure.objects.create(
            figures=CityFigures.objects.create(city=case.city), name="population", value=1
        ),
        "empty figure": lambda: Figure.objects.create(
            figures=CityFigures.objects.create(city=case.city, key="empty"), name="population"
        ),
    }
    for part in parts:
        given[part]()
    case.save()


PARTS = (
    *("summary", "lines", "source only", "theme", "theme without reason", "section", "start", "goal"),
    *("outcome", "outcome without line", "partner", "figure", "empty figure"),
)
ROWS = (InitiativeTheme, Section, Outcome, Partner, InitiativeGoal, Figure, CityFigures)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), unique=True),
    st.sets(st.sampled_from(ROWS), max_size=2),
    st.sets(st.sampled_from([each.key for each in CASE_RULES]), max_size=2),
)
def test_a_rule_says_the_same_in_the_database_and_in_python(parts, hidden, not_printed):
    with transaction.atomic():
        case = make_case(city=make_city("Bijie"))
        make_case("Another, with nothing", city=make_city("Tartu"))
        furnish(case, parts, make_source("s"))
        for model in hidden:
            model.objects.update(hidden=True)
        for key in not_printed:
            NotPrinted.objects.create(case=case, rule=key, reason="Looked for.")
        case.refresh_from_db()
        for rule in CASE_RULES:
            in_database = Initiative.objects.filter(rule.there, pk=case.pk).exists()
            assert in_database == rule.holds(case), rule.key
        for rule in CITY_RULES:
            assert City.objects.filter(rule.there, pk=case.city_id).exists() == rule.holds(case.city), (
                rule.key
            )
        expected = [r.key for r in CASE_RULES if not r.holds(case) and r.key not in not_printed]
        assert lacking(case) == expected
        assert Initiative.objects.annotate(n=missing_count(Initiative)).get(pk=case.pk).n == len(expected)
        assert Initiative.objects.filter(any_missing(Initiative), pk=case.pk).exists() == bool(expected)
        transaction.set_rollback(True)


def test_a_case_with_everything_lacks_nothing_and_one_with_nothing_lacks_all_but_reasons():
    full, empty = make_case("Full", city=make_city("Bijie")), make_case("Empty", city=make_city("Tartu"))
    wanted = ["summary", "lines", "theme", "section", "start", "goal", "outcome", "partner", "figure"]
    furnish(full, wanted, make_source("s"))
    assert lacking(full) == []
    assert lacking(empty) == [each.key for each in CASE_RULES]
    assert {rule.key: count for rule, count in counted(Initiative.objects.all(), None)} == {
        each.key: 1 for each in CASE_RULES
    }


def test_what_lacks_is_asked_in_one_query_for_any_number(django_assert_num_queries):
    cases = [make_case() for _number in range(5)]
    with django_assert_num_queries(1):
        assert len(missing_of(Initiative, [case.pk for case in cases])) == 5


def test_every_rule_has_a_key_of_its_own_and_is_no_filter_word():
    for rules in RULES.values():
        keys = [rule.key for rule in rules]
        assert len(set(keys)) == len(keys)
        assert not {"any", "nothing"} & set(keys)
