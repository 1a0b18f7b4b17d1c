"""The staff pages in a real browser: nothing of a row lies outside the window. Left out where there is no Chromium."""

import gc
import os
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from pytest_django.live_server_helper import LiveServer

from cases.models import Initiative
from cities.models import Alliance, CityFigures, Figure
from declarations.models import Declaration
from sources.models import SourceText
from tests.everything import make_everything
from tests.staff import address, change_page, curator

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LONG = "A Programme With a Long Name for the Renewal of Streets and Houses"
PARENTS = [CityFigures, Initiative, Alliance, Declaration]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium: CHROMIUM=PATH"),
    # A browser opens connections ahead; the server drops those it never used, whenever that may be.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# The edges of what a person reads or fills in, with the folded parts opened.
OUTSIDE = """() => {
  document.querySelectorAll(".inline-group details").forEach((part) => (part.open = true));
  const shown = "#content :is(td, th, label, select, textarea, input:not([type=hidden]), .printed-lines, .select2)";
  return [...document.querySelectorAll(shown)].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !part.closest(".empty-form")
      && (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
  }).map((part) => part.className || part.name || part.tagName);
}"""


@pytest.fixture(scope="module")
def browser():
    # The browser's driver runs a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def server(plain_static_files):
    """pytest-django's own is made once, before a test's settings of static files hold."""
    served = LiveServer("localhost")
    yield served
    # They share the test's database connection: all must have ended before the test takes it back.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    served.stop()
    gc.collect()


@pytest.fixture
def page_at(browser, server):
    """Opens staff pages in a window of a width: page_at(1280) gives a page signed in as curator."""
    contexts = []

    def open_page(width: int):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, base_url=server.url))
        session = curator().cookies[settings.SESSION_COOKIE_NAME].value
        contexts[-1].add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}]
        )
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_list_fits_the_window(page_at, width):
    make_everything(2)
    Initiative.objects.update(title=LONG)
    Figure.objects.update(text="Industry, tourism and agriculture", printed="7,434 and more")
    page, outside = page_at(width), {}
    for model in admin.site._registry:
        page.goto(address(model))
        assert page.locator("#changelist").count(), model
        found = page.evaluate(OUTSIDE)
        if found:
            outside[model._meta.label] = found
    assert outside == {}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model._meta.label)
def test_the_printed_form_and_its_lines_are_in_sight_beside_each_value(page_at, width, model):
    make_everything(1)
    SourceText.objects.update(text=f"A title\n\n{'A long line. ' * 90}The area is 7,434 km2.\nMore.")
    figure = Figure.objects.get()
    figure.source, figure.first_line, figure.last_line, figure.printed = (
        figure.figures.city.place_source,
        3,
        4,
        "7,434",
    )
    figure.save()
    page = page_at(width)
    page.goto(change_page(model.objects.filter(pk=figure.figures_id).first() or model.objects.first()))
    assert page.evaluate(OUTSIDE) == []
    row = page.locator(".rows .inline-related.has_original").first
    # In sight in its box too, though the line before it is a long one.
    box, mark = (row.locator(part).first.bounding_box() for part in (".printed-lines", "mark"))
    assert box["y"] <= mark["y"] <= box["y"] + box["height"]
    if width == 1280:
        printed, value = (
            row.locator(f".field-{name}").first.bounding_box() for name in ("printed", "printed_lines")
        )
        assert abs(printed["y"] - value["y"]) < 5
