"""What was done to records can be read and taken back in the staff pages, by who may."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from cases.models import Initiative, Outcome
from cities.models import City, CityFigures, Figure
from records import history, past
from records.differences import described, marked
from records.operations import Change, Operation
from tests.factories import make_case, make_city, make_section
from tests.staff import WHY, address, curator, member, staff_with, step
from tests.web import body_of

pytestmark = pytest.mark.django_db
VIEWER = ("cases.view_initiative", "records.view_operation")


@pytest.fixture
def case():
    found = make_case("one", summary="Ten parks were built.")
    for key in ("first", "second"):
        make_section(found, "What was done.", key=key)
    return found


def changed(row, reason="", **values):
    user = User.objects.get_or_create(username="lin")[0]
    with history.operation(user=user, reason=reason) as done:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return done.saved


def deleted(row):
    with history.operation(reason="a double") as done:
        row.delete()
    return done.saved


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def log(place, *arguments):
    return reverse(f"admin:records_operation_{place}", args=arguments)


def test_the_history_says_who_when_why_and_what_differs_in_words(case):
    changed(case, "counted again", summary="Twelve parks were built.")
    page = html(curator(), address(Initiative, "history", case.pk))
    for said in ("lin", "counted again", "Summary", "<del>", "<ins>", "removed:", "added:"):
        assert said in page


def test_a_part_and_what_it_points_to_are_named_also_when_gone(case):
    other = make_city("Tartu")
    before = case.city.name
    changed(case, city=other)
    changed(case.sections.first(), digest="Something else.")
    page = html(curator(), address(Initiative, "history", case.pk))
    assert "Tartu" in page and before in page and "Section: " in page and "Something" in page
    Initiative.objects.update(city=City.objects.exclude(pk=other.pk).first())
    deleted(other)
    assert "Tartu (deleted)" in html(curator_again(), address(Initiative, "history", case.pk))


def curator_again():
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username="curator"))
    return client


def test_the_history_of_a_set_of_figures_is_that_of_its_figures_too(catalogue):
    first, second = Figure.objects.filter(figures__city__slug="haikou")[:2]
    other = Figure.objects.exclude(figures=first.figures).first()
    changed(first, "misread", printed="7 of them")
    changed(second, "twice there", printed="8 of them")
    deleted(second)
    changed(other, "of another set", printed="9 of them")
    client = curator()
    page = html(client, address(CityFigures, "history", first.figures_id))
    assert "misread" in page and "twice there" in page and "a double" in page and "of another set" not in page
    assert "/history/" not in page.split('id="content-main"')[1]  # a set has no versions of its own
    assert "misread" in html(client, address(City, "history", first.figures.city_id))


def test_choices_are_said_by_label_and_numbers_of_rows_are_not(case):
    operation = changed(case, state="draft")
    (entry,) = described(operation.changes.all())
    assert [(each.label, each.before, each.after) for each in entry.differences] == [
        ("State", "published", "draft")
    ]


def test_texts_are_compared_word_by_word_and_shown_as_text():
    before, after = marked("ten <b> parks", "twelve <b> parks")
    assert "&lt;b&gt; parks" in before and ">ten<" in before and ">twelve<" in after
    assert marked("城市更新", "城市复兴")[1].count("<ins>") >= 1


def test_a_history_of_many_pages_is_paged(case):
    for number in range(25):
        changed(case, summary=f"Number {number}.")
    client = curator()
    url = address(Initiative, "history", case.pk)
    assert "Page 1 of 2" in html(client, url) and "Older" in html(client, url)
    assert "made here, before the history began" in html(client, f"{url}?p=2")


def test_a_version_comes_back_with_its_parts_after_a_look_at_what_changes(case):
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    deleted(case.sections.first())
    client, url = curator(), address(Initiative, "version", case.pk, first.pk)
    page = html(client, url)
    assert "Comes back:" in page and "1 section" in page and "Second" in page
    case.refresh_from_db()
    assert case.summary == "Second." and case.sections.count() == 1  # looking changes nothing
    client.post(url, {"reason_for_change": "the first was right"})
    case.refresh_from_db()
    assert case.summary == "First." and case.sections.count() == 2
    done = Operation.objects.first()
    assert (done.kind, done.reason, done.by) == ("restore", "the first was right", "curator")


def test_a_deleted_case_is_listed_and_comes_back_with_what_hung_on_it(case):
    pk, client = case.pk, curator()
    deleted(case)
    listed = html(client, address(Initiative))
    assert address(Initiative, "deleted") in listed
    assert case.title in html(client, address(Initiative, "deleted"))
    url = address(Initiative, "restore", pk)
    assert "2 sections" in html(client, url)
    client.post(url, WHY)
    assert Initiative.objects.get(pk=pk).sections.count() == 2
    assert not past.deleted_of(Initiative).exists()


def test_what_was_deleted_is_searched_by_name_and_counted_in_other_kinds(case):
    for number in range(60):
        deleted(make_case(f"Garden {number}"))
    deleted(make_case("Market hall"))
    deleted(make_city("Garden City"))
    deleted(case.sections.first())
    client, url = curator(), address(Initiative, "deleted")
    found = client.get(url, {"q": "hall MARKET"})
    assert [change.name for change in found.context["page"]] == ["Market hall"]
    assert "1 result" in found.content.decode()
    found = client.get(url, {"q": "garden"})
    page = found.content.decode()
    assert "60 results" in page and "?q=garden&amp;p=2" in page
    assert f'{address(City, "deleted")}?q=garden">Cities (1)' in page
    assert [each["name"] for each in found.context["other_kinds"]] == ["Cities"]  # no parts of pages
    assert "Nothing that was deleted is called so." in html(client, f"{url}?q=%00nowhere")
    assert staff_with("cases.view_initiative").get(url).context["other_kinds"] == []


@pytest.mark.parametrize("place", ["one", "many"])
def test_the_page_that_asks_before_deleting_says_where_it_is_brought_back_and_by_whom(case, place):
    def asked(client) -> str:
        if place == "one":
            return html(client, address(Initiative, "delete", case.pk))
        data = {"action": "delete_selected", "_selected_action": [case.pk]}
        return client.post(address(Initiative), data).content.decode()

    link = f'<a href="{address(Initiative, "deleted")}">Deleted: cases</a>'
    page = asked(curator())
    assert link in page and "it can be brought back" in page
    case.state = "draft"
    case.save()
    page = asked(member("contributor"))
    assert link in page and "whoever has the right to undo and restore" in page


def test_one_of_many_deleted_at_once_comes_back_alone(case):
    other = make_case("other")
    pks = [case.pk, other.pk]
    with history.operation():
        case.delete()
        other.delete()
    curator().post(address(Initiative, "restore", pks[0]), WHY)
    assert [each.pk for each in Initiative.objects.all()] == pks[:1]


def test_a_version_from_before_a_deletion_that_was_taken_back_is_found_again(case):
    first = changed(case, summary="First.")
    pk, client = case.pk, curator()
    deleted(case)
    client.post(address(Initiative, "restore", pk), WHY)
    changed(Initiative.objects.get(pk=pk), summary="Second.")
    client.post(address(Initiative, "version", pk, first.pk), WHY)
    assert Initiative.objects.get(pk=pk).summary == "First."


def test_an_operation_is_undone_and_what_stands_in_the_way_is_a_second_step(case):
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    client, url = curator(), log("undo", first.pk)
    assert "changed since" in html(client, url) and "anyway" in html(client, url)
    client.post(url, WHY)
    case.refresh_from_db()
    assert case.summary == "Second."
    assert "Undo it anyway" in html(client, f"{url}?anyway=yes")
    client.post(url, {**WHY, "anyway": "yes"})
    case.refresh_from_db()
    assert case.summary == "Ten parks were built."
    assert "undone already" in html(client, url)


def test_taking_back_and_bringing_back_what_readers_see_needs_a_reason(case):
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    client, pk = curator(), case.pk
    places = [
        address(Initiative, "version", pk, first.pk),
        log("undo", Operation.objects.first().pk),
        f"{log('undo', first.pk)}?anyway=yes",
    ]
    for url in places:
        sent = client.post(url, {"anyway": "yes", "reason_for_change": "  "})
        page = sent.content.decode()
        assert sent.status_code == 200 and "Say why: what you change shows to readers." in page, url
        assert 'aria-invalid="true"' in page and "It was refused" not in page
        case.refresh_from_db()
        assert case.summary == "Second.", url
    deleted(case)
    url = address(Initiative, "restore", pk)
    assert "Say why" in client.post(url).content.decode()
    assert not Initiative.objects.exists()
    assert client.post(url, WHY).status_code == 302 and Initiative.objects.exists()
    made_again = Operation.objects.first()
    assert "Say why" in client.post(log("undo", made_again.pk)).content.decode()
    assert Initiative.objects.exists()


def test_drafts_are_taken_back_and_brought_back_without_a_reason(case):
    Initiative.objects.update(state="draft")
    case.refresh_from_db()
    first = changed(case, summary="First.")
    client, pk = curator(), case.pk
    assert client.post(log("undo", first.pk)).status_code == 302
    case.refresh_from_db()
    assert case.summary != "First."
    deleted(case)
    assert client.post(address(Initiative, "restore", pk)).status_code == 302
    assert Initiative.objects.get().state == "draft"


def test_taking_back_a_publication_needs_a_reason_and_so_does_taking_back_a_withdrawal(case):
    client = curator()
    step(client, case, "withdraw", "Wrong.")
    withdrawn = log("undo", Operation.objects.first().pk)
    assert "Say why" in client.post(withdrawn).content.decode()
    assert client.post(withdrawn, WHY).status_code == 302
    again = log("undo", Operation.objects.first().pk)
    assert "Say why" in client.post(again).content.decode()


RIGHTS = (*VIEWER, "records.restore_operation", "cases.change_initiative")


@pytest.mark.parametrize("lacking", RIGHTS[2:])
def test_taking_back_needs_every_right_also_by_hand(case, lacking):
    first = changed(case, summary="First.")
    changed(case, summary="Second.")
    client = staff_with(*(right for right in RIGHTS if right != lacking))
    for url in (address(Initiative, "version", case.pk, first.pk), log("undo", Operation.objects.first().pk)):
        assert client.post(url, WHY).status_code == 403
    assert client.post(address(Initiative, "history", case.pk)).status_code in (200, 403)
    case.refresh_from_db()
    assert case.summary == "Second."


def test_bringing_back_parts_needs_the_right_to_add_them(case):
    pk = case.pk
    deleted(case)
    client = staff_with(*RIGHTS)
    page = html(client, address(Initiative, "restore", pk))
    assert "section | Can add" in page and "<textarea" not in page
    chinese = html(client, f"/zh-hans{address(Initiative, 'restore', pk)}")
    assert "Can add" not in chinese and "章节" in chinese
    with override("en"):
        assert client.post(address(Initiative, "restore", pk), WHY).status_code == 403
    assert not Initiative.objects.exists()


def test_the_history_is_for_who_may_see_the_record_and_the_log_for_who_may_see_it(case):
    changed(case, summary="First.")
    operation = Operation.objects.get()
    stranger = staff_with("cities.view_city")
    for url in (
        address(Initiative, "history", case.pk),
        address(Initiative, "deleted"),
        address(Initiative, "restore", case.pk),
        log("changelist"),
        log("change", operation.pk),
        log("undo", operation.pk),
        address(Change),
        address(Change, "change", operation.changes.get().pk),
    ):
        assert stranger.get(url).status_code == 403, url


def test_what_is_not_there_is_not_found_and_never_an_error(case):
    client = curator()
    for url in (
        address(Initiative, "version", case.pk, 99),
        address(Initiative, "restore", 99),
        log("undo", 99),
    ):
        assert client.get(url).status_code == 404
    assert client.get("/admin/cases/initiative/abc/history/").status_code == 302
    assert client.get("/admin/cases/initiative/99999999999999999999999/history/").status_code in (302, 404)


# --- the log


def test_the_log_is_filtered_searched_and_exported_as_filtered(case):
    changed(case, "counted again", summary="First.")
    with history.operation("import", reason="a list"):
        make_city("Tartu")
    client = curator()
    assert "counted again" in html(client, log("changelist"))
    for query in ("kind__exact=edit", "q=counted", "changes__root_model=cases.initiative"):
        page = html(client, f"{log('changelist')}?{query}")
        assert "counted again" in page and "a list" not in page.split("result_list")[-1], query
    exported = body_of(client.get("/admin/records/operation/export/csv/?kind__exact=import")).decode()
    assert "a list" in exported and "counted" not in exported
    changes = body_of(client.get("/admin/records/change/export/json/?root_model=cases.initiative")).decode()
    assert "Ten parks" in changes and "Tartu" not in changes
    assert "First" in html(client, address(Change, "change", Change.objects.last().pk))


def test_nobody_writes_the_log(case):
    operation = changed(case, summary="First.")
    client = curator()
    for url in (address(Operation, "add"), address(Operation, "delete", operation.pk)):
        assert client.post(url, {"post": "yes"}).status_code == 403
    client.post(log("change", operation.pk), {"reason": "another"})
    operation.refresh_from_db()
    assert operation.reason == ""


def test_an_operation_of_thousands_is_paged_and_takes_few_queries(case, django_assert_max_num_queries):
    operation = Operation.objects.create(kind="import", subject="many")
    made = [
        Change(
            operation=operation,
            action="created",
            model="cities.city",
            object_id=number,
            name=f"City {number}",
            root_model="cities.city",
            root_id=number,
            before=None,
            after={"name": f"City {number}"},
        )
        for number in range(1, 5001)
    ]
    Change.objects.bulk_create(made)
    client = curator()
    with django_assert_max_num_queries(20):
        page = html(client, log("change", operation.pk))
    assert "5000 changes" in page and "City 50<" in page.replace(" <", "<") and "Page 1 of 100" in page
    with django_assert_max_num_queries(20):
        html(client, address(Change))


def test_a_synonym_has_a_history(db):
    from search.models import Synonym

    with history.operation(reason="the same") as done:
        synonym = Synonym.objects.create(words="park\ngarden", reason="why")
    assert done.saved and "the same" in html(curator(), address(Synonym, "history", synonym.pk))
    assert not Outcome.objects.exists()
