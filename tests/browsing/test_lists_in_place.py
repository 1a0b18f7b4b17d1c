"""A list is brought up to date in place, its address is always that of what is shown, and nothing depends on it."""

import re

import pytest

from tests.browsing.reader import Reader

LISTS = ["/cases/", "/outcomes/", "/notes/", "/crosswalk/", "/targets/", "/partners/", "/search/?q=park"]


@pytest.fixture
def watched(open_reader):
    """A window that counts the pages it loaded, opened at an address: watched("/cases/") -> page, loads."""

    def opened(address: str, **more):
        page, loads = open_reader(**more), []
        page.on("load", lambda: loads.append(page.url))
        page.goto(address)
        return page, loads

    return opened


def _count(page) -> int:
    return int(re.search(r"\d+", page.locator("#count").inner_text())[0])


def _told(page) -> str:
    """What the live region at the foot of the page says."""
    return page.locator("body > p[role=status]").inner_text()


@pytest.mark.parametrize("address", LISTS)
def test_a_tick_shows_what_a_visit_to_that_address_shows_without_loading_a_page(watched, address):
    page, loads = watched(address)
    before = page.url
    page.locator(".filters input[type=checkbox]").first.check()
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_function("document.querySelector('.list-layout').getAttribute('aria-busy') === null")
    in_place, title = page.locator("main").inner_html(), page.title()
    assert loads == [before] and _told(page) == page.locator("#count").inner_text()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    page.goto(page.url)
    assert page.title() == title and page.locator("link[rel=canonical]").get_attribute("href") == canonical
    assert _bare(page.locator("main").inner_html()) == _bare(in_place)


def _bare(html: str) -> str:
    """Without what scripts add to fields, the numbers of their lists, and who tells the count."""
    html = html.replace('id="count" role="status"', 'id="count"')
    return re.sub(r'suggestions-\d+|selected=""|checked=""| open=""|\s+', " ", html).replace(" >", ">")


def test_back_and_forward_go_through_what_was_seen(watched):
    page, loads = watched("/cases/")
    seen = [(page.url, _count(page))]
    for label in ("Public space", "Housing"):
        page.get_by_role("group", name="Theme").get_by_label(label).check()
        page.wait_for_function("seen => location.href !== seen", arg=page.url)
        seen.append((page.url, _count(page)))
    page.get_by_role("link", name="Remove Theme: Public space").click()
    page.wait_for_url("**/cases/?theme=housing")
    page.wait_for_function("document.activeElement.id === 'count'")
    for address, count in reversed(seen):
        page.go_back()
        page.wait_for_function(
            "count => document.getElementById('count').innerText.startsWith(count + ' ')", arg=str(count)
        )
        assert page.url == address
    page.go_forward()
    page.wait_for_url(seen[1][0])
    assert len(loads) == 1


def test_typed_words_and_an_order_are_asked_for_in_place_and_a_next_page_begins_at_its_top(watched):
    page, loads = watched("/outcomes/")
    page.get_by_role("searchbox", name="Words").or_(page.get_by_role("combobox", name="Words")).fill("river")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=river**")
    page.goto("/outcomes/")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2**")
    page.wait_for_function("document.activeElement.id === 'count'")
    assert page.evaluate("document.getElementById('count').getBoundingClientRect().top") >= 0
    page.get_by_label("Order").select_option(index=1)
    page.wait_for_url("**sort=**")
    assert len(loads) == 2


def test_what_is_refused_is_told_and_loses_nothing(watched):
    page, _loads = watched("/cases/?theme=housing")
    page.evaluate("""document.querySelector('input[name=theme][value=housing]').value = 'no-such-theme'""")
    page.get_by_role("group", name="City").get_by_role("checkbox").first.check()
    page.get_by_role("alert").wait_for()
    assert "no-such-theme" in page.get_by_role("alert").inner_text() and "theme=no-such-theme" in page.url


def test_what_is_new_is_told_once(open_reader):
    reader = Reader(open_reader())
    reader.open("/cases/")
    tell = "() => window.__announced.filter(Boolean)"
    reader.page.evaluate("window.__announced = []")
    reader.page.get_by_role("group", name="Theme").get_by_label("Housing").check()
    reader.page.locator("ul.chips").wait_for()
    assert reader.page.evaluate(tell) == ["3 cases"]
    reader.page.evaluate("window.__announced = []")
    reader.page.get_by_role("link", name="Remove Theme: Housing").click()
    reader.page.wait_for_function("document.activeElement.id === 'count'")
    assert reader.page.evaluate(tell) == []  # the count has the focus, and is read for that
    reader.page.evaluate("document.querySelector('input[name=theme][value=housing]').value = 'no-such-theme'")
    reader.page.get_by_role("group", name="Theme").locator("[value=no-such-theme]").check()
    reader.page.get_by_role("alert").wait_for()
    [said] = reader.page.evaluate(tell)
    assert "no-such-theme" in said


def test_where_an_answer_fails_the_browser_goes_there_itself(watched):
    page, loads = watched("/cases/")
    failed = []

    def fail_once(route):
        if failed or route.request.resource_type != "fetch":
            return route.continue_()
        failed.append(route.request.url)
        return route.abort()

    page.route("**/cases/?*", fail_once)
    page.get_by_role("group", name="Theme").get_by_label("Housing").check()
    page.wait_for_function("document.querySelector('.chips')")
    assert failed and len(loads) == 2 and _count(page) == 3


@pytest.fixture
def slow(watched):
    """The list of cases over a line where each answer takes six tenths of a second, once the page is there."""
    page, _loads = watched("/cases/?sort=title")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 600, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", line)
    return page


@pytest.mark.parametrize("rest", [150, 700, 850, 1050])
def test_no_tick_is_lost_to_a_slow_answer(slow, rest):
    themes = slow.get_by_role("group", name="Theme")
    for label, after in (("Housing", rest), ("Biodiversity", 200), ("Public space", 0)):
        themes.get_by_label(label).check()
        slow.wait_for_timeout(after)
    slow.wait_for_function("(location.search.match(/theme=/g) || []).length === 3")
    slow.wait_for_function("document.querySelectorAll('.chips a.chip').length === 3")
    assert themes.locator("input:checked").count() == 3


def test_words_typed_while_an_answer_comes_stay_and_the_caret_with_them(slow):
    slow.get_by_role("group", name="Theme").get_by_label("Housing").check()
    slow.wait_for_timeout(400)
    field = slow.locator("#filter-q")
    field.press_sequentially("lagoon", delay=120)
    slow.wait_for_url("**theme=housing**")
    slow.wait_for_timeout(200)
    slow.keyboard.type("s")
    assert field.input_value() == "lagoons"


def test_back_with_the_sheet_open_leads_to_the_list(open_reader):
    page = open_reader(width=360, height=740)
    page.goto("/cases/")
    page.get_by_text("Search and filter").click()
    page.get_by_role("group", name="Theme").get_by_label("Housing").check()
    page.wait_for_url("**theme=housing**")
    page.wait_for_timeout(200)
    page.go_back()
    page.wait_for_function("document.activeElement.id === 'count'")
    assert not page.locator("[inert]").count() and not page.locator(".sheet[open]").count()


def test_a_filter_with_a_single_value_is_chosen_from_the_fold_which_stays_open(watched):
    page, loads = watched("/targets/")
    fold = page.locator("details.filters__single")
    every, before = _count(page), page.url
    assert fold.locator("summary").inner_text() == "Further filters" and fold.get_attribute("open") is None
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("before => location.href !== before", arg=before)
    page.locator("ul.chips").wait_for()
    assert 0 < _count(page) < every and len(loads) == 1
    assert page.evaluate("document.activeElement.matches('.filters__single input:checked')")
    chosen = page.url
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function("chosen => location.href !== chosen", arg=chosen)
    page.locator("ul.chips").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.filters__single[open] > summary')")


def test_a_group_that_is_folded_away_while_it_has_the_focus_is_unfolded(watched):
    page, _loads = watched("/notes/")
    page.evaluate("""() => {
        document.querySelector("input[name=kind][value=missing]").click();
        const city = document.querySelector("input[name=city][value=shanghai]");
        city.closest("details").open = true;
        city.focus();
    }""")
    page.wait_for_url("**kind=missing**")
    page.locator("ul.chips").wait_for()
    assert page.evaluate("document.activeElement.matches('.filters__single[open] input[name=city]')")


def test_without_scripts_the_form_does_the_same(open_reader):
    page = open_reader(java_script_enabled=False)
    page.goto("/cases/")
    page.get_by_role("group", name="Theme").get_by_label("Housing").check()
    page.get_by_role("button", name="Apply filters").click()
    assert _count(page) == 3 and "theme=housing" in page.url


def test_on_a_phone_the_filters_are_a_sheet_that_leaves_nothing_else_to_reach(open_reader):
    page = open_reader(width=360, height=740)
    page.goto("/cases/")
    page.get_by_text("Search and filter").click()
    page.wait_for_selector(".sheet--over")
    assert page.locator("header").evaluate("e => e.inert") and page.locator("footer").evaluate("e => e.inert")
    page.get_by_role("group", name="Theme").get_by_label("Housing").check()
    page.get_by_role("button", name="Show 3 cases").click()
    page.wait_for_function("document.activeElement.id === 'count'")
    assert not page.locator("header").evaluate("e => e.inert") and not page.locator(".sheet--over").count()
    page.get_by_text("Search and filter").click()
    page.wait_for_selector(".sheet--over")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sheet > summary')")
    assert not page.locator(".sheet[open]").count()


def test_on_a_phone_the_button_of_the_sheet_promises_no_number_while_a_word_is_typed(open_reader):
    page = open_reader(width=360, height=740)
    page.goto("/cases/")
    page.get_by_text("Search and filter").click()
    button, field = page.locator(".filters > button[type=submit]"), page.locator("#filter-q")
    every = button.inner_text()
    assert re.fullmatch(r"Show \d+ cases", every)
    field.fill("park")
    assert button.inner_text() == "Apply filters"
    field.fill("")
    assert button.inner_text() == every
    field.fill("park")
    page.get_by_role("group", name="Theme").get_by_role("checkbox").first.check()
    page.wait_for_url("**q=park&theme=**")
    page.wait_for_function("document.querySelector('.filters > button').textContent.startsWith('Show ')")
    assert button.inner_text() == f"Show {page.locator('#count').text_content().strip()}" != every


def test_a_citation_is_copied_and_the_menu_closes_when_it_is_left(open_reader, base):
    page = open_reader(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/cases/xianning-child-friendly-routes-to-school/")
    page.get_by_role("button", name=re.compile("Copy: APA")).click()
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-apa [data-copied]").inner_text() and base in copied
    page.get_by_text("More", exact=True).click()
    page.keyboard.press("Escape")
    assert not page.locator(".site-nav__more[open]").count()
    page.get_by_text("More", exact=True).click()
    page.locator("h1").click()
    assert not page.locator(".site-nav__more[open]").count()
