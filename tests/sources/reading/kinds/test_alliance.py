import pytest

from sources.reading import ReadingError, read
from sources.reading.records import Fact, Noise

from ..samples import ALLIANCE, ALLIANCE_PAGE, line_of, ruling


def alliance(text=ALLIANCE_PAGE, *rulings):
    return read(text, ALLIANCE, rulings).document


def test_how_it_came_about():
    document = alliance()
    line = line_of(ALLIANCE_PAGE, "formally established")
    assert document.founded == Fact("2031-03-04", "March 4, 2031", line)
    assert document.name.value == "Pebble Alliance"
    assert document.event.value == "Valley Forum"
    assert document.guidance.value == "Reed Commission"
    assert document.organiser.value == "Pebble Center"
    assert [partner.value for partner in document.partners] == ["EUROTOWNS"]
    assert document.base.value == "Valley Partnership"
    assert document.secretariat.value == "Reed Division of Pebble Center"
    assert (document.publisher.value, document.published.value, document.clicks.value) == (
        "PebbleNet",
        "2032-01-09",
        17,
    )


def test_tasks_in_order_with_their_lines():
    tasks = alliance().tasks
    assert [(task.number, task.heading) for task in tasks] == [(1, "Exchange"), (2, "Matching")]
    assert tasks[1].line == line_of(ALLIANCE_PAGE, "2. Matching")


def test_reported_counts_are_those_printed():
    counts = alliance().reported_counts
    assert {key: count.value for key, count in counts.items()} == {
        "units": 9,
        "cities": 6,
        "new_areas": 1,
        "others": 2,
    }
    assert {count.line for count in counts.values()} == {line_of(ALLIANCE_PAGE, "9 units")}


def test_the_member_list_is_announced_and_empty():
    document = alliance()
    assert document.member_list_heading_line == line_of(ALLIANCE_PAGE, "List of the First Batch")
    assert document.member_list_present is False


def test_a_line_under_the_heading_of_the_member_list_is_not_read_as_prose():
    with pytest.raises(ReadingError, match="under the heading of the member list"):
        alliance(ALLIANCE_PAGE.replace("\n\n主办", "\n\nLarkford, Oldport.\n\n主办"))


def test_the_copyright_line_is_noise():
    noise = {use.line: use.noise for use in read(ALLIANCE_PAGE, ALLIANCE).lines if use.noise}
    assert noise == {line_of(ALLIANCE_PAGE, "©"): Noise.COPYRIGHT_FOOTER}


def test_a_caption_needs_a_ruling():
    text = ALLIANCE_PAGE.replace("The Alliance aims", "The mayors at lunch\n\nThe Alliance aims")
    line = line_of(text, "at lunch")
    with pytest.raises(ReadingError, match="caption_ignored") as caught:
        alliance(text)
    assert caught.value.line == line
    reading = read(text, ALLIANCE, [ruling("caption_ignored", line, "The mayors at lunch")])
    assert next(use.noise for use in reading.lines if use.line == line) is Noise.PHOTO_CAPTION


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2. Matching", "3. Matching", "task 3 stands where task 2"),
        ("March 4, 2031", "March 44, 2031", "is no date"),
        ("formally established", "opened", "founding was not found"),
        ("9 units", "nine units", "reported counts was not found"),
        ("covering 6 cities", "covering six cities", "reported count of cities was not found"),
        ("Main Tasks of the Alliance:", "What it does.", "heading of the tasks was found 0 times"),
        ("List of the First", "Bits of the First", "heading of the member list was found 0 times"),
        ("©", "", "copyright line was found 0 times"),
        ("Clicks:17", "", "source, time and clicks was not found"),
    ],
)
def test_what_is_missing_or_out_of_order_is_refused(old, new, message):
    with pytest.raises(ReadingError, match=message):
        alliance(ALLIANCE_PAGE.replace(old, new))
