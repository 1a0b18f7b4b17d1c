"""Figures with their scale, per cent sign and unit, and numbers written as words."""

import pytest

from sources.fixtures.quantities import quantities
from sources.fixtures.words import copied, runs_of, uncarried


def same(ours, printed):
    return all(each.is_in(quantities(printed)) for each in quantities(ours))


@pytest.mark.parametrize(
    ("ours", "printed"),
    [
        ("2,200,000", "2.2 million"),
        ("8 thousand", "8 000"),
        ("30 to 95%", "from 30% to 95%"),
        ("50% to 75%", "50%~75%, 50-75 percent"),
        ("HK$11.6 (US$1.49) billion", "a HK$11.6 (US$1.49) billion scheme"),
        ("5-50m", "a 5-50m green belt"),
        ("5 metres", "a 5-50m green belt"),
        ("37.2 kilometres", "37.2 km"),
        ("18.5 per cent", "18.5%"),
        ("8 per hour", "8 cars per hour"),
        ("121 km²", "121 square kilometers"),
        ("10,000 yuan", "RMB10,000"),
        ("0.4 for schools", "0.4 square kilometers"),
    ],
)
def test_the_same_figure_written_otherwise(ours, printed):
    assert same(ours, printed)


@pytest.mark.parametrize(
    ("ours", "printed"),
    [
        ("2.2 million", "2.2 billion"),
        ("2.2", "2.2 billion"),
        ("5 hundred", "5"),
        ("50", "50%"),
        ("50%", "50 people"),
        ("30 to 95 people", "30% to 95 people"),
        ("37.2 km", "37.2 hectares"),
        ("5 km", "a 5-50m belt"),
        ("12 years", "12 months"),
        ("US$5", "HK$5"),
        ("121 km²", "121 km"),
        ("4", "3"),
    ],
)
def test_another_figure(ours, printed):
    assert not same(ours, printed)


@pytest.mark.parametrize(
    ("ours", "printed"),
    [
        ("Four routes", "four routes"),
        ("four routes", "4 routes"),
        ("twenty schools", "20 schools"),
        ("three aspects", "Firstly, Secondly, Thirdly"),
        ("half of them", "50% of them"),
        ("one third", "one-third"),
        ("by the thousand", "thousands of them"),
        ("doubled", "twice as many"),
        ("one aim, first of all; a whole quarter", ""),
        ("10.44 million people", ""),
    ],
)
def test_number_words_that_the_lines_carry(ours, printed):
    assert uncarried(ours, [printed]) == []


@pytest.mark.parametrize(
    "word", ["two", "twelve", "ninety", "twice", "a third", "half", "dozens", "millions"]
)
def test_number_words_that_no_line_carries(word):
    assert uncarried(f"There are {word} of them.", ["There are many of them, 1 or 7."]) == [word]


def test_the_last_item_of_a_list_says_how_many_there_are():
    assert uncarried("Seven aspects", ["Aspects"], items=7) == []
    assert uncarried("Six aspects", ["Aspects"], items=7) == ["Six"]


LINE = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron."


def test_copied_runs_are_found_whatever_stands_between_the_words():
    ours = "So: Alpha, beta; gamma (delta) epsilon-zeta eta theta iota kappa lambda mu nu, and more"
    assert (
        copied(ours, runs_of([LINE]))
        == "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu"
    )
    assert copied(ours.replace("zeta", "z"), runs_of([LINE])) == ""
    assert copied(ours.replace("zeta", "\0"), runs_of([LINE])) == ""


def test_a_title_may_be_carried_over():
    assert copied(LINE, runs_of([LINE.removesuffix(".")])) == ""
