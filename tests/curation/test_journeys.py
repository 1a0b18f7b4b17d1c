"""The main jobs of staff in a real browser, from the first page on, as somebody does them who knows only the guide."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User

from cases.models import Initiative
from cities.models import City
from curation.models import Import
from records.models import Publishable
from sources.models import Source
from tests.browser import needs_browser
from tests.factories import make_case, make_city, make_population, make_programme, make_source
from tests.staff import change_page

pytestmark = needs_browser
LIST = Path(__file__).parent / "imports" / "lists" / "shared-mobility.csv"


def staff(name: str, role: str) -> str:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    return name


def choose(page, field: str, text: str) -> None:
    """Finds a record by its name in one of the search boxes of a form."""
    page.click(f"[aria-labelledby~='select2-id_{field}-container']")
    page.fill(".select2-search__field", text)
    page.click(f".select2-results__option:has-text('{text}')")


def save(page) -> None:
    page.click("[name=_save] >> nth=0")
    assert not page.query_selector(".errornote"), page.inner_text("#content")


def write_a_case(page) -> tuple[City, Initiative]:
    """A city and a case in it, typed into the forms of the staff pages."""
    page.goto("/admin/cities/city/add/")
    page.fill("[name=name]", "Tartu")
    page.fill("[name=slug]", "tartu")
    page.select_option("[name=country]", "EE")
    save(page)

    page.goto("/admin/cases/initiative/add/")
    page.fill("[name=title]", "Bicycles for all")
    choose(page, "city", "Tartu")
    choose(page, "programme", "An award")
    choose(page, "source", "Our notes")
    page.fill("[name=first_line]", "1")
    page.fill("[name=last_line]", "20")
    page.fill("[name=summary]", "The city lends bicycles to whoever asks.")
    save(page)
    case, city = Initiative.objects.get(), City.objects.get()
    assert case.state == city.state == Publishable.State.DRAFT
    return city, case


def is_read(reader, case: Initiative) -> None:
    """Readers open the page of a case, and find it by a word of it."""
    assert reader.goto(case.get_absolute_url()).status == 200
    assert case.title in reader.inner_text("h1")
    reader.goto("/cases/?q=bicycle")
    assert reader.query_selector(f"[data-id={case.slug}]")


@pytest.fixture
def to_choose(db):
    """What a new case is to be filed under."""
    make_programme("An award")
    make_source("our-notes", title="Our notes", line_count=50)


def test_a_case_from_nothing_to_published_by_one_curator_where_the_operator_allows_it(
    open_page, to_choose, settings
):
    settings.PUBLISH_ALONE = True
    mei = open_page(staff("mei", "curator"))
    city, case = write_a_case(mei)
    for record in (city, case):
        mei.goto(change_page(record))
        mei.check("[name=without]")
        mei.click("button[value=publish]")
    is_read(open_page(""), case)


def test_a_case_from_nothing_to_published_by_two_people(open_page, to_choose):
    lin, mei = open_page(staff("lin", "contributor")), open_page(staff("mei", "curator"))
    city, case = write_a_case(lin)
    for record in (city, case):
        lin.goto(change_page(record))
        assert not lin.query_selector("button[value=publish]")
        lin.click("button[value=send]")

    mei.goto("/admin/")
    assert case.title in mei.inner_text(".desk")
    mei.goto(change_page(case))
    mei.click("a:has-text('Preview')")
    assert "The city lends bicycles" in mei.inner_text("main")
    for record in (city, case):
        mei.goto(change_page(record))
        mei.check("[name=without]")
        mei.click("button[value=publish]")

    is_read(open_page(""), case)


def test_a_figure_of_a_city_is_corrected_with_its_source_and_taken_back(open_page):
    city = make_city("Tartu", country="EE")
    figure = make_population(city, 97_000)
    mei, reader = open_page(staff("mei", "curator")), open_page("")

    mei.goto(change_page(figure))
    mei.fill("[name=value]", "97435")
    choose(mei, "source", figure.figures.source.title)
    mei.fill("[name=printed]", "97,435")
    mei.fill("[name=first_line]", "7")
    mei.fill("[name=last_line]", "7")
    mei.click("[name=_save] >> nth=0")
    assert "Say why" in mei.inner_text("#content")
    assert mei.input_value("[name=value]") == "97435"
    mei.fill("[name=reason_for_change]", "counted again in 2021")
    save(mei)
    reader.goto(city.get_absolute_url())
    assert "97,435" in reader.inner_text("main")

    mei.goto(f"/admin/cities/city/{city.pk}/history/")
    said = mei.inner_text("#content")
    assert all(part in said for part in ("mei", "counted again in 2021", "97435", "97000"))
    mei.click("a:has-text('Undo this operation')")
    mei.fill("[name=reason_for_change]", "the count was of the county")
    mei.click("form .submit-row [type=submit], form button.default")
    figure.refresh_from_db()
    assert figure.value == 97_000


def bring_in(page, table: str, source: str, columns: dict[str, str], fixed: dict[str, str]) -> None:
    """Sends the list of another organisation, says which column is which, and imports what the preview shows."""
    page.goto("/admin/")
    page.click("a[href='/admin/curation/import/add/']")
    page.select_option("[name=table]", table)
    page.set_input_files("[name=file]", LIST)
    if source:
        page.select_option("[name=source]", label=source)
    else:
        page.fill("[name=title]", "Shared mobility")
        page.fill("[name=rights]", "CC0")
    page.click(".submit-row [type=submit]")
    assert "800 rows below the heading." in page.inner_text("#content")
    for ours, theirs in columns.items():
        named = page.locator(f"[name=column-{ours}] option").filter(
            has_text=re.compile(f"^[A-Z]+: {theirs}$")
        )
        page.select_option(f"[name=column-{ours}]", named.get_attribute("value"))
    for ours, text in fixed.items():
        page.fill(f"[name=value-{ours}]", text)
    page.click("text=Make the preview")
    assert "Nothing is saved yet." in page.inner_text("#content")
    assert page.inner_text(".counts a:last-of-type") == "refused 0"
    page.fill("[name=reason_for_change]", "their list of this year")
    page.click(".submit-row [type=submit]")
    assert "Imported" in page.inner_text("[role=status]"), page.inner_text("#content")


def test_800_records_of_another_list_go_in_and_are_taken_back(open_page):
    make_programme("An award")
    mei = open_page(staff("mei", "curator"))
    mei.set_default_timeout(120_000)
    bring_in(mei, "cities", "", {"name": "Location", "country": "Country Code"}, {})
    assert City.objects.count() > 400
    given = {"programme": "an-award", "summary": "A scheme of shared mobility."}
    bring_in(mei, "cases", "Shared mobility", {"title": "Name", "city": "Location"}, given)
    assert Initiative.objects.filter(state=Publishable.State.DRAFT).count() == 800
    for _table in ("cases", "cities"):
        mei.fill("[name=reason_for_change]", "only a trial")
        mei.click("text=Take it back")
        assert "Taken back" in mei.inner_text("[role=status]"), mei.inner_text("#content")
        mei.goto("/admin/curation/import/")
        mei.click("#result_list tbody tr:last-child .field-file_name a")
    assert not Initiative.objects.exists() and not City.objects.exists()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_an_import_that_is_not_wanted_is_deleted_once_that_is_confirmed(open_page, has_javascript):
    mei = open_page(staff("mei", "curator"), javascript=has_javascript)
    mei.goto("/admin/curation/import/add/?table=cities")
    mei.set_input_files("[name=file]", LIST)
    mei.fill("[name=title]", "Shared mobility")
    mei.fill("[name=rights]", "CC0")
    mei.click(".submit-row [type=submit]")
    for button in ("No, take me back", "Yes, I’m sure"):
        assert Import.objects.count() == Source.objects.count() == 1
        mei.click("text=Delete the import")
        assert "Source that was made with it: Shared mobility" in mei.inner_text("#content")
        mei.click(f"text={button}" if button.startswith("No") else f"[value='{button}']")
    assert "was deleted" in mei.inner_text(".messagelist")
    assert not Import.objects.exists() and not Source.objects.exists()


def test_two_cities_that_are_one_are_merged(open_page):
    kept, other = make_city("Tartu", country="EE"), make_city("Dorpat", country="EE")
    case = make_case("Bicycles", city=other)
    mei, reader = open_page(staff("mei", "curator")), open_page("")

    mei.goto("/admin/cities/city/")
    for city in (kept, other):
        mei.check(f"[name=_selected_action][value='{city.pk}']")
    mei.select_option("select[name=action]", label="Merge selected cities")
    mei.click("button[name=index]")
    assert "Dorpat" in mei.inner_text("#content") and "Tartu" in mei.inner_text("#content")
    mei.check(f"[type=radio][name=kept][value='{kept.pk}']")
    mei.fill("[name=reason_for_change]", "the older name of the same city")
    mei.click("[name=confirm]")

    case.refresh_from_db()
    assert case.city == kept and not City.objects.filter(pk=other.pk).exists()
    reader.goto("/cities/dorpat/")
    assert reader.url.endswith("/cities/tartu/")


def test_a_deleted_case_comes_back(open_page):
    case = make_case("Bicycles", summary="Lent to whoever asks.")
    pk, path = case.pk, case.get_absolute_url()
    mei, reader = open_page(staff("mei", "curator")), open_page("")

    mei.goto(f"/admin/cases/initiative/{pk}/delete/")
    mei.fill("[name=reason_for_change]", "by mistake")
    mei.click("#content form [type=submit]")
    assert reader.goto(path).status == 404

    mei.goto("/admin/cases/initiative/")
    mei.click("a:has-text('Deleted')")
    mei.click("a:has-text('Bring back')")
    mei.fill("[name=reason_for_change]", "it was a mistake")
    mei.click("form .submit-row [type=submit], form button.default")
    assert Initiative.objects.filter(pk=pk).exists()
    assert reader.goto(path).status == 200
