"""What is missing, on the staff pages: said, filtered by, exported, and put right as not printed."""

import re

import pytest

from cases.models import Initiative
from cities.models import City
from curation.completeness.rules import RULES
from curation.models import NotPrinted
from records.operations import Change
from tests.everything import make_everything
from tests.factories import make_case, make_city
from tests.staff import address, change_page, curator, errors, row, save, staff_with
from tests.web import body_of, csv_rows

pytestmark = pytest.mark.django_db


def titles(client, query: str) -> set[str]:
    response = client.get(address(Initiative) + query)
    assert response.status_code == 200
    return {record.title for record in response.context["cl"].result_list}


@pytest.fixture
def two():
    make_everything(1)
    Initiative.objects.update(title="Full", started="2017")
    make_case("Empty", city=make_city("Tartu"))


def test_the_list_says_what_each_case_lacks_and_can_be_filtered_by_it(two):
    client = curator()
    assert titles(client, "?incomplete=any") == titles(client, "?incomplete=outcomes") - {"Full"} == {"Empty"}
    assert titles(client, "?incomplete=nothing") == {"Full"} - titles(client, "?incomplete=any")
    html = client.get(address(Initiative) + "?incomplete=outcomes").content.decode()
    assert "outcomes with lines" in re.search(r'class="field-incomplete">([^<]*)', html)[1]


def test_an_unknown_rule_shows_nothing_and_says_so(two):
    response = curator().get(address(Initiative) + "?incomplete=beauty")
    assert not response.context["cl"].result_list
    assert "nothing that can be missing" in response.content.decode()


def test_the_list_is_ordered_by_how_much_is_missing(two):
    client = curator()
    columns = client.get(address(Initiative)).context["cl"].list_display
    place = columns.index("incomplete")
    for sign, first in (("-", "Empty"), ("", "Full")):
        response = client.get(f"{address(Initiative)}?o={sign}{place}")
        assert response.context["cl"].result_list[0].title == first


def test_what_is_missing_is_exported_with_the_list(two):
    rows = {
        each["title"]: each["missing"] for each in csv_rows(curator(), address(Initiative) + "export/csv/")
    }
    assert rows["Empty"].split("; ") == [each.key for each in RULES[Initiative]]
    assert "outcomes" not in rows["Full"]


@pytest.mark.parametrize("model", [Initiative, City])
def test_each_missing_thing_leads_to_a_place_that_is_on_the_page(two, model):
    record = model.objects.get(slug__startswith="tartu")
    html = curator().get(change_page(record)).content.decode()
    for rule in RULES[model]:
        assert f'href="#{rule.place}"' in html or rule.key == "figure-sets", rule.key
        assert f'id="{rule.place}"' in html, rule.key


def test_a_curator_says_that_the_source_does_not_print_it_with_a_reason_and_it_is_in_the_history(two):
    client, case = curator(), Initiative.objects.get(title="Empty")
    Initiative.objects.filter(pk=case.pk).update(summary="What was done.")
    assert "required" in errors(save(client, case, **row("not_printed", 0, rule="start", reason="")))
    response = save(client, case, **row("not_printed", 0, rule="start", reason="No year in the text."))
    assert errors(response) == ""
    mark = NotPrinted.objects.get(case=case)
    assert (mark.rule, mark.reason) == ("start", "No year in the text.")
    assert "Empty" not in titles(client, "?incomplete=start")
    change = Change.objects.get(model="curation.notprinted")
    assert change.operation.by == "curator"


def test_a_rule_of_another_kind_cannot_be_marked(two):
    client, city = curator(), City.objects.get(slug="tartu")
    assert "valid choice" in errors(save(client, city, **row("not_printed", 0, rule="outcomes", reason="x")))


def test_who_may_not_view_cases_sees_no_completeness_of_them(two):
    assert staff_with("cities.view_city").get(address(Initiative)).status_code == 403
    client_body = body_of(curator().get(address(NotPrinted)))
    assert b"not printed" in client_body.lower()


def test_what_is_not_printed_is_named_as_staff_know_it(two):
    case = Initiative.objects.get(title="Empty")
    mark = NotPrinted.objects.create(case=case, rule="outcomes", reason="Looked through all of it.")
    for url in (address(NotPrinted), change_page(mark)):
        assert "outcomes with lines" in curator("lin" + url[-2]).get(url).content.decode()
