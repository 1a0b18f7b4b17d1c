import pytest

from sources.reading import ReadingError

from ...samples import collection, first_case, line_of, ruling


def sections(body: str, *rulings):
    return first_case(collection(sections=body), *rulings).sections


def test_a_section_runs_to_its_last_line_of_text():
    body = "Abstract\n\nIt rained.\n\n\n\nLessons\n\nDig.\nPlant."
    text = collection(sections=body)
    abstract, lessons = sections(body)
    assert (abstract.first_line, abstract.last_line) == (
        line_of(text, "Abstract"),
        line_of(text, "It rained."),
    )
    assert lessons.text_lines == (line_of(text, "Dig."), line_of(text, "Plant."))
    assert (lessons.level, lessons.parent) == (1, "")


def test_a_heading_is_kept_as_printed_without_its_bullet():
    abstract, lessons = sections("- ABSTRACT:\n\nIt rained.\n\nLessons  Learned\n\nDig.")
    assert abstract.heading == "ABSTRACT:"
    assert lessons.heading == "Lessons  Learned"


def test_sub_sections_inherit_the_kinds_and_are_part_of_their_section():
    body = """Key Measures & Innovative Aspects

It rained.

Main features:

- (1) Ponds.

Expected Outcomes

- 1. Social benefits
- (1) Company.
 - 2. Flood control benefits

Dry feet."""
    text = collection(sections=body)
    measures, features, outcomes, social, flood = sections(body)
    assert [part.key for part in (measures, features, outcomes, social, flood)] == [
        "measures", "measures-2", "outcomes", "outcomes-2", "outcomes-3",
    ]  # fmt: skip
    assert measures.kinds == features.kinds == ("measures", "innovation")
    assert (features.level, features.parent, social.parent) == (2, "measures", "outcomes")
    assert social.heading == "1. Social benefits"
    assert measures.last_line == features.last_line == line_of(text, "Ponds")
    assert measures.text_lines == (line_of(text, "It rained."),)
    assert outcomes.text_lines == ()
    assert outcomes.last_line == flood.last_line == line_of(text, "Dry feet.")
    assert social.last_line == line_of(text, "Company")


def test_a_second_section_of_a_kind_has_a_number_in_its_key():
    assert [part.key for part in sections("Lessons\n\nDig.\n\nLessons Learned\n\nPlant.")] == [
        "lessons",
        "lessons-2",
    ]


def test_an_unknown_heading_is_refused_until_it_is_ruled_on():
    body = "Abstract\n\nIt rained.\n\nWhat We Learned\n\nDig."
    text = collection(sections=body)
    line = line_of(text, "What We Learned")
    with pytest.raises(ReadingError, match="looks like a heading") as caught:
        sections(body)
    assert caught.value.line == line
    assert sections(body, ruling("heading", line, "What We Learned", "lessons"))[1].kinds == ("lessons",)
    assert sections(body, ruling("heading", line, "What We Learned", "2"))[1].level == 2
    (abstract,) = sections(body, ruling("not_a_heading", line, "What We Learned"))
    assert line in abstract.text_lines


def test_a_line_that_is_a_heading_by_its_words_may_be_ruled_to_be_text():
    body = "Abstract\n\nIt rained.\n\nMeasures\n\nwere taken."
    line = line_of(collection(sections=body), "Measures")
    assert len(sections(body)) == 2
    (abstract,) = sections(body, ruling("not_a_heading", line, "Measures"))
    assert line in abstract.text_lines


def test_a_ruling_must_give_a_known_kind():
    body = "Abstract\n\nIt rained.\n\nWhat We Learned\n\nDig."
    line = line_of(collection(sections=body), "What We Learned")
    with pytest.raises(ReadingError, match="reads it as 'wisdom'"):
        sections(body, ruling("heading", line, "What We Learned", "wisdom"))


def test_a_sub_heading_before_any_heading_is_refused():
    with pytest.raises(ReadingError, match="before the first heading"):
        sections("Social benefits:\n\nCompany.\n\nLessons\n\nDig.")


def test_a_line_before_the_first_heading_is_refused():
    with pytest.raises(ReadingError, match="continues no value"):
        sections("It rained.\n\nLessons\n\nDig.")


def test_a_schedule_lists_dates_and_events_without_pairing_them():
    body = """Project schedule

Gardens dug.

2020-2021

2020.1

June 2022

2021.11 - 2022.03

Reeds planted in 2020"""
    (schedule,) = sections(body)
    assert schedule.kinds == ("schedule",)
    assert [(entry.kind, entry.printed) for entry in schedule.schedule] == [
        ("event", "Gardens dug."),
        ("date", "2020-2021"),
        ("date", "2020.1"),
        ("date", "June 2022"),
        ("date", "2021.11 - 2022.03"),
        ("event", "Reeds planted in 2020"),
    ]
    assert [entry.line for entry in schedule.schedule] == list(schedule.text_lines)
    assert first_case(collection(sections=body)).schedule == schedule.schedule
