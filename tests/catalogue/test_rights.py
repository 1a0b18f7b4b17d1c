"""Nothing on a staff page that its reader may not press: every link of every page is followed, every button known."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from tests.everything import make_everything
from tests.staff import address, change_page, staff_with

pytestmark = pytest.mark.django_db

MODELS = list(admin.site._registry)
LINK = re.compile(r'href="(/admin/[^"#]*)"')


def rights(*kinds: str) -> list[str]:
    return [f"{model._meta.app_label}.{kind}_{model._meta.model_name}" for model in MODELS for kind in kinds]


def pages() -> list[str]:
    """The first page, and the list and one record of every kind."""
    make_everything(1)
    Group.objects.create(name="curators")
    found = ["/admin/"]
    for model in MODELS:
        found += [
            address(model),
            change_page(model.objects.first()) if model.objects.exists() else address(model),
        ]
    return found


def crawl(client, addresses: list[str]) -> dict[str, str]:
    """The HTML of each page; fails where a link on one of them leads to a refusal."""
    html = {url: client.get(url).content.decode() for url in addresses}
    links = {unescape(link) for page in html.values() for link in LINK.findall(page)} - {"/admin/logout/"}
    refused = sorted(link for link in links if client.get(link).status_code in (403, 404))
    assert refused == []
    return html


def test_who_may_only_view_is_offered_nothing_else():
    client = staff_with(*rights("view"))
    for url, page in crawl(client, pages()).items():
        for button in (
            'name="_save"',
            'name="_addanother"',
            "deletelink",
            "addlink",
            'name="action"',
            "add-row",
        ):
            assert button not in page, (url, button)
        assert not re.search(r'name="\w+-\d+-DELETE"', page), url
        assert not re.search(r'class="related-widget-wrapper-link (add|change|delete)', page), url


def test_who_may_change_and_not_delete_is_offered_neither_deleting_nor_adding():
    client = staff_with(*rights("view", "change"))
    for url, page in crawl(client, pages()).items():
        for button in ("delete_selected", "deletelink", "addlink", 'name="_addanother"', 'name="_saveasnew"'):
            assert button not in page, (url, button)
        assert not re.search(r'name="\w+-\d+-DELETE"', page), url
        assert not re.search(r'class="related-widget-wrapper-link (add|delete)', page), url
        assert "can_add&quot;: true" not in page


def test_who_may_add_and_change_may_use_every_link():
    crawl(staff_with(*rights("view", "change", "add")), pages())
