"""A curator's change of what was loaded is known, and readers see it beside a figure."""

import pytest

from cities.models import City, Figure
from records.edits import edited
from records.models import LoadedRecord
from tests.factories import make_city

pytestmark = pytest.mark.django_db

MARK = b"corrected by an editor"


@pytest.fixture
def figure(catalogue) -> Figure:
    """The population of a city, as loaded, with all it refers to."""
    return Figure.objects.select_related("figures__city", "figures__source", "source").get(
        figures__city__slug="haikou", name="population"
    )


def test_nothing_is_edited_after_loading_however_many_are_asked_at_once(
    catalogue, django_assert_max_num_queries
):
    figures = list(Figure.objects.select_related("figures__city", "figures__source", "source"))
    assert len(figures) > 50
    with django_assert_max_num_queries(5):
        assert edited(figures) == set()
    assert edited([]) == set()


def test_a_changed_value_is_and_one_changed_back_is_not(figure):
    loaded = figure.value
    figure.value = loaded + 1
    figure.save()
    assert edited([figure]) == {figure.pk}
    figure.value = loaded
    figure.save()
    assert edited([figure]) == set()


def test_a_renamed_city_does_not_make_its_figures_look_edited(figure):
    City.objects.filter(slug="haikou").update(slug="hoihow")
    figure = Figure.objects.get(pk=figure.pk)
    assert edited([figure]) == set()


def test_what_was_never_loaded_is_not_edited_and_what_was_edited_before_is(figure):
    made = make_city("Turin", country="IT", population=5)
    assert edited(Figure.objects.filter(figures__city=made)) == set()
    LoadedRecord.objects.filter(model="cities.figure", object_id=figure.pk).update(digest="")
    assert edited([figure]) == {figure.pk}


def test_readers_see_it_beside_the_printed_form(client, figure):
    case = figure.figures.city.initiatives.get()
    pages = ("/cities/haikou/", f"/cases/{case.slug}/")
    assert all(MARK not in client.get(address).content for address in pages)
    figure.value += 1
    figure.save()
    for address in pages:
        html = client.get(address).content
        assert html.count(MARK) == 1
        assert figure.printed.encode() in html
        assert "已由编辑更正" in client.get(f"/zh-hans{address}").content.decode()
