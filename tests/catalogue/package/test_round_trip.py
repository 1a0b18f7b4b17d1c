"""A package is loaded back into an empty catalogue with nothing lost, whatever the records hold."""

import json
import tempfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative, Outcome
from catalogue.package import public, tables
from catalogue.package.reading import load_package
from cities.models import Alliance, City, Plan
from declarations.models import Declaration
from notes.models import Note
from records.models import LoadedRecord, Publishable
from sources.models import Source, SourceText
from tests.catalogue.package.packages import CREATED, empty, files, make, rows
from tests.everything import make_everything
from tests.web import json_of

pytestmark = pytest.mark.django_db

LISTS = ["cases", "outcomes", "cities", "themes", "declarations", "alliances", "plans", "sources"]


def _documents(client: Client) -> dict[str, object]:
    """The JSON of every public page."""
    addresses = [f"/{name}.json" for name in LISTS]
    for model in (Initiative, Alliance, Plan, Declaration):
        addresses += [f"{each.get_absolute_url()[:-1]}.json" for each in model.objects.public()]
    return {address: json_of(client, address) for address in addresses}


def _round(tmp: Path) -> tuple[Path, Path]:
    one = make(tmp / "one.zip")
    empty()
    load_package(one)
    return one, make(tmp / "two.zip")


def test_the_real_catalogue_comes_back_with_every_page_as_it_was(catalogue, client, tmp_path):
    source = Source.objects.get(slug="guangzhou-award-6-collection")
    Source.objects.filter(pk=source.pk).update(full_text_public=True)
    text = "\n".join(f"Line {number}, in Chinese 行" for number in range(1, source.line_count + 1))
    SourceText.objects.create(source=source, text=text)
    city = City.objects.get(slug="nanjing")
    city.slug = "nanking"
    city.save()
    before = _documents(client)
    assert len(before) == len(LISTS) + 18 and "Line 9" in json.dumps(before)
    one, two = _round(tmp_path)
    assert _documents(client) == before
    assert two.read_bytes() == one.read_bytes()
    assert client.get("/cities/nanjing/").url == "/cities/nanking/"


def test_every_kind_of_record_comes_back(client, tmp_path):
    make_everything(2)
    before = _documents(client)
    counts = {model: model.objects.public().count() for model in tables.models()}
    one, two = _round(tmp_path)
    assert {model: model.objects.public().count() for model in tables.models()} == counts
    assert two.read_bytes() == one.read_bytes()
    assert _documents(client) == before


def test_the_fixtures_leave_alone_what_came_from_a_package(catalogue, tmp_path):
    Initiative.objects.update(lead_digest="edited before it was packed")
    one, _two = _round(tmp_path)
    assert not LoadedRecord.objects.exists()
    call_command("load_catalogue", verbosity=0)
    assert Note.objects.public().filter(check_key__isnull=False).count() > 30
    assert make(tmp_path / "three.zip").read_bytes() == one.read_bytes()


ODD = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("\r\n\"',; =-城"),
    min_size=1,
)
# What may be written into each kind of field that is no key and no closed list.
_EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.sampled_from(["text", "number", "hide", "draft", "unlink"]),
        ODD,
        st.decimals(-(10**9), 10**9, places=4),
    ),
    max_size=25,
)


def _edit(which: int, what: str, text: str, number: Decimal) -> None:
    kinds = [model for model in tables.models() if model._base_manager.exists()]
    model = kinds[which % len(kinds)]
    row = model._base_manager.order_by("pk")[which % model._base_manager.count()]
    change = {
        "hide": {"hidden": True},
        "draft": {"state": "draft"} if isinstance(row, Publishable) else {},
    }.get(what)
    change = _change(model, what, text, number, which) if change is None else change
    if change:
        # What the database refuses is no edit.
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**change)


def _change(model, what, text, number, which) -> dict:
    wanted = {
        "text": lambda f: (
            type(f) in (models.TextField, models.CharField) and not f.choices and not f.validators[1:]
        ),
        "number": lambda f: isinstance(f, models.DecimalField) and model is Outcome and f.name == "value_low",
        "unlink": lambda f: f.is_relation and f.null and f.name != "source",
    }[what]
    own = [f for f in tables.fields(model).values() if wanted(f) and f.name not in model.natural_fields]
    own = [f for f in own if not f.unique and f.name not in ("unit_alt", "started", "sha256", "variants")]
    if not own:
        return {}
    field = own[which % len(own)]
    if what == "unlink":
        return {field.attname: None}
    if what == "number":
        return {field.name: number}
    return {field.name: text[: field.max_length] if text.strip() else "x"}


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=_EDITS)
def test_whatever_curators_wrote_comes_back_byte_for_byte_and_nothing_else_is_in_it(edits):
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        make_everything(2)
        for edit in edits:
            _edit(*edit)
        counts = {
            model: model._base_manager.filter(public.included_q(model)).count() for model in tables.models()
        }
        one, two = _round(Path(folder))
        for model, count in counts.items():
            found = rows(one, tables.table_name(model))
            assert len(found) == count == model._base_manager.count()
        assert two.read_bytes() == one.read_bytes()
        transaction.set_rollback(True)


def test_the_same_data_give_the_same_bytes_in_whatever_order_they_were_made(tmp_path):
    make_everything(2)
    one = make(tmp_path / "one.zip")
    City.objects.filter(pk=City.objects.last().pk).update(name_local="changed, and changed back")
    City.objects.filter(name_local="changed, and changed back").update(name_local="")
    assert make(tmp_path / "two.zip").read_bytes() == one.read_bytes()
    assert json.loads(files(one)["datapackage.json"])["created"] == CREATED
    City.objects.update(name_local="changed")
    other = json.loads(files(make(tmp_path / "three.zip"))["datapackage.json"])
    assert other["version"] != json.loads(files(one)["datapackage.json"])["version"]
