"""The committed fixtures hold against the committed line checksums: all that a clone without the texts can
check.
"""

import json
import shutil

import pytest

from sources.fixtures import check_against_checksums
from tests.conftest import ROOT


@pytest.fixture
def tampered(tmp_path):
    """A function that changes the first record of the fixtures that fits, and gives the problems found
    then.
    """
    folder = shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")

    def change(model, values, **where):
        [path] = folder.glob(f"*_{model.split('.')[0]}.json")
        records = json.loads(path.read_text(encoding="utf-8"))
        fits = (
            each["fields"]
            for each in records
            if each["model"] == model and all(each["fields"][name] == value for name, value in where.items())
        )
        next(fits).update(values)
        path.write_text(json.dumps(records), encoding="utf-8")
        return check_against_checksums(folder)

    return change


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
        ("cities.target", {"printed": "40 percent"}, {"key": "twin-schools"}, "40 does not stand"),
        ("declarations.declarationcount", {"printed": "150"}, {"key": "cities"}, "150 does not stand"),
        ("cases.milestone", {"printed": "2099"}, {}, "2099 does not stand"),
        ("cities.task", {"first_line": 22, "last_line": 22}, {"number": 1}, "line 22"),
        ("cases.section", {"last_line": 99999}, {}, "line 99999"),
        ("cases.initiativetheme", {"lines": "99999"}, {}, "line 99999"),
        ("cases.initiative", {"lead_first_line": 51}, {"title_line": 50}, "line 51"),
    ],
)  # fmt: skip
def test_what_the_sources_do_not_print_is_found(tampered, model, values, where, says):
    problems = tampered(model, values, **where)
    assert len(problems) in (1, 2), problems
    assert says in problems[0]
    assert model in problems[0]
