"""A fixture that cannot be loaded: a plain message with file, record and field, and nothing half-loaded."""

import json
import os

import pytest
from django.core.management import CommandError, call_command

from cases.models import Initiative
from records.loading import FixtureError, load
from records.models import LoadedRecord
from sources.models import Source
from tests.records import seeds

pytestmark = pytest.mark.django_db


def refused(folder, *wanted):
    """Loads the folder by the command, expects a refusal that says all of this, and an empty database after
    it.
    """
    with pytest.raises(CommandError) as caught:
        call_command("load_catalogue", fixtures=folder, verbosity=0)
    message = str(caught.value)
    assert not [word for word in ("Nothing was loaded", *wanted) if word not in message], message
    assert not Source.objects.exists()
    assert not LoadedRecord.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not valid JSON"),
        (b'[{"model": "cases.theme", ', "not valid JSON"),
        (b'[{"model": "\xff"}]', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"model": "cases.theme"}', "not a list"),
        (b'["cases.theme"]', "record 1"),
        (b'[{"model": "cases.theme"}]', "record 1"),
        (b'[{"model": "cases.theme", "pk": 1, "fields": {"slug": "a"}}]', "pk"),
        (b'[{"model": "cases.nothing", "fields": {}}]', "cases.nothing"),
        (b'[{"model": "auth.user", "fields": {}}]', "auth.user"),
        (b'[{"model": ["cases"], "fields": {}}]', "no kind of record"),
        (b'[{"model": "cases.theme", "fields": {"slug": "a", "colour": "red"}}]', "colour"),
        (b'[{"model": "cases.theme", "fields": {"slug": "a", "hidden": true}}]', "hidden"),
        (b'[{"model": "cases.theme", "fields": {"name": "A"}}]', "slug"),
        (b'[{"model": "cases.theme", "fields": {"slug": ["a"]}}]', "slug"),
        (b'[{"model": "cases.theme", "fields": {"slug": "a\\u0000"}}]', "cannot be stored"),
        (b'[{"model": "cases.theme", "fields": {"slug": "a\\ud800"}}]', "cannot be stored"),
        (b'[{"model": "cases.goal", "fields": {"number": "one"}}]', "number"),
        (b'[{"model": "cases.section", "fields": {"initiative": "a", "key": "b"}}]', "a list of slug"),
        (b'[{"model": "cases.section", "fields": {"initiative": ["a", "b"], "key": "b"}}]', "a list of slug"),
        (b'[{"model": "cases.section", "fields": {"initiative": null, "key": "b"}}]', "natural key"),
    ],
)
def test_files_that_are_no_fixtures(tmp_path, content, says):
    seeds.write(tmp_path, seeds.seed())
    (tmp_path / "zz.json").write_bytes(content)
    refused(tmp_path, "zz.json", says)


@pytest.mark.parametrize(
    ("model", "where", "values", "says"),
    [
        ("cases.section", {"key": "measures"}, {"kind": "nonsense"}, ["cases.json", "measures", "“kind”"]),
        ("cases.section", {"key": "measures"}, {"digest": ""}, ["measures", "“digest”"]),
        ("cases.section", {"key": "measures"}, {"digest": None}, ["measures", "“digest”"]),
        ("cases.section", {"key": "measures"}, {"heading": "x" * 301}, ["“heading”", "300"]),
        ("cases.section", {"key": "measures"}, {"last_line": 3}, ["measures", "place in a source"]),
        ("cases.section", {"key": "measures"}, {"last_line": 101}, ["“last_line”", "100 lines"]),
        ("cases.section", {"key": "measures"}, {"first_line": -1}, ["“first_line”"]),
        ("cases.section", {"key": "measures"}, {"initiative": ["nowhere"]}, ["“initiative”", "nowhere"]),
        ("cases.initiative", {"slug": "port-road"}, {"started": "soon"}, ["“started”", "soon"]),
        ("cases.initiative", {"slug": "port-road"}, {"city": None}, ["“city”"]),
        ("cases.initiative", {"slug": "port-road"}, {"slug": "Port Road"}, ["“slug”"]),
        ("cities.city", {"slug": "town"}, {"longitude": None}, ["cities.json", "town", "latitude"]),
        ("cities.city", {"slug": "town"}, {"country": "XY"}, ["“country”"]),
        ("cities.figure", {"name": "area_km2"}, {"value": "1.123456"}, ["“value”"]),
        ("cities.figure", {"name": "area_km2"}, {"value": "1234567890123456"}, ["“value”", "digits"]),
        ("cities.figure", {"name": "area_km2"}, {"value": "many"}, ["“value”"]),
        ("cases.outcome", {"key": "first"}, {"repeats": ["town-garden", "again"]}, ["itself"]),
    ],
)  # fmt: skip
def test_values_that_break_a_rule(tmp_path, model, where, values, says):
    records = seeds.seed()
    seeds.pick(records, model, **where)["fields"].update(values)
    refused(seeds.write(tmp_path, records), *says)


def test_the_same_record_twice(tmp_path):
    seeds.write(tmp_path, seeds.seed())
    (tmp_path / "again.json").write_text(json.dumps([seeds.seed()[1]]))
    refused(tmp_path, "cities.city", "town", "again.json")


def test_a_folder_without_fixtures_does_not_hide_the_catalogue(tmp_path):
    load(seeds.write(tmp_path, seeds.seed()))
    for path in tmp_path.glob("*.json"):
        path.write_text("[]")
    with pytest.raises(FixtureError, match="holds no fixtures"):
        load(tmp_path)
    assert Initiative.objects.public().count() == 2


def test_a_folder_that_is_not_there(tmp_path):
    refused(tmp_path / "nowhere", "holds no fixtures")


@pytest.mark.skipif(os.name != "posix", reason="a named pipe is of POSIX")
def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "folder.json").mkdir()
    refused(tmp_path, "folder.json", "cannot be read")


def test_bad_values_are_refused_where_a_curator_edited_the_record(tmp_path):
    load(seeds.write(tmp_path, seeds.seed()))
    Initiative.objects.filter(slug="port-road").update(title="The curator's title")
    records = seeds.seed()
    seeds.pick(records, "cases.initiative", slug="port-road")["fields"]["started"] = "soon"
    with pytest.raises(FixtureError, match="soon"):
        load(seeds.write(tmp_path, records))


def test_an_interrupted_load_leaves_nothing(tmp_path, monkeypatch):
    from cases.models import Section

    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(Section, "save", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load(seeds.write(tmp_path, seeds.seed()))
    assert not Source.objects.exists()
    assert not LoadedRecord.objects.exists()
