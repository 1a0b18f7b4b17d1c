"""What readers need and a record lacks is named before it is published, one, many, or at a time; and then meant."""

import pytest

from cases.models import Initiative
from cities.models import City
from curation.models import NotPrinted
from records import needed
from records.models import Publishable
from tests.factories import link_theme, make_case, make_city, make_section, make_source, make_theme
from tests.staff import act, change_page, confirmed, member, shown_lines, step, told

pytestmark = pytest.mark.django_db
State = Publishable.State
LATER = {"publish_at": "2099-01-01T09:00"}


@pytest.fixture
def case():
    """A draft that has all but its sections."""
    place = {"source": make_source(), "first_line": 1, "last_line": 2}
    found = make_case("Lane", city=make_city("Xiamen"), state=State.DRAFT, summary="x", **place)
    link_theme(found, make_theme("Streets"))
    return found


def now(record):
    return type(record).objects.get(pk=record.pk)


@pytest.mark.parametrize(("name", "values"), [("publish", {}), ("schedule", LATER)])
def test_publishing_what_lacks_something_needed_is_refused_with_its_name_until_it_is_meant(
    case, name, values
):
    client = member("reviewer")
    assert "Readers need, and it lacks: sections." in client.get(change_page(case)).content.decode()
    refused = step(client, case, name, without="", **values)
    assert "it lacks what readers need: sections. Fill it in" in told(refused)
    assert (now(case).state, now(case).publish_at) == (State.DRAFT, None)
    assert "Publish it without these</label>" in refused.content.decode()
    step(client, case, name, without="on", **values)
    assert now(case).state == State.PUBLISHED or now(case).publish_at is not None


@pytest.mark.parametrize("way", ["filled in", "not printed"])
def test_nothing_is_asked_where_it_is_there_or_is_not_printed(case, way):
    if way == "filled in":
        make_section(case, "What was done")
    else:
        NotPrinted.objects.create(case=case, rule="sections", reason="One text without headings.")
    client = member("reviewer")
    assert "Readers need" not in client.get(change_page(case)).content.decode()
    step(client, case, "publish", without="")
    assert now(case).state == State.PUBLISHED


def test_what_is_only_good_to_have_is_not_asked_about(case):
    make_section(case, "What was done")
    assert needed.missing([case]) == {case.pk: []}  # no goals, outcomes, partners and no start


def test_a_city_without_coordinates_is_asked_about_too():
    city = make_city("Tartu", state=State.DRAFT)
    assert "coordinates" in told(step(member("reviewer"), city, "publish", without=""))
    assert City.objects.get().state == State.DRAFT


def test_of_many_each_row_says_what_it_would_be_published_without_and_confirming_is_to_mean_it(case):
    client, whole = member("reviewer"), make_case("Road", city=case.city, state=State.DRAFT, summary="x")
    for rule in ("lines", "themes", "reasons", "sections"):
        NotPrinted.objects.create(case=whole, rule=rule, reason="A short report.")
    shown = act(client, Initiative, "publish", case, whole)
    assert {title: new for title, (_old, new, _no) in shown_lines(shown).items()} == {
        "Lane": "published; without: sections",
        "Road": "published",
    }
    assert "1 of these records lacks what readers need" in shown.content.decode()
    done = confirmed(client, shown)
    assert {now(case).state, now(whole).state} == {State.PUBLISHED}
    assert "1 of these records lacks what readers need" in told(done)


def test_no_other_step_asks(case):
    step(member("contributor"), case, "send", without="")
    assert now(case).state == State.REVIEW
    step(member("reviewer"), case, "send_back", "too short", without="")
    assert now(case).state == State.DRAFT


def test_what_the_catalogue_comes_with_is_published_and_lacks_nothing_needed(catalogue):
    cases = list(Initiative.objects.public())
    assert len(cases) == 14
    assert set(map(tuple, needed.missing(cases).values())) == {()}
