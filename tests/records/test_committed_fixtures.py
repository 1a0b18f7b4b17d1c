"""The committed fixtures go into an empty database both ways, with the same result."""

import pytest
from django.apps import apps
from django.core.management import call_command

from cases.models import Initiative, InitiativeTheme, Milestone, Theme
from records.loading import load
from records.loading.files import loaded_fields
from records.models import Publishable, Record
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db


def rows():
    return {
        model._meta.label: sorted(
            repr([row.natural_key(), *(str(getattr(row, name)) for name in loaded_fields(model))])
            for row in model.objects.all()
        )
        for model in apps.get_models()
        if issubclass(model, Record)
    }


def test_loaddata_and_load_catalogue_give_the_same():
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    by_loaddata = rows()
    report = load(ROOT / "fixtures")
    assert {name for name, count in report.counts().items() if count} == {"unchanged"}
    assert rows() == by_loaddata
    assert sum(map(len, by_loaddata.values())) == len(report.unchanged)


@pytest.mark.usefixtures("catalogue")
def test_everything_loaded_is_published():
    for model in apps.get_models():
        if issubclass(model, Publishable):
            assert model.objects.exists()
            assert model.objects.public().count() == model.objects.count()


def test_a_key_changed_after_loaddata_is_not_brought_back_as_a_duplicate():
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    models = {model: model.objects.count() for model in apps.get_models() if issubclass(model, Record)}
    Initiative.objects.filter(city__slug="haikou").update(slug="haikou-birds")
    Milestone.objects.filter(initiative__city__slug="fuzhou").first().delete()
    link = InitiativeTheme.objects.get(initiative__city__slug="nanjing", theme__slug="housing")
    link.theme = Theme.objects.get(slug="biodiversity")
    link.save()
    report = load(ROOT / "fixtures")
    assert report.added == []
    models[Milestone] -= 1
    assert {model: model.objects.count() for model in models} == models
