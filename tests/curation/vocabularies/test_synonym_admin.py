"""The synonyms in the staff pages."""

import pytest

from search import seeds
from search.models import Synonym
from search.seeds import Seed
from tests.staff import address, curator, errors, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    seeds.load([Seed("bike", "bike\nbicycle", "", "One vehicle.")])
    return Synonym.objects.get()


def test_a_group_is_changed_and_the_change_is_kept(group):
    assert errors(save(curator(), group, words="bike\r\nbicycle\r\nvelocipede")) == ""
    group.refresh_from_db()
    assert group.members == ["bike", "bicycle", "velocipede"]
    assert group.key == "bike"
    assert seeds.load([Seed("bike", "bike\nbicycle", "", "One vehicle.")]).kept == ["bike"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("bike", "Give at least two"),
        ("bike\nbikes", "“bikes” is the same as “bike” to search."),
        ("bike\n???", "“???” is no word or short phrase."),
        ("bike\n" + "a b " * 7, "is no word or short phrase."),
    ],
)
def test_a_group_that_means_nothing_is_refused(group, words, problem):
    assert problem in errors(save(curator(), group, words=words))


def test_a_group_needs_a_reason(group):
    assert "required" in errors(save(curator(), group, reason=""))


def test_removing_is_for_good(group):
    data = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    curator().post(address(Synonym), data)
    assert not Synonym.objects.exists()
    assert seeds.load([Seed("bike", "bike\nbicycle", "", "One vehicle.")]).removed == ["bike"]


def test_the_list_is_searched_and_exported(group):
    client = curator()
    page = client.get(address(Synonym), {"q": "bicycle"}).content.decode()
    assert "bike, bicycle" in page
    rows = client.get(f"{address(Synonym)}export/csv/").getvalue().decode().splitlines()
    assert rows[0].startswith("id,words,only_typed,reason")
    assert len(rows) > 1
