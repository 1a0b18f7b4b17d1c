"""The log says beside each kind of record how much there is of it, in one query however many kinds there are."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records import history
from records.operations import Change, Operation
from tests import factories as make

OPERATIONS = reverse("admin:records_operation_changelist")
CHANGES = reverse("admin:records_change_changelist")


@pytest.fixture
def lin(client, db):
    """Two cases made by Lin, one of them with two sections; a city made by nobody."""
    lin = User.objects.create_superuser("lin")
    client.force_login(lin)
    with history.operation(user=lin):
        case = make.make_case("One")
        make.make_section(case, "a")
        make.make_section(case, "b")
    with history.operation("bulk", user=lin):
        make.make_case("Two", city=case.city, programme=case.programme)
    with history.operation():
        make.make_city("Tartu")
    return lin


def counts(response, title="kind of record"):
    """The choices of a filter with the numbers beside them, those of nothing left out."""
    specs = response.context["cl"].filter_specs
    spec = next(each for each in specs if str(each.title) == title)
    said = [
        re.fullmatch(r"(.+) \((\d+)\)", str(each["display"])) for each in spec.choices(response.context["cl"])
    ]
    return {found[1].lower(): int(found[2]) for found in said if found and found[2] != "0"}


def test_the_changes_of_each_kind_are_counted(client, lin):
    assert counts(client.get(CHANGES)) == {"case": 4, "city": 2, "programme": 1}
    assert counts(client.get(CHANGES), "action") == {"created": 7}
    assert counts(client.get(f"{CHANGES}?root_model=cases.initiative"), "action") == {"created": 4}
    assert counts(client.get(f"{CHANGES}?operation__user__id__exact={lin.pk}")) == {
        "case": 4,
        "city": 1,
        "programme": 1,
    }
    assert counts(client.get(f"{CHANGES}?root_model=cities.city")) == {"case": 4, "city": 2, "programme": 1}


def test_the_operations_that_touched_each_kind_are_counted_once(client, lin):
    assert counts(client.get(OPERATIONS)) == {"case": 2, "city": 2, "programme": 1}
    assert counts(client.get(f"{OPERATIONS}?kind__exact=bulk")) == {"case": 1}
    assert counts(client.get(f"{OPERATIONS}?q=Tartu")) == {"city": 1}
    assert counts(client.get(f"{OPERATIONS}?q=nowhere")) == {}


def test_the_log_takes_few_queries_however_long_it_is(client, lin):
    def asked(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    short = [asked(address) for address in (OPERATIONS, CHANGES, reverse("admin:index"))]
    done = Operation.objects.bulk_create(
        Operation(user=lin, by="lin", subject=f"No. {n}") for n in range(300)
    )
    Change.objects.bulk_create(
        Change(
            operation=each,
            action="changed",
            model="cities.city",
            object_id=1,
            name="City",
            root_model="cities.city",
            root_id=1,
            before={"name": "A"},
            after={"name": "B"},
        )
        for each in done
        for _n in range(2)
    )
    long = [asked(address) for address in (OPERATIONS, CHANGES, reverse("admin:index"))]
    assert min(short) > 3 and max(long) <= 30
    assert all(few + 2 >= many for few, many in zip(short, long, strict=True)), (
        short,
        long,
    )
