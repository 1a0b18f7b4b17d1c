"""The map in a real browser: what is said of it, by keyboard, without a script, on a narrow screen."""

import pytest

from cities.models import City
from tests import factories as make
from tests.browser import needs_browser

pytestmark = needs_browser

# Rectangles of names and marks as the browser sets them, and which of them overlap or leave the picture.
OVERLAPS = """
() => [...document.querySelectorAll('svg.map__picture')].filter((s) => s.getBoundingClientRect().width).map((s) => {
  const names = [...s.querySelectorAll('.map__label')].map((e) => [e.textContent, e.getBBox()]);
  const marks = [...s.querySelectorAll('.map__disc')].map((e) => ['a mark', e.getBBox()]);
  const hit = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const wrong = [], view = s.viewBox.baseVal;
  names.forEach(([name, box], n) => {
    [...names.slice(n + 1), ...marks].forEach(([other, b]) => { if (hit(box, b)) wrong.push([name, other]); });
    if (box.x < 0 || box.x + box.width > view.width) wrong.push([name, 'the edge']);
  });
  return [names.length, wrong];
})
"""


@pytest.fixture
def cities():
    """Thirty cities in a part of China, so close that names would overlap; two of them nearly in one place."""
    for n in range(30):
        city = make.make_city(
            f"City {n}",
            name_local=f"某某市第{n}",
            latitude=22 + n % 29 * 7 % 29 * 0.6,
            longitude=103 + n % 29 * 11 % 29 * 0.7 + n // 29 * 0.3,
        )
        make.make_case(f"Case {n}", city=city)
    return City.objects.all()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_no_name_overlaps_another_or_a_mark_and_the_page_is_as_wide_as_the_screen(
    cities, open_page, width, prefix
):
    page = open_page("", width, javascript=True)
    page.goto(f"{prefix}/map/")
    [(names, wrong)] = page.evaluate(OVERLAPS)
    assert names > 1
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_marks_are_reached_by_keyboard_and_lead_on(cities, open_page):
    page = open_page("", 1280, javascript=False)
    page.goto("/map/")
    picture = page.get_by_role("group", name="Map with 30 cities")
    assert picture.is_visible()
    group = picture.get_by_role("link", name="nearer").first
    group.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/?view=*")
    single = page.get_by_role("group").get_by_role("link", name="1 case").first
    single.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?city=*")
    assert page.locator("#count").inner_text() == "1 case"


def test_a_finger_hits_every_mark(cities, open_page):
    page = open_page("", 360)
    page.goto("/map/")
    boxes = [mark.bounding_box() for mark in page.locator(".map__narrow .map__mark").all()]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes) >= 22
