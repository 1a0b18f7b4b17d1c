from decimal import Decimal

import pytest

from sources.reading import ReadingError, read
from sources.reading.records import Fact, Noise

from ..samples import DECLARATION, NUMBERED_DECLARATION, ROMAN_DECLARATION, line_of, ruling


def declaration(text, *rulings):
    return read(text, DECLARATION, rulings).document


def test_numbered_proposals_have_their_first_sentence_as_heading():
    first, second = declaration(NUMBERED_DECLARATION).articles
    assert (first.number, first.number_as_printed, first.heading) == (1, "1", "Keep the streets slow")
    line = line_of(NUMBERED_DECLARATION, "Plant reeds")
    assert (second.first_line, second.last_line, second.text_lines) == (line, line, (line,))


def test_roman_articles_run_from_their_heading_to_the_last_line_of_their_text():
    first, second = declaration(ROMAN_DECLARATION).articles
    assert (first.number, first.number_as_printed, first.heading) == (1, "I", "To keep the streets slow")
    assert (second.number, second.number_as_printed, second.heading) == (2, "II", "To plant reeds")
    assert first.first_line == line_of(ROMAN_DECLARATION, "To keep the streets slow")
    assert first.last_line == line_of(ROMAN_DECLARATION, "Children pass")
    assert first.text_lines == (line_of(ROMAN_DECLARATION, "Carts pass"), first.last_line)


def test_a_wide_gap_parts_the_closing_from_the_last_article():
    line = line_of(ROMAN_DECLARATION, "It is our hope")
    assert declaration(ROMAN_DECLARATION).closing == (line, line)
    assert declaration(NUMBERED_DECLARATION).closing is None


def test_text_between_two_articles_is_refused():
    text = ROMAN_DECLARATION.replace("\n\xa0\n\nII", "\n\xa0\n\nA stray remark.\n\n\n\nII")
    with pytest.raises(ReadingError, match="between the articles 1 and 2"):
        declaration(text)


def test_dates_place_and_occasion_by_dateline():
    document = declaration(NUMBERED_DECLARATION)
    assert document.adopted == Fact("2031-05-03", "03 May 2031", 5)
    assert document.place == Fact("Larkford, Kingdom of Utopia", "Larkford, Kingdom of Utopia", 5)
    assert document.occasion.printed == "Quiet Towns Forum 2031"
    assert document.held.value == "2031-05-02/2031-05-03"


def test_dates_place_and_occasion_by_the_line_of_approval():
    document = declaration(ROMAN_DECLARATION)
    assert document.adopted == Fact("2031-05-03", "May 3, 2031", line_of(ROMAN_DECLARATION, "Officially"))
    assert (document.place.printed, document.occasion.printed) == (
        "Larkford Utopia",
        "Quiet Towns Conference",
    )


def test_days_without_a_year_have_a_value_only_by_ruling():
    line = line_of(ROMAN_DECLARATION, "are gathered")
    assert declaration(ROMAN_DECLARATION).held == Fact("", "2nd to\xa03rd May", line)
    ruled = declaration(ROMAN_DECLARATION, ruling("year_supplied", line, "2nd to", "2031-05-02/2031-05-03"))
    assert ruled.held == Fact("2031-05-02/2031-05-03", "2nd to\xa03rd May", line)


def test_the_preamble_runs_to_the_first_article():
    document = declaration(ROMAN_DECLARATION)
    assert document.preamble == (
        line_of(ROMAN_DECLARATION, "We, people"),
        line_of(ROMAN_DECLARATION, "For these"),
    )


def test_counts_carry_value_unit_year_and_what_is_counted():
    counts = declaration(NUMBERED_DECLARATION).counts
    assert [(count.what, count.value, count.printed, count.unit, count.date) for count in counts] == [
        ("urban population", Decimal(1500000), "1.5 million", "", "2030"),
        ("urban population, share of the total", Decimal(40), "40%", "%", "2030"),
    ]
    assert [(count.what, count.value) for count in declaration(ROMAN_DECLARATION).counts] == [
        ("cities", 12),
        ("countries and regions", 3),
    ]


def test_navigation_and_repeated_titles_are_noise():
    noise = {use.line: use.noise for use in read(NUMBERED_DECLARATION, DECLARATION).lines if use.noise}
    assert noise == {1: Noise.WEBSITE_NAVIGATION, 7: Noise.TITLE_PAGE}
    last = len(ROMAN_DECLARATION.split("\n"))
    noise = {use.line: use.noise for use in read(ROMAN_DECLARATION, DECLARATION).lines if use.noise}
    assert noise == dict.fromkeys((1, 3, last), Noise.WEBSITE_NAVIGATION)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  2. Plant", "  3. Plant", "article 3 stands where article 2"),
        ("03 May 2031", "33 May 2031", "is no date"),
        ("| 03 May 2031", "", "date of adoption was not found"),
        ("Quiet Towns Forum 2031", "Quiet Towns 2031", "occasion was not found"),
        ("  1. Keep", "Keep", "article 2 stands where article 1"),
    ],
)
def test_what_is_out_of_order_or_missing_is_refused(old, new, message):
    with pytest.raises(ReadingError, match=message):
        declaration(NUMBERED_DECLARATION.replace(old, new))


def test_a_declaration_without_articles_or_preamble_is_refused():
    head, _, _ = NUMBERED_DECLARATION.partition("  1.")
    with pytest.raises(ReadingError, match="no articles"):
        declaration(head)
    with pytest.raises(ReadingError, match="no preamble"):
        declaration("Pebble Declaration\n\n1. Dig. Then plant.")
