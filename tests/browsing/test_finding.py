"""How readers find things, by keyboard alone, and what they are told on the way."""

import csv
import io
import re

import pytest

from tests.browsing.reader import Reader


@pytest.fixture
def reader(open_reader) -> Reader:
    return Reader(open_reader())


@pytest.fixture
def phone(open_reader) -> Reader:
    return Reader(open_reader(360, 740, has_touch=True, is_mobile=True))


def choose(reader: Reader, *names: str) -> None:
    """Ticks boxes of the filters; the list follows at once, and the focus stays where it is."""
    for name in names:
        before = reader.page.url
        reader.tick(re.compile(rf"^{name} \d+$"))
        reader.page.wait_for_url(lambda address, before=before: address != before)
        reader.page.get_by_role("checkbox", name=re.compile(rf"^{name} \d+$"), checked=True).wait_for()
        assert reader.has_focus("checkbox", re.compile(rf"^{name} \d+$"))


def count_told(reader: Reader) -> int:
    """The number that a list says it holds."""
    return int(re.search(r"(\d+) (?:case|outcome|result)s?", reader.told())[1])


def chips(reader: Reader) -> list[str]:
    return reader.link_names(reader.page.get_by_role("list", name="Filters in use"))


def test_from_a_theme_to_a_case_to_its_outcomes(reader):
    reader.open("/")
    reader.follow("Themes", reader.page.get_by_role("navigation", name="Main"))
    assert reader.headings(1) == ["Themes"]
    reader.follow(re.compile("^Urban renewal"), reader.page.get_by_role("main"))
    assert reader.headings(1) == ["Urban renewal"]
    reader.follow("Century-Old Zhangyuan and Its Journey of Renewal")
    assert reader.page.title().startswith("Century-Old Zhangyuan and Its Journey of Renewal, Shanghai")
    reader.follow("Outcomes", reader.page.get_by_role("navigation", name="On this page"))
    assert reader.page.url.endswith("#outcome-table")
    table = reader.page.get_by_role("region", name="Achieved").get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Indicator",
        "As printed",
        "Value read",
        "Date",
        "Where",
    ]
    # The keyboard goes on from where the heading is, not from the top of the page.
    row = table.get_by_role("row").filter(has=reader.page.get_by_role("rowheader")).first
    reader.pressed = 0
    reader.reach("link", re.compile(r"line \d+"), row)
    assert reader.pressed < 15
    reader.follow("These outcomes as a list, to filter and to take away")
    assert reader.headings(1) == ["Outcomes"]
    assert count_told(reader) > 5
    assert chips(reader)[0].startswith("Remove Case: Century-Old Zhangyuan")


def test_haikou_is_found_in_chinese_on_a_phone_from_what_is_suggested(phone):
    phone.open("/")
    field = phone.reach("combobox", "Search the whole catalogue")
    assert field.get_attribute("aria-expanded") == "false"
    phone.type("海口")
    option = phone.page.get_by_role("option", name=re.compile("Haikou 海口.*City"))
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    phone.page.wait_for_function("window.__announced.some((each) => each.includes('suggestion'))")
    for _option in phone.page.get_by_role("option").all():
        phone.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    with phone.page.expect_navigation():
        phone.press("Enter")
    assert phone.headings(1) == ["Haikou 海口"]
    assert "Protection of Blue-Tailed Bee-Eaters" in " ".join(phone.headings(3))
    assert phone.page.get_by_text("海口", exact=True).first.get_attribute("lang") == "zh-Hans"


def test_haikou_is_found_in_chinese_on_a_phone_by_searching(phone):
    phone.open("/zh-hans/")
    phone.page.keyboard.press("Tab")
    field = phone.page.locator("#site-q")
    name = field.evaluate("(field) => field.labels[0].textContent")
    phone.reach("combobox", name)
    phone.submit("海口")
    assert phone.told().startswith("2 ")
    assert phone.headings(2) == [
        "海口 Haikou",
        "Protection of Blue-Tailed Bee-Eaters in the Lower Reaches of Haikou's Wuyuan River",
        "取用此列表",  # of the exports
    ]


def test_two_themes_and_a_city_are_chosen_and_one_of_them_dropped(reader):
    reader.open("/cases/")
    choose(reader, "Urban renewal", "Public space", "Shanghai")
    themes = {"Remove Theme: Urban renewal ×", "Remove Theme: Public space ×"}
    assert {*chips(reader)} == {"Remove City: Shanghai ×", *themes, "Clear all filters"}
    assert (
        count_told(reader) == len(reader.headings(2)) - 1 == 1
    )  # the heading of the exports is none of the rows
    assert reader.page.get_by_role("checkbox", name=re.compile("^Shanghai")).is_checked()
    assert "1 case" in reader.announced()
    reader.follow("Remove City: Shanghai")
    reader.page.get_by_role("link", name="Remove City: Shanghai").wait_for(state="detached")
    assert {*chips(reader)} == {*themes, "Clear all filters"}
    assert count_told(reader) == 6
    # What had the focus is gone: the new count has it, and is read.
    assert reader.page.evaluate("document.activeElement.textContent").strip() == "6 cases"
    shared = reader.page.url
    reader.page.go_back()
    reader.page.get_by_role("link", name="Remove City: Shanghai").wait_for()
    assert count_told(reader) == 1
    reader.open(shared)
    assert count_told(reader) == 6


def test_on_a_phone_the_filters_are_a_sheet_that_leads_back_to_the_list(phone):
    phone.open("/cases/")
    sheet = phone.page.locator("details.sheet")
    phone.unfold(sheet)
    # Nothing behind the sheet is there to be read or reached.
    phone.page.wait_for_function("document.querySelector('h1').closest('[inert]')")
    choose(phone, "Urban renewal")
    assert "4 cases" in phone.announced()
    phone.reach("button", re.compile("4 cases"), sheet)
    phone.press("Enter")
    phone.page.wait_for_function("document.activeElement.id === 'count'")
    assert not sheet.evaluate("(sheet) => sheet.open")
    assert count_told(phone) == 4
    phone.unfold(sheet)
    phone.press("Escape")
    phone.page.wait_for_function("!document.querySelector('[inert]')")
    assert sheet.locator("summary").first.evaluate("(part) => part === document.activeElement")


def test_without_a_script_the_same_filters_are_applied_by_a_button(open_reader):
    reader = Reader(open_reader(java_script_enabled=False))
    reader.page.goto("/cases/")
    for name in ("Urban renewal", "Shanghai"):
        reader.page.get_by_role("checkbox", name=re.compile(rf"^{name} \d+$")).check()
    reader.page.get_by_role("button", name="Apply filters").click()
    assert count_told(reader) == 1
    assert chips(reader)[0] == "Remove City: Shanghai ×"


def test_a_filtered_list_is_taken_away_with_as_many_rows_as_it_said(reader):
    reader.open("/outcomes/")
    every = count_told(reader)
    choose(reader, "achieved")
    said = count_told(reader)
    assert 20 < said < every
    exports = reader.page.get_by_role("region", name="Take this list with you")
    assert f"All {said} rows" in exports.inner_text()
    reader.reach("link", "CSV for programs", exports)
    with reader.page.expect_download() as awaited:
        reader.press("Enter")
    text = awaited.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == said
    assert {row["status"] for row in rows} == {"achieved"}


def test_a_misspelt_query_is_answered_and_an_unanswerable_one_leads_on(reader):
    reader.open("/")
    reader.reach("combobox", "Search the whole catalogue")
    reader.submit("wetlnads")
    main = reader.page.get_by_role("main")
    assert re.search("Nothing here holds “wetlnads”.*Shown are results for “wetlands?”", main.inner_text())
    assert count_told(reader) > 0
    reader.follow("Search for “wetlnads” as typed")
    assert count_told(reader) == 0
    reader.reach("combobox", "Search the whole catalogue")
    reader.press("Control+a")
    reader.submit("xyzzyplugh")
    assert reader.told().startswith("0 results")
    assert "Nothing here holds: “xyzzyplugh”" in main.inner_text()
    reader.follow("Look through the themes")
    assert reader.headings(1) == ["Themes"]


def test_the_first_press_of_tab_offers_to_skip_to_the_content(reader):
    for path in ("/", "/cases/", "/zh-hans/outcomes/"):
        reader.open(path)
        reader.press("Tab")
        assert reader.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        reader.press("Enter")
        reader.press("Tab")
        assert reader.page.evaluate("document.activeElement.closest('main') !== null")
