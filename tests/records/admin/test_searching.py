"""The log and the lists of what was deleted are searched in either language, whichever the page is in."""

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from cases.models import Initiative, Theme
from cities.models import City, CityFigures
from curation.models import NotPrinted
from records import history
from records.operations import Change, Operation
from tests.factories import make_case, make_city, make_theme
from tests.staff import address, curator

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """Somebody who sees all, after a case was made and changed, a mark of it and a theme deleted, a city made."""
    client = curator()
    with history.operation(user=User.objects.get(), reason="by hand"):
        case = make_case("Lane", summary="Before.")
    with history.operation(Operation.Kind.BULK, User.objects.get(), "checked"):
        case.summary = "After."
        case.save()
    mark = NotPrinted.objects.create(case=case, rule="outcomes", reason="Looked through all of it.")
    theme, city = make_theme("Housing", name_zh="住房"), make_city("Xiamen", name_local="厦门")
    with override("zh-hans"):
        for each in (mark, theme, city):
            with history.operation(reason="twice" if each is theme else ""):
                each.delete()
    return client


def found(client, model, asked: str) -> list:
    """What a search of the log leaves, in both languages the same."""
    pages = []
    for code in ("en", "zh-hans"):
        with override(code):
            pages.append(client.get(address(model), {"q": asked}))
    one, other = ([row.pk for row in page.context["cl"].queryset] for page in pages)
    assert one == other
    return list(model.objects.filter(pk__in=one).order_by("pk"))


def gone(client, model, asked: str) -> list[str]:
    page = client.get(address(model, "deleted"), {"q": asked})
    return [change.name for change in page.context["page"]]


@pytest.mark.parametrize("asked", ["附有行号的成果", "outcomes with lines", "附有行号", "行号的成果 Lane"])
def test_a_change_is_found_by_its_name_in_either_language(client, asked):
    assert {change.model for change in found(client, Change, asked)} == {"curation.notprinted"}


@pytest.mark.parametrize("asked", ["主题", "theme", "Themes"])
def test_changes_are_found_by_the_name_of_their_kind(client, asked):
    assert {change.model for change in found(client, Change, asked)} == {"cases.theme"}


@pytest.mark.parametrize("asked", ["summary", "摘要", "Lane 摘要", "案例 摘要"])
def test_changes_are_found_by_the_field_that_was_changed(client, asked):
    (change,) = found(client, Change, asked)
    assert (change.name, change.action, set(change.after)) == ("Lane", "changed", {"summary"})


@pytest.mark.parametrize("asked", ["deleted", "删除"])
def test_changes_are_found_by_what_was_done(client, asked):
    assert {change.action for change in found(client, Change, asked)} == {"deleted"}


@pytest.mark.parametrize("asked", ["批量操作", "bulk", "bulk action", "checked", "批量"])
def test_operations_are_found_by_their_kind_and_their_words(client, asked):
    assert [each.reason for each in found(client, Operation, asked)] == ["checked"]


@pytest.mark.parametrize("asked", ["主题", "themes", "twice 主题"])
def test_operations_are_found_by_the_kinds_of_records_they_touched(client, asked):
    assert [each.reason for each in found(client, Operation, asked)] == ["twice"]


def test_what_nothing_is_called_finds_nothing(client):
    for asked in ("zeppelin", "主题 zeppelin", "100%", "\\", '"'):
        assert found(client, Change, asked) == [] and found(client, Operation, asked) == []
        assert gone(client, Theme, asked) == []


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        (Theme, "住房"),
        (Theme, "housing"),
        (Theme, "主题"),
        (City, "厦门"),
        (City, "城市"),
        (City, "城市 xia"),
        (NotPrinted, "附有行号"),
        (NotPrinted, "附有行号 lane"),
    ],
)
def test_what_was_deleted_is_found_by_its_names_in_either_language_and_by_its_kind(client, model, asked):
    assert len(gone(client, model, asked)) == 1
    others = client.get(f"/zh-hans{address(Initiative, 'deleted')}", {"q": asked}).context["other_kinds"]
    assert [each["count"] for each in others] == [1]


def test_the_log_is_searched_by_the_local_name_of_a_city_also_on_what_was_written_before():
    client, city = curator(), make_city("Tallinn", name_local="塔林", population=5)
    make_city("Tartu", name_local="塔尔图")
    with history.operation(reason="kept with its name"):
        city.other_names = "Reval"
        city.save()
    with history.operation(reason="of a part of it"):
        part = CityFigures.objects.get(city=city)
        part.scope_as_printed = "all of it"
        part.save()
    change, operation = Change.objects.get(model="cities.city"), Operation.objects.last()
    assert change.names == {"en": "Tallinn", "zh-hans": "Tallinn 塔林"}
    assert operation.said["subject"] == change.names
    for _time in range(2):
        for asked in ("塔林", "Tallinn"):
            reasons = {each.reason for each in found(client, Operation, asked)}
            assert reasons == {"kept with its name", "of a part of it"}
            assert len(found(client, Change, asked)) == 2
        assert not found(client, Operation, "塔尔图") and not found(client, Change, "塔尔图")
        # As it was written before names were kept in each language.
        Change.objects.update(names={})
        Operation.objects.update(said={})
