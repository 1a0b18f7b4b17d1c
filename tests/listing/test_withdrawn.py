"""What was withdrawn keeps its address, which says when and why, and is found nowhere else."""

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Initiative, Programme
from cities.models import City, Plan
from tests.factories import make_case, make_city
from tests.staff import address, change_page, curator, save, step
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


def test_a_city_withdrawn_says_so_and_takes_its_cases_from_every_list():
    case = make_case("Lane", city=make_city("Xiamen"))
    step(curator(), case.city, "withdraw", WHY)
    assert Client().get(case.city.get_absolute_url()).status_code == 410
    assert ids(Client()) == []
    assert not Plan.objects.exists()
    assert City.objects.public().count() == 0


@pytest.fixture
def case_of_withdrawn():
    """A published case whose city was withdrawn."""
    case = make_case("Lane", city=make_city("Xiamen"), summary="x")
    step(curator(), case.city, "withdraw", WHY)
    return case


def test_a_case_of_a_withdrawn_city_keeps_its_address_and_says_of_what_when_and_why(case_of_withdrawn):
    url = case_of_withdrawn.get_absolute_url()
    said = {"": "The city that this case belongs to has been withdrawn", "/zh-hans": "所属的城市已撤回"}
    for prefix, heading in said.items():
        answer = Client().get(prefix + url)
        page = answer.content.decode()
        assert answer.status_code == 410
        assert heading in page
        assert "Counted twice: &lt;b&gt;the same" in page
        assert timezone.now().date().isoformat() in page
        assert "curator" not in page
        assert "Lane" not in page


def test_in_other_forms_it_says_the_same(case_of_withdrawn):
    url = case_of_withdrawn.get_absolute_url().rstrip("/")
    answer = Client().get(f"{url}.json")
    values = json.loads(answer.content)
    assert answer.status_code == 410
    assert (values["state"], values["withdrawn_with"], values["reason"]) == ("withdrawn", "city", WHY)
    assert values["error"].startswith("The city that this case belongs to was withdrawn on")
    assert values["withdrawn"] == datetime.datetime.now(datetime.UTC).date().isoformat()


def test_it_says_so_while_the_city_is_worked_on_and_is_back_when_that_is_published_again(case_of_withdrawn):
    client, city = curator("other"), case_of_withdrawn.city
    city.refresh_from_db()
    step(client, city, "take_up")
    assert Client().get(case_of_withdrawn.get_absolute_url()).status_code == 410
    city.refresh_from_db()
    step(client, city, "publish")
    assert Client().get(case_of_withdrawn.get_absolute_url()).status_code == 200


def test_a_former_address_of_it_leads_on_to_where_that_is_said(case_of_withdrawn):
    old = case_of_withdrawn.get_absolute_url()
    save(curator("other"), case_of_withdrawn, slug="xiamen-alley")
    answer = Client().get(old)
    assert answer.status_code == 301
    assert Client().get(answer["Location"]).status_code == 410


@pytest.mark.parametrize(
    "closed",
    [
        lambda case: City.objects.update(hidden=True),
        lambda case: City.objects.update(withdrawn_at=None, state="draft"),
        lambda case: Programme.objects.update(hidden=True),
        lambda case: Initiative.objects.update(hidden=True),
        lambda case: Initiative.objects.update(state="draft"),
    ],
    ids=["city hidden", "city a draft", "programme hidden", "case hidden", "case a draft"],
)
def test_nothing_is_told_where_anything_of_it_is_hidden_or_was_never_public(case_of_withdrawn, closed):
    closed(case_of_withdrawn)
    assert Client().get(case_of_withdrawn.get_absolute_url()).status_code == 404
    assert Client().get(f"{case_of_withdrawn.get_absolute_url().rstrip('/')}.json").status_code == 404


def test_staff_read_on_its_page_and_in_the_list_why_readers_do_not_see_it(case_of_withdrawn):
    client = curator("other")
    why = "the city “Xiamen” was withdrawn"
    page = client.get(change_page(case_of_withdrawn)).content.decode()
    assert f"Readers do not see it: {why}." in page
    assert f"published, but readers do not see it: {why}" in client.get(address(Initiative)).content.decode()
    Programme.objects.update(hidden=True)
    assert "the programme “" in client.get(address(Initiative)).content.decode()
    assert "Readers see this record" not in page


def test_why_many_are_not_seen_is_read_in_no_more_queries_than_of_one(case_of_withdrawn):
    client, found = curator("other"), []
    for time in range(2):
        client.get(address(Initiative))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(Initiative))
        found.append(len(queries))
        for number in range(12):
            city = make_city(f"Town {time} {number}", state="withdrawn", withdrawn_at=timezone.now())
            make_case(city=city)
    assert found[1] <= found[0] + 1
