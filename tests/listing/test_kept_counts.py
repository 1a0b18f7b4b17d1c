"""Counts that are kept are those of the database at that moment, and are asked for only when something changed."""

import json
from functools import partial
from html import unescape

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative
from cities.models import City
from curation.models import NotPrinted
from listing.kept_counts import KeptCounts
from records.models import Change
from records.operations import Operation
from search.models import Change as Logged
from tests.factories import link_theme, make_case, make_city, make_theme
from tests.listing.test_facet_counts import counted_choices
from tests.staff import address, curator

PAGE = 50  # rows of a staff list
CASES = address(Initiative)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["counts"].clear()


@pytest.fixture
def staff(transactional_db):
    return curator()


def shown(client, url: str) -> dict[str, int]:
    """All that a list counts: each choice of its filters, and its rows."""
    found = dict(counted_choices(client, url))
    return found | {"rows": client.get(url).context["cl"].result_count}


def counted_anew(client, url: str) -> dict[str, int]:
    caches["counts"].clear()
    return shown(client, url)


def panels(client) -> list:
    return client.get("/admin/").context["panels"]


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def load_data(folder) -> None:
    city = City.objects.first()
    path = folder / "city.json"
    fields = {"slug": city.slug, "name": "Renamed", "country": "FI", "state": "published"}
    path.write_text(json.dumps([{"model": "cities.city", "pk": city.pk, "fields": fields}]))
    call_command("loaddata", str(path), verbosity=0)


def save_one() -> None:
    case = Initiative.objects.order_by("pk").first()
    case.hidden = not case.hidden
    case.save()


ROUTES = {
    "save": lambda folder: save_one(),
    "a new one": lambda folder: make_case(state="draft"),
    "deleted": lambda folder: Initiative.objects.order_by("pk").last().delete(),
    "queryset.update": lambda folder: Initiative.objects.filter(state="draft").update(state="review"),
    "bulk_create": lambda folder: NotPrinted.objects.bulk_create(
        [NotPrinted(case=case, rule="goals", reason="x") for case in Initiative.objects.all()],
        ignore_conflicts=True,
    ),
    "loaddata": load_data,
    "SQL": lambda folder: sql("UPDATE cases_initiative SET state = 'withdrawn' WHERE state = 'published'"),
    "SQL of another table": lambda folder: sql("UPDATE cases_initiativetheme SET reason = ''"),
    "SQL that deletes": lambda folder: sql("DELETE FROM cases_initiativetheme"),
}


def some_cases() -> None:
    theme = make_theme()
    for number in range(3):
        state = ["draft", "published"][number % 2]
        link_theme(make_case(f"Case {number}", city=make_city(country="EE"), state=state), theme)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("route", ROUTES)
def test_after_a_change_by_any_route_a_list_and_the_desk_count_what_is_there(route, tmp_path):
    some_cases()
    client = curator()
    before, desk = shown(client, CASES), panels(client)
    ROUTES[route](tmp_path)
    after, desk_after = shown(client, CASES), panels(client)
    assert (after, desk_after) != (before, desk), "the route changes something that is counted"
    assert after == counted_anew(client, CASES)
    assert desk_after == panels(client)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*ROUTES, "rolled back", "look"]), min_size=2, max_size=6))
def test_whatever_is_done_in_whatever_order_no_count_is_an_old_one(staff, tmp_path, routes):
    client = staff
    if not Initiative.objects.exists():
        some_cases()
    url = f"{CASES}?hidden__exact=0"
    for route in routes:
        if route == "rolled back":
            with transaction.atomic():
                save_one() if Initiative.objects.exists() else make_case()
                assert shown(client, url)["rows"] == Initiative.objects.filter(hidden=False).count()
                transaction.set_rollback(True)
        elif route != "look" and Initiative.objects.exists():
            ROUTES[route](tmp_path)
        assert shown(client, url)["rows"] == Initiative.objects.filter(hidden=False).count()
        kept = shown(client, CASES)
        assert kept == counted_anew(client, CASES)


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_is_not_counted_again_while_nothing_changes():
    some_cases()
    client = curator()
    for url in (CASES, "/admin/"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert not [each["sql"] for each in queries if "COUNT(" in each["sql"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Operation, Change, Initiative])
def test_what_was_counted_in_one_language_stands_beside_the_right_choice_in_another(model, settings):
    client = curator()
    for number in range(3):
        city = make_city(f"Town {number}")
        operation = Operation.objects.create(kind="bulk")
        for label in ["cities.city", "cases.theme"][: 1 + number % 2]:
            Change.objects.create(
                operation=operation,
                action="created",
                model=label,
                object_id=1,
                root_model=label,
                root_id=city.pk,
            )
    make_case()
    for language in ("en", "zh-hans", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for url, count in counted_choices(client, address(model)):
            assert client.get(unescape(url)).context["cl"].result_count == count, (language, url)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_table_counts_nothing_again():
    some_cases()
    client = curator()
    client.get(CASES)
    sql("UPDATE notes_note SET hidden = hidden")
    sql("INSERT INTO records_formerslug (model, slug, object_id) VALUES ('x', 'y', 1)")
    with CaptureQueriesContext(connection) as queries:
        client.get(CASES)
    assert not [each["sql"] for each in queries if "COUNT(" in each["sql"]]


@pytest.mark.django_db(transaction=True)
def test_a_late_page_shows_the_rows_it_should_in_their_order():
    for number in range(2 * PAGE + 7):
        make_case(f"Case {number * 7 % 13:03} {number:03}")
    client = curator()
    for order, expected in (
        ("", Initiative.objects.order_by("title", "slug")),
        ("&o=-1", Initiative.objects.order_by("-title")),
    ):
        pages = [client.get(f"{CASES}?p={page}{order}").context["cl"] for page in (1, 2, 3)]
        rows = [row.pk for page in pages for row in page.result_list]
        assert rows == list(expected.values_list("pk", flat=True))
        assert {page.result_count for page in pages} == {2 * PAGE + 7}


@pytest.mark.django_db(transaction=True)
def test_a_page_after_a_change_of_order_is_not_the_one_that_was_kept():
    for number in range(PAGE + 5):
        make_case(f"Case {number:03}")
    client = curator()
    client.get(f"{CASES}?p=2")
    Initiative.objects.filter(title="Case 054").update(title="A first one")
    assert client.get(CASES).context["cl"].result_list[0].title == "A first one"
    last = client.get(f"{CASES}?p=2").context["cl"].result_list
    assert [row.title for row in last] == [f"Case {number:03}" for number in range(49, 54)]


@pytest.mark.django_db(transaction=True)
def test_lists_and_the_desk_ask_at_most_thirty_times_also_when_everything_changed():
    for number in range(PAGE + 5):
        make_case(f"Case {number:03}", state="draft")
    client = curator()
    for url in ("/admin/", CASES, f"{CASES}?p=2", address(Operation), address(Change), address(City)):
        caches["counts"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) < 30, url


@pytest.mark.django_db(transaction=True)
class TestKept:
    def asked_again(self, count, key=("x",)) -> bool:
        """Whether a second asker is given nothing that was kept."""
        asked = []

        def counting():
            asked.append(1)
            return count()

        for _time in range(2):
            KeptCounts().kept(key, counting)
        return len(asked) == 2

    def test_what_is_counted_in_tables_is_kept(self):
        assert not self.asked_again(City.objects.count)

    def test_nothing_is_kept_that_is_asked_of_a_table_without_a_version(self):
        assert self.asked_again(Logged.objects.count)
        assert self.asked_again(lambda: City.objects.count() + Logged.objects.count(), ("y",))

    def test_nothing_is_kept_that_asks_no_table(self):
        assert self.asked_again(lambda: 3)

    def test_nothing_is_kept_under_a_key_that_tells_only_where_something_lies(self):
        assert self.asked_again(City.objects.count, (object(),))

    def test_rows_are_kept_for_each_query(self):
        make_city("Bijie")
        groups = City.objects.order_by().values_list("country").annotate(Count("pk"))
        counts = KeptCounts()
        assert counts.rows(groups) == list(groups)
        assert counts.rows(groups.filter(hidden=True)) == []
        assert counts.rows(groups.none()) == []

    def test_what_a_transaction_counts_after_its_own_changes_is_nobody_elses(self):
        count = partial(KeptCounts.kept, key=("cities",), count=City.objects.count)
        with transaction.atomic():
            make_city("Nowhere")
            assert count(KeptCounts()) == 1
            transaction.set_rollback(True)
        assert count(KeptCounts()) == 0
        make_city("Somewhere")
        make_city("Somewhere else")
        assert count(KeptCounts()) == 2

    def test_what_is_counted_from_what_was_kept_depends_on_its_tables_too(self):
        def cities() -> int:
            return KeptCounts().kept(("cities",), City.objects.count)

        def both() -> int:
            return KeptCounts().kept(("both",), lambda: cities() + Initiative.objects.count())

        cities()
        assert both() == 0
        make_city("Bijie")
        assert both() == 1

    def test_a_change_while_something_is_counted_is_not_lost(self):
        def meanwhile() -> int:
            found = City.objects.count()
            make_city("Meanwhile")
            return found

        assert KeptCounts().kept(("cities",), meanwhile) == 0
        assert KeptCounts().kept(("cities",), City.objects.count) == 1
