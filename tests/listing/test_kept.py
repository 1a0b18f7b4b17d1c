"""Pages are kept until anything changes that they show, by whatever route, and never shown for another request."""

import gzip

import pytest
from django.core.cache import caches
from django.db import connection

from cases.models import Initiative, Theme
from listing import views
from records.models import FormerSlug
from search import service
from search.models import Synonym
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}}


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.CACHES = settings.CACHES | PAGES
    caches["pages"].clear()


@pytest.fixture
def made(monkeypatch):
    """The addresses whose pages were made and not taken from those kept."""
    addresses, make_page = [], views.ListView.get_context_data

    def counted(view, **kwargs):
        addresses.append(view.request.get_full_path())
        return make_page(view, **kwargs)

    monkeypatch.setattr(views.ListView, "get_context_data", counted)
    return addresses


def _titles(client, address="/cases/") -> str:
    return client.get(address).content.decode()


def _settle(client):
    """The first request after a change brings the index up to it; from then on pages may be kept."""
    client.get("/cases/?q=settle")


def test_a_page_is_made_once_and_is_the_same_afterwards(client, made):
    make.make_case("Parks")
    _settle(client)
    made.clear()
    first = client.get("/cases/?theme=&q=parks")
    again = client.get("/cases/?theme=&q=parks")
    assert first.content == again.content
    assert first.headers.items() == again.headers.items()
    assert made == ["/cases/?theme=&q=parks"]


def test_who_takes_it_compressed_is_shown_the_same_page_that_was_kept(client, made):
    make.make_case("Parks")
    _settle(client)
    first = client.get("/cases/?q=parks")
    made.clear()
    small = [client.get("/cases/?q=parks", HTTP_ACCEPT_ENCODING="br, gzip") for _time in range(2)]
    assert not made and [each["Content-Encoding"] for each in small] == ["gzip", "gzip"]
    assert {gzip.decompress(each.content) for each in small} == {first.content}
    assert all("Accept-Encoding" in each["Vary"] for each in small)
    Initiative.objects.update(title="Gardens and parks")
    changed = client.get("/cases/?q=parks", HTTP_ACCEPT_ENCODING="gzip")
    assert b"Gardens and" in gzip.decompress(changed.content)


def test_other_addresses_languages_and_hosts_have_pages_of_their_own(client, made, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make.make_case("Parks")
    _settle(client)
    made.clear()
    for _ in range(2):
        pages = [
            _titles(client, address)
            for address in ("/cases/", "/cases/?page=1", "/zh-hans/cases/", "/cases/?q=x")
        ]
        pages.append(client.get("/cases/", headers={"host": "other.example"}).content.decode())
        assert len(set(pages)) == 5  # a page says on which host it stands
    assert len(made) == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda: Initiative.objects.filter(title="Parks").update(title="Gardens"),
        lambda: Initiative.objects.filter(title="Parks").update(hidden=True),
        lambda: Initiative.objects.get(title="Parks").delete(),
        lambda: Theme.objects.update(name="Gardens"),
        lambda: make.make_case("More parks"),
        lambda: connection.cursor().execute("UPDATE cities_city SET name = 'Gardens'"),
        lambda: Synonym.objects.create(words="parks\ngardens", reason="for a test"),
    ],
)
def test_any_change_is_on_the_next_page(client, settings, change):
    make.make_case("Parks", themes=[make.make_theme("Water")], summary="Parks for all.")
    make.make_case("Gardens of old")
    _settle(client)
    before = _titles(client, "/cases/?q=parks")
    assert _titles(client, "/cases/?q=parks") == before
    change()
    after = [_titles(client, "/cases/?q=parks") for _ in range(3)]
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert after == [_titles(client, "/cases/?q=parks")] * 3
    assert after[0] != before


def test_mistakes_and_pages_that_are_not_there_are_answered_as_before(client):
    make.make_case("Parks")
    _settle(client)
    for address, status in (
        ("/cases/?theme=none-such", 200),
        ("/cases/?page=7", 404),
        ("/cases/?sort=x", 200),
    ):
        answers = [client.get(address) for _ in range(2)]
        assert {answer.status_code for answer in answers} == {status}
        assert answers[0].content == answers[1].content


def test_while_somebody_else_writes_no_page_of_before_is_shown(client, monkeypatch):
    make.make_case("Parks")
    _settle(client)
    assert "Parks" in _titles(client)
    monkeypatch.setattr(service, "_PATIENCE", 0.05)
    with service.service().store.lock():
        Initiative.objects.update(hidden=True)
        for _ in range(3):
            assert "Parks" not in _titles(client)


def test_a_former_slug_that_appears_is_taken_at_once(client):
    theme = make.make_theme("Water")
    make.make_case("Parks", themes=[theme])
    _settle(client)
    for _ in range(3):
        assert "Parks" not in _titles(client, "/cases/?theme=old-name")
    FormerSlug.objects.create(model="cases.theme", slug="old-name", object_id=theme.pk)
    for _ in range(3):
        assert "Parks" in _titles(client, "/cases/?theme=old-name")
