"""Numbers that cannot be are refused: by the form, with what is wrong, and by the database from any other side."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import Initiative, InitiativeTheme, Programme
from cities.models import Alliance, CityFigures, Figure, Plan, Stage
from declarations.models import Article, Declaration, DeclarationCount
from sources.models import Source
from tests.everything import make_everything
from tests.factories import make_case, make_city, make_source, make_theme
from tests.staff import curator, errors, save

pytestmark = pytest.mark.django_db

BELOW_ZERO = "This figure cannot be below zero."


@pytest.mark.parametrize(
    ("name", "wrong", "right", "message"),
    [
        ("population", "-1", "0", BELOW_ZERO),
        ("area_km2", "-0.5", "0.5", BELOW_ZERO),
        ("density_per_km2", "-4080", "4080", BELOW_ZERO),
        ("gdp_per_capita_usd", "-1", "1", BELOW_ZERO),
        ("gini_index", "100.1", "46.2", "A Gini index lies between 0 and 1"),
        ("gini_index", "-0.1", "0.46", "A Gini index lies between 0 and 1"),
        ("population_growth_pct", "-100.5", "-3.2", "cannot shrink by more than 100 per cent"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(name, wrong, right, message):
    figures = CityFigures.objects.create(city=make_city(), source=make_source(), key="basic")
    figure = Figure.objects.create(figures=figures, name=name)
    client = curator()
    assert message in errors(save(client, figure, value=wrong))
    assert errors(save(client, figure, value=right)) == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(value=wrong)


@pytest.mark.parametrize("wrong", ["123", "g" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_checksum_has_64_digits(wrong):
    source = make_source()
    if wrong.strip() == wrong:
        assert "A SHA-256 checksum has 64 digits" in errors(save(curator(), source, sha256=wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(sha256=wrong[:64] if len(wrong) < 65 else "A" * 64)


def test_a_checksum_may_be_pasted_with_capitals_and_blanks():
    source = make_source()
    assert errors(save(curator(), source, sha256=f" {'AB' * 32} ")) == ""
    source.refresh_from_db()
    assert source.sha256 == "ab" * 32


@pytest.mark.parametrize(
    ("model", "field", "wrong"),
    [
        (Source, "line_count", 0),
        (Programme, "edition", 0),
        (Programme, "line", 0),
        (Initiative, "title_line", 0),
        (Plan, "campaigns_line", 0),
        (Stage, "number", 0),
        (Alliance, "founded_line", 0),
        (Alliance, "member_list_line", 0),
        (Declaration, "adopted_line", 0),
        (Declaration, "held_line", 0),
        (Article, "number", 0),
        (DeclarationCount, "value", -1),
    ],
)
def test_what_is_counted_from_one_is_not_zero(model, field, wrong):
    make_everything(1)
    record = model.objects.first()
    assert "Ensure this value is greater than or equal to" in errors(
        save(curator(), record, **{field: wrong})
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**{field: wrong})


@pytest.mark.parametrize(("first", "last"), [(3, None), (None, 3), (4, 3), (0, 3)])
def test_the_opening_of_a_case_has_both_its_lines_in_order(first, last):
    case = make_case(summary="x")
    changes = {"lead_first_line": first or "", "lead_last_line": last or ""}
    if first != 0:
        assert "The opening needs a first line of 1 or more" in errors(save(curator(), case, **changes))
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.update(lead_first_line=first, lead_last_line=last)


@pytest.mark.parametrize(
    ("model", "field", "beyond"),
    [
        (Initiative, "title_line", 22),
        (Initiative, "lead_last_line", 22),
        (Initiative, "started_lines", "3; 20-22"),
        (Programme, "line", 22),
        (Plan, "campaigns_line", 22),
        (Alliance, "founded_line", 22),
        (Declaration, "held_line", 22),
        (Declaration, "closing_lines", "22"),
        (InitiativeTheme, "lines", "3-22"),
    ],
)
def test_no_line_lies_beyond_the_end_of_the_source(model, field, beyond):
    make_everything(1)
    source = Source.objects.get(line_count=21)
    Programme.objects.update(source=source)
    InitiativeTheme.objects.update(source=source)
    record = model.objects.first()
    assert "has 21 lines" in errors(save(curator(), record, **{field: beyond, "source": source.pk}))


def test_more_digits_than_a_database_keeps_are_refused():
    make_theme()
    figures = CityFigures.objects.create(city=make_city(), source=make_source(), key="basic")
    figure = Figure.objects.create(figures=figures, name="population")
    assert "at most 15 digits" in errors(save(curator(), figure, value="1234567890123456"))
