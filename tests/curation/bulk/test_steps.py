"""Steps of the workflow for many records: what each would do is shown row by row, then done as one operation."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Initiative
from cities.models import City
from records.operations import Operation
from records.reverting import undo
from records.workflow import STEPS
from tests.factories import make_case, make_city
from tests.staff import (
    act,
    address,
    at_once,
    confirmed,
    curator,
    member,
    save,
    shown_lines,
    take,
    told,
)

pytestmark = pytest.mark.django_db
LATER = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")


def draft(title: str, **fields) -> Initiative:
    return make_case(title, **{"state": "draft", "summary": "x", "city": City.objects.first(), **fields})


def states() -> dict[str, str]:
    return dict(Initiative.objects.values_list("title", "state"))


@pytest.fixture
def city():
    return make_city("Xiamen")


@pytest.mark.parametrize("name", STEPS)
def test_choosing_a_step_changes_nothing_whatever_is_sent_along(city, name, settings):
    settings.PUBLISH_ALONE = True
    for number, each in enumerate(("draft", "review", "published", "withdrawn")):
        draft(f"Case {number}", state=each)
    before = list(Initiative.objects.order_by("pk").values())
    data = {"action": name, "_selected_action": [row["id"] for row in before], "reason_for_change": "why"}
    answer = curator().post(
        address(Initiative), {**data, "confirm": "1", "step": "1", "seen": "x", "publish_at": LATER}
    )
    assert answer.status_code == 200
    assert "Nothing is changed before you confirm." in answer.content.decode()
    assert list(Initiative.objects.order_by("pk").values()) == before
    assert not Operation.objects.exists()


def test_the_page_says_row_by_row_which_take_the_step_and_why_the_others_do_not(city):
    maker = member("curator")
    own, ready, empty = draft("Own"), draft("Ready"), draft("Empty", summary="")
    save(maker, own, title="Mine")
    seen = draft("Seen", state="published")
    shown = act(maker, Initiative, "publish", own, ready, empty, seen)
    lines = shown_lines(shown)
    assert (lines["Ready"][0], lines["Ready"][1].partition(";")[0], lines["Ready"][2]) == (
        "draft",
        "published",
        "",
    )
    assert "nobody publishes their own work alone" in lines["Mine"][2]
    assert lines["Empty"][2] == "fill in “summary” first"
    assert lines["Seen"][2] == "it is “published” now, from which “Publish” does not lead on"
    assert "1 would change, 0 stay as they are, 3 are refused." in shown.content.decode()
    assert "1 record published." in told(confirmed(maker, shown))
    assert states() == {"Mine": "draft", "Ready": "published", "Empty": "draft", "Seen": "published"}


def test_a_step_of_many_is_one_operation_with_its_reason_and_is_taken_back_as_one(city):
    cases = [draft(f"Case {letter}", state="published") for letter in "ABC"]
    client = curator()
    assert "3 records withdrawn." in told(take(client, Initiative, "withdraw", *cases, reason="Twice."))
    operation = Operation.objects.get()
    assert (operation.kind, operation.reason, operation.changes.count()) == ("state", "Twice.", 3)
    assert operation.subject == "Withdraw selected cases (3)"
    assert set(states().values()) == {"withdrawn"}
    undo(operation, None, "")
    assert set(states().values()) == {"published"}


def test_a_reason_is_asked_for_on_the_page_where_one_is_needed_and_what_was_typed_stays(city):
    case, client = draft("Case", state="published"), curator()
    shown = act(client, Initiative, "withdraw", case, reason="")
    assert "Readers see the reason of a withdrawal" in shown.content.decode()
    answer = confirmed(client, shown)
    assert "Say why" in answer.content.decode()
    assert states() == {"Case": "published"}
    confirmed(client, shown, reason_for_change="Twice.")
    assert states() == {"Case": "withdrawn"}
    shown = act(client, Initiative, "take_up", case, reason="given above the list")
    assert shown.context["reason"] == "given above the list"


def test_what_changed_since_the_page_was_shown_is_said_and_nothing_is_done(city):
    one, two = draft("One"), draft("Two")
    reviewer = member("reviewer")
    shown = act(reviewer, Initiative, "publish", one, two)
    save(member("contributor"), two, summary="Something else.")
    answer = confirmed(reviewer, shown)
    html = answer.content.decode()
    assert "1 record was changed meanwhile" in html
    assert [str(line.record) for line in answer.context["page_obj"] if line.is_other] == ["Two"]
    assert html.count("changed since it was shown") == 1
    assert set(states().values()) == {"draft"}
    assert "2 records published." in told(confirmed(reviewer, answer))


def test_a_record_that_has_gone_and_a_city_that_was_withdrawn_are_noticed_too(city):
    one, two = draft("One"), draft("Two")
    client = curator()
    shown = act(client, Initiative, "publish", one, two)
    two.delete()
    answer = confirmed(client, shown)
    assert "1 record was changed meanwhile" in answer.content.decode()
    City.objects.update(state="withdrawn")
    answer = confirmed(client, answer)
    assert shown_lines(answer)["One"][2] == "publish the city “Xiamen” first"
    assert states() == {"One": "draft"}


def test_many_are_given_a_time_which_must_be_to_come(city, settings):
    settings.PUBLISH_ALONE = True
    one, two, seen = draft("One"), draft("Two", state="review"), draft("Seen", state="published")
    client = curator()
    asked = act(client, Initiative, "schedule", one, two, seen)
    assert asked.context["form"].fields.keys() == {"publish_at"}
    for typed, said in (
        ("soon", "Write date and time as"),
        ("2020-01-01T00:00", "time to come"),
        ("", "required"),
    ):
        answer = confirmed(client, asked, publish_at=typed)
        assert said in str(answer.context["form"].errors), typed
    shown = confirmed(client, asked, publish_at=LATER)  # not yet shown with this time
    assert "to be published on" in shown_lines(shown)["One"][1]
    assert "it is “published” now" in shown_lines(shown)["Seen"][2]
    assert not Initiative.objects.filter(publish_at__isnull=False).exists()
    assert "2 records will be published at that time." in told(confirmed(client, shown))
    found = Initiative.objects.filter(publish_at__isnull=False)
    assert {(each.title, each.state, each.scheduled_by.username) for each in found} == {
        ("One", "draft", "curator"),
        ("Two", "review", "curator"),
    }
    undo(Operation.objects.get(), None, "")
    assert not Initiative.objects.filter(publish_at__isnull=False).exists()
    confirmed(client, confirmed(client, act(client, Initiative, "schedule", one), publish_at=LATER))
    assert "not be published by itself" in told(take(client, Initiative, "unschedule", one))
    assert not Initiative.objects.filter(publish_at__isnull=False).exists()


def test_hundreds_are_looked_at_in_as_many_questions(city):
    reviewer = member("reviewer")
    few = [draft(f"Case {number}") for number in range(3)]

    def questions(cases) -> int:
        with CaptureQueriesContext(connection) as asked:
            act(reviewer, Initiative, "publish", *cases)
        return len(asked)

    first = questions(few)
    # Fewer, where what was asked before is known; one more, where the list behind has more than one page.
    assert questions([*few, *(draft(f"More {number}") for number in range(120))]) <= first + 1 < 40


def test_what_readers_see_is_not_changed_in_bulk_by_who_may_only_change_drafts(city):
    seen, own = draft("Seen", state="published"), draft("Draft")
    client = member("contributor")
    shown = act(client, Initiative, "bulk_hide", seen, own)
    assert shown_lines(shown)["Seen"][2] == "readers see it: ask a curator"
    confirmed(client, shown, reason_for_change="x")
    assert dict(Initiative.objects.values_list("title", "hidden")) == {"Seen": False, "Draft": True}


@pytest.mark.django_db(transaction=True)
def test_of_two_that_confirm_at_the_same_moment_one_is_told():
    make_city("Xiamen")
    cases = [draft(f"Case {number}", state="published") for number in range(5)]
    User.objects.create_superuser("lin")
    clients = [curator(), Client()]
    clients[1].force_login(User.objects.get(username="lin"))
    sent = []
    for client in clients:
        context = act(client, Initiative, "withdraw", *cases).context
        typed = {"ids": context["ids"], "seen": context["seen"], "reason_for_change": "Twice."}
        sent.append({"step": "1", "confirm": "1", **typed})
    answers = at_once(clients, address(Initiative, "bulk", "withdraw"), sent)
    assert sorted(each.status_code for each in answers) == [200, 302]
    assert any("5 records were changed meanwhile" in each.content.decode() for each in answers)
    assert Operation.objects.count() == 1


def test_after_a_step_one_is_back_at_the_filtered_list_and_so_without_confirming(city):
    case, filters = draft("Green Lane", state="published"), "state__exact=published&q=Lane"
    client = curator()
    data = {"action": "withdraw", "_selected_action": [case.pk], "reason_for_change": "Counted twice."}
    shown = client.post(f"{address(Initiative)}?{filters}&p=1", data)
    back = f"{address(Initiative)}?{filters}"
    assert shown.content.decode().count(back.replace("&", "&amp;")) == 2  # the way back, and the crumbs
    answer = confirmed(client, shown, filters=shown.context["filters"])
    assert answer.redirect_chain == [(back, 302)] and states() == {"Green Lane": "withdrawn"}


def test_filters_sent_by_hand_lead_to_no_other_page_than_the_list(city):
    case = draft("Green Lane", state="published")
    client = curator()
    shown = act(client, Initiative, "withdraw", case)
    answer = confirmed(client, shown, filters="//example.org/\r\nX: y")
    assert answer.redirect_chain[0][0].startswith(f"{address(Initiative)}?")
    assert answer.status_code == 200
