"""The staff pages in a real browser: nothing of a row lies outside the window."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from cases.models import Initiative
from cities.models import Alliance, CityFigures, Figure
from declarations.models import Declaration
from sources.models import SourceText
from tests.browser import needs_browser
from tests.everything import make_everything
from tests.staff import address, change_page

LONG = "A Programme With a Long Name for the Renewal of Streets and Houses"
PARENTS = [CityFigures, Initiative, Alliance, Declaration]

pytestmark = needs_browser

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


@pytest.mark.parametrize("width", [1280, 360])
def test_every_list_fits_the_window(open_page, width):
    make_everything(2)
    Initiative.objects.update(title=LONG)
    Figure.objects.update(text="Industry, tourism and agriculture", printed="7,434 and more")
    page, outside = open_page("lin", width), {}
    for model in admin.site._registry:
        page.goto(address(model))
        assert page.locator("#changelist").count(), model
        found = page.evaluate(OUTSIDE)
        if found:
            outside[model._meta.label] = found
    assert outside == {}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model._meta.label)
def test_the_printed_form_and_its_lines_are_in_sight_beside_each_value(open_page, width, model):
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
    page = open_page("lin", width)
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


# Whether the middle and each corner of a part belong to it, and nothing lies over them.
COVERED = """(box) => {
  const {left, right, top, bottom} = box.getBoundingClientRect();
  const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
  return points.filter(([x, y]) => document.elementFromPoint(x, y) !== box).length;
}"""


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_on_a_phone_the_boxes_that_tick_rows_are_whole_and_large_enough_for_a_thumb(open_page, language):
    make_everything(2)
    addresses = [address(model) for model in (Initiative, CityFigures, User)]
    page = open_page("lin", 360)
    for path in addresses:
        page.goto(language + path)
        for box in ("#action-toggle", ".action-select >> nth=0"):
            part = page.locator(box)
            part.scroll_into_view_if_needed()
            assert part.evaluate(COVERED) == 0, (path, box)
            size = part.bounding_box()
            assert min(size["width"], size["height"]) >= 24, (path, box)


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_on_a_phone_delete_stands_apart_from_what_saves(open_page, language):
    make_everything(1)
    addresses = [change_page(model.objects.first()) for model in (Initiative, CityFigures, Declaration)]
    page = open_page("lin", 360)
    for path in addresses:
        page.goto(language + path)
        away = page.locator(".submit-row:has([name=_save]) .deletelink").bounding_box()
        for button in page.locator(".submit-row:has([name=_save]) input:visible").all():
            save = button.bounding_box()
            assert away["y"] - (save["y"] + save["height"]) >= 20, path
            assert away["height"] >= 24, path
