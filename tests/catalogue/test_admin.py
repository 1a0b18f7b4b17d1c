"""What holds for the staff pages of every kind of record."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative
from catalogue.admin_site import StaffSite
from cities.models import City, CityFigures, Member
from listing.admin import ExportMixin
from records.admin import REASON
from records.models import Change, FormerSlug, LoadedRecord, Operation, Publishable
from sources.models import SourceText
from tests.everything import add_outcome, make_everything
from tests.factories import make_case, make_city, make_population
from tests.staff import address, change_page, curator, save, staff_with
from tests.web import body_of

pytestmark = pytest.mark.django_db

ROOMS = ["records", "sources", "cities", "declarations", "cases"]
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
WRITTEN_BY_THE_CATALOGUE = (Change, FormerSlug, LoadedRecord, Operation, SourceText)
EDITED = [model for model in MODELS if model not in WRITTEN_BY_THE_CATALOGUE]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
each_edited = pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.label)


def queries_of(client, url: str) -> int:
    client.get(url)  # content types and the like are remembered from here on
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@each_model
def test_every_list_page_search_and_export_opens(model):
    make_everything(2)
    client, url, record = curator(), address(model), model.objects.last()
    assert isinstance(admin.site.get_model_admin(model), ExportMixin)
    assert client.get(url).context["cl"].result_count == model.objects.count()
    assert client.get(f"{url}?q=zzz").context["cl"].result_count == 0
    assert client.get(change_page(record)).status_code == 200
    assert body_of(client.get(f"{url}export/csv/")).decode().count("\n") > model.objects.count()


@each_edited
def test_every_field_a_person_may_edit_is_on_the_page(model):
    form = curator().get(address(model, "add")).context["adminform"].form
    # The editor is written by the page itself, from whoever is signed in; the state is changed by steps alone.
    signed = {"editor", "state"} if issubclass(model, Publishable) else {"editor"}
    editable = {field.name for field in model._meta.fields if field.editable and field.name != "id"}
    assert editable - signed == set(form.fields) - {REASON}


@each_edited
def test_every_foreign_key_is_a_search_box_that_answers(model):
    make_everything(1)
    client = curator()
    form = client.get(address(model, "add")).context["adminform"].form
    for key in (field for field in model._meta.fields if field.many_to_one and field.editable):
        assert "admin-autocomplete" in str(form[key.name]), key.name
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "term": ""}
        answer = client.get("/admin/autocomplete/", {**asked, "field_name": key.name})
        assert answer.json()["results"], key.name


def test_every_list_takes_the_same_few_queries_at_any_length():
    client = curator()
    lists = {model._meta.label: f"{address(model)}?all=" for model in MODELS}
    make_everything(10)
    few = {label: queries_of(client, url) for label, url in lists.items()}
    make_everything(85)  # no more of any kind than one page shows
    assert {label: queries_of(client, url) for label, url in lists.items()} == few
    assert max(few.values()) < 30


@each_edited
def test_a_page_takes_few_queries(model):
    make_everything(2)
    assert queries_of(curator(), change_page(model.objects.last())) < 30


def test_a_case_takes_the_same_queries_with_any_number_of_parts():
    make_everything(1)
    case, client = Initiative.objects.get(), curator()
    few = queries_of(client, change_page(case))
    place = {"source": case.source, "first_line": 3, "last_line": 3, "printed": "7,434"}
    for number in range(2, 12):
        add_outcome(case, number, **place)
    assert queries_of(client, change_page(case)) == few


def test_a_search_box_takes_the_same_queries_for_any_number_of_answers():
    client = curator()
    asked = "app_label=cities&model_name=figure&field_name=figures&term="
    make_everything(2)
    few = queries_of(client, f"/admin/autocomplete/?{asked}")
    make_everything(10)
    assert queries_of(client, f"/admin/autocomplete/?{asked}") == few
    assert CityFigures.objects.count() > 10


def test_no_choice_of_another_record_lists_them_all():
    make_everything(30)
    case = Initiative.objects.first()
    page = curator().get(change_page(case)).content.decode()
    assert page.count(f">{case.city}</option>") == 1
    others = City.objects.exclude(pk=case.city_id)
    assert not [city for city in others if f">{city}</option>" in page]


@pytest.mark.parametrize("model", WRITTEN_BY_THE_CATALOGUE, ids=lambda model: model._meta.label)
def test_what_the_catalogue_writes_is_read_only(model):
    make_everything(1)
    client, record = curator(), model.objects.first()
    assert client.get(change_page(record)).context["has_change_permission"] is False
    for url in (address(model, "add"), address(model, "delete", record.pk), change_page(record)):
        assert client.post(url, {"post": "yes"}).status_code == 403, url
    assert model.objects.filter(pk=record.pk).exists()


@each_edited
def test_staff_who_may_only_view_see_no_button_and_are_refused_by_hand(model):
    make_everything(1)
    app, name = model._meta.app_label, model._meta.model_name
    client, record = staff_with(f"{app}.view_{name}"), model.objects.first()
    listed = client.get(address(model))
    assert listed.context["action_form"] is None
    assert listed.context["has_add_permission"] is False
    assert "export/csv/" in listed.content.decode()
    page = client.get(change_page(record)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    assert "add-row" not in page
    for url in (address(model, "add"), change_page(record), address(model, "delete", record.pk)):
        assert client.post(url, {"post": "yes"}).status_code == 403, url
    for action in ("publish", "withdraw", "delete_selected"):
        data = {"action": action, "_selected_action": [record.pk], "post": "yes"}
        assert client.post(address(model), data).status_code == 403, action
    assert model.objects.filter(pk=record.pk).exists()


@each_model
def test_staff_without_the_right_to_view_get_neither_list_nor_export(model):
    client = staff_with()
    for url in (address(model), f"{address(model)}export/csv/"):
        assert client.get(url).status_code == 403, url


def test_the_page_of_deleting_names_the_gentler_way():
    make_everything(1)
    client, case = curator(), Initiative.objects.get()
    gentler = "withdraw it, or set “hidden”"
    assert gentler in client.get(address(Initiative, "delete", case.pk)).content.decode()
    data = {"action": "delete_selected", "_selected_action": [case.pk]}
    assert gentler in client.post(address(Initiative), data).content.decode()


def app_list():
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("curator")
    site = StaffSite()
    site._registry = admin.site._registry
    return site.get_app_list(request)


def test_the_index_puts_the_work_first_and_things_before_their_parts():
    apps_listed = app_list()
    assert [app["app_label"] for app in apps_listed] == [
        "curation",
        "cases",
        "notes",
        "cities",
        "declarations",
        "sources",
        "search",
        "records",
        "auth",
    ]
    cities = [entry["model"] for entry in apps_listed[3]["models"]]
    assert cities.index(City) < cities.index(Member)


def test_the_staff_pages_lead_to_the_public_site():
    assert '<a href="/">' in curator().get("/admin/").content.decode()


def test_a_new_form_shows_nothing_of_a_record_that_is_not_there_yet():
    client, case = curator(), make_case("one")
    assert "field-created_at" not in client.get(address(Initiative, "add")).content.decode()
    page = client.get(change_page(case)).content.decode()
    assert "field-created_at" in page and "field-as_loaded" in page


def test_what_is_said_of_a_key_is_what_becomes_of_it_when_it_is_left_empty():
    client, city = curator(), make_city("Tartu")
    figures = make_population(city, 97_000).figures
    shown = [
        client.get(url).context["adminform"].form["key"].help_text
        for url in (address(CityFigures, "add"), change_page(figures))
    ]
    assert shown == [
        "tells sets of one source apart; left empty, it is made for you",
        "tells sets of one source apart; left empty, it stays as it is",
    ]
    key = figures.key
    save(client, figures, key="")
    figures.refresh_from_db()
    assert figures.key == key
