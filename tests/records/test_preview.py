"""A preview is the public page before readers have it."""

import pytest
from django.test import Client

from cases.models import Initiative
from cities.models import City
from records.models import Publishable
from tests.everything import make_everything
from tests.factories import make_case, make_city, make_section
from tests.staff import address, curator, member
from tests.web import ids

pytestmark = pytest.mark.django_db
KINDS = [model for model in Publishable.__subclasses__() if not model._meta.abstract]


def preview_of(client, record):
    return client.get(address(type(record), "preview", record.pk))


@pytest.fixture
def case():
    """A hidden draft of a draft city, with a section."""
    city = make_city("Bijie", state="draft")
    case = make_case("Lane", city=city, state="draft", summary="A lane for all.", hidden=True)
    make_section(case, "x", heading="Costs of the lane")
    return case


def test_it_shows_the_page_with_its_parts_and_changes_nothing(case, settings):
    settings.SEARCH_IN_TRANSACTIONS = False
    page = preview_of(member("reviewer"), case).content.decode()
    for text in ("A lane for all.", "Costs of the lane", "Bijie", "Preview"):
        assert text in page
    assert (Initiative.objects.get().state, City.objects.get().state) == ("draft", "draft")
    assert Initiative.objects.get().hidden
    assert Client().get(case.get_absolute_url()).status_code == 404
    settings.SEARCH_IN_TRANSACTIONS = True
    assert ids(Client()) == []


def test_it_says_whether_readers_see_the_page_already(case):
    client, unseen = member("reviewer"), "readers do not see this page yet"
    assert unseen in preview_of(client, case).content.decode()
    page = preview_of(client, make_case("Lane of all")).content.decode()
    assert "readers see this page already" in page and unseen not in page
    under_a_draft = make_case("Road", city=make_city("Dali", state="draft"))
    assert unseen in preview_of(client, under_a_draft).content.decode()


def test_nobody_keeps_it_and_no_search_engine_lists_it(case):
    answer = preview_of(curator(), case)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_the_public_page_does_not_say_preview():
    page = Client().get(make_case("Lane").get_absolute_url()).content.decode()
    assert "Preview" not in page
    assert "noindex" not in page


@pytest.mark.parametrize("model", Publishable.__subclasses__() or KINDS, ids=lambda model: model.__name__)
def test_every_kind_has_one_in_both_languages(model):
    make_everything(1)
    model.objects.update(state="draft")
    client, record = curator(), model.objects.first()
    assert preview_of(client, record).status_code == 200
    url = address(model, "preview", record.pk)
    assert 'lang="zh-Hans"' in client.get(f"/zh-hans{url}").content.decode()
