"""Pages work before and after static files were collected."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from catalogue import settings as real
from catalogue.templatetags import site
from tests.web import body_of

pytestmark = pytest.mark.django_db

STYLE = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')


@pytest.fixture
def as_served(settings, tmp_path):
    """The storage a running catalogue has, with nothing collected yet."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = real.STORAGES
    site._still.cache_clear()  # the head, made for the files of other tests
    yield
    site._still.cache_clear()


def style_of(client: Client, address: str) -> str:
    """The address of the style sheet of a page, which must be served."""
    page = client.get(address)
    assert page.status_code == 200
    style = STYLE.search(page.content)[1].decode()
    file = client.get(style)
    assert file.status_code == 200
    assert body_of(file)
    file.close()
    return style


@pytest.mark.usefixtures("as_served")
def test_a_fresh_clone_serves_pages_with_their_style(client):
    assert style_of(client, "/") == "/static/site.css"
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.usefixtures("as_served")
def test_a_fresh_clone_serves_the_staff_pages(client):
    assert style_of(client, "/admin/login/").startswith("/static/admin/")


@pytest.mark.usefixtures("as_served")
def test_what_was_collected_is_served_by_its_hash():
    call_command("collectstatic", interactive=False, verbosity=0)
    assert re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", style_of(Client(), "/about/"))


def test_no_rule_of_the_styles_stands_twice_or_has_lost_its_beginning():
    styles = (real.BASE_DIR / "static" / "site.css").read_text(encoding="utf-8")
    plain = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    assert plain.count("{") == plain.count("}")
    assert not re.search(r"[^{};\s]\s*@media", plain), "a selector stands before a rule that has none"
    whole = [line for line in plain.splitlines() if re.match(r"\S[^{]*\{[^}]+\}$", line)]
    assert sorted(set(whole)) == sorted(whole)
