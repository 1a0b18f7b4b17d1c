"""Two people at one record in a real browser, and the pages of the history at the width of a phone."""

import gc
import os
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from cases.models import Initiative
from records import history
from tests.factories import make_case, make_section
from tests.staff import address, change_page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium: CHROMIUM=PATH"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def open_page(plain_static_files):
    """Opens pages for people: open_page("lin", 1280, javascript=False)."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    server = LiveServer("localhost")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])

        def opened(name: str, width: int = 1280, javascript: bool = True):
            user = User.objects.filter(username=name).first() or User.objects.create_superuser(name)
            client = Client()
            client.force_login(user)
            context = browser.new_context(
                viewport={"width": width, "height": 900}, base_url=server.url, java_script_enabled=javascript
            )
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])
            return context.new_page()

        yield opened
        browser.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    server.stop()
    gc.collect()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_of_two_merges_and_chooses_and_then_saves(open_page, javascript):
    case = make_case("one", summary="As it was.")
    make_section(case, "As it was.")
    first, second = open_page("lin"), open_page("mei", javascript=javascript)
    for page in (first, second):
        page.goto(change_page(case))
    first.fill("[name=summary]", "By Lin.")
    first.fill("[name=lead_digest]", "Opening by Lin.")
    first.fill("[name=reason_for_change]", "counted again")
    first.click("[name=_save] >> nth=0")
    second.fill("[name=summary]", "By Mei.")
    second.fill("[name=title]", "A title by Mei")
    second.fill("[name=reason_for_change]", "the source says so")
    second.click("[name=_save] >> nth=0")
    panel = second.inner_text(".meanwhile")
    for said in ("lin", "counted again", "As it was.", "By Lin.", "By Mei.", "Opening by Lin."):
        assert said in panel
    assert second.input_value("[name=summary]") == "By Mei."
    assert second.input_value("[name=lead_digest]") == "Opening by Lin."
    assert second.input_value("[name=reason_for_change]") == "the source says so"
    second.check(".meanwhile input[value=mine]")
    second.click("[name=_save] >> nth=0")
    second.wait_for_url("**/admin/cases/initiative/")
    case.refresh_from_db()
    assert (case.title, case.summary, case.lead_digest) == ("A title by Mei", "By Mei.", "Opening by Lin.")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_of_the_history_lies_outside_the_window(open_page, width):
    case = make_case("one", summary="As it was, " + "long " * 60)
    with history.operation(reason="a reason " * 20):
        case.summary = "As it became, " + "longer " * 60
        case.save()
    page = open_page("lin", width)
    for url in (address(Initiative, "history", case.pk), "/admin/records/operation/"):
        page.goto(url)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
        ), url
