import pytest

from sources.reading import ReadingError
from sources.reading.records import Noise

from ...samples import FRONT, TAIL, collection, first_case, line_of, oldport_title, read_collection, ruling


def noise_of(reading, line):
    return next(use.noise for use in reading.lines if use.line == line)


def test_title_and_publishers_are_the_first_lines_and_the_title_page_is_noise():
    text = collection()
    reading = read_collection(text)
    document = reading.document
    assert (document.title, document.title_line) == ("The 9th Pebble Prize: Small Works from Quiet Towns", 1)
    assert document.publishers == ("Pebble Office of Larkford Institute for Small Things",)
    assert noise_of(reading, line_of(text, "The 9th", 1)) is Noise.TITLE_PAGE
    assert noise_of(reading, line_of(text, "> Pebble Office")) is Noise.TITLE_PAGE
    assert noise_of(reading, line_of(text, "CONTENTS", 1)) is Noise.CONTENTS_HEADING


def test_publishers_printed_without_a_separator_are_parted_by_a_ruling():
    names = ruling(
        "names_joined", 3, "Larkford Institute", "Pebble Office of Larkford; Institute for Small Things"
    )
    document = read_collection(collection(), names).document
    assert document.publishers == ("Pebble Office of Larkford", "Institute for Small Things")
    assert document.publishers_printed == "Pebble Office of Larkford Institute for Small Things"


def test_the_contents_list_may_be_in_two_parts_and_lack_page_numbers():
    contents = read_collection(collection()).document.contents
    assert [(entry.page, entry.city, entry.title) for entry in contents] == [
        (1, "Larkford", "Rain Gardens"),
        (None, "Oldport", "Night Buses"),
    ]


def test_a_collection_without_contents_or_cases_is_refused():
    with pytest.raises(ReadingError, match="contents list was not found"):
        read_collection(collection(front=FRONT.replace("CONTENTS", "CHAPTERS")))
    with pytest.raises(ReadingError, match="no case was found"):
        read_collection(FRONT)


def test_a_strange_line_before_the_first_case_is_refused():
    with pytest.raises(ReadingError, match="before the first case"):
        read_collection(collection(front=FRONT.replace("CONTENTS", "Printed in Larkford\n\nCONTENTS", 1)))


def test_a_case_runs_from_its_title_to_its_last_line():
    text = collection()
    case = first_case(text)
    assert (case.title, case.title_from, case.title_line) == ("Rain Gardens", "body", case.first_line)
    assert case.first_line == line_of(text, "Rain Gardens", 1)
    assert case.last_line == line_of(text, "Plant 40 reeds")


@pytest.mark.parametrize(
    "line", ["🤦 Larkford, Utopia", "Larkford , Utopia", "👤\xa0Larkford,\xa0Utopia", "Larkford, Utopia"]
)
def test_the_city_line_is_known_with_stray_symbols_and_blanks(line):
    case = first_case(collection(city_line=line))
    assert (case.city_slug, case.city_printed, case.country_printed) == ("larkford", "Larkford", "Utopia")


def test_a_title_only_in_the_contents_needs_a_ruling_and_is_taken_from_there():
    text = collection()
    case = read_collection(text).document.case("oldport")
    assert (case.title, case.title_from) == ("Night Buses", "contents")
    assert case.title_line == line_of(text, "Night Buses")
    assert case.first_line == case.city_line == line_of(text, "Oldport, Utopia")
    with pytest.raises(ReadingError, match="title_from_contents"):
        read_collection(text.replace("Rain Gardens\n\n\n🤦", "🤦"), oldport_title(text))


def test_prose_above_a_city_line_is_no_title():
    text = collection(sections="Abstract\n\nThe gutters end in gardens")
    with pytest.raises(ReadingError, match="looks like a heading"):
        read_collection(text)
    text = collection(sections="Abstract\n\n\n\n" + "and the gutters end in gardens " * 9)
    assert read_collection(text).document.cases[0].last_line == line_of(text, "and the gutters")


def test_a_title_that_differs_from_the_contents_needs_a_ruling():
    text = collection(title="Gardens for the Rain")
    line = line_of(text, "Gardens for the Rain")
    with pytest.raises(ReadingError, match="another title"):
        first_case(text)
    assert (
        first_case(text, ruling("title_differs", line, "Gardens for the Rain", "Rain Gardens")).title_line
        == line
    )


def test_a_title_that_differs_only_in_hyphens_and_capitals_is_the_same():
    assert first_case(collection(title="Rain-gardens")).title == "Rain-gardens"


def test_a_case_missing_from_the_contents_keeps_its_own_title():
    text = collection(front=FRONT.replace("01\tLarkford: Rain Gardens\n", "01\tOldport: Night Buses\n", 1))
    case = first_case(text)
    assert (case.title, case.title_from) == ("Rain Gardens", "body")


def test_a_case_announced_and_not_found_is_refused():
    with pytest.raises(ReadingError, match="announces a case that was not found"):
        read_collection(collection(front=FRONT.replace("01\t", "01\tMillbay: Slow Streets\n03\t")))


def test_a_second_block_of_city_data_in_a_case_is_refused():
    with pytest.raises(ReadingError, match="second block of city data"):
        read_collection(collection(tail=TAIL.replace("Oldport, Utopia\n", "Oldport in Utopia\n")))


def test_two_cases_of_one_city_are_refused():
    with pytest.raises(ReadingError, match="two cases have the city"):
        read_collection(collection(tail=TAIL + "\n\n" + TAIL))


def test_a_wrapped_list_with_one_comma_is_no_city_line():
    data = "BASIC CITY DATA\nMain Source of Prosperity: Pottery,\n\nTrade, Tourism"
    assert first_case(collection(city_data=data)).city_data.figures[0].value == "Pottery, Trade, Tourism"


def test_neither_a_running_header_nor_a_near_line_is_a_title():
    text = collection(sections="Abstract\n\nIt rained.\n\nLARKFORD, UTOPIA")
    assert read_collection(text).document.case("oldport").title_from == "contents"
    text = collection(
        sections="Abstract\n\nthe reeds grow", tail=TAIL.replace("\n\n\n\nOldport", "\nOldport", 1)
    )
    text = text.replace("the reeds grow", "It rained.\nthe reeds grow")
    assert read_collection(text).document.case("oldport").title_from == "contents"


def test_a_line_over_a_city_line_may_be_ruled_to_be_no_title():
    text = collection(sections="Abstract\n\nIt rained.\n\n\n\nthe reeds grow")
    line = line_of(text, "the reeds grow")
    with pytest.raises(ReadingError, match="not_a_heading"):
        read_collection(text)
    document = read_collection(text, ruling("not_a_heading", line, "the reeds grow")).document
    assert line in document.cases[0].sections[0].text_lines
