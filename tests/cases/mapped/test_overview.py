"""The small map of the way in."""

import pytest

from cases.mapped.overview import overview
from cases.models import Initiative
from search.service import snapshot
from tests import factories as make

pytestmark = pytest.mark.django_db


def _case(city: str, place: tuple[str, str] | None, **fields) -> Initiative:
    latitude, longitude = place or (None, None)
    made = make.make_city(city, latitude=latitude, longitude=longitude)
    return make.make_case(f"Parks of {city}", city=made, **fields)


def test_every_city_with_a_public_case_and_a_place_is_on_it_and_no_other(client):
    _case("Xiamen", ("24.48", "118.08"))
    _case("Harbin", ("45.75", "126.63"))
    _case("Nowhere", None)
    _case("Drafted", ("30", "114"), state="draft")
    named = {city.name for mark in overview().marks for city in mark.cities}
    assert named == {"Xiamen", "Harbin"}
    page = client.get("/").content.decode()
    assert "Map with 2 cities" in page and "/cases/?city=xiamen" in page and "Drafted" not in page


def test_without_any_place_there_is_no_picture_and_the_way_in_is_there(client):
    assert overview() is None
    _case("Nowhere", None)
    assert overview() is None
    page = client.get("/")
    assert page.status_code == 200 and "hero__map" not in page.content.decode()


def test_it_is_drawn_once_for_as_long_as_nothing_changes(client):
    _case("Xiamen", ("24.48", "118.08"))
    client.get("/cases/?q=settle")
    first = overview()
    if snapshot().is_true:  # within a transaction that has written, no state is surely true
        assert overview() is first
    _case("Harbin", ("45.75", "126.63"))
    assert overview().city_count == 2
