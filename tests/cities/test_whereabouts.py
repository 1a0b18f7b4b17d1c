"""The small map on the page of a city."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_city_is_shown_where_it_lies(client):
    make.make_city("Xiamen", name_local="厦门", latitude=24.47979, longitude=118.08187)
    where = client.get("/cities/xiamen/").context["where"]
    assert (where.x, where.y) == pytest.approx((192, 128), abs=5)
    html = client.get("/cities/xiamen/").content.decode()
    assert "Where Xiamen lies</title>" in html
    assert 'href="/map/?view=107.08,16.98,129.08,31.98"' in html
    assert "厦门的位置</title>" in client.get("/zh-hans/cities/xiamen/").content.decode()


def test_a_city_without_coordinates_has_no_map(client):
    make.make_city("Atlantis")
    answer = client.get("/cities/atlantis/")
    assert answer.context["where"] is None
    assert "map__picture" not in answer.content.decode()


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 0), (0, 180), (0, -180), (78.2, 15.6)])
def test_so_is_one_at_the_edge_of_the_world(client, latitude, longitude):
    make.make_city("Far", latitude=latitude, longitude=longitude)
    where = client.get("/cities/far/").context["where"]
    assert 0 <= where.x <= 384
    assert 0 <= where.y <= 256
    assert client.get("/map/", {"view": where.view}).status_code == 200
