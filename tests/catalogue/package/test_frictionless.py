"""The package is what it says it is, as the tool of its readers finds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cases.models import Initiative, Organisation
from cities.models import City
from sources.models import SourceText
from tests.catalogue.package.packages import changed, document, files, make, with_cell
from tests.everything import make_everything
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def _problems(path: Path) -> list[str]:
    """What frictionless finds, asked for as its readers do. In a process of its own: it warns as we do not allow."""
    tool = Path(sys.executable).parent / "frictionless"
    run = subprocess.run(
        [tool, "validate", path, "--type", "package", "--json"],
        capture_output=True,
        text=True,
        cwd=path.parent,
    )
    report = json.loads(run.stdout)
    assert report["valid"] == (run.returncode == 0)
    found = [error["type"] for error in report["errors"]]
    return found + [error["type"] for task in report["tasks"] for error in task["errors"]]


def test_the_real_catalogue_holds_to_its_description(catalogue, tmp_path):
    path = make(tmp_path / "p.zip")
    assert _problems(path) == []


def test_every_kind_of_record_and_odd_texts_hold_to_their_description(tmp_path):
    make_everything(2)
    SourceText.objects.create(source=make_source("shown", full_text_public=True), text="One\ntwo")
    odd = [' starts, with "blank"', "line\nline", "=1+1", "a;b\tc|d", "'quoted'", "Über 城市", "x\r\ny"]
    for number, text in enumerate(odd):
        Organisation.objects.create(slug=f"odd-{number}", name=text, variants=text)
    Initiative.objects.update(lead_digest="\n".join(odd))
    path = make(tmp_path / "p.zip")
    assert _problems(path) == []


def test_a_value_that_does_not_fit_and_a_reference_to_nowhere_are_found(tmp_path):
    make_everything(1)
    path = make(tmp_path / "p.zip")
    assert "type-error" in _problems(with_cell(path, "outcomes", 2, "value", "many"))
    assert "foreign-key" in _problems(with_cell(path, "outcomes", 2, "unit", "stone"))
    assert "constraint-error" in _problems(with_cell(path, "outcomes", 2, "status", "hoped"))
    assert _problems(changed(path, "data/cities.csv", lambda data: data.split(b"\r\n")[0] + b"\r\n"))


def test_the_description_says_who_when_what_and_under_which_licence(catalogue, tmp_path, settings):
    settings.SITE_URL = "https://catalogue.example.org"
    path = make(tmp_path / "p.zip")
    found = document(path)
    assert found["profile"] == "data-package" and found["name"] == "urban-innovation-catalogue"
    assert found["homepage"] == settings.SITE_URL
    assert found["created"] and len(found["version"]) == 12
    assert [each["name"] for each in found["licenses"]] == ["CC-BY-4.0"]
    assert len(found["sources"]) == 9 and all(each["title"] for each in found["sources"])
    assert [each["title"] for each in found["contributors"]] == [found["title"]]
    cities = next(each for each in found["resources"] if each["name"] == "cities")
    assert cities["rows"] == City.objects.public().count()
    assert found["version"] in files(path)["README.txt"].decode()
