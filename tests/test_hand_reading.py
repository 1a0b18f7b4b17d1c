"""What the catalogue serves, compared with an independent reading of the sources made by hand."""

import csv
import io
import json
from pathlib import Path

import pytest

HAND = json.loads((Path(__file__).parent / "data" / "hand_reading.json").read_text(encoding="utf-8"))
CASES = {case["city"]: case for case in HAND["cases"]}
FIGURES = next(iter(CASES.values()))["city_data"].keys()
SECTION_KEYS = ("heading", "kinds", "level", "first_line", "last_line")
ARTICLE_KEYS = ("number", "number_as_printed", "heading", "first_line", "last_line")


def only(keys, records):
    """Of each record, these keys."""
    return [{key: record[key] for key in keys} for record in records]


@pytest.fixture
def get(client, catalogue):
    """The JSON at an address."""
    return lambda address: json.loads(b"".join(client.get(address)))


@pytest.fixture
def by_city(get):
    """The id of the case of each city."""
    return {row["city_id"]: row["id"] for row in get("/cases.json")["results"]}


def test_there_are_the_fourteen_cases(by_city):
    assert set(by_city) == set(CASES)


@pytest.mark.parametrize("city", CASES)
def test_title_and_range_of_a_case_are_those_read_by_hand(city, get, by_city):
    served, hand = get(f"/cases/{by_city[city]}.json"), CASES[city]
    assert by_city[city].startswith(city)
    for key in ("title", "first_line", "last_line"):
        assert served[key] == hand[key]


@pytest.mark.parametrize("city", CASES)
def test_every_section_of_a_case_has_the_heading_kinds_level_and_lines_read_by_hand(city, get, by_city):
    served = get(f"/cases/{by_city[city]}.json")["sections"]
    assert only(SECTION_KEYS, served) == only(SECTION_KEYS, CASES[city]["sections"])
    assert all(section["kind"] == section["kinds"][0] and section["digest"] for section in served)


def _as_served(figure: dict | None) -> tuple[str, str, str]:
    """Value, printed form and line as cities.csv should have them."""
    if figure is None:
        return "", "", ""
    value = "" if figure["value"] is None else figure["value"]
    text = value if isinstance(value, str) else f"{value:.6f}".rstrip("0").rstrip(".")
    return text, figure["printed"], str(figure["line"])


@pytest.mark.parametrize("city", CASES)
def test_every_figure_of_a_city_has_the_value_printed_form_and_line_read_by_hand(city, client, catalogue):
    rows = csv.DictReader(io.StringIO(client.get("/cities.csv").getvalue().decode()))
    row = next(row for row in rows if row["city_id"] == city)
    for name in FIGURES:
        served = (row[name], row[f"{name}_as_printed"], row[f"{name}_line"])
        assert served == _as_served(CASES[city]["city_data"][name]), name
    assert row["scope_as_printed"] == (CASES[city]["city_data_qualifier"] or "")


@pytest.mark.parametrize("hand", HAND["declarations"], ids=lambda hand: hand["slug"])
def test_every_article_has_the_number_heading_and_lines_read_by_hand(hand, get):
    served = get(f"/declarations/{hand['slug']}.json")
    assert served["adopted"] == hand["date"]
    assert only(ARTICLE_KEYS, served["articles"]) == hand["articles"]
    values = {(count["value"], count["lines"]) for count in served["counts"]}
    assert {(count["value"], str(count["line"])) for count in hand["counts"]} <= values


def test_tasks_and_counts_of_the_alliance_are_those_read_by_hand_and_nobody_is_invented(get):
    served, hand = get("/alliances/china-international-cities-development-alliance.json"), HAND["alliance"]
    assert served["founded"] == hand["founded"]
    assert only(("number", "heading", "line"), served["tasks"]) == hand["tasks"]
    assert served["reported_counts"] == hand["reported_counts"]
    assert served["members"] == []


def test_every_dated_or_numbered_target_of_the_plan_is_there_with_its_year_and_value(get):
    served = get("/plans/ningbo-internationalisation-plan.json")["targets"]
    found = {(target["line"], target["due"], target["value"]) for target in served}
    for hand in HAND["plan"]["targets"]:
        if hand["target"] != "industries upgraded":  # a wish for a stage, kept with the stage
            assert (str(hand["line"]), hand["due"], hand["value"]) in found, hand["target"]
