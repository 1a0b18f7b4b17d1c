"""The inbox of staff: who may do what, what a draft case is made of, answers, and what is forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import Initiative, Programme
from curation.nominations import turning
from curation.nominations.models import DayCount, ErrorReport, Nomination
from records import reverting
from records.operations import Change, Operation
from sources.models import Source
from tests.curation.nominations.sent import make_nomination
from tests.factories import make_case, make_city, make_theme
from tests.staff import address, change_page, curator, member, staff_with, take, told
from tests.web import body_of

pytestmark = pytest.mark.django_db

VIEW, HANDLE = "curation.view_nomination", "curation.handle_nominations"
TURN = (
    VIEW,
    HANDLE,
    "cases.add_initiative",
    "sources.add_source",
    "cities.view_city",
    "cases.view_initiative",
)


def at(sent, what: str) -> str:
    return f"{change_page(sent).removesuffix('change/')}{what}/"


def handle(client, sent, **said):
    """Sends the form below the text as its page gave it out."""
    form = client.get(change_page(sent)).context["handle_form"]
    return client.post(at(sent, "handle"), {"seen": form["seen"].value(), **said})


def make_report(**fields) -> ErrorReport:
    return ErrorReport.objects.create(**{"page": "/cases/", "what": "Wrong year.", **fields})


def test_drafts_and_what_is_not_confirmed_are_not_in_the_inbox():
    for state in ("draft", "sent"):
        make_nomination(state, title=f"Of its author, {state}")
    make_nomination("new", title="Confirmed")
    client = curator()
    page = client.get(address(Nomination)).content.decode()
    assert "Confirmed" in page
    assert "Of its author" not in page
    hidden = Nomination.objects.get(state="draft")
    assert client.get(change_page(hidden)).status_code == 302
    assert client.post(at(hidden, "turn"), {"title": "x"}).status_code == 404
    assert client.post(at(hidden, "handle"), {"state": "new"}).status_code == 404


def test_who_may_only_view_handles_nothing():
    made, client = make_nomination(), staff_with(VIEW, "curation.view_errorreport")
    page = client.get(change_page(made)).content.decode()
    assert "Shade for the market" in page
    assert "Handle it" not in page
    assert "/turn/" not in page
    for sent in (made, make_report()):
        assert client.post(at(sent, "handle"), {"state": "spam"}).status_code == 403
    assert client.get(at(made, "turn")).status_code == 403
    assert client.post(at(made, "turn"), {"title": "x"}).status_code == 403
    made.refresh_from_db()
    assert made.state == "new"


def test_only_who_handles_sees_of_whom_it_is_and_nobody_finds_it_out_by_the_address():
    made = make_nomination(answer="Dear Ada, thank you.")
    report = ErrorReport.objects.create(page="/", what="Wrong.", email="bo@example.org", answer="Dear Bo.")
    reviewer, handler = member("reviewer"), member("curator")
    for one in (made, report):
        for place in ("change", "history"):
            page = reviewer.get(address(type(one), place, one.pk)).content.decode()
            assert not any(secret in page for secret in ("Ada Writer", "ada@", "bo@", "Dear")), (one, place)
        page = handler.get(change_page(one)).content.decode()
        assert one.email in page and "Dear" in page
    assert "Ada Writer" in handler.get(change_page(made)).content.decode()
    assert "Awnings were put up" in reviewer.get(change_page(made)).content.decode()
    for client in (reviewer, handler):
        for query in ("email__startswith=ada", "name__contains=Ada", "answer__contains=Ada"):
            listed = client.get(f"{address(Nomination)}?{query}")
            assert listed.status_code != 200 or not listed.context["cl"].result_count, query
        export = client.get(f"{address(Nomination)}export/json/?email__startswith=ada")
        assert b"Shade for the market" not in body_of(export)


def test_what_became_of_it_stands_in_its_history():
    made, handler = make_nomination(), member("curator")
    data = {"state": "declined", "reason": "It is another city's."}
    handler.post(address(Nomination, "handle", made.pk), data)
    page = member("reviewer").get(address(Nomination, "history", made.pk)).content.decode()
    assert "It is another city" in page and "declined" in page and "Undo this operation" not in page
    assert not reverting.can_be_undone(Operation.objects.get())


def test_the_right_to_handle_is_none_to_make_cases_nor_to_look():
    made = make_nomination()
    client = staff_with(HANDLE)
    assert client.post(at(made, "handle"), {"state": "spam"}).status_code == 403
    client = Client()
    assert client.post(at(made, "handle"), {"state": "spam"}).status_code == 302, "to the sign-in"
    made.refresh_from_db()
    assert made.state == "new"


def test_who_may_handle_without_making_cases_does_not_turn():
    made, client = make_nomination(), staff_with(VIEW, HANDLE)
    assert client.post(at(made, "turn"), {"title": "x"}).status_code == 403
    assert client.post(at(made, "handle"), {"state": "work"}).status_code == 302
    assert client.get(at(made, "handle")).status_code == 405
    made.refresh_from_db()
    assert (made.state, made.handled_by) == ("work", "staff")


def test_a_nomination_becomes_a_draft_case_held_to_its_own_source():
    city, theme = make_city("Ningbo"), make_theme("Shade")
    made = make_nomination(began="2019", themes=[theme.slug, "gone"], partners="A school")
    client = staff_with(*TURN)
    form = client.get(at(made, "turn"))
    assert form.context["form"].initial["city"] == city
    client.post(at(made, "turn"), {"title": made.title, "city": city.pk})
    made.refresh_from_db()
    case = made.case
    assert (made.state, case.state, case.city, case.summary) == ("turned", "draft", city, "")
    assert case.programme.slug == "nominations"
    source = case.source
    lines = source.attached_text.text.split("\n")
    assert source.line_count == len(lines) == case.last_line
    assert source.title.startswith("Nomination of 20")
    assert source.hidden and not source.full_text_public
    assert "ada" not in source.attached_text.text.casefold()
    tried = case.sections.get(kind="measures")
    assert lines[tried.first_line : tried.last_line] == made.tried.splitlines()
    [first, last] = map(int, case.started_lines.split("-"))
    assert "2019" in lines[first - 1 : last]
    link = case.theme_links.get()
    assert link.theme == theme and link.reason and link.lines
    operation = Operation.objects.get(kind=Operation.Kind.NOMINATION)
    assert operation.by == "staff"
    assert operation.changes.filter(model="cases.initiative", action="created").exists()


def test_the_page_of_the_case_names_its_nomination():
    made = make_nomination(case=make_case("Lane"))
    assert change_page(made) in curator().get(change_page(made.case)).content.decode()
    client = staff_with("cases.view_initiative")
    assert change_page(made) not in client.get(change_page(made.case)).content.decode()


def test_making_a_case_is_taken_back_whole_and_the_next_one_keeps_its_programme():
    city, client = make_city("Ningbo"), curator()
    for title in ("One", "Two"):
        client.post(at(make_nomination(title=title), "turn"), {"title": title, "city": city.pk})
    first = Operation.objects.filter(kind=Operation.Kind.NOMINATION).order_by("pk").first()
    reverting.undo(first, None, "a mistake")
    assert [case.title for case in Initiative.objects.all()] == ["Two"]
    assert Source.objects.count() == 1
    assert Programme.objects.filter(slug="nominations").exists()
    one = Nomination.objects.get(title="One")
    assert one.case is None
    handle(client, one, state="work")
    client.post(at(one, "turn"), {"title": "One", "city": city.pk})
    assert Initiative.objects.filter(title="One").exists()


def test_two_who_turn_the_same_make_one_case():
    city, client = make_city("Ningbo"), curator()
    made = make_nomination()
    client.post(at(made, "turn"), {"title": "One", "city": city.pk})
    answer = client.post(at(made, "turn"), {"title": "One", "city": city.pk}, follow=True)
    assert "is closed" in told(answer)
    assert Initiative.objects.count() == 1
    with pytest.raises(turning.Taken):
        turning.turn(made, city, "One", answer.wsgi_request.user)


def test_the_source_is_shown_with_the_case_and_the_person_never():
    city, client = make_city("Ningbo"), curator()
    made = make_nomination()
    client.post(at(made, "turn"), {"title": made.title, "city": city.pk})
    case = Initiative.objects.get()
    assert Client().get(case.source.get_absolute_url()).status_code == 404
    Initiative.objects.update(summary="Ours.")
    take(curator("another"), Initiative, "publish", Initiative.objects.get())
    reader = Client()
    for url in (
        case.get_absolute_url(),
        case.source.get_absolute_url(),
        "/cases.csv",
        "/cases.json",
        "/sources.json",
    ):
        answer = reader.get(url)
        assert answer.status_code == 200, url
        assert "ada" not in body_of(answer).decode().casefold(), url


def test_who_it_was_stands_in_no_history_and_no_export():
    city, client = make_city("Ningbo"), curator()
    made = make_nomination()
    client.post(at(made, "turn"), {"title": made.title, "city": city.pk})
    written = str([*Change.objects.values(), *Operation.objects.values()])
    assert "ada" not in written.casefold()
    for kind in ("csv", "json"):
        text = body_of(client.get(f"{address(Nomination)}export/{kind}/")).decode()
        assert made.title in text
        assert "ada" not in text.casefold()
        assert made.token_hash not in text


def test_declining_needs_a_reason_and_may_write_to_the_person():
    made, client = make_nomination(language="zh-hans"), curator()
    answer = client.post(
        at(made, "handle"), {"state": "declined", "reason": "", "answer": "Sorry, no source."}
    )
    page = answer.content.decode()
    assert "Say why" in page
    assert "Sorry, no source." in page
    assert not mail.outbox
    client.post(at(made, "handle"), {"state": "declined", "reason": "No source", "answer": "Sorry."})
    made.refresh_from_db()
    assert (made.state, made.reason, made.answer) == ("declined", "No source", "Sorry.")
    [message] = mail.outbox
    assert message.to == ["ada@example.org"]
    assert "提名" in message.subject
    assert Operation.objects.filter(subject__contains="declined", reason="No source").exists()


def test_an_answer_that_cannot_be_sent_is_told_with_its_text(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    made = make_nomination()
    data = {"state": "work", "reason": "", "answer": "My words."}
    answer = curator().post(at(made, "handle"), data, follow=True)
    assert "could not be sent" in told(answer)
    assert "My words." in told(answer)
    made.refresh_from_db()
    assert (made.state, made.answered_at) == ("work", None)


def test_a_state_that_is_not_offered_is_refused():
    made, client = make_nomination(), curator()
    for state in ("draft", "turned", "x", ""):
        client.post(at(made, "handle"), {"state": state, "reason": "x"})
        made.refresh_from_db()
        assert made.state == "new"
    for record in (made, make_report()):
        assert client.post(address(type(record), "add")).status_code == 403
        assert client.post(address(type(record), "delete", record.pk), {"post": "yes"}).status_code == 403
        assert client.post(change_page(record), {"title": "x"}).status_code == 403


def test_a_report_leads_to_its_record_and_is_answered():
    case, client = make_case("Lane"), curator()
    report = make_report(model="cases.initiative", object_id=case.pk, page="/cases/x/", email="r@example.org")
    assert change_page(case) in client.get(change_page(report)).content.decode()
    client.post(at(report, "handle"), {"state": "corrected", "reason": "It is 2019.", "answer": "Thank you."})
    report.refresh_from_db()
    assert (report.state, report.reason) == ("corrected", "It is 2019.")
    assert mail.outbox[0].to == ["r@example.org"]
    assert "\nhttp://testserver/cases/x/\n" in mail.outbox[0].body
    case.delete()
    assert client.get(change_page(report)).status_code == 200


def test_an_answer_names_the_page_with_scheme_and_host_of_this_site(settings):
    settings.SITE_URL = "https://catalogue.example.org/"
    case, client = make_case("Lane"), curator()
    made = make_nomination("turned", case=case, language="zh-hans")
    hidden = make_nomination("turned", case=make_case("Draft", state="draft"))
    for nomination in (made, hidden):
        client.post(at(nomination, "handle"), {"state": "turned", "answer": "It is there."})
    first, second = (message.body for message in mail.outbox)
    assert f"{made.title}\nhttps://catalogue.example.org/zh-hans/cases/{case.slug}/\n" in first
    assert "http" not in second and hidden.title in second


def test_the_lists_name_how_many_are_open_and_ask_little(django_assert_max_num_queries):
    for _n in range(30):
        make_nomination()
        make_report()
    client = curator()
    with django_assert_max_num_queries(30):
        page = client.get(address(Nomination)).content.decode()
    assert "30 open" in page
    assert address(ErrorReport) in page
    assert "Nominations (30 open)" in client.get("/admin/").content.decode()


def test_markup_of_a_stranger_is_text():
    made = make_nomination(
        title="<b>x</b>",
        outcomes=[["<script>1</script>", ""]],
        sources=[["<a href=http://evil.example>", ""]],
    )
    page = curator().get(change_page(made)).content.decode()
    assert "<script>1" not in page and "<b>x" not in page
    assert "<a href=http://evil" not in page


def test_what_need_not_be_kept_is_forgotten(settings):
    settings.NOMINATION_KEEP_DAYS = 10
    now = timezone.now()
    old, recent = now - timedelta(days=11), now - timedelta(days=9)
    expired = make_nomination("draft", expires_at=now - timedelta(days=1))
    spam = make_nomination("spam", handled_at=old)
    closed = make_nomination("declined", handled_at=old)
    kept = [make_nomination("declined", handled_at=recent), make_nomination("new", handled_at=old)]
    report = make_report(state="answered", handled_at=old, email="r@example.org")
    DayCount.objects.create(day=now.date() - timedelta(days=3), what="send")
    call_command("forget_nominations")
    assert not Nomination.objects.filter(pk__in=[expired.pk, spam.pk]).exists()
    closed.refresh_from_db()
    report.refresh_from_db()
    assert (closed.name, closed.email, closed.token_hash, report.email) == ("", "", None, "")
    assert closed.title
    assert closed.forgotten_at
    for each in kept:
        each.refresh_from_db()
        assert each.email
    assert not DayCount.objects.exists()


def test_staff_forget_a_person_at_once():
    made = make_nomination()
    curator().post(at(made, "handle"), {"forget": "1"})
    made.refresh_from_db()
    assert (made.name, made.email, made.token_hash, made.state) == ("", "", None, "new")


def test_the_second_of_two_who_handle_the_same_is_told_and_nothing_is_lost():
    report, first, second = make_report(), curator("first"), curator("second")
    seen = second.get(change_page(report)).context["handle_form"]["seen"].value()
    handle(first, report, state="declined", reason="the source is right")
    page = second.post(at(report, "handle"), {"seen": seen, "state": "spam", "reason": "nonsense"})
    text = page.content.decode()
    assert "Meanwhile first handled it: “declined”. the source is right" in text and "nonsense" in text
    report.refresh_from_db()
    assert (report.state, report.reason, report.handled_by) == ("declined", "the source is right", "first")
    again = page.context["handle_form"]["seen"].value()
    second.post(at(report, "handle"), {"seen": again, "state": "spam", "reason": "nonsense"})
    report.refresh_from_db()
    assert (report.state, report.handled_by) == ("spam", "second")
