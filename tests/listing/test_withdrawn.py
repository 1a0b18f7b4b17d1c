"""What was withdrawn keeps its address, which says when and why, and is found nowhere else."""

import datetime
import json

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Initiative
from cities.models import City, Plan
from tests.factories import make_case, make_city
from tests.staff import curator, save, step
from tests.web import ids

pytestmark = pytest.mark.django_db
WHY = "Counted twice: <b>the same</b> lane."


@pytest.fixture
def case():
    """Withdrawn by somebody with a name of their own."""
    case = make_case("Lane", city=make_city("Xiamen"), summary="x")
    step(curator(), case, "withdraw", WHY)
    return case


def test_its_address_says_so_in_both_languages_and_never_who(case):
    for prefix, heading in (("", "This case has been withdrawn"), ("/zh-hans", "已撤回")):
        answer = Client().get(prefix + case.get_absolute_url())
        page = answer.content.decode()
        assert answer.status_code == 410
        assert heading in page
        assert "Counted twice: &lt;b&gt;the same" in page
        assert timezone.now().date().isoformat() in page
        assert "curator" not in page


def test_as_json_it_says_the_same(case):
    answer = Client().get(f"{case.get_absolute_url().rstrip('/')}.json")
    values = json.loads(answer.content)
    assert answer.status_code == 410
    assert (values["state"], values["reason"]) == ("withdrawn", WHY)
    assert values["withdrawn"] == datetime.datetime.now(datetime.UTC).date().isoformat()
    assert "curator" not in answer.content.decode()


def test_it_is_in_no_list_search_or_package(case):
    client = Client()
    assert ids(client) == ids(client, "q=lane") == []
    assert "xiamen-lane" not in client.get("/search/?q=lane").content.decode()
    assert "xiamen-lane" not in client.get("/").content.decode()
    assert b"xiamen-lane" not in client.get("/cases.json").getvalue()


def test_its_address_stays_while_it_is_worked_on_and_until_it_is_published_again(case):
    client = curator("other")
    step(client, case, "take_up")
    assert Client().get(case.get_absolute_url()).status_code == 410
    step(client, case, "publish")
    assert Client().get(case.get_absolute_url()).status_code == 200
    assert Initiative.objects.get().state_reason == ""


def test_an_address_it_had_before_leads_on_to_where_it_says_so(case):
    save(curator("other"), case, slug="xiamen-alley")
    answer = Client().get(case.get_absolute_url())
    assert answer.status_code == 301
    assert Client().get(answer["Location"]).status_code == 410


def test_hidden_or_never_published_has_no_such_page(case):
    Initiative.objects.update(hidden=True)
    assert Client().get(case.get_absolute_url()).status_code == 404


def test_a_city_withdrawn_says_so_and_its_cases_are_not_there():
    case = make_case(city=make_city("Xiamen"))
    step(curator(), case.city, "withdraw", WHY)
    assert Client().get(case.city.get_absolute_url()).status_code == 410
    assert Client().get(case.get_absolute_url()).status_code == 404
    assert not Plan.objects.exists()
    assert City.objects.public().count() == 0
