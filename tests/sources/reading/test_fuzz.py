"""Whatever is done to a text, it is read in full or refused: no crash, no silent loss."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.reading import ReadingError, read
from sources.reading.lines import strip
from sources.reading.numbers import tokens

from .samples import (
    ALLIANCE,
    ALLIANCE_PAGE,
    COLLECTION,
    DECLARATION,
    NUMBERED_DECLARATION,
    PLAN,
    PLAN_ARTICLE,
    ROMAN_DECLARATION,
    collection,
    oldport_title,
    ruling,
)

RICH = collection(
    sections="""Abstract

The gutters of 3 streets in this town now all end

OLDPORT, UTOPIA

in gardens, since 2030.

Key Measures and Innovative Aspects

- (1) Dig 1, 200 holes.
Main features:
- 1. Social benefits
Company.

Project schedule

2030

Gardens dug.""",
    city_data="""BASIC CITY DATA (Reed District of Larkford)
Population size: 2.5million Surface Area (sq.km): 2, 868
GDP Per Capita (U.S.\\$): 9,100 (Larkford)
GINI Index:
Main Source of Prosperity: Pottery,
bees""",
)
TEXTS = [
    (RICH, COLLECTION),
    (NUMBERED_DECLARATION, DECLARATION),
    (ROMAN_DECLARATION, DECLARATION),
    (ALLIANCE_PAGE, ALLIANCE),
    (PLAN_ARTICLE, PLAN),
]
ALL_LINES = [line for text, _ in TEXTS for line in text.split("\n")]
ODD = [
    *(
        "",
        "\xa0",
        "\u200b",
        "\r",
        "\u2028",
        "\x00",
        "a\ud800b",
        "²",
        "١٢٣",
        "🤦",
        "1.",
        "(iv",
        "I – ",
        "[[ruling]]",
    ),
    *("LARKFORD, UTOPIA", "Larkford, Utopia", "CONTENTS", "01\tMillbay: X", "BASIC CITY DATA", "Abstract"),
    *(
        "Population size:",
        "Main Source of Prosperity:",
        "Social benefits:",
        "99999999999 million",
        "1.2.3 billion",
    ),
    *("x" * 3000, "and " * 500, "9" * 5000, "9" * 5000 + " units, covering 6 cities"),
]


def applicable(text: str, source) -> list:
    """The rulings the texts need, as far as they still stand on a line."""
    if source is not COLLECTION:
        return []
    rulings = []
    if "Oldport: Night Buses" in text:
        rulings.append(oldport_title(text))
    for number, line in enumerate(text.split("\n"), 1):
        if strip(line) == "OLDPORT, UTOPIA":
            rulings.append(ruling("header_ignored", number, "OLDPORT, UTOPIA"))
            break
    return rulings


def check(text: str, source) -> bool:
    """Reads the text; whether it was read. Anything but a full account or a ReadingError fails the test."""
    try:
        reading = read(text, source, applicable(text, source))
    except ReadingError as error:
        assert str(error)
        return False
    filled = [number for number, line in enumerate(text.split("\n"), 1) if strip(line)]
    assert [use.line for use in reading.lines] == filled
    assert all((use.record is None) != (use.noise is None) for use in reading.lines)
    wanted = [(number, found) for number in filled for _, found in tokens(text.split("\n")[number - 1])]
    assert [(token.line, token.printed) for token in reading.numbers] == wanted
    return True


def test_the_texts_themselves_are_read():
    assert all(check(text, source) for text, source in TEXTS)


CHANGES = {
    "cut": lambda lines, a, b, draw: [*lines[:a], *lines[a + 1 :]],
    "double": lambda lines, a, b, draw: [*lines[:a], lines[a], *lines[a:]],
    "move": lambda lines, a, b, draw: [*lines[:b], lines[a], *lines[b:]],
    "odd": lambda lines, a, b, draw: [*lines[:a], draw(st.sampled_from(ODD)), *lines[a + 1 :]],
    "join": lambda lines, a, b, draw: [*lines[:a], f"{lines[a]} {lines[b]}", *lines[a + 1 :]],
    "head": lambda lines, a, b, draw: lines[:a],
    "tail": lambda lines, a, b, draw: lines[a:],
    "shuffle": lambda lines, a, b, draw: draw(st.permutations(lines)),
    "break": lambda lines, a, b, draw: [*lines[:a], *broken(lines[a], draw), *lines[a + 1 :]],
    "garble": lambda lines, a, b, draw: [*lines[:a], garbled(lines[a], draw), *lines[a + 1 :]],
}


def broken(line, draw):
    at = draw(st.integers(0, len(line)))
    return line[:at], line[at:]


def garbled(line, draw):
    return draw(st.text(max_size=3)).join(broken(line, draw))


@st.composite
def mangled(draw):
    """A text with lines cut, doubled, moved, joined, broken, garbled or replaced by odd ones."""
    text, source = draw(st.sampled_from(TEXTS))
    lines = text.split("\n")
    for change in draw(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4)):
        places = st.integers(0, len(lines) - 1)
        lines = CHANGES[change](lines, draw(places), draw(places), draw) or [""]
    return "\n".join(lines), source


@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mangled())
def test_a_mangled_text_is_read_in_full_or_refused(mangled_text):
    check(*mangled_text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([source for _, source in TEXTS]))
def test_any_bytes_are_refused(content, source):
    try:
        read(content, source)
    except ReadingError:
        return
    raise AssertionError("a few random bytes were read as a document")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(ALL_LINES), max_size=40),
    st.sampled_from(TEXTS),
)
def test_lines_of_all_texts_together_are_read_in_full_or_refused(lines, text):
    check("\n".join(lines), text[1])
