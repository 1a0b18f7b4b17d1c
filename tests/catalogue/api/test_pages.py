"""The pages of the API in a real browser: nobody is shut out, and no script and no other host is needed."""

import json

import pytest
from axe_playwright_python import sync_playwright as axe

from tests.browser import needs_browser
from tests.everything import make_everything

pytestmark = needs_browser
ADDRESSES = (
    "/api/",
    "/api/v1/",
    "/api/v1/cases/?page_size=1",
    "/api/v1/cases/?city=nowhere",
    "/api/v1/search/?q=park",
)
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture
def world(settings):
    settings.SEARCH_IN_TRANSACTIONS = False
    make_everything(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_in_either_language_on_a_phone_either(open_page, world, scheme):
    page, wrong, asked = open_page(""), [], set()
    page.emulate_media(color_scheme=scheme)
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    for language in ("", "/zh-hans"):
        for address in ADDRESSES:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(language + address)
            for folded in page.query_selector_all("details.api-ask"):
                folded.evaluate("element => { element.open = true }")
            violations = axe.Axe().run(page).response["violations"]
            wrong += [f"{language}{address}: {each['id']}" for each in violations]
            page.set_viewport_size({"width": 360, "height": 740})
            if page.evaluate(OVERFLOWS):
                wrong.append(f"{language}{address} scrolls sideways")
    assert not wrong
    assert len(asked) == 1


def test_a_reader_asks_and_reads_the_answer_without_a_script(open_page, world):
    page = open_page("", javascript=False)
    page.goto("/api/")
    page.get_by_role("link", name="/api/v1/cases/", exact=True).click()
    page.get_by_text("What can be asked here").click()
    page.get_by_role("spinbutton", name="page_size").fill("1")
    page.get_by_role("combobox", name="sort").select_option("-title")
    page.get_by_role("button", name="Ask").click()
    assert page.url.endswith("/api/v1/cases/?sort=-title&page_size=1")
    answer = json.loads(page.get_by_role("region", name="Answer").inner_text())
    assert (answer["page_size"], len(answer["results"])) == (1, 1)
    if answer["next"]:
        page.get_by_role("link", name="Next").click()
        assert json.loads(page.get_by_role("region", name="Answer").inner_text())["page"] == 2
