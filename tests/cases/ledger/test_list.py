"""`/outcomes/`: what is found, shown and taken away."""

import pytest

from cases.ledger.columns import OUTCOMES
from search.service import snapshot
from tests import factories as make
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db

PROMISED = [
    *(
        "id",
        "case",
        "city",
        "indicator",
        "value",
        "value_low",
        "value_high",
        "before",
        "after",
        "unit",
        "value_alt",
    ),
    *(
        "unit_alt",
        "date",
        "direction",
        "status",
        "qualifier",
        "scope",
        "as_printed",
        "repeats",
        "source",
        "line",
    ),
]


@pytest.fixture
def ledger():
    """Two cases with three outcomes, the second of which prints the first again."""
    source = make.make_source("collection", short_title="Collection")
    lane = make.make_case("A lane", city=make.make_city("Xiamen", name_local="厦门"), source=source)
    port = make.make_case("A port", city=make.make_city("Harbin"), source=source)
    place = {"source": source, "first_line": 7, "last_line": 7}
    first = make.make_outcome(
        lane, "pupils on foot", key="pupils", value=95, before=30, after=95, unit=make.make_unit("%"), date="2022-11",
        printed="from 30% to 95%", direction="up", scope="around the school", reason="A reason.", **place,
    )  # fmt: skip
    make.make_outcome(
        lane, "pupils on foot", key="pupils-again", value=95, unit=make.make_unit("%"), repeats=first, printed="95%",
        **place,
    )  # fmt: skip
    make.make_outcome(
        port, "cost", key="cost", value=11600000000, unit=make.make_unit("HKD"), value_alt=1490000000,
        unit_alt=make.make_unit("USD"), status="target", qualifier="more than", printed="HK$11.6 (US$1.49) billion",
        **place,
    )  # fmt: skip
    return lane


def found(client, query: str) -> list[str]:
    return [row["id"].partition(":")[2] for row in csv_rows(client, f"/outcomes.csv?{query}")]


def test_the_columns_are_the_promised_ones_in_their_order():
    assert OUTCOMES.names[: len(PROMISED)] == PROMISED


def test_a_row_holds_what_was_read(client, ledger):
    rows = {row["id"]: row for row in csv_rows(client, "/outcomes.csv")}
    pupils = rows[f"{ledger.slug}:pupils"]
    assert [pupils[name] for name in ("case", "city", "value", "before", "after", "unit", "line")] == [
        ledger.slug, "Xiamen", "95", "30", "95", "%", "7"
    ]  # fmt: skip
    assert rows[f"{ledger.slug}:pupils-again"]["repeats"] == f"{ledger.slug}:pupils"
    (cost,) = [row for row in rows.values() if row["indicator"] == "cost"]
    assert (cost["value"], cost["value_alt"], cost["unit_alt"]) == ("11600000000", "1490000000", "USD")
    assert cost["as_printed"] == "HK$11.6 (US$1.49) billion"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("city=xiamen", ["pupils", "pupils-again"]),
        ("status=target", ["cost"]),
        ("unit=%25", ["pupils", "pupils-again"]),
        ("unit=%25&before_after=yes", ["pupils"]),
        ("before_after=no", ["cost", "pupils-again"]),
        ("case=xiamen-a-lane&case=harbin-a-port", ["cost", "pupils", "pupils-again"]),
        ("q=school", ["pupils"]),
        ("q=lane", ["pupils", "pupils-again"]),
        ("q=%E5%8E%A6%E9%97%A8", ["pupils", "pupils-again"]),
        ("q=pupils+school", ["pupils"]),
        ("sort=-value", ["pupils", "pupils-again", "cost"]),
        ("sort=indicator", ["cost", "pupils", "pupils-again"]),
        ("sort=date", ["pupils", "cost", "pupils-again"]),
    ],
)
def test_filters_words_and_orders(client, ledger, query, keys):
    assert found(client, query) == keys
    assert [
        row["id"].partition(":")[2] for row in json_of(client, f"/outcomes.json?{query}")["results"]
    ] == keys


@pytest.mark.parametrize(
    "query", ["unit=furlong", "status=done", "case=atlantis", "before_after=maybe", "sort=size", "theme=none"]
)
def test_an_unknown_value_gives_no_rows_and_says_so(client, ledger, query):
    assert client.get(f"/outcomes.csv?{query}").status_code == 400
    page = client.get(f"/outcomes/?{query}")
    assert "This query cannot be answered" in page.content.decode()
    assert not list(page.context["page_obj"])


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", ["from 30 to 95 %", "repeats an earlier claim", "editor&#x27;s judgement"]),
        ("/zh-hans", ["重复前面的说法", "编辑判断"]),
    ],
)
def test_the_page_shows_number_repetition_judgement_and_line(client, ledger, prefix, said):
    html = client.get(f"{prefix}/outcomes/").content.decode()
    assert [each for each in said if each not in html] == []
    assert f'data-id="{ledger.slug}:pupils"' in html
    assert f'href="{prefix}/cases/{ledger.slug}/#outcome-pupils"' in html
    assert '<q lang="en">from 30% to 95%</q>' in html


def test_a_chosen_case_stays_chosen_when_another_filter_is_applied(client, ledger):
    html = client.get(f"/outcomes/?case={ledger.slug}").content.decode()
    assert f'<input type="hidden" name="case" value="{ledger.slug}">' in html


def test_what_is_not_public_is_nowhere(client, ledger):
    ledger.hidden = True
    ledger.save()
    assert found(client, "") == ["cost"]
    assert [v.value for group in client.get("/outcomes/").context["groups"] for v in group.values] == [
        "target", "harbin", "HKD", "no"
    ]  # fmt: skip


def test_outcomes_are_no_hits_of_the_site_wide_search_and_weigh_nothing_there(client, ledger):
    assert {hit["type"] for hit in json_of(client, "/search.json?q=pupils")["results"]} == {"case"}
    main, own = snapshot().searcher.num_docs, snapshot("outcomes").searcher.num_docs
    make.make_outcome(ledger, "pupils by bicycle")
    assert snapshot().searcher.num_docs == main
    assert snapshot("outcomes").searcher.num_docs == own + 1


def test_a_changed_unit_theme_or_city_name_is_found_at_once(client, ledger):
    assert found(client, "q=amoy") == []
    ledger.city.other_names = "Amoy"
    ledger.city.save()
    assert sorted(found(client, "q=amoy")) == ["pupils", "pupils-again"]
    make.link_theme(ledger, make.make_theme("Walking"))
    assert found(client, "theme=walking") == ["pupils", "pupils-again"]
    ledger.outcomes.filter(key="pupils").update(status="expected")
    assert found(client, "status=expected") == ["pupils"]


def test_home_counts_the_outcomes_and_leads_to_them(client, ledger):
    html = client.get("/").content.decode()
    assert '<a href="/outcomes/"><b>3</b>' in html
