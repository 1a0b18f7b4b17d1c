"""The staff pages by keyboard alone, in a real browser."""

import pytest

from cases.models import Initiative
from records.models import Publishable
from tests.browser import needs_browser
from tests.everything import make_everything
from tests.factories import make_case, make_city
from tests.staff import address, change_page

pytestmark = needs_browser
MOST = 400  # presses of Tab before one gives up

# What has the focus, and whether all of it is in sight above the bar of buttons that stays at the foot of the window.
UNDER_THE_BAR = """() => {
  const bar = document.querySelector(".submit-row:has([name=_save])"), focused = document.activeElement;
  if (!bar || bar.contains(focused) || !focused.closest("#content")) return "";
  const box = focused.getBoundingClientRect(), edge = bar.getBoundingClientRect().top;
  // A box may be higher than the window: then its beginning is in sight.
  const isSeen = box.height > edge ? box.top < edge - 20 : box.bottom <= edge + 1 && box.bottom > 10;
  return isSeen ? "" : `${focused.tagName} ${focused.name || focused.className}: ${box.top}-${box.bottom}, ${edge}`;
}"""


def press_tab_until(page, selector: str, least: int = 1) -> int:
    """Goes on by Tab to what the selector names; gives how often it was pressed."""
    for pressed in range(1, MOST):
        page.keyboard.press("Tab")
        if pressed >= least and page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
            return pressed
    raise AssertionError(f"No way to {selector} by Tab on {page.url}")


def press_access_key(page, key: str) -> None:
    """Alt with a key, as Chromium on Linux has it; Playwright's own keys carry no letter that it would look for."""
    pressed = {"modifiers": 1, "key": key, "text": key, "unmodifiedText": key}
    pressed["windowsVirtualKeyCode"] = ord(key.upper())
    session = page.context.new_cdp_session(page)
    for kind in ("rawKeyDown", "char", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, **pressed})


def test_the_key_s_saves_a_record(open_page):
    case = make_case("One", state="draft", summary="Boats.")
    page = open_page("lin")
    page.goto(change_page(case))
    page.focus("[name=title]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Another")
    with page.expect_navigation():
        press_access_key(page, "s")
    case.refresh_from_db()
    assert case.title == "Another"


def test_the_keys_of_a_list_search_add_and_lead_to_the_desk(open_page):
    page = open_page("lin")
    page.goto(address(Initiative))
    press_access_key(page, "s")
    assert page.evaluate("document.activeElement.id") == "searchbar"
    with page.expect_navigation():
        press_access_key(page, "n")
    assert page.url.endswith(address(Initiative, "add"))
    with page.expect_navigation():
        press_access_key(page, "0")
    assert page.url.endswith("/admin/")


def test_no_key_stands_for_two_things_on_one_page(open_page):
    make_everything(1)
    page = open_page("lin")
    for path in ("/admin/", address(Initiative), change_page(Initiative.objects.get())):
        page.goto(path)
        keys = page.eval_on_selector_all("[accesskey]", "all => all.map((each) => each.accessKey)")
        assert keys and len(keys) == len({*keys}), path


@pytest.mark.parametrize("path", ["/admin/", "/admin/cities/city/", "/admin/curation/import/add/"])
def test_the_first_press_of_tab_offers_to_skip_to_the_content(open_page, path):
    page = open_page("lin")
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("getSelection().removeAllRanges()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-to-content-link"
    assert page.locator(".skip-to-content-link").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content-start') !== null")


@pytest.mark.parametrize(("width", "height"), [(1280, 700), (360, 640)])
def test_nothing_that_has_the_focus_lies_beneath_the_buttons_that_save(open_page, width, height):
    make_everything(1)
    page, hidden = open_page("lin", width), []
    page.set_viewport_size({"width": width, "height": height})
    page.goto(change_page(Initiative.objects.get()))
    for key in ("Tab", "Shift+Tab"):
        for _press in range(120):
            page.keyboard.press(key)
            hidden += filter(None, [page.evaluate(UNDER_THE_BAR)])
    assert hidden == []


def test_a_new_form_begins_in_its_first_field(open_page):
    page = open_page("lin")
    page.goto(address(Initiative, "add"))
    assert page.evaluate("document.activeElement.name") == "title"


def test_from_the_desk_to_a_case_and_on_to_its_next_step(open_page):
    case = make_case("Waits", city=make_city("Tartu"), state="review", summary="Boats that come when called.")
    page = open_page("lin")
    page.goto("/admin/")
    press_tab_until(page, f".desk a[href='{change_page(case)}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_tab_until(page, "[name=without]")
    page.keyboard.press("Space")
    press_tab_until(page, "button[value=publish]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    case.refresh_from_db()
    assert case.state == Publishable.State.PUBLISHED


def test_a_filter_is_opened_and_chosen(open_page):
    make_case("Draft", state="draft")
    make_case("Seen")
    page = open_page("lin")
    page.goto(address(Initiative))
    press_tab_until(page, "#changelist-filter summary")
    page.keyboard.press("Enter")
    press_tab_until(page, "#changelist-filter a[href*='draft']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#result_list tbody tr").count() == 1


def test_what_is_wrong_leads_to_its_field(open_page):
    case = make_case("Seen by readers", summary="Boats.")
    page = open_page("lin")
    page.goto(change_page(case))
    page.fill("[name=title]", "Another title")
    with page.expect_navigation():
        press_access_key(page, "s")
    press_tab_until(page, ".problems a")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#id_reason_for_change"
    page.keyboard.press("Tab")
    assert page.evaluate(UNDER_THE_BAR) == ""
