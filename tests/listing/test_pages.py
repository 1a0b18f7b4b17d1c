import pytest
from django.http import Http404

from listing.addresses import Address
from listing.pages import page_links, page_of


def test_the_first_page_is_there_even_without_rows():
    assert page_of([], "", 20).number == page_of([], "1", 20).number == 1
    assert page_of(range(41), "3", 20).object_list == range(40, 41)


@pytest.mark.parametrize("asked", ["0", "-1", "01", "1.0", "x", "1e3", "٣", "2\x00", "9" * 500])
def test_what_is_no_page_number_is_404_with_a_message(asked):
    with pytest.raises(Http404, match="numbered from 1 to 3"):
        page_of(range(41), asked, 20)


@pytest.mark.parametrize(("rows", "asked"), [(41, "4"), (0, "2"), (20, "2"), (1, "999999999")])
def test_beyond_the_last_page_is_404_that_names_it(rows, asked):
    with pytest.raises(Http404, match=f"no page {asked}: this list ends with page {-(-rows // 20) or 1}"):
        page_of(range(rows), asked, 20)


def test_links_keep_the_query_and_the_first_page_has_no_number():
    links = page_links(page_of(range(60), "2", 20), Address("/c/", [("q", "a")]))
    assert links["previous"] == "/c/?q=a"
    assert links["next"] == "/c/?q=a&page=3"
    assert [(n["number"], n["current"]) for n in links["numbers"]] == [(1, False), (2, True), (3, False)]


def test_many_pages_are_shown_with_gaps():
    links = page_links(page_of(range(2000), "50", 20), Address("/c/"))
    numbers = [each["number"] for each in links["numbers"]]
    assert numbers == [1, None, 48, 49, 50, 51, 52, None, 100]


def test_the_ends_have_no_neighbour():
    links = page_links(page_of([], "", 20), Address("/c/"))
    assert (links["previous"], links["next"]) == (None, None)
