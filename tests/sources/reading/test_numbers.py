import pytest

from sources.reading import ReadingError
from sources.reading.numbers import marker, parse_table, tokens, whole
from sources.reading.records import NumberKind

from .samples import collection, line_of, read_collection


def printed(text):
    return [token for _, token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3,036,100 and 268", ["3,036,100", "268"]),
        ("2, 868", ["2, 868"]),
        ("8 000 units", ["8 000"]),
        ("8\xa0000 units", ["8 000"]),
        ("June 2-3, 2016", ["2", "3", "2016"]),
        ("November 17, 2012", ["17", "2012"]),
        ("2.2billion, 20,000+", ["2.2", "20,000"]),
        ("20-50m and 7-7.5", ["20", "50", "7", "7.5"]),
        ("2027/28", ["2027", "28"]),
        ("2020.1", ["2020.1"]),
        ("km² and five", []),
    ],
)
def test_tokens_are_the_digit_runs_with_their_grouping(text, found):
    assert printed(text) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1.Dig", 0),
        ("- 2. Plant", 2),
        (" - (3) Reap", 4),
        ("3) Eat", 0),
        ("(1)Dig", 1),
        ("2020.1", None),
        ("10 reeds", None),
    ],
)
def test_the_number_of_a_list_item_is_known_by_its_place(text, place):
    assert marker(text) == place


def kinds(text, line, numbers=None):
    return [
        (token.printed, token.kind)
        for token in read_collection(text, numbers=numbers).numbers
        if token.line == line
    ]


def test_city_data_page_numbers_and_list_markers_are_told_by_rule():
    text = collection()
    shared = line_of(text, "Population size")
    assert kinds(text, shared) == [("12,300", NumberKind.CITY_DATA), ("41.50", NumberKind.CITY_DATA)]
    assert kinds(text, line_of(text, "01\t")) == [("01", NumberKind.PAGE_NUMBER)]
    assert kinds(text, line_of(text, "1. Dig")) == [("1", NumberKind.LIST_MARKER)]
    assert kinds(text, line_of(text, "Plant 40")) == [("2", NumberKind.LIST_MARKER), ("40", None)]


def test_a_decimal_at_the_start_of_a_line_is_no_list_marker():
    text = collection(
        sections="Abstract\n\nHow many people live in this valley and its hills?\n10.44 million people."
    )
    assert kinds(text, line_of(text, "10.44")) == [("10.44", None)]


def table(text, **changes):
    entries = {
        str(line_of(text, "The 9th")): "9 name",
        str(line_of(text, "The 9th", 1)): "9 name",
        str(line_of(text, "gutters of 3")): "3 outcome",
        str(line_of(text, "Plant 40")): "40 outcome",
    } | changes
    return parse_table({line: tokens for line, tokens in entries.items() if tokens}, "cases/larkford.toml")


def test_the_table_gives_all_others_their_kind():
    text = collection()
    reading = read_collection(text, numbers=table(text))
    assert all(token.kind for token in reading.numbers)
    assert kinds(text, line_of(text, "Plant 40"), table(text))[1] == ("40", NumberKind.OUTCOME)


def test_a_missing_token_is_refused_with_the_file_to_add_it_to():
    text = collection()
    line = line_of(text, "Plant 40")
    with pytest.raises(ReadingError) as caught:
        read_collection(text, numbers=table(text, **{str(line): ""}))
    assert caught.value.line == line
    assert "sources/data/cases/larkford.toml" in caught.value.fix
    assert f'"{line}" = "40 <kind>"' in caught.value.fix
    with pytest.raises(ReadingError, match=r"sources/data/numbers/prize\.toml"):
        read_collection(text, numbers=table(text, **{str(line_of(text, "The 9th")): ""}))


@pytest.mark.parametrize("entry", ["40 outcome; 41 outcome", "41 outcome", "2 list_marker; 40 outcome"])
def test_a_surplus_or_other_token_is_refused(entry):
    text = collection()
    with pytest.raises(ReadingError, match="are not those of the number table"):
        read_collection(text, numbers=table(text, **{str(line_of(text, "Plant 40")): entry}))


def test_tokens_out_of_order_are_refused():
    text = collection(sections="Abstract\n\nFrom 3 to 4 gardens.")
    line = str(line_of(text, "From 3"))
    entries = {line: "4 outcome; 3 outcome", "1": "9 name", str(line_of(text, "The 9th", 1)): "9 name"}
    with pytest.raises(ReadingError, match="lists 4; 3"):
        read_collection(text, numbers=parse_table(entries, "x"))


@pytest.mark.parametrize("line", [2, 9999])
def test_an_entry_for_a_line_without_text_is_refused(line):
    text = collection()
    with pytest.raises(ReadingError, match=f"lists digit tokens for line {line}"):
        read_collection(text, numbers=table(text, **{str(line): "1 name"}))


def test_an_entry_for_a_line_that_rules_cover_is_refused():
    text = collection()
    with pytest.raises(ReadingError, match="Remove the entry"):
        read_collection(text, numbers=table(text, **{str(line_of(text, "1. Dig")): "1 list_marker"}))


@pytest.mark.parametrize(
    "entries", [{"x": "1 name"}, {"3": 4}, {"3": "1 wisdom"}, {"3": "12"}, {"3": "12 city_data"}]
)
def test_a_malformed_table_is_refused(entries):
    with pytest.raises(ReadingError, match=r"numbers"):
        parse_table(entries, "numbers/prize.toml")


def test_a_whole_number_loses_its_empty_fraction():
    from decimal import Decimal

    assert str(whole(Decimal("2908000.000"))) == "2908000"
    assert str(whole(Decimal("2.50"))) == "2.50"
