"""A record that differs from what was loaded carries a sign in the staff pages."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeTheme, Section
from cities.models import City, CityFigures, Figure
from declarations.models import Article
from records import history, reverting
from records.edits import EDITED, LOADED, OWN, states
from records.models import Record
from records.operations import Change
from sources.models import Ruling, Source
from tests.factories import make_case, make_section
from tests.staff import address, change_page, curator, errors, save

pytestmark = pytest.mark.django_db

SIGN = "edited since it was loaded from the sources"
EDITED_MODELS = [Source, Ruling, City, Figure, Article, Initiative, Section, InitiativeTheme]


def test_nothing_loaded_looks_edited(catalogue):
    for model in EDITED_MODELS:
        assert set(states(model.objects.all()).values()) == {LOADED}, model


def test_nothing_of_loaddata_looks_edited(settings):
    call_command("loaddata", *sorted(settings.FIXTURE_DIRS[0].glob("*.json")), verbosity=0)
    for model in EDITED_MODELS:
        assert set(states(model.objects.all()).values()) == {LOADED}, model


def test_an_edit_is_said_on_the_page_and_in_the_list_and_a_visit_is_none(catalogue):
    client, figure = curator(), Figure.objects.filter(name="population").first()
    assert errors(save(client, figure)) == ""
    assert "as it was loaded from the sources" in client.get(change_page(figure)).content.decode()
    assert SIGN not in client.get(address(Figure)).content.decode()
    assert errors(save(client, figure, value=figure.value + 1)) == ""
    assert SIGN in client.get(change_page(figure)).content.decode()
    assert client.get(f"{address(Figure)}?all=").content.decode().count(SIGN) == 1
    assert errors(save(client, figure, value=figure.value)) == ""
    assert states([Figure.objects.get(pk=figure.pk)]) == {figure.pk: LOADED}


def test_a_set_of_figures_says_that_a_figure_of_it_was_edited(catalogue):
    client, figure = curator(), Figure.objects.filter(name="population").first()
    page = change_page(figure.figures)
    parts = "parts of it were edited or added here: city figures"
    assert parts not in client.get(page).content.decode()
    assert errors(save(client, figure, value=figure.value + 1)) == ""
    assert f"as it was loaded from the sources; {parts}" in client.get(page).content.decode()


def test_the_lists_of_sets_and_cities_carry_the_sign_after_a_figure_was_corrected(catalogue):
    client, figure = curator(), Figure.objects.filter(name="population").first()
    lists = [f"{address(model)}?all=" for model in (City, CityFigures)]
    for page in lists:
        assert 'class="edited"' not in client.get(page).content.decode()
    assert errors(save(client, figure, value=figure.value + 1)) == ""
    for page in lists:
        assert client.get(page).content.decode().count('class="edited"') == 1, page
    said = "parts of it were edited or added here: city figures"
    assert said in client.get(change_page(figure.figures.city)).content.decode()
    assert errors(save(client, figure, value=figure.value)) == ""
    for page in lists:
        assert 'class="edited"' not in client.get(page).content.decode()


def test_what_was_made_here_still_says_so_after_it_was_deleted_and_brought_back():
    case = make_case()
    section = make_section(case, "x")
    with history.operation(reason="by mistake"):
        case.delete()
    deleted = Initiative._meta.label_lower, Change.objects.get(model="cases.initiative").object_id
    reverting.restore_deleted(*deleted, None, "it was")
    assert set(states(Initiative.objects.all()).values()) == {OWN}
    assert set(states(Section.objects.all()).values()) == {OWN}, section


def test_what_was_loaded_still_says_so_after_it_was_deleted_and_brought_back(catalogue):
    case = Initiative.objects.first()
    with history.operation(reason="by mistake"):
        case.delete()
    deleted = Change.objects.get(model="cases.initiative").object_id
    reverting.restore_deleted("cases.initiative", deleted, None, "it was")
    assert states(Initiative.objects.filter(pk=deleted)) == {deleted: LOADED}


def test_a_renamed_parent_leaves_its_parts_as_loaded(catalogue):
    case = Initiative.objects.first()
    assert errors(save(curator(), case, slug=f"{case.city.slug}-renamed")) == ""
    assert states([Initiative.objects.get(pk=case.pk)]) == {case.pk: EDITED}
    assert set(states(case.sections.all()).values()) == {LOADED}


def test_what_was_made_here_says_so():
    case = make_case()
    assert states([case]) == {case.pk: OWN}
    page = curator().get(change_page(case)).content.decode()
    assert "made here, not loaded from the sources" in page


def test_a_page_for_a_new_record_says_nothing_wrong(client):
    assert SIGN not in curator().get(address(Initiative, "add")).content.decode()


def test_a_list_takes_the_same_few_queries_for_any_number_of_records(catalogue):
    def queries_of(records: list[Record]) -> int:
        with CaptureQueriesContext(connection) as queries:
            states(records)
        return len(queries)

    links = list(InitiativeTheme.objects.all())
    assert queries_of(links[:2]) == queries_of(links) <= 8
    assert states([]) == {}
