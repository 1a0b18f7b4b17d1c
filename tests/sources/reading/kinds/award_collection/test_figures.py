from decimal import Decimal

import pytest

from sources.reading import ReadingError
from sources.reading.kinds.award_collection.figures import read_number

from ...samples import collection, first_case, line_of, ruling


def figures(block: str, *rulings, **parts) -> dict:
    data = first_case(collection(city_data=f"BASIC CITY DATA\n\n{block}", **parts), *rulings).city_data
    return {figure.name: figure for figure in data.figures}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("3,036,100", "3036100"),
        ("2, 868", "2868"),
        ("2,\xa0868", "2868"),
        ("8 000", "8000"),
        ("7434.40", "7434.40"),
        ("10,037.96", "10037.96"),
        ("2.908million", "2908000"),
        ("2.908 million", "2908000"),
        ("1.5 Billion", "1500000000"),
        ("0.80", "0.80"),
        ("-0.3", "-0.3"),
        ("0.72%", "0.72"),
    ],
)
def test_numbers_are_read_as_printed(printed, value):
    number, scope = read_number(printed)
    assert str(number) == value
    assert scope == ""


def test_the_scope_in_brackets_stands_beside_the_number():
    assert read_number("16,725 (Larkford)") == (Decimal(16725), "Larkford")


@pytest.mark.parametrize(
    "printed", ["12,34", "about 5", "5 6", "n/a", "1.2.3", "5 mİllion", "5 thouſand", "(Larkford)"]
)
def test_what_is_no_number_is_not_read_as_one(printed):
    assert read_number(printed) is None


def test_figures_may_share_a_line():
    text = collection()
    found = {figure.name: figure for figure in first_case(text).city_data.figures}
    line = line_of(text, "Population size")
    assert (found["population"].value, found["population"].printed) == (Decimal(12300), "12,300")
    assert (found["area_km2"].value, found["area_km2"].label) == (Decimal("41.50"), "Surface Area (sq. km)")
    assert found["population"].first_line == found["area_km2"].first_line == line


@pytest.mark.parametrize(
    "line",
    [
        "GDP Per Capita (U.S.\\$): 9,100",
        "GDP Per Capita (U.S.$): 9,100",
        "GDP\xa0Per\xa0Capita\xa0(U.S.\\$)\xa0:\xa09,100",
        "gdp per capita (US$)：9,100",
        "\u200bGDP Per Capita (U.S.\\$): 9,100\u200b",
        "- GDP Per Capita (U.S.\\$): 9,100",
    ],
)
def test_a_label_is_known_however_it_is_spaced(line):
    figure = figures(line)["gdp_per_capita_usd"]
    assert (figure.value, figure.printed) == (Decimal(9100), "9,100")


def test_a_label_alone_is_blank_and_takes_nothing_from_the_next_line():
    found = figures("GDP Per Capita (U.S.\\$):\n\nGINI Index:\n\nPopulation size: 7")
    assert (found["gdp_per_capita_usd"].printed, found["gdp_per_capita_usd"].value) == ("", None)
    assert (found["gini_index"].printed, found["gini_index"].value) == ("", None)
    assert found["population"].value == 7


def test_a_blank_source_of_prosperity_takes_neither_header_nor_heading():
    found = figures("Population size: 7\n\nMain Source of Prosperity:")
    assert (found["prosperity"].printed, found["prosperity"].value) == ("", None)
    found = figures("Population size: 7\n\nMain Source of Prosperity:", header="")
    assert found["prosperity"].value is None


def test_a_blank_field_on_a_shared_line_takes_nothing_from_its_neighbour():
    found = figures("Population size: Surface Area (sq.km): 5")
    assert found["population"].value is None
    assert found["area_km2"].value == 5


def test_a_continued_source_of_prosperity_is_joined_by_one_blank():
    text = collection(city_data="BASIC CITY DATA\nMain Source of Prosperity: Pottery,\n\nbees and\n\nreeds")
    figure = first_case(text).city_data.figure("prosperity")
    assert figure.value == figure.printed == "Pottery, bees and reeds"
    assert (figure.first_line, figure.last_line) == (line_of(text, "Pottery,"), line_of(text, "reeds"))
    assert first_case(text).city_data.last_line == figure.last_line


def test_nothing_is_continued_after_a_blank_field():
    with pytest.raises(ReadingError, match="continues no value"):
        figures("Main Source of Prosperity:\n\nbees and reeds")


def test_nothing_is_continued_across_a_running_header():
    with pytest.raises(ReadingError, match="continues no value"):
        figures("Main Source of Prosperity: Pottery,\n\nLARKFORD, UTOPIA\n\nbees and reeds")


@pytest.mark.parametrize("line", ["Bees are kept in every yard.", "Rainfall (mm): 300"])
def test_a_line_of_another_kind_is_refused(line):
    with pytest.raises(ReadingError, match="no label known"):
        figures(f"Population size: 7\n\n{line}")


def test_prose_does_not_continue_a_value():
    with pytest.raises(ReadingError, match="continues no value"):
        figures("Main Source of Prosperity: Pottery\n\nBees are kept in every yard.")
    with pytest.raises(ReadingError, match="continues no value"):
        figures("Main Source of Prosperity: Pottery\n\n" + "bees and reeds " * 6)


def test_words_before_the_first_label_are_refused():
    with pytest.raises(ReadingError, match="before the first label"):
        figures("estimated Population size: 7")


def test_a_label_printed_twice_is_refused():
    with pytest.raises(ReadingError, match="stands twice"):
        figures("Population size: 7\n\nPopulation size: 8")


def test_a_value_that_is_no_number_asks_for_a_ruling_and_takes_it():
    text = collection(city_data="BASIC CITY DATA\nPopulation size: 7OO")
    line = line_of(text, "7OO")
    with pytest.raises(ReadingError, match="misread_value"):
        first_case(text)
    figure = first_case(text, ruling("misread_value", line, "7OO", "700")).city_data.figures[0]
    assert (figure.printed, figure.value) == ("7OO", Decimal(700))


def test_the_scope_of_a_figure_is_the_whole_city_where_the_bracket_names_it():
    assert figures("GDP Per Capita (U.S.\\$): 9,100 (Larkford)")["gdp_per_capita_usd"].scope == "whole city"
    assert figures("GDP Per Capita (U.S.\\$): 9,100")["gdp_per_capita_usd"].scope == ""
    with pytest.raises(ReadingError, match="no scope that is known"):
        figures("GDP Per Capita (U.S.\\$): 9,100 (Elsewhere)")


@pytest.mark.parametrize(
    ("heading", "qualifier", "scope"),
    [
        ("BASIC CITY DATA", "", "unlabelled"),
        ("Basic City Data (Reed District of Larkford)", "Reed District of Larkford", "district"),
        ("BASIC\xa0CITY DATA (Reed County)", "Reed County", "county"),
    ],
)
def test_the_scope_of_a_block_is_that_of_its_qualifier(heading, qualifier, scope):
    data = first_case(collection(city_data=f"{heading}\nPopulation size: 7")).city_data
    assert (data.qualifier, data.scope) == (qualifier, scope)


def test_a_qualifier_that_names_no_scope_is_refused():
    with pytest.raises(ReadingError, match="names no scope"):
        first_case(collection(city_data="BASIC CITY DATA (mostly)\nPopulation size: 7"))


def test_a_block_without_figures_is_refused():
    with pytest.raises(ReadingError, match="no labelled figure"):
        first_case(collection(city_data="BASIC CITY DATA"))
