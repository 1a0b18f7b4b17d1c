import time

import pytest

from sources.reading.kinds.award_collection.headings import city_data_qualifier, looks_like_heading, recognise


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Abstract", ("abstract",)),
        ("- ABSTRACT", ("abstract",)),
        ("Background and Origins", ("background",)),
        ("Background & Origin", ("background",)),
        ("BACKGROUND INFORMATION & ORIGINS", ("background",)),
        ("Measures", ("measures",)),
        ("Key\xa0measures:", ("measures",)),
        ("Innovative Aspects", ("innovation",)),
        ("Key Measures & Innovative Aspects", ("measures", "innovation")),
        ("Key measures and innovative aspects", ("measures", "innovation")),
        ("Desired & Acheived Outcome", ("outcomes",)),
        ("Desired and Expected Outcomes", ("outcomes",)),
        ("Expected Outcomes", ("outcomes",)),
        ("DESIRED CHANGE OR OUTCOME", ("outcomes",)),
        ("Lessons Learned", ("lessons",)),
        ("Lessons", ("lessons",)),
        ("Implementation", ("implementation",)),
        ("Project schedule", ("schedule",)),
    ],
)
def test_a_heading_is_known_in_all_its_wordings(line, kinds):
    heading = recognise(line)
    assert (heading.level, heading.kinds) == (1, kinds)


@pytest.mark.parametrize(
    "line", ["Main features:", "- 3. Economic benefits", "2. Flood control benefits", "Social Benefits:"]
)
def test_a_sub_heading_may_look_like_a_list_item(line):
    heading = recognise(line)
    assert (heading.level, heading.kinds) == (2, ())


@pytest.mark.parametrize(
    "line",
    [
        "Measures were taken in spring.",
        "- (1) More benefits.",
        "The goals of this initiative are:",
        "(iv Implementation of the gardens",
        "bringing economic benefits to the people of the town",
        "Evolutionary",
    ],
)
def test_prose_is_no_heading(line):
    assert recognise(line) is None


def test_a_line_of_nothing_but_ands_is_settled_quickly():
    began = time.monotonic()
    assert recognise("bread and butter " * 2000) is None
    assert recognise("and " * 12) is None
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("line", ["What We Learned", "- 4. What came of it", "RESULTS SO FAR"])
def test_a_short_line_with_a_capital_looks_like_a_heading(line):
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line", ["It rained.", "construction time and recyclability", "Reeds,", "Gardens " * 9]
)
def test_sentences_and_their_pieces_do_not_look_like_headings(line):
    assert not looks_like_heading(line)


def test_the_heading_of_the_city_data_gives_its_qualifier():
    assert city_data_qualifier("Basic  City Data") == ""
    assert city_data_qualifier("BASIC CITY DATA (Reed District)") == "Reed District"
    assert city_data_qualifier("Basic city data follow.") is None
