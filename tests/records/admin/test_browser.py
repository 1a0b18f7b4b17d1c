"""Two people at one record in a real browser, and the pages of the history at the width of a phone."""

import pytest

from cases.models import Initiative
from records import history, past
from tests.browser import needs_browser
from tests.factories import make_case, make_section
from tests.staff import address, change_page

pytestmark = needs_browser


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_of_two_merges_and_chooses_and_then_saves(open_page, javascript):
    case = make_case("one", summary="As it was.")
    make_section(case, "As it was.")
    first, second = open_page("lin"), open_page("mei", javascript=javascript)
    for page in (first, second):
        page.goto(change_page(case))
    first.fill("[name=summary]", "By Lin.")
    first.fill("[name=lead_digest]", "Opening by Lin.")
    first.fill("fieldset.reason [name=reason_for_change]", "counted again")
    first.click("[name=_save] >> nth=0")
    second.fill("[name=summary]", "By Mei.")
    second.fill("[name=title]", "A title by Mei")
    second.fill("fieldset.reason [name=reason_for_change]", "the source says so")
    second.click("[name=_save] >> nth=0")
    panel = second.inner_text(".meanwhile")
    for said in ("lin", "counted again", "As it was.", "By Lin.", "By Mei.", "Opening by Lin."):
        assert said in panel
    assert second.input_value("[name=summary]") == "By Mei."
    assert second.input_value("[name=lead_digest]") == "Opening by Lin."
    assert second.input_value("fieldset.reason [name=reason_for_change]") == "the source says so"
    second.check(".meanwhile input[value=mine]")
    second.click("[name=_save] >> nth=0")
    second.wait_for_url("**/admin/cases/initiative/")
    case.refresh_from_db()
    assert (case.title, case.summary, case.lead_digest) == ("A title by Mei", "By Mei.", "Opening by Lin.")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reason_typed_beside_the_state_is_sent_by_save_where_the_lower_one_is_empty(open_page, javascript):
    case, page = make_case("one"), open_page("lin", javascript=javascript)
    for lower, kept in ("", "typed above"), ("typed below", "typed below"):
        page.goto(change_page(case))
        page.fill("[name=summary]", f"It became: {kept}.")
        page.locator(".workflow").get_by_label("Reason:", exact=True).fill("typed above")
        page.get_by_label("Reason for this change:").fill(lower)
        page.click("[name=_save] >> nth=0")
        page.wait_for_url("**/admin/cases/initiative/")
        assert past.changes_of(case).first().operation.reason == kept


@pytest.mark.parametrize("javascript", [True, False])
def test_a_step_takes_its_reason_and_enter_in_a_field_saves_and_takes_none(open_page, javascript):
    case, page = make_case("one"), open_page("lin", javascript=javascript)
    page.goto(change_page(case))
    page.fill("[name=title]", "Another title")
    page.fill("[name=summary]", "What it became.")
    page.fill("[name=reason_for_step]", "as it is printed")
    page.press("[name=title]", "Enter")
    page.wait_for_url("**/admin/cases/initiative/")
    case.refresh_from_db()
    assert (case.title, case.state) == ("Another title", "published")
    page.goto(change_page(case))
    page.fill("[name=reason_for_step]", "Counted twice.")
    page.click("button[value=withdraw]")
    case.refresh_from_db()
    assert (case.state, case.state_reason) == ("withdrawn", "Counted twice.")


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
