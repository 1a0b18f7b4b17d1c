"""What was given a time is published when it has come, once, and by itself."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import Initiative
from cities.models import City
from records import schedule
from records.operations import Operation
from tests.factories import make_case, make_city
from tests.staff import address, change_page, member, save, step, told
from tests.web import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_case("Lane", city=make_city("Xiamen"), state="draft", summary="x")


def make_due(record) -> None:
    """Lets the time come."""
    type(record).objects.filter(pk=record.pk).update(
        publish_at=timezone.now() - datetime.timedelta(minutes=1)
    )


def given_a_time(client, record) -> None:
    step(client, record, "schedule", publish_at="2099-01-01T09:00")
    assert type(record).objects.get(pk=record.pk).publish_at.year == 2099


def test_the_list_says_when_it_will_be_published(case):
    client = member("reviewer")
    make_case("Road", state="draft")
    given_a_time(client, case)
    page = client.get(address(Initiative)).content.decode()
    assert page.count("draft, to be published on 1 January 2099, 09:00 UTC") == 1
    assert re.search(r'class="field-standing">draft</td>', page)


def test_published_when_due_and_not_before_with_who_gave_the_time(case):
    client = member("reviewer")
    given_a_time(client, case)
    assert schedule.publish_due() == ([], [])
    make_due(case)
    assert schedule.publish_due() == ([case], [])
    assert schedule.publish_due() == ([], [])
    operation = Operation.objects.first()
    assert (operation.kind, operation.user) == ("state", client.user)
    assert operation.reason.startswith("scheduled by reviewer for ")
    assert Initiative.objects.get().publish_at is None


def test_the_first_reader_after_the_time_finds_it(case, monkeypatch):
    given_a_time(member("reviewer"), case)
    assert ids(Client()) == []
    make_due(case)
    assert ids(Client()) == []  # this process looked a moment ago
    monkeypatch.setattr(schedule, "PAUSE", 0)
    assert ids(Client(), "q=lane") == ["xiamen-lane"]


def test_what_stands_in_the_way_leaves_it_scheduled_and_is_said(case, capsys, caplog):
    client = member("reviewer")
    given_a_time(client, case)
    make_due(case)
    City.objects.update(state="draft")
    call_command("publish_due")
    assert "not published: case Lane: publish the city “Xiamen” first" in capsys.readouterr().out
    assert "publish the city “Xiamen” first" in caplog.text
    assert Initiative.objects.get().publish_at is not None
    page = client.get(change_page(case)).content.decode()
    assert "Its time has come, and it was not published." in page
    City.objects.update(state="published")
    call_command("publish_due")
    assert Initiative.objects.get().is_public


def test_a_city_and_its_case_scheduled_for_one_time_are_published_together():
    city = make_city("Bijie", state="draft")
    case, client = make_case("Lane", city=city, state="draft", summary="x"), member("reviewer")
    for record in (case, city):
        given_a_time(client, record)
        make_due(record)
    assert schedule.publish_due()[0] == [city, case]


def test_who_lost_the_right_or_changed_it_since_does_not_publish_by_the_clock(case):
    client = member("curator")
    given_a_time(client, case)
    save(client, case, title="Mine now")
    make_due(case)
    ((_record, problems),) = schedule.publish_due()[1]
    assert "nobody publishes their own work alone" in problems[0]
    client.user.groups.clear()
    ((_record, problems),) = schedule.publish_due()[1]
    assert "who scheduled it may no longer publish" in problems[-1]
    assert not Initiative.objects.get().is_public


def test_what_was_changed_after_its_time_was_set_is_not_published_unseen(case, settings):
    author, reviewer = member("curator"), member("reviewer")
    given_a_time(reviewer, case)
    save(author, case, title="Never seen by a reviewer")
    said = "it was changed after its time was set"
    assert said in reviewer.get(change_page(case)).content.decode()
    make_due(case)
    ((_record, problems),) = schedule.publish_due()[1]
    assert said in problems[0] and not Initiative.objects.get().is_public
    step(reviewer, case, "unschedule")
    given_a_time(reviewer, case)
    make_due(case)
    assert len(schedule.publish_due()[0]) == 1
    assert Initiative.objects.get().is_public


def test_where_everybody_may_publish_alone_a_later_change_is_published_too(case, settings):
    settings.PUBLISH_ALONE = True
    client = member("curator")
    given_a_time(client, case)
    save(client, case, title="Mine")
    make_due(case)
    assert len(schedule.publish_due()[0]) == 1


def test_a_contributor_does_not_change_what_is_about_to_be_published(case):
    given_a_time(member("reviewer"), case)
    assert member("contributor").post(change_page(case), {"title": "x"}).status_code == 403


def test_a_time_that_is_over_is_refused_and_one_to_come_can_be_taken_back(case):
    client = member("reviewer")
    assert "give a time to come" in told(step(client, case, "schedule", publish_at="2020-01-01T09:00"))
    assert "give the date and time" in told(step(client, case, "schedule"))
    given_a_time(client, case)
    step(client, case, "unschedule")
    assert Initiative.objects.get().publish_at is None
