"""Every kind of record, and each of its fields, is in the package and described, without being listed anywhere."""

from pathlib import Path

import pytest
from django.apps import apps

from catalogue.package import described, schema, tables
from records.loading.files import OWN_FIELDS
from records.models import Record
from search.corpus import feeds
from tests.catalogue.package.packages import document, make

MODELS = [model for model in apps.get_models() if issubclass(model, Record)]
LABELS = [model._meta.label for model in MODELS]


def test_every_kind_of_record_is_a_table_with_a_name_of_its_own():
    assert set(tables.models_by_table().values()) == set(MODELS)
    assert all(name and name.isascii() for name in tables.models_by_table())


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_every_field_is_in_the_package_unless_it_is_said_to_be_private(model):
    own = {*OWN_FIELDS, *model.private_fields, model._meta.pk.name}
    assert set(tables.fields(model)) == {field.name for field in model._meta.concrete_fields} - own
    names = [column.name for column in tables.columns(model)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_every_field_is_described_by_somebody(model):
    nameless = [name for name, field in tables.fields(model).items() if not described.is_described(field)]
    assert not nameless, f"give these fields of {model._meta.label} a name, _(…), or help_text: {nameless}"
    for field in schema.schema(model)["fields"]:
        assert len(field["description"]) > 3 and field["description"].endswith("."), field


def test_a_field_nobody_described_is_found():
    field = Record._meta.get_field("hidden").clone()
    assert described.is_described(field)
    field.verbose_name, field.help_text = "hidden", ""
    assert not described.is_described(field)


def test_the_log_of_changes_tells_of_every_table():
    fed = {feed.table for feed in feeds().values()}
    assert {model._meta.db_table for model in MODELS} <= fed
    assert {"sources_sourcetext", "records_formerslug"} <= fed


def test_references_name_tables_and_their_keys():
    known = {
        name: [c.name for c in tables.key_columns(model)] for name, model in tables.models_by_table().items()
    }
    for name, model in tables.models_by_table().items():
        found = schema.schema(model)
        columns = [field["name"] for field in found["fields"]]
        assert found["primaryKey"] == known[name]
        for each in found.get("foreignKeys", []):
            assert set(each["fields"]) <= set(columns)
            assert each["reference"]["fields"] == known[each["reference"]["resource"] or name]


@pytest.mark.django_db
def test_the_order_of_tables_is_that_of_the_rooms(tmp_path: Path):
    names = [each["name"] for each in document(make(tmp_path / "p.zip"))["resources"]]
    assert names == [*map(tables.table_name, MODELS), "former-addresses"]
