"""Marks in a real browser: kept there alone, the same in every tab, told to whoever does not see them."""

import json
import re

import pytest

from tests.browser import needs_browser
from tests.factories import make_case, make_city, make_theme

pytestmark = needs_browser
KEY = "catalogue-collection"
HELD = f"localStorage.getItem('{KEY}')"
TOLD = ".collection-told"


@pytest.fixture
def cases():
    city, theme = make_city("Dale"), make_theme("Water")
    return [
        make_case(name, city=city, themes=(theme,), summary=f"{name}, of water.")
        for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elder")
    ]


@pytest.fixture
def page(open_page, cases):
    return open_page("")


def held(page):
    return json.loads(page.evaluate(HELD) or '{"cases": []}')["cases"]


def button(page, title, is_marked=False):
    return page.get_by_role("button", name=f"{'Marked' if is_marked else 'Mark'} {title}", exact=True)


def put(page, value):
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])


def test_a_case_is_marked_and_unmarked_in_the_list_by_keyboard_and_that_is_told(page):
    page.goto("/cases/")
    button(page, "Birch").focus()
    page.keyboard.press("Enter")
    assert held(page) == ["dale-birch"]
    assert page.evaluate("document.activeElement.textContent") == "Marked Birch"
    status = page.get_by_role("status").filter(has_text="1 case in your collection.")
    assert (
        status.get_by_role("link", name="Show my collection")
        .get_attribute("href")
        .endswith("?case=dale-birch")
    )
    assert (
        page.get_by_role("link", name="Collection (1)").get_attribute("href")
        == "/collection/?case=dale-birch"
    )
    page.keyboard.press("Space")
    assert held(page) == []
    assert page.locator("[data-collection]").text_content() == "Collection"


@pytest.mark.parametrize(
    "address", ["/search/?q=water", "/cases/dale-alder/", "/compare/?case=dale-alder&case=dale-birch"]
)
def test_it_is_marked_wherever_it_stands(page, address):
    page.goto(address)
    button(page, "Alder").click()
    assert held(page) == ["dale-alder"]
    page.reload()
    assert button(page, "Alder", True).is_visible()


def test_other_tabs_learn_of_it(page):
    page.goto("/cases/")
    other = page.context.new_page()
    other.goto("/cases/")
    button(page, "Cedar").click()
    button(other, "Cedar", True).wait_for()
    assert other.locator("[data-collection]").text_content() == "Collection(1)"


def test_marks_lead_to_the_comparison_and_to_citations(page):
    page.goto("/cases/")
    for title in ("Alder", "Birch"):
        button(page, title).click()
    page.get_by_role("link", name="Compare them").click()
    assert page.get_by_role("heading", level=1).text_content() == "Compare cases"
    page.get_by_role("link", name="Cite these cases").click()
    assert page.locator(".cite__list li").count() == 2
    assert page.url.endswith("/collection/?case=dale-alder&case=dale-birch&cite=apa#cite")


def test_a_collection_that_was_sent_is_taken_over_and_emptied_and_brought_back(page):
    page.goto("/cases/")
    button(page, "Elder").click()
    page.goto("/collection/?case=dale-alder&case=dale-birch")
    assert page.get_by_role("link", name="Show my collection (1)").is_visible()
    page.get_by_role("button", name="Save these to my collection").click()
    assert held(page) == ["dale-elder", "dale-alder", "dale-birch"]
    page.get_by_role("button", name="Empty my collection").click()
    assert held(page) == []
    assert page.evaluate("document.activeElement.textContent") == "Undo: bring them back"
    page.keyboard.press("Enter")
    assert held(page) == ["dale-elder", "dale-alder", "dale-birch"]
    assert page.get_by_role("button", name="Empty my collection").is_visible()


def test_what_is_gone_can_be_taken_out(page):
    page.goto("/cases/")
    put(page, json.dumps({"version": 1, "cases": ["no-such", "dale-alder"]}))
    page.goto("/collection/?case=no-such&case=dale-alder")
    page.get_by_role("button", name="Take out what is no longer there").click()
    assert held(page) == ["dale-alder"]


def test_a_case_that_is_called_otherwise_by_now_is_kept_under_its_present_name(page, cases):
    page.goto("/cases/")
    button(page, "Alder").click()
    cases[0].slug = "dale-oak"
    cases[0].save()
    page.get_by_role("link", name="Collection (1)").click()
    button(page, "Alder", True).wait_for()
    assert page.locator(".row").get_attribute("data-id") == "dale-oak"
    assert held(page) == ["dale-oak"]


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "null",
        "{",
        "[]",
        '{"version": 9, "cases": ["dale-alder"]}',
        '{"version": 1}',
        '{"version": 1, "cases": ["<b>", 7, "a b"]}',
    ],
)
def test_what_another_program_left_in_its_place_does_no_harm(page, kept):
    page.goto("/cases/")
    put(page, kept)
    page.reload()
    assert page.locator("[data-collection]").text_content() == "Collection"
    button(page, "Alder").click()
    assert held(page) == ["dale-alder"]


def test_where_the_browser_keeps_nothing_marks_last_for_the_page_and_that_is_said(page):
    page.add_init_script(
        "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('no'); }"
    )
    page.goto("/cases/")
    button(page, "Alder").click()
    assert button(page, "Alder", True).is_visible()
    assert "This browser keeps no marks" in page.locator(TOLD).text_content()
    assert page.locator("[data-collection]").text_content() == "Collection(1)"


def test_a_full_collection_takes_no_more_and_says_so(page):
    page.goto("/cases/")
    put(page, json.dumps({"version": 1, "cases": [f"dale-{number}" for number in range(200)]}))
    page.reload()
    button(page, "Alder").click()
    assert "Your collection is full" in page.locator(TOLD).text_content()
    assert len(held(page)) == 200


def test_the_address_is_copied(page):
    page.goto("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/collection/?case=dale-birch&case=dale-alder")
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_text("The address is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/collection/?case=dale-alder&case=dale-birch")


def test_rows_that_come_later_can_be_marked_too(page):
    page.goto("/cases/")
    page.evaluate("document.querySelector('.rows').innerHTML = document.querySelector('.row').outerHTML")
    page.evaluate("document.querySelector('.keep').remove()")
    button(page, "Alder").click()
    assert held(page) == ["dale-alder"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/cases/", "/search/?q=water", "/cases/dale-alder/"])
def test_nothing_moves_when_the_marks_come(open_page, cases, width, address):
    found = []
    for javascript in (False, True):
        page = open_page("", width, javascript=javascript)
        page.goto(address)
        parts = page.locator(".row, header, .pages, .case-tools, .reading").all()
        found.append([round(part.bounding_box()["y"]) for part in parts])
    assert len(found[0]) > 1
    assert found[0] == found[1]


def test_without_a_script_a_collection_is_begun_filled_left_and_compared(open_page, cases):
    page = open_page("", javascript=False)
    page.goto("/cases/dale-alder/")
    page.get_by_role("link", name="Begin a collection with it").click()
    page.fill("[name=find]", "cedar")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Add Cedar").click()
    assert page.url.endswith("/collection/?case=dale-alder&case=dale-cedar")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Compare the ticked cases").click()
    assert page.url.endswith("/compare/?case=dale-alder&case=dale-cedar")
    page.go_back()
    page.get_by_role("button", name=re.compile("Leave out.*Alder")).click()
    assert page.url.endswith("/collection/?case=dale-cedar")


def test_no_cookie_is_set_and_no_other_host_asked(page):
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto("/cases/")
    button(page, "Alder").click()
    page.goto("/collection/?case=dale-alder")
    assert page.context.cookies() == []
    assert len(hosts) == 1
