"""Records that an address names one by one: each once, in order; what is not there is told and costs nothing."""

import pytest

from cases.models import Initiative
from listing.chosen import chosen
from records.models import FormerSlug
from tests.factories import make_case, make_city
from tests.staff import curator, step

pytestmark = pytest.mark.django_db
WHY = "Counted twice."


@pytest.fixture
def city():
    return make_city("Dale")


def read(*typed, most=4):
    return chosen(Initiative.objects.public(), typed, most)


def former(slug, case):
    FormerSlug.objects.create(model="cases.initiative", slug=slug, object_id=case.pk)


def test_records_come_in_the_order_of_the_address_each_once(city):
    a, b = make_case("A", city=city), make_case("B", city=city)
    assert read("dale-b", "dale-a", "dale-b", " dale-a ", "").found == [b, a]


def test_what_is_too_much_is_named_and_the_first_are_kept(city):
    cases = [make_case(name, city=city) for name in "ABCDEF"]
    found = read(*(case.slug for case in cases))
    assert (found.found, found.beyond) == (cases[:4], cases[4:])
    [message, others] = found.messages(Initiative, 4)
    assert message == "At most 4 cases are shown here. Left out: E, F."
    assert others == "The others are shown."


def test_an_unknown_slug_is_told_and_the_others_stay(city):
    case = make_case("A", city=city)
    found = read("no-such", case.slug, "a\x00b", "x" * 500)
    assert found.found == [case]
    assert found.unknown == ["no-such", "a\x00b", "x" * 500]
    told = found.messages(Initiative, 4)
    assert told[0].startswith("There is no public case called: no-such, a\ufffdb, xxx")
    assert "\x00" not in "".join(told)
    assert len(told[0]) < 200


def test_drafts_and_hidden_cases_are_as_unknown_as_any(city):
    make_case("Draft", city=city, state="draft")
    make_case("Hidden", city=city, hidden=True)
    make_case("Of a draft", city=make_city("Vale", state="draft"))
    found = read("dale-draft", "dale-hidden", "vale-of-a-draft")
    assert not found.found
    assert not found.withdrawn
    assert found.unknown == ["dale-draft", "dale-hidden", "vale-of-a-draft"]


def test_a_former_slug_leads_to_the_present_one_once(city):
    case = make_case("A", city=city)
    former("dale-old", case)
    found = read("dale-old", "dale-a")
    assert found.found == [case]
    assert found.moved == {"dale-old": "dale-a"}
    assert found.messages(Initiative, 4) == []


def test_what_was_withdrawn_says_when_and_why_under_each_of_its_slugs(city):
    case = make_case("A", city=city, summary="x")
    former("dale-old", case)
    step(curator(), case, "withdraw", WHY)
    for slug in ("dale-a", "dale-old"):
        found = read(slug)
        assert [(each.slug, each.reason) for each in found.withdrawn] == [(slug, WHY)]
        assert found.is_gone
        [message] = found.messages(Initiative, 4)
        assert message.endswith(f"Reason: {WHY}")
        assert "curator" not in message


def test_so_does_what_hung_on_what_was_withdrawn(city):
    make_case("A", city=city)
    step(curator(), city, "withdraw", WHY)
    assert [each.slug for each in read("dale-a").withdrawn] == ["dale-a"]


def test_very_many_names_are_not_all_looked_up_and_that_is_told(city, django_assert_max_num_queries):
    case = make_case("A", city=city)
    with django_assert_max_num_queries(5):
        found = read(case.slug, *(f"none-{number}" for number in range(3000)))
    assert found.found == [case]
    assert found.unread == 3001 - 58
    told = found.messages(Initiative, 4)
    assert f"{found.unread} more names" in told[-2]
    assert sum(map(len, told)) < 500
