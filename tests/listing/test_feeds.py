"""Feeds of a list: what was changed last and what came last, under the query of its page."""

import datetime

import feedparser
import pytest
from django.utils import timezone

from cases.models import Initiative
from listing.formats import atom_text
from records.models import Publishable
from tests.factories import make_case, make_city
from tests.web import body_of

pytestmark = pytest.mark.django_db


def feed(client, address: str) -> feedparser.FeedParserDict:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(body_of(answer))
    assert not read.bozo
    assert read.version == "atom10"
    return read


def titles(client, address: str) -> list[str]:
    return [entry.title for entry in feed(client, address).entries]


def at(case: Initiative, made: int, changed: int) -> Initiative:
    """Made and changed so many days ago."""
    days = {
        name: timezone.now() - datetime.timedelta(days=n)
        for name, n in (("created_at", made), ("updated_at", changed))
    }
    Initiative.objects.filter(pk=case.pk).update(**days)
    return case


@pytest.fixture
def cases():
    town = make_city("Tartu", "EE")
    return [
        at(make_case("Old, changed now", city=town, summary="Once & again <b>"), 30, 0),
        at(make_case("New", city=town), 1, 1),
        at(make_case("Elsewhere"), 2, 2),
        at(make_case("Not yet", city=town, state=Publishable.State.DRAFT), 0, 0),
    ]


def test_changed_last_comes_first_and_new_comes_first_where_that_is_asked(client, cases):
    assert [each.title for each in feed(client, "/cases.atom").entries] == [
        "Old, changed now",
        "New",
        "Elsewhere",
    ]
    assert [each.title for each in feed(client, "/cases.atom?for=new").entries] == [
        "New",
        "Elsewhere",
        "Old, changed now",
    ]


def test_a_feed_follows_the_query_of_its_page_and_says_both_addresses(client, cases):
    read = feed(client, "/cases.atom?city=tartu&utm=1")
    assert [each.title for each in read.entries] == ["Old, changed now", "New"]
    assert {link.rel: link.href for link in read.feed.links} == {
        "alternate": "http://testserver/cases/?city=tartu",
        "self": "http://testserver/cases.atom?city=tartu",
    }
    assert read.feed.id == "http://testserver/cases.atom?city=tartu"
    assert titles(client, "/cases.atom?q=elsewhere") == ["Elsewhere"]


def test_an_entry_says_when_it_came_and_changed_and_what_it_is_about(client, cases):
    entry = feed(client, "/cases.atom").entries[0]
    assert entry.link == entry.id == f"http://testserver/cases/{cases[0].slug}/"
    assert entry.summary == "Once &amp; again &lt;b&gt;"  # text, in a field that holds HTML
    assert entry.published_parsed < entry.updated_parsed


def test_a_feed_is_short_however_long_the_list(client, cases, monkeypatch):
    monkeypatch.setattr(atom_text, "MOST", 2)
    few = titles(client, "/cases.atom")
    monkeypatch.setattr(atom_text, "_FEW", 1)  # as if there were too many to be named
    assert titles(client, "/cases.atom") == few == ["Old, changed now", "New"]


def test_an_empty_feed_is_one_and_a_wrong_query_is_none(client, cases):
    read = feed(client, "/cases.atom?started=unknown&city=tartu&q=nothingofthekind")
    assert read.entries == []
    assert read.feed.updated.startswith("1970-01-01")
    assert client.get("/cases.atom?city=nowhere").status_code == 400
    assert client.get("/cases.atom?for=old").status_code == 400
    assert client.get("/like-mine.atom?city=tartu").status_code == 404
