"""The public form of a nomination: drafts, private links, confirmation, and what is refused."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.nominations import drafts, guard
from curation.nominations.models import DayCount, DaySalt, Nomination
from tests.curation.nominations.sent import make_nomination, stamp, typed
from tests.factories import make_city, make_theme

pytestmark = pytest.mark.django_db


def send(client, address="/nominate/", **changes):
    return client.post(address, typed(**changes))


def link_in(message) -> str:
    [link] = re.findall(r"https?://\S+", message.body)
    return link


def test_a_nomination_goes_from_the_form_over_the_mail_into_the_inbox(client):
    answer = send(client)
    assert answer.status_code == 302
    nomination = Nomination.objects.get()
    assert nomination.state == "sent"
    [message] = mail.outbox
    assert message.to == ["ada@example.org"]
    confirm = urlsplit(link_in(message)).path
    page = client.get(confirm)
    assert b"Yes, I sent this" in page.content
    nomination.refresh_from_db()
    assert nomination.state == "sent", "opening the link alone confirms nothing"
    client.post(confirm)
    nomination.refresh_from_db()
    assert nomination.state == "new"
    assert nomination.confirmed_at
    assert nomination.outcomes == [["40 stalls have shade", "Report, page 3"]]
    assert b"it is confirmed" in client.get(confirm).content
    client.post(confirm)
    assert Nomination.objects.get().confirmed_at == nomination.confirmed_at


def test_everything_speaks_chinese(client):
    client.post("/zh-hans/nominate/", typed(title=""))
    page = client.post("/zh-hans/nominate/", typed(title="")).content.decode()
    assert "尚未发送" in page
    assert client.post("/zh-hans/nominate/", typed()).status_code == 302
    assert "/zh-hans/nominate/confirm/" in mail.outbox[0].body
    assert "提名" in mail.outbox[0].subject


def test_a_draft_is_kept_incomplete_and_gone_on_with_on_another_device(client):
    answer = send(client, do="save", email="", title="Half", source_0="", licensed=None)
    link = urlsplit(answer["Location"]).path
    page = Client().get(link)
    assert page.status_code == 200
    assert b'value="Half"' in page.content
    assert not mail.outbox
    answer = send(Client(), link, do="save", title="More than half")
    assert answer.status_code == 302
    assert Nomination.objects.get().title == "More than half"


def test_a_private_page_is_told_to_nobody_and_found_by_no_search_engine(client):
    link = urlsplit(send(client, do="save")["Location"]).path
    confirm = None
    send(client, link)
    confirm = urlsplit(link_in(mail.outbox[0])).path
    for address in (link, f"{link}delete/", confirm):
        page = client.get(address)
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
        token = link.strip("/").split("/")[-1]
        reports = re.findall(r'href="(/report/[^"]*)"', page.content.decode())
        assert reports and not any(token in report for report in reports)


def test_only_hashes_of_the_links_are_kept(client):
    answer = send(client)
    token = urlsplit(answer["Location"]).path.strip("/").split("/")[-1]
    assert len(token) >= 43
    stored = " ".join(str(value) for value in Nomination.objects.values().get().values())
    assert token not in stored
    assert urlsplit(link_in(mail.outbox[0])).path.strip("/").split("/")[-1] not in stored
    nomination = Nomination.objects.get()
    # Neither a hash nor a part of a link opens anything.
    for guess in (nomination.token_hash, nomination.confirm_hash, token[:-1], "a" * 43, token.upper()):
        assert client.get(f"/nominate/{guess}/").status_code == 404
        assert client.get(f"/nominate/confirm/{guess}/").status_code == 404


def test_a_draft_expires_and_saving_keeps_it_longer(client, settings):
    settings.NOMINATION_DRAFT_DAYS = 5
    link = urlsplit(send(client, do="save")["Location"]).path
    Nomination.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    send(client, link, do="save")
    assert Nomination.objects.get().expires_at > timezone.now() + timedelta(days=4)
    Nomination.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = client.get(link)
    assert page.status_code == 404
    assert b"5 days" in page.content


def test_its_author_deletes_it(client):
    link = urlsplit(send(client, do="save")["Location"]).path
    assert client.get(f"{link}delete/").status_code == 200
    assert Nomination.objects.count() == 1
    assert client.post(f"{link}delete/").status_code == 200
    assert not Nomination.objects.exists()


def test_what_is_with_the_editors_is_no_longer_changed_by_its_link(client):
    token = drafts.new_token()
    made = make_nomination("work", token_hash=drafts.hashed(token))
    page = client.get(f"/nominate/{token}/")
    assert b"It is with the editors" in page.content
    send(client, f"/nominate/{token}/", title="Something else")
    made.refresh_from_db()
    assert made.title == "Shade for the market"
    with pytest.raises(drafts.Closed):
        drafts.save({name: getattr(made, name) for name in drafts.FIELDS}, made)


def test_a_text_changed_after_it_was_sent_is_not_confirmed_by_the_mail_on_its_way(client):
    link = urlsplit(send(client)["Location"]).path
    first = urlsplit(link_in(mail.outbox[0])).path
    send(client, link, do="save", tried="Another text.")
    assert client.post(first).status_code == 404
    assert Nomination.objects.get().state == "draft"


def test_a_mail_that_fails_is_told_and_the_draft_kept(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post("/nominate/", typed(), follow=True)
    assert "could not be sent" in answer.content.decode()
    assert Nomination.objects.get().state == "draft"
    assert 'value="Shade for the market"' in answer.content.decode()


def test_links_in_mails_come_from_the_setting_and_not_from_the_request(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://catalogue.example.org", ["*"]
    client.post("/nominate/", typed(), headers={"host": "evil.example"})
    assert link_in(mail.outbox[0]).startswith("https://catalogue.example.org/nominate/confirm/")


@pytest.mark.parametrize(
    "bad", ["ada@example.org\nBcc: all@example.org", "ada@example.org, b@example.org", "ada"]
)
def test_an_address_that_is_not_one_address_is_refused(client, bad):
    answer = send(client, email=bad)
    assert answer.status_code == 422
    assert b"one e-mail address" in answer.content
    assert not mail.outbox


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "Give it a title"),
        ({"city": ""}, "in which city"),
        ({"tried": ""}, "what was tried"),
        ({"source_0": "", "source_place_0": ""}, "at least one link or publication"),
        ({"licensed": None}, "permission"),
        ({"email": ""}, "confirmed by it"),
        ({"outcome_place_0": ""}, "where this figure is printed"),
        ({"outcome_0": ""}, "Say what stands there"),
        ({"tried": "x" * 10_000}, "these are 10000"),
        ({"title": "a\x00b"}, "cannot be printed"),
        ({"tried": "a\x1bb"}, "cannot be printed"),
        ({"title": "Buy at https://spam.example"}, "Links belong"),
        ({"tried": "www.a.b www.c.d http://e.f"}, "Links belong"),
        ({"website": "x"}, "must stay empty"),
        ({"stamp": "forged"}, "once more"),
        ({"themes": ["no-such-theme"]}, "no-such-theme"),
        ({"country": "XX"}, "XX"),
    ],
)
def test_what_is_wrong_is_said_above_and_at_the_field_and_nothing_typed_is_lost(client, changes, told):
    answer = send(client, **{"who": "Kept words", **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'id="problems"' in page
    assert 'value="Kept words"' in page
    for name, value in changes.items():
        if len(value or "") > 1_000:
            assert value in page, "not cut off"
        if name not in ("licensed", "website", "stamp"):
            assert page.count(told) >= 1
    assert not Nomination.objects.exists()


def test_a_form_sent_at_once_or_after_a_day_is_asked_for_once_more(client):
    for seconds, told in ((0, "within seconds"), (25 * 3600, "more than a day")):
        answer = send(client, stamp=stamp(seconds))
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not Nomination.objects.exists()


def test_rows_are_added_without_a_script_and_without_saving(client):
    page = send(client, do="more", outcome_2="third", title="").content.decode()
    assert 'name="outcome_4"' in page
    assert 'value="third"' in page
    assert 'id="problems"' not in page
    assert not Nomination.objects.exists()


def test_one_address_and_one_mail_box_are_limited_and_no_address_is_kept(client, monkeypatch):
    monkeypatch.setitem(guard.MOST, "send", (2, 100))
    assert [send(client).status_code for _n in range(3)] == [302, 302, 429]
    last = send(client)
    assert b'value="Shade for the market"' in last.content
    assert "nothing is lost" in last.content.decode()
    assert send(Client(REMOTE_ADDR="192.0.2.7"), email="b@example.org").status_code == 302
    stored = str([*DayCount.objects.values(), *DaySalt.objects.values()])
    assert "127.0.0.1" not in stored
    assert "192.0.2.7" not in stored
    monkeypatch.setitem(guard.MOST, "mail", (1, 100))
    monkeypatch.setitem(guard.MOST, "send", (99, 100))
    assert send(client, email="c@example.org").status_code == 302
    assert send(Client(REMOTE_ADDR="192.0.2.8"), email="c@example.org").status_code == 429


def test_all_together_are_limited(client, monkeypatch):
    monkeypatch.setitem(guard.MOST, "send", (50, 1))
    assert send(client).status_code == 302
    assert send(Client(REMOTE_ADDR="192.0.2.9"), email="b@example.org").status_code == 429


def test_behind_a_proxy_only_what_the_proxy_saw_counts(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "1.2.3.4, 198.51.100.7"})
    assert guard.address_of(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert guard.address_of(request) == "198.51.100.7"
    request = rf.get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert guard.address_of(request) == "2001:db8:1:2::/64"


def test_the_same_text_sent_twice_is_noticed(client):
    for _time in range(2):
        send(client)
        client.post(urlsplit(link_in(mail.outbox[-1])).path)
    first, second = Nomination.objects.order_by("pk")
    assert first.duplicate_of is None
    assert second.duplicate_of == first


def test_hand_made_fields_set_nothing(client):
    case = make_nomination("new")
    send(
        client,
        state="turned",
        case="1",
        confirmed_at="2020-01-01",
        token_hash="x",
        handled_by="me",
        id=case.pk,
    )
    made = Nomination.objects.exclude(pk=case.pk).get()
    assert (made.state, made.case, made.confirmed_at, made.handled_by) == ("sent", None, None, "")


def test_markup_is_text(client):
    page = send(client, title="<script>alert(1)</script>", tried="").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_forms_need_their_token_and_pages_set_that_cookie_only(client):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/nominate/")
    assert list(strict.cookies) == ["csrftoken"]
    cookie = page.cookies["csrftoken"]
    assert cookie["httponly"] and not cookie["max-age"] and not cookie["expires"]
    assert strict.post("/nominate/", typed()).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    answer = strict.post("/nominate/", typed(csrfmiddlewaretoken=token, do="save"))
    assert answer.status_code == 302
    link = urlsplit(answer["Location"]).path
    # From a page under no-referrer browsers send this origin; another site's is refused with the right token too.
    null, other = {"origin": "null"}, {"origin": "https://evil.example"}
    assert strict.post(link, typed(do="save"), headers=null).status_code == 403
    with_token = typed(csrfmiddlewaretoken=token, do="save")
    assert strict.post(link, with_token, headers=other).status_code == 403
    assert strict.post(link, with_token, headers=null).status_code == 302
    assert strict.post(f"{link}delete/", headers=null).status_code == 403
    assert Nomination.objects.count() == 1


def test_cities_and_themes_of_the_catalogue_are_offered_drafts_are_not(client):
    make_city("Shown")
    make_city("Secret", state="draft")
    make_theme("Water")
    page = client.get("/nominate/").content.decode()
    assert 'value="Shown"' in page
    assert "Secret" not in page
    assert "Water" in page


TEXTS = st.dictionaries(
    st.sampled_from(
        ["title", "city", "country", "tried", "email", "outcome_0", "source_11", "stamp", "do", "themes"]
    ),
    st.text(max_size=40),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=TEXTS)
def test_whatever_is_sent_is_answered(client, said):
    said = {name: value.encode("utf-8", "ignore").decode() for name, value in said.items()}
    assert client.post("/nominate/", typed(**said)).status_code in (200, 302, 422, 429)
