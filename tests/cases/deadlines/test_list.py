"""The list of targets: of plans and of cases, with filters, orders, timeline and exports; only what is public."""

import datetime

import pytest

from cases.models import Target
from cities.models import Plan
from tests import factories as make
from tests.web import csv_rows, ids, json_of

pytestmark = pytest.mark.django_db
FIXED = ["city", "plan", "target", "due", "value", "unit", "state", "source", "line"]
YEAR = datetime.date.today().year


@pytest.fixture
def plan():
    city = make.make_city("Port")
    source = make.make_source("news", line_count=50)
    return Plan.objects.create(slug="port-plan", title="Plan", city=city, source=source, state=make.PUBLISHED)


@pytest.fixture
def case():
    return make.make_case("A lane", city=make.make_city("Hill"), slug="hill-lane")


@pytest.fixture
def targets(plan, case):
    place = {"source": plan.source, "first_line": 4, "last_line": 4}
    common = {"plan": plan, "city": plan.city, **place}
    own = {"initiative": case, "city": case.city, **place}
    Target.objects.create(key="old", target="Old", due=str(YEAR - 3), **common)
    Target.objects.create(key="soon", target="Soon", due=f"{YEAR + 1}/{YEAR + 2}", **common)
    Target.objects.create(key="some-day", target="Some day", due_as_printed="some day", **common)
    numbers = {"value": 30, "unit": make.make_unit("%"), "qualifier": "about"}
    Target.objects.create(key="share", target="A share", due=str(YEAR + 5), **numbers, **own)
    done = {"evidence": "It is done.", "evidence_lines": "7; 9"}
    Target.objects.create(key="done", target="Done", due=str(YEAR - 3), **done, **own)


def found(client, query=""):
    return [each.partition(":")[2] for each in ids(client, query, "/targets")]


def test_the_csv_has_the_fixed_columns_and_the_words_of_the_state(client, targets):
    rows = {row["id"]: row for row in csv_rows(client, "/targets.csv")}
    assert list(rows["hill-lane:share"])[:9] == FIXED
    share = [rows["hill-lane:share"][name] for name in (*FIXED, "case", "qualifier")]
    assert share == [
        *("Hill", "", "A share", str(YEAR + 5), "30", "%", "date ahead", "news", "4", "hill-lane", "about")
    ]
    assert rows["port-plan:old"]["plan"] == "port-plan"
    assert rows["port-plan:old"]["state"] == "date passed, no evidence in the sources"
    assert rows["hill-lane:done"]["state"] == "date passed, reported reached"
    assert rows["hill-lane:done"]["evidence_lines"] == "7; 9"
    assert rows["port-plan:some-day"]["state"] == "no fixed date printed"
    assert rows["hill-lane:share"]["url"].endswith("/cases/hill-lane/#target-share")
    assert rows["port-plan:old"]["url"].endswith("/plans/port-plan/#old")


def test_those_due_first_come_first_and_those_without_a_date_last_in_both_directions(client, targets):
    assert found(client) == ["done", "old", "soon", "share", "some-day"]
    assert found(client, "sort=-due") == ["share", "soon", "done", "old", "some-day"]
    assert found(client, "sort=city")[:2] == ["done", "share"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("state=passed", {"old"}),
        ("state=reached", {"done"}),
        ("state=ahead", {"soon", "share"}),
        ("state=undated&state=reached", {"some-day", "done"}),
        (f"due={YEAR + 2}", {"soon"}),
        ("due=none", {"some-day"}),
        (f"due={YEAR - 3}&due=none", {"old", "done", "some-day"}),
        ("city=hill", {"share", "done"}),
        ("plan=port-plan", {"old", "soon", "some-day"}),
        ("case=hill-lane", {"share", "done"}),
        ("city=hill&state=ahead", {"share"}),
    ],
)
def test_filters(client, targets, query, wanted):
    assert set(found(client, query)) == wanted
    page = client.get(f"/targets/?{query}")
    assert page.context["count"] == len(wanted)


def test_the_numbers_beside_the_filters_say_what_one_would_get(client, targets):
    groups = {group.name: group for group in client.get("/targets/").context["groups"]}
    for name in ("state", "due", "city", "plan"):
        for value in groups[name].values:
            assert len(found(client, f"{name}={value.value}")) == value.count, (name, value)
    assert {value.value for value in groups["state"].values} == {"passed", "reached", "ahead", "undated"}


@pytest.mark.parametrize("query", ["state=late", "due=soon", "city=atlantis", "plan=x", "case=x", "sort=x"])
def test_unknown_values_are_refused(client, targets, query):
    assert client.get(f"/targets.csv?{query}").status_code == 400
    page = client.get(f"/targets/?{query}")
    assert page.context["errors"] and page.context["count"] == 0


@pytest.mark.parametrize("change", ["plan", "case", "city", "target", "hidden plan"])
def test_what_is_not_public_is_in_no_list_no_count_and_no_document(client, targets, plan, case, change):
    if change == "plan":
        Plan.objects.update(state="draft")
        assert set(found(client)) == {"share", "done"}
    elif change == "hidden plan":
        Plan.objects.update(hidden=True)
        assert set(found(client)) == {"share", "done"}
    elif change == "case":
        type(case).objects.update(state="draft")
        assert set(found(client)) == {"old", "soon", "some-day"}
    elif change == "city":
        type(case.city).objects.filter(slug="hill").update(state="draft")
        assert set(found(client)) == {"old", "soon", "some-day"}
    else:
        Target.objects.filter(key="old").update(hidden=True)
        assert "old" not in found(client)
        assert len(json_of(client, "/plans/port-plan.json")["targets"]) == 2
        assert b'id="old"' not in client.get("/plans/port-plan/").content


def test_plan_case_and_city_show_theirs_with_the_keys_of_the_list(client, targets):
    by_id = {row["id"]: row for row in json_of(client, "/targets.json")["results"]}
    plans, cases = json_of(client, "/plans/port-plan.json"), json_of(client, "/cases/hill-lane.json")
    assert {row["id"] for row in plans["targets"]} == {
        "port-plan:old",
        "port-plan:soon",
        "port-plan:some-day",
    }
    assert {row["id"] for row in cases["targets"]} == {"hill-lane:share", "hill-lane:done"}
    assert all(row == by_id[row["id"]] for row in (*plans["targets"], *cases["targets"]))
    assert b"It is done." in client.get("/cases/hill-lane/").content
    assert b"A share" in client.get("/cities/hill/").content
    assert b"Some day" in client.get("/cities/port/").content
    assert csv_rows(client, "/plans.csv")[0]["targets"] == "3"


def test_the_timeline_names_few_counts_many_and_marks_today(client, targets, case):
    years = client.get("/targets/").context["timeline"]
    assert [year.year for year in years] == [str(YEAR - 3), str(YEAR + 2), str(YEAR + 5)]
    assert [[target.key for target in year.targets] for year in years] == [
        ["done", "old"],
        ["soon"],
        ["share"],
    ]
    assert [year.is_first_to_come for year in years] == [False, True, False]
    assert client.get(f"/targets/?due={YEAR + 2}").context["timeline"] == []
    Target.objects.bulk_create(
        Target(initiative=case, city=case.city, key=f"t-{n}", target="T", due="2049") for n in range(60)
    )
    years = client.get("/targets/").context["timeline"]
    assert not any(year.targets for year in years)
    assert {year.year: year.count for year in years}["2049"] == 60
    assert b"60 targets" in client.get("/targets/").content
