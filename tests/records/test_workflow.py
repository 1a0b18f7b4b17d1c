"""The way of a record from a draft to readers and back: where each step leads on from, by whom, with what it takes."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative, Section
from records import authors, history, workflow
from records.operations import Operation
from records.workflow import STEPS, State
from tests.factories import make_case, make_city
from tests.staff import WHY, change_page, curator, filled, member, row, save, staff_with, step, told

pytestmark = pytest.mark.django_db
ALONE = "nobody publishes their own work alone"


@pytest.fixture
def case():
    """A draft nobody of the staff has a hand in."""
    return make_case("Lane", city=make_city("Xiamen"), state="draft", summary="x")


def now(case) -> Initiative:
    return Initiative.objects.get(pk=case.pk)


def test_the_way_from_a_draft_to_readers_and_back_is_kept_in_the_history(case):
    author, reviewer, head = member("contributor"), member("reviewer"), member("curator")
    step(author, case, "send", "ready")
    assert (now(case).state, now(case).submitted_by) == ("review", author.user)
    step(reviewer, case, "send_back", "summary too short")
    step(author, case, "send")
    step(reviewer, case, "publish")
    assert now(case).is_public
    step(head, case, "withdraw", "Counted twice.")
    withdrawn = now(case)
    assert (withdrawn.state, withdrawn.state_reason) == ("withdrawn", "Counted twice.")
    step(head, case, "take_up")
    assert (now(case).state, now(case).state_reason) == ("draft", "Counted twice.")
    kinds = Operation.objects.order_by("pk").values_list("kind", "by", "reason")
    assert list(kinds) == [
        ("state", "contributor", "ready"),
        ("state", "reviewer", "summary too short"),
        ("state", "contributor", ""),
        ("state", "reviewer", ""),
        ("state", "curator", "Counted twice."),
        ("state", "curator", ""),
    ]


def test_each_field_of_its_page_has_an_id_of_its_own_and_each_label_leads_to_one(case):
    html = curator().get(change_page(case)).content.decode()
    ids = re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', html)
    assert sorted(set(ids)) == sorted(ids)
    assert {"id_reason_for_change", "id_reason_for_step"} <= set(ids)
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= set(ids)


def test_the_form_does_not_take_a_state(case):
    client = curator()
    assert 'name="state"' not in client.get(change_page(case)).content.decode()
    save(client, case, state="published", withdrawn_at="2026-01-01", title="Lane two")
    assert (now(case).state, now(case).title) == ("draft", "Lane two")


@pytest.mark.parametrize("name", ["send_back", "withdraw"])
def test_a_step_that_needs_a_reason_does_nothing_without_it(case, name):
    Initiative.objects.update(state=STEPS[name].sources[0])
    answer = step(curator(), case, name, "  ")
    assert "give the reason" in told(answer)
    assert now(case).state == STEPS[name].sources[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_no_order_of_steps_leads_to_readers_but_publishing(case, names):
    """Whatever is asked for in whatever order, the state is that of the last step that led on from where it was."""
    Initiative.objects.filter(pk=case.pk).update(state="draft", publish_at=None, withdrawn_at=None)
    record, user = now(case), User.objects.get_or_create(username="u")[0]
    later = timezone.now() + datetime.timedelta(days=1)
    for name in names:
        each, before = STEPS[name], record.state
        if workflow.problems(each, record, user, "why", later) == []:
            assert before in each.sources
            workflow.take(each, record, user, "why", later)
            record = now(case)
            assert record.state == (before if each.keeps_state else each.target)
        else:
            assert record.state == before
        assert record.is_public == (record.state == State.PUBLISHED)
        assert record.publish_at is None or record.state in workflow.WAITING


# Two pairs of eyes


def test_nobody_publishes_alone_what_they_made_changed_or_sent(case):
    maker, other = member("curator"), member("reviewer")
    save(maker, case, title="Lane of mine")
    for name, values in (("publish", {}), ("schedule", {"publish_at": "2099-01-01T09:00"})):
        assert ALONE in told(step(maker, case, name, **values)), name
    assert not now(case).is_public
    assert "PUBLISH_ALONE=1" in told(step(maker, case, "publish"))
    step(other, case, "publish")
    assert now(case).is_public


def test_the_buttons_that_publish_are_not_offered_to_who_wrote_it_but_the_reason_is(case, settings):
    maker, other = member("curator"), member("reviewer")
    save(maker, case, title="Lane of mine")

    def offered(client) -> tuple[set[str], bool]:
        page = client.get(change_page(case))
        return {step.name for step in page.context["workflow"]["steps"]}, ALONE in page.content.decode()

    assert offered(maker) == ({"send"}, True)
    step(maker, case, "send")
    assert offered(maker) == ({"send_back"}, True)
    assert offered(other) == ({"publish", "schedule", "send_back"}, False)
    assert offered(member("contributor")) == (set(), False)
    settings.PUBLISH_ALONE = True
    assert offered(maker) == ({"publish", "schedule", "send_back"}, False)


def test_a_part_changed_is_work_on_the_case_and_sending_it_counts_too(case):
    maker, sender = member("curator"), member("administrator")
    part = {"key": "a", "position": 1, "level": 1, "heading": "A", "kind": "measures", "digest": "x"}
    url = change_page(case)
    maker.post(url, filled(maker, url, **row("sections", 0, **part)))
    assert Section.objects.count() == 1
    step(sender, case, "send")
    assert authors.authors(now(case)) == {maker.user.pk, sender.user.pk}
    assert ALONE in told(step(sender, case, "publish"))


def test_what_was_published_by_another_starts_anew(case):
    maker, other = member("curator"), member("reviewer")
    save(maker, case, title="Lane of mine")
    step(other, case, "publish")
    step(maker, case, "withdraw", "for a moment"), step(maker, case, "take_up"), step(maker, case, "publish")
    assert now(case).is_public
    step(maker, case, "withdraw", "again"), step(maker, case, "take_up")
    save(maker, case, title="Lane of mine again")
    assert ALONE in told(step(maker, case, "publish"))


def test_the_rule_holds_for_superusers_and_bulk_actions_unless_the_operator_allows_it(case, settings):
    from tests.staff import act, shown_lines, take

    client = curator()
    save(client, case, title="Lane of mine")
    assert ALONE in shown_lines(act(client, Initiative, "publish", case))["Lane of mine"][2]
    assert not now(case).is_public
    settings.PUBLISH_ALONE = True
    assert "1 record published." in told(take(client, Initiative, "publish", case))


def test_undoing_and_restoring_do_not_publish_alone_either(case):
    from records import reverting

    maker = member("curator").user
    workflow.take(STEPS["publish"], case, None)
    with history.operation(Operation.Kind.STATE, maker) as taken:
        workflow.take(STEPS["withdraw"], case, maker, "x")
    with history.operation(user=maker):
        case.title = "Mine"
        case.save()
    with pytest.raises(reverting.Refused, match=ALONE):
        reverting.undo(taken.saved, maker, "")
    assert not now(case).is_public


def test_undoing_a_step_takes_the_right_to_where_it_leads(case):
    """A group of one's own may have the right to undo without those to publish and to withdraw."""
    rights = [f"cases.{right}_initiative" for right in ("view", "change")]
    able = staff_with("records.restore_operation", "records.view_operation", *rights)

    def undo(client):
        url = reverse("admin:records_operation_undo", args=[Operation.objects.first().pk])
        response = client.post(url, WHY)
        case.refresh_from_db()
        return response.status_code, case.state

    Initiative.objects.filter(pk=case.pk).update(state="published")
    step(curator(), case, "withdraw", "It is wrong.")
    assert undo(able) == (403, "withdrawn")
    assert undo(curator("other")) == (302, "published")
    assert undo(able) == (403, "published")


def test_what_changed_since_the_page_was_opened_is_not_published_unseen(case):
    reviewer = member("reviewer")
    seen = reviewer.get(change_page(case)).context["workflow"]["as_of"]
    save(member("contributor"), case, title="Changed meanwhile")
    assert "it was changed since you opened its page" in told(step(reviewer, case, "publish", as_of=seen))
    assert not now(case).is_public
    seen = reviewer.get(change_page(case)).context["workflow"]["as_of"]
    step(reviewer, case, "publish", as_of=seen)
    assert now(case).is_public


def test_nothing_is_published_where_it_is_not_said_in_which_state_it_was_seen(case):
    reviewer = member("reviewer")
    assert "not known in which state you saw it" in told(step(reviewer, case, "publish", as_of=""))
    assert not now(case).is_public


def test_a_refused_step_keeps_what_was_typed(case):
    answer = step(curator(), case, "schedule", "because of the fair", publish_at="tomorrow")
    page = answer.content.decode()
    assert "because of the fair" in page
    assert "Write date and time as" in told(answer)
    assert now(case).publish_at is None
