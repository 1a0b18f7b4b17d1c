from decimal import Decimal

import pytest

from sources.reading import ReadingError, read
from sources.reading.records import Fact, Noise

from ..samples import PLAN, PLAN_ARTICLE, line_of


def plan(text=PLAN_ARTICLE):
    return read(text, PLAN).document


def test_title_author_and_what_is_no_text():
    document = plan()
    assert (document.title, document.title_line) == ("Larkford looks abroad", 2)
    assert document.author == Fact("Reed Miller", "Reed Miller", 3)
    noise = {use.line: use.noise for use in read(PLAN_ARTICLE, PLAN).lines if use.noise}
    assert noise == {1: Noise.WEBSITE_NAVIGATION, line_of(PLAN_ARTICLE, "Customer"): Noise.CUSTOMER_SERVICE}


def test_stages_with_the_lines_that_describe_them():
    first, second = plan().stages
    line = line_of(PLAN_ARTICLE, "two parts")
    assert (first.number, first.due, first.printed) == (1, "2041", "a good place for potters")
    assert first.lines == (line, line_of(PLAN_ARTICLE, "first period"))
    assert second.lines == (line, line_of(PLAN_ARTICLE, "second stage"), line_of(PLAN_ARTICLE, "From 2041"))


def test_campaigns_are_counted_and_not_listed():
    document = plan()
    assert document.campaigns == (Fact(3, "three campaigns", line_of(PLAN_ARTICLE, "three campaigns")),)
    assert document.campaigns_listed is False


def test_targets_are_phrases_of_the_text_with_due_year_and_value():
    targets = {target.key: target for target in plan().targets}
    assert list(targets) == [
        "stage-1", "stage-2", "gap-with-oldport", "industry-upgrade", "twin-schools", "international-schools",
    ]  # fmt: skip
    assert (targets["stage-2"].printed, targets["stage-2"].due) == ("a known town in the valley", "2051")
    gap, twins, schools = (
        targets["gap-with-oldport"],
        targets["twin-schools"],
        targets["international-schools"],
    )
    assert (gap.due, gap.due_printed) == ("", "in the next two to 3 years")
    assert (twins.value, twins.unit, twins.due, twins.due_printed) == (Decimal(20), "percent", "", "")
    assert (schools.value, schools.unit, schools.due, schools.due_printed) == (
        Decimal(2),
        "schools",
        "2035",
        "By the end of 2035",
    )
    assert targets["industry-upgrade"].due == "2051"
    assert all(target.printed in PLAN_ARTICLE.split("\n")[target.line - 1] for target in targets.values())


def test_what_the_city_measures_itself_against():
    assert [(mark.name, mark.kind) for mark in plan().benchmarks] == [
        ("Millbay", "city"),
        ("Oldport", "city"),
        ("Oldport", "city"),
        ("Port Reed", "city"),
        ("Swan", "city"),
        ("the developed countries", "other"),
        ("the world’s best hospitals", "other"),
    ]


def test_fields_of_action_run_over_their_paragraphs_and_sub_heading():
    fields = {field.key: field for field in plan().fields}
    zones = fields["business-zones"]
    assert (zones.first_line, zones.last_line) == (
        line_of(PLAN_ARTICLE, "New business zones"),
        line_of(PLAN_ARTICLE, "has business zones"),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("By Reed Miller", "From Reed Miller.", "author was not found"),
        ("by 2041", "one day", "stages was not found"),
        ("three campaigns", "some campaigns", "number of campaigns was not found"),
        ("20 percent", "many", "share of twin schools was not found"),
        ("establish two", "establish some", "'some' is no number"),
        ("New business zones", "New kilns", "neither a paragraph nor a sub-heading"),
        ("Larkford looks abroad\nBy", "Larkford looks abroad\nA subtitle\nBy", "between title and author"),
        ("Larkford looks abroad\nBy", "By", "no title stands above"),
    ],
)
def test_what_is_missing_is_refused(old, new, message):
    with pytest.raises(ReadingError, match=message):
        plan(PLAN_ARTICLE.replace(old, new))
