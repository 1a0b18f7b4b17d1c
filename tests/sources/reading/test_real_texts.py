"""The five real texts, read and held against a reading made by hand (tests/data/hand_reading.json)."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.reading import ReadingError, accounting, load_rulings, read, read_folder
from sources.reading.kinds.award_collection.figures import NAMES
from sources.reading.lines import strip
from sources.reading.numbers import tokens
from sources.reading.records import Noise, NumberKind

pytestmark = pytest.mark.needs_sources

HAND = json.loads((Path(__file__).parents[2] / "data" / "hand_reading.json").read_text(encoding="utf-8"))
COLLECTION = "guangzhou-award-6-collection"
TITLES_FROM_CONTENTS = {"dongguan": 38, "hong-kong": 42, "shijiazhuang": 46}


@cache
def read_once(folder):
    return read_folder(folder)


@pytest.fixture
def folder(sources_dir):
    return read_once(sources_dir)


def hand_cases():
    return [pytest.param(case, id=case["city"]) for case in HAND["cases"]]


def test_all_five_are_found_and_nothing_else_is_needed(folder):
    assert list(folder.readings) == [
        COLLECTION,
        "ningbo-initiative",
        "guangzhou-declaration",
        "alliance-launch",
        "ningbo-plan",
    ]
    for reading in folder.readings.values():
        assert len(reading.text) == reading.source.line_count


def test_every_line_and_number_is_accounted_for(folder):
    for reading in folder.readings.values():
        filled = [number for number, line in enumerate(reading.text, 1) if strip(line)]
        assert [use.line for use in reading.lines] == filled
        assert all(token.kind for token in reading.numbers)


def test_an_age_is_a_duration_wherever_it_stands(folder):
    reading = folder.readings[COLLECTION]
    ages = [
        token
        for token in reading.numbers
        if re.match(r"[- ]years?[- ](?:old|of age)", reading.text[token.line - 1][token.start :][2:])
        or reading.text[token.line - 1][: token.start].endswith("the age of ")
    ]
    assert [(token.line, token.printed) for token in ages] == [(245, "18"), (302, "18"), (853, "60")]
    assert {token.kind for token in ages} == {NumberKind.DURATION}


def test_the_committed_line_checksums_are_those_of_the_texts(folder):
    assert [each for reading in folder.readings.values() for each in accounting.verify(reading)] == []


def test_the_cases_are_the_fourteen(folder):
    cases = folder.readings[COLLECTION].document.cases
    assert [case.city_slug for case in cases] == [case["city"] for case in HAND["cases"]]
    assert {
        case.city_slug: case.title_line for case in cases if case.title_from == "contents"
    } == TITLES_FROM_CONTENTS


@pytest.mark.parametrize("hand", hand_cases())
def test_title_and_range_of_each_case(folder, hand):
    case = folder.readings[COLLECTION].document.case(hand["city"])
    assert (case.title, case.title_line) == (hand["title"], hand["title_line"])
    assert (case.first_line, case.last_line) == (hand["first_line"], hand["last_line"])
    assert case.city_data.qualifier == (hand["city_data_qualifier"] or "")


@pytest.mark.parametrize("hand", hand_cases())
def test_city_data_of_each_case(folder, hand):
    data = folder.readings[COLLECTION].document.case(hand["city"]).city_data
    for name in NAMES:
        figure, expected = data.figure(name), hand["city_data"].get(name)
        if expected is None or expected["value"] is None:
            assert figure is None or figure.value is None, name
            continue
        value = expected["value"]
        assert figure.value == (value if isinstance(value, str) else Decimal(str(value))), name
        assert figure.printed == expected["printed"], name
        lines = {figure.first_line, figure.last_line}
        assert "-".join(str(line) for line in sorted(lines)) == str(expected["line"]), name


@pytest.mark.parametrize("hand", hand_cases())
def test_sections_of_each_case(folder, hand):
    sections = folder.readings[COLLECTION].document.case(hand["city"]).sections
    assert [
        (part.heading, list(part.kinds), part.level, part.first_line, part.last_line) for part in sections
    ] == [
        (part["heading"], part["kinds"], part["level"], part["first_line"], part["last_line"])
        for part in hand["sections"]
    ]
    assert len({part.key for part in sections}) == len(sections)


def test_odd_figures_and_scopes(folder):
    case = folder.readings[COLLECTION].document.case
    assert case("dalian").city_data.scope == "district"
    assert {each.city_data.scope for each in folder.readings[COLLECTION].document.cases} == {
        "district",
        "unlabelled",
    }
    assert case("dalian").city_data.figure("gdp_per_capita_usd").scope == "whole city"
    assert case("haikou").city_data.figure("population").value == 2908000
    assert str(case("guangzhou").city_data.figure("area_km2").value) == "7434.40"
    assert case("shijiazhuang").city_data.figure("gini_index").printed == ""
    assert case("shijiazhuang").city_data.figure("gini_index").first_line == 1046


def test_noise_that_needed_a_ruling(folder):
    noise = {use.line: use.noise for use in folder.readings[COLLECTION].lines if use.noise}
    assert noise[924] is Noise.FOREIGN_RUNNING_HEADER
    assert noise[972] is Noise.PHOTO_CAPTION
    assert 86 in noise
    assert [each.line for each in folder.readings[COLLECTION].document.case("nanjing").running_headers] == [
        887,
        924,
    ]


def test_the_scrambled_schedule_keeps_dates_and_events_apart(folder):
    schedule = folder.readings[COLLECTION].document.case("guangzhou").schedule
    assert [entry.printed for entry in schedule if entry.kind == "date"] == [
        "2020-2021",
        "2022",
        "2019",
        "2020.1",
        "2021.11",
    ]
    assert [entry.line for entry in schedule if entry.kind == "event"] == [322, 328, 334, 340, 346]


@pytest.mark.parametrize("hand", [pytest.param(each, id=each["slug"]) for each in HAND["declarations"]])
def test_declarations(folder, hand):
    document = folder.readings[hand["slug"]].document
    assert (document.title, document.title_line) == (hand["title"], hand["title_line"])
    assert document.adopted.value == hand["date"]
    assert (document.adopted.printed, document.adopted.line) == (hand["date_as_printed"], hand["date_line"])
    assert [
        (each.number, each.number_as_printed, each.heading, each.first_line, each.last_line)
        for each in document.articles
    ] == [
        (each["number"], each["number_as_printed"], each["heading"], each["first_line"], each["last_line"])
        for each in hand["articles"]
    ]
    assert [(count.value, count.line) for count in document.counts] == [
        (each["value"], each["line"]) for each in hand["counts"]
    ]


def test_days_and_ranges_of_the_declarations(folder):
    ningbo = folder.readings["ningbo-initiative"].document
    guangzhou = folder.readings["guangzhou-declaration"].document
    assert (ningbo.held.value, ningbo.preamble, ningbo.closing) == ("2016-06-02/2016-06-03", (11, 17), None)
    assert (guangzhou.held.value, guangzhou.preamble) == ("2012-11-16/2012-11-17", (13, 35))
    assert guangzhou.closing == (93, 93)


def test_alliance(folder):
    hand, document = HAND["alliance"], folder.readings["alliance-launch"].document
    assert (document.name.value, document.founded.value) == (hand["name"], hand["founded"])
    assert [(task.number, task.heading, task.line) for task in document.tasks] == [
        (task["number"], task["heading"], task["line"]) for task in hand["tasks"]
    ]
    assert {key: fact.value for key, fact in document.reported_counts.items()} == hand["reported_counts"]
    assert document.member_list_heading_line == hand["members_announced_line"]
    assert document.member_list_present is False


def test_plan(folder):
    hand, document = HAND["plan"], folder.readings["ningbo-plan"].document
    assert (document.title, document.title_line) == (hand["title"], hand["title_line"])
    assert [
        (target.due or None, target.due_printed, target.value, target.unit or None, target.line)
        for target in document.targets
    ] == [
        (each["due"], each["due_as_printed"], each["value"], each["unit"], each["line"])
        for each in hand["targets"]
    ]
    assert [(fact.value, fact.line) for fact in document.campaigns] == [(9, 6), (9, 28)]
    assert [(mark.name, mark.line) for mark in document.benchmarks if mark.kind == "city"] == [
        (each["city"], each["line"]) for each in hand["benchmark_cities"]
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_real_text_mangled_is_read_in_full_or_refused(folder, data):
    reading = data.draw(st.sampled_from(list(folder.readings.values())))
    lines = list(reading.text)
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, min(first + 30, len(lines) - 1)))
    lines[first:last] = data.draw(st.permutations(lines[first:last]))
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    garbled = data.draw(st.integers(0, len(lines) - 1))
    lines[garbled] = "".join(data.draw(st.permutations(lines[garbled].split(" "))))
    text = "\n".join(lines)
    try:
        other = read(text, reading.source, still_standing(load_rulings(reading.source.slug), lines))
    except ReadingError:
        return
    filled = [number for number, line in enumerate(lines, 1) if strip(line)]
    assert [use.line for use in other.lines] == filled
    wanted = [(number, token) for number in filled for _, token in tokens(lines[number - 1])]
    assert [(token.line, token.printed) for token in other.numbers] == wanted


def still_standing(rulings, lines):
    """The rulings whose printed form is still on their line."""
    return [
        each
        for each in rulings
        if any(each.printed in line for line in lines[each.first_line - 1 : each.last_line])
    ]
