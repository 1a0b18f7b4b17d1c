"""Cities, plans and alliances in the staff pages."""

import pytest

from cities.models import Alliance, City, CityFigures, Figure, Plan
from tests.everything import make_everything
from tests.factories import make_case, make_city, make_source
from tests.staff import act, address, curator, errors, row, save, shown_lines, step, take, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("half", ["latitude", "longitude"])
def test_half_a_place_is_refused(half):
    client, city = curator(), make_city("Xiamen")
    assert "Give both latitude (-90 to 90) and longitude" in errors(save(client, city, **{half: "24.5"}))
    assert errors(save(client, city, latitude="24.5", longitude="118.1")) == ""


def test_withdrawing_a_city_says_what_goes_with_it():
    city = make_city("Xiamen")
    make_case(city=city), make_case(city=city), make_case(city=city, state="draft")
    Plan.objects.create(slug="p", title="P", city=city, source=make_source(), state="published")
    lost = "What hangs on it is no longer shown to readers either: "
    client = curator()
    text = told(take(client, City, "withdraw", city, reason="Wrong city."))
    assert lost in text
    assert "2 cases" in text
    assert "1 plan" in text
    step(client, city, "take_up"), step(client, city, "publish")
    assert lost in told(step(client, city, "withdraw", "Wrong city."))


def test_the_figures_of_a_city_are_rows_of_their_set_and_take_its_source():
    client, source = curator(), make_source(line_count=10)
    figures = CityFigures.objects.create(city=make_city(), source=source, key="basic")
    rows = row("figures", 0, name="population", value="7553000", printed="7.553 million", first_line=2)
    assert errors(save(client, figures, **rows)) == ""
    figure = Figure.objects.get()
    assert (figure.value, figure.printed, figure.source, figure.lines) == (
        7553000,
        "7.553 million",
        source,
        "2",
    )


def test_a_figure_named_twice_is_refused():
    client = curator()
    figures = CityFigures.objects.create(city=make_city(), source=make_source(), key="basic")
    rows = row("figures", 0, name="population", value=1) | row("figures", 1, name="population", value=2)
    assert "The same figure stands in two rows" in errors(save(client, figures, **rows))


@pytest.mark.parametrize("model", [City, Plan, Alliance, CityFigures])
def test_a_page_saved_unchanged_changes_nothing(model):
    make_everything(1)
    client, record = curator(), model.objects.first()

    def stored():
        rows = [*model.objects.order_by("pk").values(), *Figure.objects.order_by("pk").values()]
        return [{name: row[name] for name in row if name != "updated_at"} for row in rows]

    before = stored()
    assert errors(save(client, record)) == ""
    assert stored() == before


def test_a_plan_of_a_draft_city_is_not_published():
    city = make_city("Ningbo", state="draft")
    plan = Plan.objects.create(slug="p", title="P", city=city, source=make_source())
    assert (
        "publish the city “Ningbo” first" in shown_lines(act(curator(), Plan, "publish", plan))[plan.title][2]
    )


def test_only_countries_that_occur_are_offered_by_name():
    make_city("Xiamen", country="CN"), make_city("Turin", country="IT")
    changelist = curator().get(address(City)).context["cl"]
    countries = next(spec for spec in changelist.filter_specs if spec.title == "country")
    assert [choice["display"] for choice in countries.choices(changelist)] == [
        "All",
        "China (1)",
        "Italy (1)",
    ]
