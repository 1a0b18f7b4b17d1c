"""A partner, a place, a lesson or a target that the lines of its case do not bear out stops the build."""

import json

import pytest

from sources.fixtures import EditorialError, build

pytestmark = pytest.mark.needs_sources

DALIAN = "evidence/dalian-zhongshan-grid-governance.toml"
FUZHOU = "evidence/fuzhou-intelligent-water-governance.toml"
HONG_KONG = "evidence/hong-kong-transitional-housing.toml"
NANJING = "evidence/nanjing-xiaosongtao-lane-regeneration.toml"
PLAN = "documents/ningbo-plan.toml"
GOVERNMENT = r'(^name = "Zhongshan District government".*?)'
DISTRICT = r'(\[\[places\]\]\nname = "Zhongshan District".*?)'
LESSON = r'(^key = "jing-an-district".*?)'
CITIES = r'(^key = "forty-cities".*?)'
UNITS = r'(^key = "transitional-units-to-come".*?)'
PHASE = r'(^key = "phase-urban-fabric".*?)'

REFUSALS = [
    # partners and places
    (DALIAN, GOVERNMENT + r"^line = 481$", r"\1line = 4810", "outside the lines"),
    (DALIAN, GOVERNMENT + r"^line = 481$", r"\1line = 482", "line 482 shows nothing"),
    (DALIAN, GOVERNMENT + r'^printed = "d', r'\1printed = "D', "does not stand on"),
    (DALIAN, GOVERNMENT + r'^kind = "public-body"', r'\1kind = "office"', "office is none of public-body"),
    (DALIAN, GOVERNMENT + r'^variants = \[', r'\1variants = ["the duke", ', "“the duke” stands on none of the lines"),
    (DALIAN, GOVERNMENT + r'^variants = .*?$', r"\1variants = []", "prints “Zhongshan District government” nowhere"),
    (DALIAN, GOVERNMENT + r'^city = "dalian"', r'\1city = "atlantis"', "atlantis is not in open-data"),
    (DALIAN, GOVERNMENT + r'^role = "', r'\1role = "all 4711, ', "it names 4711"),
    (DALIAN, GOVERNMENT + r'^role = "', r'\1role = "' + "very " * 24, "is longer than 120"),
    (DALIAN, GOVERNMENT + r'^role = ', r'\1colour = "red"\nrole = ', "nothing is built from this"),
    (DALIAN, GOVERNMENT + r'^role = ', r'\1collective = "no"\nrole = ', "is not of the expected kind"),
    (DALIAN, DISTRICT + r'^kind = "district"', r'\1kind = "moon"', "moon is none of district"),
    (DALIAN, r'(^name = "Jing\'an District"\n.*?)^kind = "district"', r'\1kind = "site"', "another case says"),
    # lessons
    (DALIAN, LESSON + r'^direction = "learned"', r'\1direction = "sideways"', "sideways is none of learned"),
    (DALIAN, LESSON + r'^state = "done"', r'\1state = "dreamt"', "dreamt is none of done"),
    (DALIAN, LESSON + r'^city = "Shanghai"', r'\1city = "London"', "London does not stand on line 477"),
    (DALIAN, r'^key = "jing-an-district"', 'key = "Jing An"', "is no key"),
    (FUZHOU, CITIES + r"^count = 40", r"\1count = 41", "41 is not what"),
    (FUZHOU, CITIES + r'^unit = "cities"', r'\1unit = ""', "needs to say what it counts"),
    # targets
    (HONG_KONG, UNITS + r"^line = 851$", r"\1line = 8510", "outside the lines"),
    (HONG_KONG, UNITS + r'^printed = "a', r'\1printed = "A', "does not stand on"),
    (HONG_KONG, UNITS + r"^value = 13000", r"\1value = 13001", "13001 is not what"),
    (HONG_KONG, UNITS + r'^unit = "number"', r'\1unit = "furlong"', "furlong is not in units.toml"),
    (HONG_KONG, UNITS + r'^unit = "number"', r'\1unit = ""', "a value and its unit stand together"),
    (HONG_KONG, UNITS + r'^due = "2025-09"', r'\1due = "2025-09/2024"', "ends before it starts"),
    (HONG_KONG, UNITS + r'^due = "2025-09"', r'\1due = "soon"', "soon is no date"),
    (HONG_KONG, UNITS + r'^due_printed = "in', r'\1due_printed = "IN', "does not stand on line 851"),
    (HONG_KONG, UNITS + r'^due_printed = .*?\n', r"\1", "“due_printed”: is missing"),
    (HONG_KONG, UNITS + r'^reason = .*?\n', r"\1", "2025-09 does not stand on line 851"),
    (HONG_KONG, r'^key = "transitional-units-to-come"', 'key = "transitional-units"', "stands twice"),
    (NANJING, PHASE + r'^evidence_lines = "905"\n', r"\1", "what is reported and its lines stand together"),
    (NANJING, PHASE + r'^evidence_lines = "905"', r'\1evidence_lines = "2905"', "outside the lines"),
    (PLAN, r'^unit = "%"', 'unit = "furlong"', "furlong is not in units.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "pattern", "replacement", "says"), REFUSALS)
def test_what_the_lines_do_not_bear_out_stops_the_build(
    sources_dir, data, spoil, name, pattern, replacement, says
):
    spoil(name, pattern, replacement)
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    problem, *fix = str(caught.value).split("\n")
    assert problem.startswith(name)
    assert says in str(caught.value)
    assert fix or "expected kind" in problem, "what to do"


def fields_of(texts, model):
    return [each["fields"] for each in json.loads(texts["4_cases.json"]) if each["model"] == model]


def test_one_place_of_two_cases_is_one_record_and_one_name_in_two_cities_is_two(sources_dir, data, spoil):
    texts = build(sources_dir, data)
    [district] = [each for each in fields_of(texts, "cases.place") if each["name"] == "Jing'an District"]
    named = [
        e["initiative"][0] for e in fields_of(texts, "cases.placemention") if e["place"] == [district["slug"]]
    ]
    assert sorted(case.partition("-")[0] for case in named) == ["dalian", "shanghai"]
    assert district["city"] == ["shanghai"]
    assert set(district["variants"].split("\n")) == {"Jing' an District", "Jing an District"}
    volunteers = [e for e in fields_of(texts, "cases.organisation") if e["name"] == "community volunteers"]
    assert sorted(each["city"][0] for each in volunteers) == ["dalian", "haikou"]
    assert len({each["slug"] for each in volunteers}) == 2


def test_a_date_reckoned_from_the_line_keeps_its_reason(sources_dir, data):
    targets = {each["key"]: each for each in fields_of(build(sources_dir, data), "cases.target")}
    units = targets["transitional-units-to-come"]
    assert (units["due"], units["due_as_printed"]) == ("2025-09", "in the coming two years")
    assert "September 2023" in units["reason"]
    assert targets["phase-urban-fabric"]["evidence_lines"] == "905"
    assert targets["stage-1"]["plan"] == ["ningbo-internationalisation-plan"]
    assert targets["stage-1"]["city"] == ["ningbo"]
