"""The page of the package, and the package as readers fetch it."""

import fcntl
import json
import time
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection

from catalogue.package import kept, writing
from cities.models import City
from search.models import Change
from tests.catalogue.package.packages import empty, files, make
from tests.everything import make_everything
from tests.factories import make_city
from tests.web import body_of

pytestmark = pytest.mark.django_db
ZIP, JSON = "/download/datapackage.zip", "/download/datapackage.json"


def _fetched(client, tmp_path, address=ZIP) -> dict[str, bytes]:
    path = tmp_path / "fetched.zip"
    path.write_bytes(body_of(client.get(address)))
    return files(path)


def _etag(client) -> str:
    answer = client.head(ZIP)
    assert answer.status_code == 200
    return answer["ETag"]


def test_the_page_says_what_is_in_it(client, catalogue):
    page = unescape(client.get("/download/").content.decode())
    document = json.loads(body_of(client.get(JSON)))
    assert document["version"] in page and "CC BY 4.0" in page and "load_package" in page
    for resource in document["resources"]:
        assert resource["path"] in page
    assert f'href="{ZIP}"' in page and f'href="{JSON}"' in page
    chinese = client.get("/zh-hans/download/").content.decode()
    assert "下载全部数据" in chinese and f'href="{ZIP}"' in chinese
    for address in ("/", "/about/"):
        assert 'href="/download/"' in client.get(address).content.decode()


def test_what_is_fetched_is_the_package_and_its_description(client, tmp_path):
    make_everything(1)
    answer = client.get(ZIP)
    assert answer.status_code == 200 and answer.streaming
    assert answer["Content-Type"] == "application/zip" and "datapackage.zip" in answer["Content-Disposition"]
    body = body_of(answer)
    assert int(answer["Content-Length"]) == len(body)
    (tmp_path / "a.zip").write_bytes(body)
    assert files(tmp_path / "a.zip")["datapackage.json"] == body_of(client.get(JSON))


def test_head_ranges_and_conditions(client):
    make_everything(1)
    whole = client.get(ZIP)
    size = len(body_of(whole))
    head = client.head(ZIP)
    assert head.status_code == 200 and head["Content-Length"] == str(size) and not body_of(head)
    part = client.get(ZIP, headers={"range": "bytes=0-9"})
    assert (part.status_code, part["Accept-Ranges"], len(body_of(part))) == (200, "none", size)
    assert client.get(ZIP, headers={"if-none-match": whole["ETag"]}).status_code == 304
    assert client.get(ZIP, headers={"if-modified-since": whole["Last-Modified"]}).status_code == 304
    assert client.get(ZIP, headers={"if-none-match": '"other"'}).getvalue()
    assert client.head(JSON)["ETag"] != whole["ETag"]
    assert client.post(ZIP).status_code == 405
    assert client.get("/zh-hans/download/datapackage.json").url == JSON
    assert client.get("/download/datapackage.exe").status_code == 404


def test_it_is_made_once_and_anew_after_a_change(client, tmp_path, monkeypatch):
    made = []
    write = writing.write_zip
    monkeypatch.setattr(writing, "write_zip", lambda *args: made.append(1) or write(*args))
    city = make_city("Town")
    first = _etag(client)
    assert _etag(client) == first and client.get("/download/").status_code == 200
    assert len(made) == 1
    City.objects.filter(pk=city.pk).update(name_local="城")
    assert _etag(client) != first and len(made) == 2
    assert "城" in _fetched(client, tmp_path)["data/cities.csv"].decode()
    City.objects.filter(pk=city.pk).update(name_local="")
    assert _etag(client) == first, "the same data, the same file"
    assert len(list(kept._folder().glob("*.zip"))) == 1


def test_a_change_of_any_table_makes_it_anew(client):
    make_everything(1)
    from catalogue.package import tables

    for model in tables.models():
        if not model._base_manager.exists():
            continue
        assert kept.package().is_current
        model._base_manager.update(hidden=False)
        assert not kept._found().is_current, model


def test_another_description_or_another_database_makes_it_anew(client, settings):
    make_city("Town")
    kept.package()
    assert kept._found().is_current
    Change.objects.filter(feed="origin").update(value=1)
    assert kept._found() is None
    assert kept.package().is_current
    settings.SITE_URL = "https://example.org"
    kept._code.cache_clear()
    assert kept._found() is None
    settings.SITE_URL = ""
    kept._code.cache_clear()


@pytest.fixture
def somebody_makes_one():
    with (kept._folder() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_while_the_first_is_being_made_it_says_so(client, somebody_makes_one):
    page = client.get("/download/")
    assert page.status_code == 200 and "data-building" in page.content.decode()
    for address in (ZIP, JSON):
        answer = client.get(address)
        assert answer.status_code == 503 and answer["Retry-After"]
        assert b"being made" in body_of(answer)


def test_a_late_one_is_given_meanwhile_but_no_old_one(client, request):
    make_city("Town")
    first = _etag(client)
    City.objects.update(hidden=True)
    request.getfixturevalue("somebody_makes_one")
    assert _etag(client) == first
    assert "A newer package is being made" in client.get("/download/").content.decode()
    state = kept._read("state.json")
    kept._write("state.json", state | {"made_at": time.time() - kept.GRACE - 1})
    assert client.get(ZIP).status_code == 503


@pytest.mark.parametrize("content", ["", "{", "[]", '{"file": "../x.zip"}', '{"file": 5}'])
def test_a_broken_state_is_made_anew(client, content):
    make_city("Town")
    (kept._folder() / "state.json").write_text(content)
    assert _etag(client)


def test_when_a_version_was_first_made_stays_and_is_taken_over_with_the_package(client, tmp_path, settings):
    make_everything(1)
    one = make(tmp_path / "one.zip")
    empty()
    call_command("load_package", one, verbosity=0)
    call_command("make_package", tmp_path / "two.zip", verbosity=0)
    assert (tmp_path / "two.zip").read_bytes() == one.read_bytes()
    assert json.loads(body_of(client.get(JSON)))["created"] == "2026-01-02T03:04:05Z"


@pytest.mark.django_db(transaction=True)
def test_it_is_made_of_one_moment_by_a_thread_of_its_own(client, settings):
    settings.SEARCH_IN_BACKGROUND, settings.SEARCH_IN_TRANSACTIONS = True, False
    make_city("Town")
    answer = client.head(ZIP)
    for _ in range(100):
        if answer.status_code == 200:
            break
        time.sleep(0.1)
        answer = client.head(ZIP)
    assert answer.status_code == 200
    assert not connection.in_atomic_block
    make_city("Other")
    assert City.objects.count() == 2
