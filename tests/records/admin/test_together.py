"""Two people, one record: nothing is lost silently, and the reason for a change is asked for."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Initiative, InitiativeTheme, Section
from records import history
from records.admin import REASON
from records.operations import Operation
from tests.factories import PUBLISHED, make_case, make_section, make_source, make_theme
from tests.staff import WHY, address, at_once, change_page, curator, errors, filled, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    found = make_case("one", state=PUBLISHED, summary="As it was.")
    make_section(found, "As it was.", key="first")
    return found


def theirs(case, **values):
    """What the other one saves."""
    with history.operation(user=User.objects.get_or_create(username="lin")[0], reason="it was wrong") as done:
        for name, value in values.items():
            setattr(case, name, value)
        case.save()
    return done.saved


def again(client, case, response, **choices):
    """Sends the form that came back."""
    context = response.context
    forms = [context["adminform"].form]
    for rows in context["inline_admin_formsets"]:
        forms += [rows.formset.management_form, *rows.formset.forms]
    data = {bound.html_name: bound.field.prepare_value(bound.value()) for form in forms for bound in form}
    sent = {name: value for name, value in data.items() if value is not None and value is not False}
    return client.post(change_page(case), {**sent, **choices})


def test_what_only_one_side_changed_is_merged_and_saved_with_the_next_press(case):
    client, url = curator(), change_page(case)
    form = filled(client, url, title="Mine")
    theirs(case, summary="Theirs.")
    response = client.post(url, form)
    page = response.content.decode()
    assert response.status_code == 200 and "lin" in page and "it was wrong" in page
    case.refresh_from_db()
    assert (case.title != "Mine", case.summary) == (True, "Theirs.")
    assert again(client, case, response).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.summary) == ("Mine", "Theirs.")


@pytest.mark.parametrize("choice, kept", [("theirs", "Theirs."), ("mine", "Mine.")])
def test_what_both_changed_has_to_be_chosen(case, choice, kept):
    client, url = curator(), change_page(case)
    form = filled(client, url, summary="Mine.")
    theirs(case, summary="Theirs.")
    response = client.post(url, form)
    told = response.context["merged"].told
    assert [(each.before, each.theirs, each.yours, bool(each.choice)) for each in told] == [
        ("As it was.", "Theirs.", "Mine.", True)
    ]
    assert 'aria-invalid="true"' not in response.content.decode()
    undecided = again(client, case, response)
    assert undecided.status_code == 200 and undecided.context["merged"].told[0].before == "As it was."
    case.refresh_from_db()
    assert case.summary == "Theirs."
    assert again(client, case, undecided, **{told[0].choice: choice}).status_code == 302
    case.refresh_from_db()
    assert case.summary == kept


def test_a_change_by_no_operation_is_noticed_too(case):
    client, url = curator(), change_page(case)
    form = filled(client, url, summary="Mine.")
    Initiative.objects.filter(pk=case.pk).update(summary="By a program.")
    response = client.post(url, form)
    assert "by a program" in response.content.decode() and response.context["merged"].told
    case.refresh_from_db()
    assert case.summary == "By a program."


def test_the_same_change_on_both_sides_is_no_question(case):
    client, url = curator(), change_page(case)
    form = filled(client, url, summary="The same.", title="Mine")
    theirs(case, summary="The same.")
    assert client.post(url, form).status_code == 302


def test_rows_added_changed_and_deleted_by_the_other_are_kept(case):
    second = make_section(case, "Second.", key="second", position=5)
    client, url = curator(), change_page(case)
    form = filled(client, url, title="Mine")
    first = case.sections.get(key="first")
    with history.operation():
        first.digest = "Theirs."
        first.save()
        second.delete()
        make_section(case, "Third.", key="third", position=9)
    response = client.post(url, form)
    assert len(response.context["merged"].told) == 3
    response = again(client, case, response)
    assert response.status_code == 302, errors(response)
    case.refresh_from_db()
    assert case.title == "Mine" and set(case.sections.values_list("key", flat=True)) == {"first", "third"}
    assert case.sections.get(key="first").digest == "Theirs."


def test_a_row_they_deleted_and_i_changed_comes_back_as_a_new_one(case):
    client, url = curator(), change_page(case)
    form = filled(client, url, **{"sections-0-digest": "Mine."})
    with history.operation():
        Section.objects.get(initiative=case).delete()
    response = again(client, case, client.post(url, form))
    assert response.status_code == 302, errors(response)
    assert case.sections.get().digest == "Mine."


def test_a_record_deleted_meanwhile_can_be_brought_back_with_what_was_typed(case):
    client, url, pk = curator(), change_page(case), case.pk
    form = filled(client, url, summary="Mine.")
    with history.operation(reason="a double"):
        case.delete()
    response = client.post(url, form)
    page = response.content.decode()
    assert response.status_code == 200 and "Mine." in page and "a double" in page
    again = {**dict(response.context["sent"]), "bring_back": "yes"}
    unsaid = client.post(url, again)
    assert "Say why" in unsaid.content.decode() and "Mine." in unsaid.content.decode()
    assert not Initiative.objects.filter(pk=pk).exists()
    assert client.post(url, {**again, REASON: response.context["reason"]}).status_code == 302
    found = Initiative.objects.get(pk=pk)
    assert found.summary == "Mine." and found.sections.count() == 1


def test_a_form_that_does_not_say_what_it_was_made_from_is_not_saved(case):
    client, url = curator(), change_page(case)
    for broken in ("", "x", "x:y:z"):
        response = client.post(url, filled(client, url, summary="Mine.", made_from=broken))
        assert "It is not known" in errors(response)
    case.refresh_from_db()
    assert case.summary == "As it was."


# --- the reason


def test_a_change_that_readers_see_needs_a_reason_and_keeps_what_was_typed(case):
    client, url = curator(), change_page(case)
    response = client.post(url, filled(client, url, summary="Mine.", reason_for_change=" "))
    assert "Say why" in errors(response) and "Mine." in response.content.decode()
    assert client.post(url, filled(client, url, reason_for_change="")).status_code == 302  # nothing changed
    client.post(url, filled(client, url, **{"sections-0-digest": "Other.", "reason_for_change": ""}))
    assert case.sections.get().digest != "Other."
    response = client.post(url, filled(client, url, title="", reason_for_change="the source says so"))
    assert "the source says so" in response.content.decode()
    client.post(url, filled(client, url, summary="Mine.", reason_for_change="the source says so"))
    assert Operation.objects.first().reason == "the source says so"


def test_a_draft_may_be_changed_without_a_reason():
    draft = make_case("two", state="draft")
    client, url = curator(), change_page(draft)
    assert client.post(url, filled(client, url, summary="Mine.", reason_for_change="")).status_code == 302


def test_deleting_and_taking_back_ask_why(case):
    client, url = curator(), address(Initiative, "delete", case.pk)
    assert "Say why" in client.post(url, {"post": "yes"}).content.decode()
    sure = {"action": "delete_selected", "_selected_action": [case.pk], "post": "yes"}
    assert "Say why" in client.post(address(Initiative), sure).content.decode()
    client.post(url, {"post": "yes", **WHY})
    assert not Initiative.objects.exists() and Operation.objects.first().reason == WHY["reason_for_change"]


def test_who_may_only_view_is_asked_for_nothing(case):
    page = staff_with("cases.view_initiative").get(change_page(case))
    assert "reason_for_change" not in page.content.decode()


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_at_the_same_moment_one_is_told():
    case = make_case("one", state=PUBLISHED, summary="As it was.")
    User.objects.create_superuser("lin")
    clients = [curator(), Client()]
    clients[1].force_login(User.objects.get(username="lin"))
    url = change_page(case)
    sent = [filled(client, url, summary=f"By {number}.") for number, client in enumerate(clients)]
    answers = at_once(clients, url, sent)
    assert sorted(each.status_code for each in answers) == [200, 302]
    assert Operation.objects.filter(changes__model="cases.initiative").count() == 1


def test_a_choice_that_was_not_made_is_marked_at_the_choice_and_at_the_field_and_nothing_is_lost(case):
    section, client, url = case.sections.get(), curator(), change_page(case)
    form = filled(client, url, **{"title": "Mine", "summary": "Mine.", "sections-0-digest": "Mine too."})
    with history.operation():
        section.digest = "Theirs too."
        section.save()
    theirs(case, summary="Theirs.", title="Theirs")
    told = {each.html_name: each for each in client.post(url, form).context["merged"].told}
    first = client.post(url, form)
    answer = again(client, case, first, **{told["title"].choice: "mine"})
    page = answer.content.decode()
    assert {each.html_name for each in answer.context["merged"].told if each.is_missing} == {
        *("summary", "sections-0-digest")
    }
    assert (
        page.count('<fieldset class="choice" role="radiogroup" aria-required="true" aria-invalid="true"') == 2
    )
    assert page.count(" autofocus") == 1 and "for each field that is marked" in errors(answer)
    for name in ("id_summary", "id_sections-0-digest"):
        assert re.search(rf'<a href="#{name}">[^<]*</a>: Both of you changed this', page)
        assert re.search(rf'<textarea[^>]*aria-invalid="true"[^>]*id="{name}"', page)
    form = answer.context["adminform"].form
    assert (form["title"].value(), form["summary"].value()) == ("Mine", "Mine.")
    assert "Mine too." in page
    done = again(
        client, case, answer, **{told[name].choice: "mine" for name in ("summary", "sections-0-digest")}
    )
    assert done.status_code == 302
    case.refresh_from_db()
    assert (case.title, case.summary, case.sections.get().digest) == ("Mine", "Mine.", "Mine too.")


@pytest.mark.parametrize("state", ["published", "draft"])
def test_a_part_added_on_its_own_page_needs_a_reason_where_readers_see_it(state):
    case, theme, client = make_case(state=state, summary="x"), make_theme(), curator()
    url = address(InitiativeTheme, "add")
    source = case.source or make_source()
    typed = {
        "initiative": case.pk,
        "theme": theme.pk,
        "reason": "About it.",
        "source": source.pk,
        "lines": "",
    }
    response = client.post(url, filled(client, url, **typed, reason_for_change=""))
    assert ("Say why: what you change shows" in errors(response)) == (state == "published")
    assert InitiativeTheme.objects.exists() == (state == "draft")
    if state == "published":
        assert errors(client.post(url, filled(client, url, **typed))) == ""
        assert InitiativeTheme.objects.exists()
