"""Public addresses only read; a form that was not accepted says so in plain words."""

import json

import pytest
from django.test import Client

from tests.everything import make_everything
from tests.factories import make_case
from tests.web import body_of

pytestmark = pytest.mark.django_db

PAGES = ["/", "/about/", "/cases/", "/zh-hans/cases/", "/cases/nanjing-lane/", "/themes/", "/sources/"]
DATA = ["/cases.csv", "/cases/nanjing-lane.json"]


@pytest.fixture
def strict():
    """A client whose forms are held against the token, as a browser's are."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", PAGES + DATA)
def test_anything_but_reading_is_405_in_words(strict, address, method):
    make_case("Lane", slug="nanjing-lane")
    answer = getattr(strict, method)(address)
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer["Allow"].split(", "))
    assert method.upper() in body_of(answer).decode()
    assert not answer.cookies


def test_a_page_answers_with_a_page_and_data_with_data(strict):
    make_case("Lane", slug="nanjing-lane")
    page = strict.post("/cases/?city=x")
    assert page["Content-Type"].startswith("text/html")
    assert b'<a href="/cases/">' in page.content
    assert strict.post("/cases.csv")["Content-Type"].startswith("text/plain")
    assert "POST" in json.loads(body_of(strict.post("/cases.json")))["error"]


def test_the_page_speaks_chinese(strict):
    assert "本页只供阅读" in strict.post("/zh-hans/cases/").content.decode()


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/cases/initiative/add/"])
def test_staff_forms_still_need_their_token(strict, admin_user, address):
    if "login" not in address:
        strict.force_login(admin_user)
    answer = strict.post(address, {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "nothing was changed" in answer.content.decode()
    assert "load the page again" in answer.content.decode()


def test_a_refused_form_is_told_in_chinese(strict):
    text = strict.post("/zh-hans/admin/login/", {"username": "x"}).content.decode()
    assert '<html lang="zh-Hans">' in text
    assert "表单未被接受" in text


def test_no_public_address_changes_anything_when_sent_a_form(strict):
    make_everything(1)
    for address in ("/cities/", "/declarations/", "/plans/", "/alliances/"):
        assert strict.post(address, {"state": "draft"}).status_code == 405
