"""What is brought back after a merge names what stays; what was merged away comes back with undoing the merge alone."""

import pytest
from django.urls import reverse

from cases.models import Initiative, InitiativeTheme, Theme, ThemeBroader
from cities.models import City
from curation.vocabularies import merging
from records import history
from records.models import FormerSlug
from records.operations import Operation
from records.reverting import Refused, restore, restore_deleted, undo
from tests.curation.merging.test_merge import do
from tests.factories import link_theme, make_case, make_city, make_theme
from tests.staff import curator, staff_with, told

pytestmark = pytest.mark.django_db


def operation(act):
    with history.operation() as done:
        act()
    return done.saved


def address(model, name, *arguments):
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{name}", args=arguments)


@pytest.fixture
def two():
    return make_theme("Road safety", "道路安全"), make_theme("Public safety", "公共安全")


def of(case):
    links = InitiativeTheme.objects.filter(initiative__title=case.title)
    return list(links.values_list("theme__name", "reason"))


def test_a_deleted_case_comes_back_under_what_its_theme_was_merged_into(two):
    roads, safety = two
    case = make_case("Kerbs")
    link_theme(case, roads, reason="It slows cars.")
    pk = case.pk
    operation(case.delete)
    merge = merging.merge(roads, safety, None, "One thing.")
    client = curator()
    answer = client.post(address(Initiative, "restore", pk), {"reason_for_change": "Wanted."}, follow=True)
    assert "Brought back" in told(answer)
    assert "“Road safety” was merged into “Public safety”: what named it names that one now." in told(answer)
    assert of(case) == [("Public safety", "It slows cars.")]
    undo(merge, None, "Not so.")
    assert Theme.objects.count() == 2 and of(case) == [("Public safety", "It slows cars.")]


def test_a_link_that_is_there_already_is_not_doubled(two):
    roads, safety = two
    case = make_case("Kerbs")
    link_theme(case, roads, reason="It slows cars.")
    link_theme(case, safety, reason="It lights streets.")
    pk = case.pk
    operation(case.delete)
    merging.merge(roads, safety, None, "One thing.")
    done = restore_deleted("cases.initiative", pk, None, "Wanted.")
    assert of(case) == [("Public safety", "It lights streets.")]
    assert "“Kerbs: Road safety” is not brought back beside what says the same already." in done.notes
    undo(done, None, "Not wanted.")
    assert not Initiative.objects.exists()


def test_two_themes_merged_into_one_give_one_link(two):
    other, case = make_theme("Walking"), make_case("Kerbs")
    link_theme(case, two[0], reason="It slows cars.")
    link_theme(case, other, reason="It widens kerbs.")
    pk = case.pk
    operation(case.delete)
    merging.merge(two[0], other, None, "One thing.")
    merging.merge(other, two[1], None, "One thing.")
    restore_deleted("cases.initiative", pk, None, "Wanted.")
    assert [name for name, _reason in of(case)] == ["Public safety"]


@pytest.mark.parametrize("has_both", [False, True])
def test_an_old_version_comes_back_under_what_stays(two, has_both):
    roads, safety = two
    case = make_case("Kerbs")
    link = link_theme(case, roads, reason="It slows cars.")
    if has_both:
        link_theme(case, safety, reason="It lights streets.")
    case.summary = "Before."
    first = operation(case.save)
    merge = merging.merge(roads, safety, None, "One thing.")
    case.refresh_from_db()
    case.summary = "After."
    operation(case.save)
    restore("cases.initiative", case.pk, first, None, "As it was.")
    case.refresh_from_db()
    assert case.summary == "Before."
    assert [name for name, _reason in of(case)] == ["Public safety"]
    undo(merge, None, "Not so.", anyway=True)
    assert InitiativeTheme.objects.get(pk=link.pk).theme.name == "Road safety"


def test_a_link_moved_since_does_not_come_back_twice(two):
    roads, safety = two
    case, other = make_case("Kerbs"), make_theme("Squares")
    link = link_theme(case, roads)
    link_theme(case, safety)
    case.summary = "Before."
    first = operation(case.save)
    link.theme = other
    operation(link.save)
    merging.merge(roads, safety, None, "One thing.")
    restore("cases.initiative", case.pk, first, None, "As it was.")
    assert [name for name, _reason in of(case)] == ["Public safety"]


def test_a_narrower_theme_comes_back_below_what_stays_and_nothing_is_broader_than_itself(two):
    roads, safety = two
    ThemeBroader.objects.create(narrower=safety, broader=roads)
    narrow = make_theme("Crossings")
    ThemeBroader.objects.create(narrower=narrow, broader=roads)
    deletion = operation(safety.broader_links.get().delete)
    pk = narrow.pk
    operation(narrow.delete)
    merging.merge(roads, safety, None, "One thing.")
    restore_deleted("cases.theme", pk, None, "Wanted.")
    undo(deletion, None, "Wanted.")
    assert list(ThemeBroader.objects.values_list("narrower", "broader")) == [(pk, safety.pk)]


def test_a_deleted_case_comes_back_in_the_city_that_stays():
    stays, gone = make_city("Bijie"), make_city("Bi Jie")
    case = make_case("Kerbs", city=gone)
    pk = case.pk
    operation(case.delete)
    do(stays, gone)
    restore_deleted("cases.initiative", pk, None, "Wanted.")
    assert Initiative.objects.get().city == stays


def test_what_needs_something_deleted_says_which_by_name(two):
    case = make_case("Kerbs")
    link_theme(case, two[0])
    pk = case.pk
    operation(case.delete)
    operation(two[0].delete)
    with pytest.raises(Refused) as refused:
        restore_deleted("cases.initiative", pk, None, "Wanted.")
    assert refused.value.problems == [
        "“Kerbs: Road safety” needs its theme “Road safety”, which has been deleted: restore that first."
    ]


# --- what was merged away


@pytest.fixture
def merged():
    """(the city that stays, the number of the other one, the merge)"""
    stays, gone = make_city("Bijie"), make_city("Bi Jie")
    pk = gone.pk
    return stays, pk, do(stays, gone).operation


def test_what_was_merged_is_refused_with_what_to_do_and_the_merge_can_be_undone(merged):
    _stays, pk, merge = merged
    url = address(City, "restore", pk)
    said = "“Bi Jie” was merged into “Bijie”: undo that merge to have it again."
    client = curator()
    assert said in client.get(url).content.decode()
    assert said in client.post(url, {"reason_for_change": "Wanted."}).content.decode()
    version = address(City, "version", pk, merge.pk)
    assert said in client.post(version, {"reason_for_change": "Wanted."}).content.decode()
    assert City.objects.count() == 1
    undo(merge, None, "Not so.")
    assert City.objects.filter(pk=pk).exists() and not FormerSlug.objects.exists()


def test_the_list_of_what_was_deleted_leads_to_the_merge(merged):
    _stays, pk, merge = merged
    plain = make_city("Nowhere")
    lost = plain.pk
    operation(plain.delete)
    page = curator().get(address(City, "deleted")).content.decode()
    assert (
        "was merged into “Bijie”" in page
        and reverse("admin:records_operation_change", args=[merge.pk]) in page
    )
    assert address(City, "restore", pk) not in page and address(City, "restore", lost) in page
    rights = ("cities.view_city", "cities.change_city", "records.restore_operation")
    history_page = staff_with(*rights).get(address(City, "history", pk)).content.decode()
    assert "“Bi Jie” was merged into “Bijie”" in history_page
    assert address(City, "restore", pk) not in history_page and "/version" not in history_page


def test_who_may_not_see_the_log_is_told_of_the_merge_without_a_link(merged):
    page = staff_with("cities.view_city").get(address(City, "deleted")).content.decode()
    assert "was merged into “Bijie”" in page
    assert reverse("admin:records_operation_change", args=[merged[2].pk]) not in page


def test_a_merge_done_again_counts_as_one(merged):
    _stays, pk, merge = merged
    undone = undo(merge, None, "Not so.")
    undo(undone, None, "So after all.")
    assert Operation.objects.first().kind == Operation.Kind.UNDO
    with pytest.raises(Refused, match="undo that merge"):
        restore_deleted("cities.city", pk, None, "Wanted.")


def test_what_had_a_former_address_of_another_and_was_deleted_comes_back(merged):
    city = make_city("Third")
    FormerSlug.objects.create(model="cities.city", slug=city.slug, object_id=merged[0].pk)
    pk = city.pk
    operation(city.delete)
    restore_deleted("cities.city", pk, None, "Wanted.")
    assert City.objects.filter(pk=pk).exists()
