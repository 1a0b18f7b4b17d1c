"""Merging from the staff pages: who may, what is shown, what is refused, and what is done."""

import re

import pytest

from cases.models import Initiative, Organisation, Partner
from cities.models import City
from curation.merging.duplicates import fold, pairs
from records.operations import Operation
from tests.curation.merging.hangings import World, partner_of
from tests.factories import make_case, make_city
from tests.staff import act, address, curator, staff_with, told

pytestmark = pytest.mark.django_db
RIGHTS = ("curation.merge_records", "cities.change_city", "cities.delete_city", "cities.view_city")


@pytest.fixture
def cities():
    world = World()
    kept, gone = make_city("Bijie"), make_city("Bi Jie", name_local="毕节")
    for city in (kept, gone):
        world.hang(city, "f", 1)
    make_case("Tree houses", city=gone)
    make_case("Tree lanes", city=kept)
    return kept, gone


def page(*records) -> str:
    return f"{address(type(records[0]), 'merge')}?ids={','.join(str(record.pk) for record in records)}"


def sent(client, *records, **more):
    """What a browser sends from the page of a merge, with more chosen."""
    html = client.get(page(*records)).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    data = {"ids": ",".join(str(record.pk) for record in records), "seen": seen, **more}
    return client.post(address(type(records[0]), "merge"), data, follow=True)


def test_ticking_two_leads_to_both_side_by_side(cities):
    response = act(curator(), City, "merge_selected", *cities)
    html = response.content.decode()
    assert response.redirect_chain[0][0] == page(*sorted(cities, key=lambda city: (city.name, city.slug)))
    assert "毕节" in html
    assert "Tree houses" in html  # goes along with the one that is not offered as the one that stays
    assert 'name="choice-cities.figure-' in html


def test_confirming_merges_in_one_operation_with_its_reason(cities):
    kept, gone = cities
    client = curator()
    collision = re.search(r'name="(choice-cities.figure-\d+)"', client.get(page(*cities)).content.decode())[1]
    chosen = {"kept": kept.pk, collision: "other", "reason_for_change": "One city.", "confirm": "1"}
    response = sent(client, *cities, **chosen)
    assert "Bi Jie merged into Bijie" in told(response)
    operation = Operation.objects.get()
    assert (operation.kind, operation.by, operation.reason) == ("merge", "curator", "One city.")
    assert Initiative.objects.get(title="Tree houses").city == kept
    assert not City.objects.filter(pk=gone.pk).exists()


def typed(response) -> dict:
    """What a browser sends from a page of a merge as it stands."""
    html = response.content.decode()
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html)
    chosen = re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', html)
    return dict(hidden + chosen)


def test_the_one_on_which_more_hangs_is_proposed_to_stay_then_the_older():
    double, city = make_city("Bi Jie"), make_city("Bijie")
    client = curator()
    assert client.get(page(double, city)).context["form"].kept == double
    assert client.get(page(city, double)).context["form"].kept == double
    make_case("Tree lanes", city=city)
    assert client.get(page(double, city)).context["form"].kept == city


def test_fields_follow_the_one_that_stays_and_what_was_chosen_by_hand_does_not(cities):
    (kept, gone), client = cities, curator()
    data = typed(client.get(page(*cities)))
    assert (data["kept"], data["field-name"]) == (str(kept.pk), str(kept.pk))
    for stays in (gone, kept, gone):
        data = typed(client.post(address(City, "merge"), {**data, "kept": stays.pk}))
        assert (data["kept"], data["field-name"]) == (str(stays.pk), str(stays.pk))
    data["field-name"] = str(kept.pk)
    for stays in (gone, kept, gone):
        data = typed(client.post(address(City, "merge"), {**data, "kept": stays.pk}))
        assert data["field-name"] == str(kept.pk)


def test_without_a_reason_or_a_choice_nothing_is_merged_and_what_was_chosen_stays(cities):
    client = curator()
    response = sent(client, *cities, kept=cities[1].pk, confirm="1")
    html = response.content.decode()
    assert "Say why these are the same" in html
    assert re.search(rf'name="kept" value="{cities[1].pk}" checked', html)
    response = sent(client, *cities, confirm="1", reason_for_change="One city.")
    assert "Choose for each pair" in response.content.decode()
    assert "One city." in response.content.decode()
    assert not Operation.objects.exists()
    assert City.objects.filter(pk__in=[city.pk for city in cities]).count() == 2


@pytest.mark.parametrize("missing", RIGHTS[:3])
def test_each_right_is_needed_also_by_hand_made_requests(cities, missing):
    client = staff_with(*(right for right in RIGHTS if right != missing))
    assert client.get(page(*cities)).status_code == 403
    assert client.post(address(City, "merge"), {"ids": "1,2", "confirm": "1"}).status_code == 403
    assert client.get(address(City, "duplicates")).status_code == 403
    assert "merge_selected" not in client.get(address(City)).content.decode()


def test_the_three_rights_are_enough(cities):
    client = staff_with(*RIGHTS)
    assert "merge_selected" in client.get(address(City)).content.decode()
    assert client.get(page(*cities)).status_code == 200


@pytest.mark.parametrize(
    "ids", ["", "1", "x,y", "1,1", "999998,999999", "9" * 400 + ",1", "1,2,3,4,5,6,7,8", "²,³"]
)
def test_an_address_that_names_no_two_records_says_so(ids):
    response = curator().get(address(City, "merge"), {"ids": ids}, follow=True)
    assert response.status_code == 200
    assert "Tick from two" in told(response)


def test_a_stale_page_is_told_what_to_do(cities):
    client = curator()
    data = {"ids": f"{cities[0].pk},{cities[1].pk}", "seen": "old", "confirm": "1", "reason_for_change": "x"}
    html = client.post(address(City, "merge"), data).content.decode()
    assert "changed meanwhile" in html


def test_names_fold_and_near_ones_are_offered():
    assert fold("São-Paulo") == fold("sao paulo")
    make_city("São Paulo")
    make_city("Sao-Paulo", slug="sao-paulo-2")
    make_city("Heidelberg")
    make_city("Heidelburg")
    make_city("Tartu", latitude=10, longitude=10)
    make_city("Dorpat", latitude=10, longitude=10)
    make_city("Bijie", name_local="毕节")
    make_city("Pichieh", other_names="毕节")
    found = {frozenset((pair.one.name, pair.other.name)) for pair in pairs(City)}
    assert found == {
        frozenset(each)
        for each in (
            ("São Paulo", "Sao-Paulo"),
            ("Heidelberg", "Heidelburg"),
            ("Tartu", "Dorpat"),
            ("Bijie", "Pichieh"),
        )
    }


def test_possible_duplicates_are_listed_with_a_link_to_compare_them():
    case = make_case()
    for slug in ("office", "the-office"):
        organisation = Organisation.objects.create(slug=slug, name="Office of Works")
        partner_of(organisation, case)
    client = curator()
    html = client.get(address(Organisation, "duplicates")).content.decode()
    link = re.search(r'href="([^"]+/merge/\?ids=\d+,\d+)"', html)[1]
    assert client.get(link).status_code == 200
    ids = Organisation.objects.values_list("pk", flat=True)
    records = list(Organisation.objects.filter(pk__in=ids))
    sent(client, *records, reason_for_change="One office.", confirm="1")
    assert (Organisation.objects.count(), Partner.objects.count()) == (1, 1)
