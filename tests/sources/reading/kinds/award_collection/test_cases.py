import pytest

from sources.reading import ReadingError
from sources.reading.records import Noise

from ...samples import collection, first_case, line_of, read_collection, ruling


def use_of(reading, line):
    return next(use for use in reading.lines if use.line == line)


def test_the_lead_is_the_prose_between_city_line_and_city_data():
    text = collection(lead="It rained.\n\nThen it stopped.")
    case = first_case(text)
    assert case.lead == (line_of(text, "It rained."), line_of(text, "Then it stopped."))
    assert case.lead_lines == case.lead


def test_a_case_without_lead_is_refused():
    with pytest.raises(ReadingError, match="no opening paragraph"):
        first_case(collection(lead=""))


def test_a_caption_in_the_lead_needs_a_ruling_and_becomes_noise():
    text = collection(lead="It rained.\n\nThe Reed Handbook")
    line = line_of(text, "The Reed Handbook")
    with pytest.raises(ReadingError, match="caption_ignored") as caught:
        read_collection(text)
    assert caught.value.line == line
    reading = read_collection(text, ruling("caption_ignored", line, "The Reed Handbook"))
    assert use_of(reading, line).noise is Noise.PHOTO_CAPTION
    assert reading.document.cases[0].lead == (line_of(text, "It rained."), line_of(text, "It rained."))


@pytest.mark.parametrize("header", ["LARKFORD, UTOPIA", "LARKFORD ,\xa0UTOPIA"])
def test_a_running_header_within_a_sentence_is_noise_and_no_text(header):
    text = collection(
        sections=f"Abstract\n\nThe gutters of all the streets in town now end\n\n{header}\n\nin gardens."
    )
    line = line_of(text, header, -1)
    reading = read_collection(text)
    (section,) = reading.document.cases[0].sections
    assert use_of(reading, line).noise is Noise.RUNNING_HEADER
    assert reading.text_of(section.text_lines) == [
        "The gutters of all the streets in town now end",
        "in gardens.",
    ]
    assert [header.line for header in reading.document.cases[0].running_headers] == [
        line_of(text, "LARKFORD"),
        line,
    ]


def test_a_running_header_at_its_end_is_not_part_of_a_section():
    text = collection(sections="Abstract\n\nIt rained.\n\nLARKFORD, UTOPIA\n\nLessons\n\nDig.")
    abstract, lessons = first_case(text).sections
    assert abstract.last_line == line_of(text, "It rained.")
    assert lessons.first_line == line_of(text, "Lessons")


def test_the_header_of_another_case_needs_a_ruling():
    text = collection(
        sections="Abstract\n\nIt rained and rained and rained and rained on\n\nOLDPORT, UTOPIA\n\nall day."
    )
    line = line_of(text, "OLDPORT, UTOPIA")
    with pytest.raises(ReadingError, match="header_ignored") as caught:
        read_collection(text)
    assert caught.value.line == line
    reading = read_collection(text, ruling("header_ignored", line, "OLDPORT, UTOPIA"))
    assert use_of(reading, line).noise is Noise.FOREIGN_RUNNING_HEADER
    assert [header.foreign for header in reading.document.cases[0].running_headers] == [False, True]


def test_a_shouted_line_may_be_ruled_to_be_text():
    text = collection(
        sections="Abstract\n\nReeds were to be seen wherever one looked, all\n\nGREEN, TALL\n\nand plenty."
    )
    line = line_of(text, "GREEN, TALL")
    reading = read_collection(text, ruling("not_a_heading", line, "GREEN, TALL"))
    assert line in reading.document.cases[0].sections[0].text_lines


def test_a_line_of_nothing_but_symbols_is_noise():
    text = collection(sections="Abstract\n\n🥏 *\n\nIt rained.")
    assert use_of(read_collection(text), line_of(text, "🥏 *")).noise is Noise.STRAY_SYMBOL


def test_a_case_without_city_data_or_sections_is_refused():
    with pytest.raises(ReadingError, match="no city data"):
        first_case(collection(city_data=""))
    with pytest.raises(ReadingError, match="no section follows"):
        first_case(collection(sections=""))


def test_each_line_of_a_case_belongs_to_a_named_part():
    text = collection()
    uses = {use.line: use.use for use in read_collection(text).lines}
    assert uses[line_of(text, "🤦")] == "case larkford / city line"
    assert uses[line_of(text, "Population size")] == "case larkford / city data"
    assert uses[line_of(text, "LARKFORD, UTOPIA")] == "noise: running_header"
    assert uses[line_of(text, "Key Measures")] == "case larkford / section measures / heading"
    assert uses[line_of(text, "Plant 40 reeds")] == "case larkford / section measures"
