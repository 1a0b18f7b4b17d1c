"""The committed fixtures hold against the committed checksums of records and lines: all that a clone without
the texts can check.
"""

import json
import shutil

import pytest

from sources.fixtures import check_against_checksums
from sources.fixtures.records import differences
from sources.reading.data import DATA
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path):
    """A copy of the fixtures that a test may spoil."""
    return shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")


@pytest.fixture
def spoil(folder):
    """A function that changes the records of a room by a function, and gives the problems found then."""

    def change(room, make):
        [path] = folder.glob(f"*_{room}.json")
        records = json.loads(path.read_text(encoding="utf-8"))
        make(records)
        path.write_text(json.dumps(records), encoding="utf-8")
        return check_against_checksums(folder)

    return change


@pytest.fixture
def tampered(spoil):
    """A function that changes the first record that fits, and gives the problems found then."""

    def change(model, values, **where):
        return spoil(model.split(".")[0], lambda records: first(records, model, **where).update(values))

    return change


def first(records, model, **where):
    """The fields of the first record of a model with these values."""
    return next(
        each["fields"]
        for each in records
        if each["model"] == model and all(each["fields"][name] == value for name, value in where.items())
    )


def test_the_committed_fixtures_hold():
    assert check_against_checksums(ROOT / "fixtures") == []


@pytest.mark.parametrize(
    ("model", "values", "where", "says"),
    [
        ("cases.section", {"heading": "Abstracts"}, {}, "“Abstracts” is not what line"),
        ("cases.initiative", {"title": "A Title of Ours"}, {"title_from": "body"}, "“A Title of Ours”"),
        ("cities.plan", {"title": "Ningbo stays"}, {}, "“Ningbo stays”"),
        ("declarations.article", {"heading": "To do"}, {"number_as_printed": "II"}, "“To do”"),
        ("cities.figure", {"printed": "4711"}, {"name": "population"}, "4711 does not stand on line"),
        ("cities.reportedcount", {"printed": "91"}, {"kind": "units"}, "91 does not stand"),
        ("cases.target", {"printed": "40 percent"}, {"key": "twin-schools"}, "40 does not stand"),
        ("declarations.declarationcount", {"printed": "150"}, {"key": "cities"}, "150 does not stand"),
        ("cases.milestone", {"printed": "2099"}, {}, "2099 does not stand"),
        ("cities.task", {"first_line": 22, "last_line": 22}, {"number": 1}, "line 22"),
        ("cases.section", {"last_line": 99999}, {}, "line 99999"),
        ("cases.initiativetheme", {"lines": "99999"}, {}, "line 99999"),
        ("cases.initiative", {"lead_first_line": 51}, {"title_line": 50}, "line 51"),
        ("cities.stage", {"further_lines": "25-26"}, {}, "line 25"),
    ],
)  # fmt: skip
def test_what_the_sources_do_not_print_is_found(tampered, model, values, where, says):
    problems = tampered(model, values, **where)
    assert len(problems) in (2, 3), problems
    assert says in problems[0]
    assert model in problems[0]


@pytest.mark.parametrize(
    ("model", "values", "where", "name"),
    [
        ("cities.figure", {"value": "1"}, {"name": "population"}, "population"),
        ("cities.figure", {"value": "0.3"}, {"name": "gini_index", "value": None}, "gini_index"),
        ("cases.initiative", {"title": "Another"}, {"title_from": "contents"}, "dongguan-"),
        ("declarations.article", {"heading": "Sharing"}, {"number_as_printed": "1"}, "ningbo-initiative / 1"),
        ("cases.section", {"digest": "All 4711 of them."}, {}, "abstract"),
        ("cases.section", {"kind": "lessons"}, {}, "abstract"),
        ("cases.section", {"position": 2}, {}, "abstract"),
        ("cases.milestone", {"date": "2018"}, {}, "bijie-"),
        ("cases.initiative", {"started": "2018"}, {}, "bijie-"),
        ("sources.ruling", {"read_as": "7434.4"}, {}, "alliance-launch"),
        ("sources.ruling", {"printed": "7434.4"}, {}, "alliance-launch"),
        ("sources.source", {"sha256": "0" * 64}, {"slug": "ningbo-plan"}, "ningbo-plan"),
        ("cities.city", {"latitude": "1"}, {"slug": "dalian"}, "dalian"),
        ("cases.theme", {"name_zh": "x"}, {}, "biodiversity"),
    ],
)  # fmt: skip
def test_a_value_changed_by_hand_is_found_and_its_record_named(tampered, model, values, where, name):
    [problem] = tampered(model, values, **where)
    assert "is not as the build wrote it" in problem
    assert model in problem
    assert name in problem


def test_no_field_of_any_record_can_change_unseen():
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "fixtures").glob("*.json")}
    for name, text in texts.items():
        records = json.loads(text)
        for record in records:
            record["fields"] |= {key: f"{value}x" for key, value in record["fields"].items()}
        assert len(differences({**texts, name: json.dumps(records)}, DATA)) >= len(records)


def _with_a_key(records: list[dict]) -> dict:
    return next(record for record in records if "key" in record["fields"])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda records: records.pop(), "is gone"),
        (lambda records: records.append(records[-1]), "stands twice"),
        (lambda records: records[-1].update(model="cases.rumour"), "no such record"),
        (lambda records: _with_a_key(records)["fields"].update(key="of-ours"), "no such record"),
    ],
)
def test_a_record_lost_added_or_renamed_is_found(spoil, make, says):
    problems = spoil("cases", make)
    assert any(says in problem and "4_cases.json" in problem for problem in problems), problems


def test_a_fixture_file_that_is_gone_is_found(folder):
    (folder / "3_declarations.json").unlink()
    problems = check_against_checksums(folder)
    assert problems
    assert all("3_declarations.json" in problem and "is gone" in problem for problem in problems)


def test_another_order_of_fields_is_no_change(spoil):
    def turn(records):
        for record in records:
            record["fields"] = dict(reversed(record["fields"].items()))

    assert [each for each in spoil("declarations", turn) if "build" in each] == []
