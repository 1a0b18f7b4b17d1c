"""Why a text matched."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis
from search.highlights import Explanation, Highlighter, Passage, Reason
from search.occurrences import beginning, folded
from search.snippets import ROOM
from search.understanding import Form, Typed, Word, forms_of, parse


def words(typed: str, *others: tuple[str, str]) -> list[Word]:
    """The words of a typed text; `others` are further forms of the last one, each a text and why."""
    made = [Word(part, tuple(forms_of(part))) for part in parse(typed).needed]
    more = tuple(
        Form(tuple(analysis.stem(token.text) for token in analysis.tokens(text)), 0.6, why, text)
        for text, why in others
    )
    return [*made[:-1], Word(made[-1].typed, (*made[-1].forms, *more))]


def marked(typed: str, text: str, *others: tuple[str, str]) -> list[str]:
    return [segment.text for segment in Highlighter(words(typed, *others)).mark(text) if segment.marked]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("city", "The City and its cities, in velocity", ["City", "cities"]),
        ("hoping", "They hope, hoped and were hoping", ["hope", "hoped", "hoping"]),
        ("lying", "It lies there, as if to lie", ["lies", "lie"]),
        ("colour", "The color of water", ["color"]),
        ("AI", "Aid by A.I. and AI, not A.I.D.", ["A.I.", "AI"]),
        ("A.I.", "by AI", ["AI"]),
        ("2,945", "from 2945 to 2,945 and 12,945", ["2945", "2,945"]),
        ("128.7", "128.7 of 1,128.7", ["128.7"]),
        ("cafe", "A Café and an ÉLITE CAFÉ", ["Café", "CAFÉ"]),
        ("élite", "an elite", ["elite"]),
        ("海口", "在海口市的海，口岸", ["海口", "海，口"]),
        ("廣州", "广州 and 廣州", ["广州", "廣州"]),
        ("创新", "城市創新", ["創新"]),
        ("GDP", "中国GDP增长", ["GDP"]),
        ('"green space"', "green spaces, green big space, Green\nSpace", ["green spaces", "Green\nSpace"]),
        ("child-friendly", "child friendly, childfriendly", ["child friendly", "childfriendly"]),
        ("hsiamen", "Hsia-men, Hsia men and Hsia-men's", ["Hsia-men", "Hsia-men"]),
        ("chingtao", "(Ch'ing-tao) Ch'ing-taos, a-Ch'ing-tao", ["Ch'ing-tao", "Ch'ing-taos"]),
        ("well", "We'll see a well-known well", ["well", "well"]),
        ("<b>", "a <b> & b", ["b", "b"]),
        ("spv", "spves spv", ["spv"]),
        ("water", "", []),
    ],
)
def test_words_are_marked_as_the_index_matches_them(typed, text, found):
    assert marked(typed, text) == found


def test_the_segments_are_the_text_itself():
    text = "Water <script>, wäter & waters\n“Water”."
    segments = Highlighter(words("water")).mark(text)
    assert "".join(segment.text for segment in segments) == text
    assert [s.text for s in segments if s.marked] == ["Water", "wäter", "waters", "Water"]


def test_of_overlapping_matches_the_longer_one_is_marked():
    assert marked("green", "the green space here", ("green space", "synonym")) == ["green space"]


def test_every_english_word_begins_as_its_stem_says():
    from search.spelling import _dictionary

    every = [word for word in _dictionary().word_frequency.keys() if word.isalpha()][::7]  # noqa: SIM118
    assert len(every) > 10_000
    wrong = [word for word in every if not folded(word).startswith(beginning(analysis.stem(word)))]
    assert wrong == []


def test_no_word_marks_nothing():
    match = Highlighter([]).show("A title", [Passage("A summary.")])
    assert [(s.text, s.marked) for s in match.title] == [("A title", False)]
    assert match.snippets[0].text == "A summary."


LONG = "Nothing is said here. " * 30 + "Birds came back to the wetland. " + "Nothing more is said. " * 30


def test_the_snippet_is_the_window_with_most_words_cut_at_sentences():
    passages = [Passage("A bird alone is in the summary."), Passage(LONG, "Measures")]
    match = Highlighter(words("bird wetland")).show("A title", passages)
    assert len(match.snippets) == 1
    snippet = match.snippets[0]
    assert snippet.label == "Measures"
    assert "Birds came back to the wetland." in snippet.text
    assert snippet.text.startswith("Nothing is said here.")
    assert snippet.text.endswith(".")
    assert len(snippet.text) <= ROOM + 4
    assert [s.text for s in snippet.segments if s.marked] == ["Birds", "wetland"]


def test_without_sentences_it_is_cut_between_words():
    text = "noise " * 100 + "bird " + "noise " * 100
    snippet = Highlighter(words("bird")).show("", [Passage(text)]).snippets[0]
    assert snippet.text.startswith("… noise")
    assert snippet.text.endswith("noise …")
    assert len(snippet.text) <= ROOM + 6


def test_chinese_is_cut_and_marked():
    text = "城市公园。" * 80 + "湿地保护。" + "城市公园。" * 80
    snippet = Highlighter(words("湿地")).show("", [Passage(text)]).snippets[0]
    assert [s.text for s in snippet.segments if s.marked] == ["湿地"]
    assert len(snippet.text) <= ROOM + 4
    assert snippet.text.startswith("城市公园。")


def test_a_second_snippet_shows_the_words_the_first_does_not():
    passages = [Passage("Birds are back."), Passage("More birds."), Passage("A wetland.", "Themes")]
    match = Highlighter(words("bird wetland")).show("A title", passages)
    assert [s.text for s in match.snippets] == ["Birds are back.", "A wetland."]


TEXTS = st.lists(
    st.lists(
        st.sampled_from(["waste", "water", "Water.", "birds", "A.", "I", "2,", "945", "城市", "İ", "é"]),
        max_size=4,
    ).map(" ".join),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_texts_marked_together_are_marked_as_each_alone(texts):
    """No phrase begins in one text and ends in the next, and no text changes how another is folded."""
    highlighter = Highlighter(words("birds ai 2,945 城 water", ("waste water", "synonym")))
    together = [[(m.start, m.end) for m in marks] for marks in highlighter.marks_of(texts)]
    alone = [[(m.start, m.end) for m in highlighter.marks_of([text])[0]] for text in texts]
    assert together == alone


def test_the_full_text_is_asked_only_where_nothing_else_matched():
    highlighter = Highlighter(words("bird"))

    def never():
        raise AssertionError

    assert highlighter.show("A bird", [Passage("x")], never).snippets[0].text == "x"
    assert highlighter.show("A title", [Passage("Birds.")], never).snippets[0].text == "Birds."
    match = highlighter.show("A title", [Passage("x")], lambda: [Passage("Printed birds.", "Printed text")])
    assert (match.snippets[0].label, match.snippets[0].text) == ("Printed text", "Printed birds.")


def test_what_is_not_literal_is_said():
    synonym = Highlighter(words("sewage", ("waste water", "synonym")))
    assert synonym.show("Waste  Water and sewage", []).reasons == (
        Reason("synonym", "Waste Water", "sewage"),
    )
    corrected = Word(Typed("biodiversty", ("biodiversty",)), (Form(("biodivers",), 0.9, "correction"),))
    match = Highlighter([corrected]).show("Biodiversity", [Passage("biodiversity again")])
    assert match.reasons == (Reason("correction", "Biodiversity", "biodiversty"),)


def test_literal_words_win_over_others_in_a_snippet():
    highlighter = Highlighter(words("sewage", ("wastewater", "synonym")))
    assert highlighter.show("", [Passage("wastewater"), Passage("sewage")]).snippets[0].text == "sewage"


def test_twenty_rows_are_quick():
    text = ("The city restored the wetlands, cleaned its river and counted 2,945 birds of many kinds. " * 56)[
        :5000
    ]
    highlighter = Highlighter(words("wetland birds river restoration", ("water body", "synonym")))
    passages = [Passage(part) for part in (text[:300], text[300:2000], text[2000:])]
    taken = []
    for _time in range(5):
        started = time.process_time()
        for _row in range(20):
            highlighter.show("Birds of the wetland", passages)
        taken.append(time.process_time() - started)
    assert min(taken) < 0.06  # with a match in every line; some 5 ms for texts as they are


def test_a_text_full_of_matches_is_no_slower_than_its_length():
    """Marks are capped for each text, and the best window is found in one pass."""
    text = "人民不了一的的的人城市" * 2000
    highlighter = Highlighter(words("民 一 不 城 人"))
    started = time.process_time()
    match = highlighter.show("民", [Passage(text)])
    assert time.process_time() - started < 0.5
    assert {"民", "一", "不", "城", "人"} <= {s.text for s in match.snippets[0].segments if s.marked}


_SAID = st.lists(st.sampled_from(["park", "parks", "lane", "garden", "x" * 150, "."]), max_size=12).map(
    " ".join
)


@settings(max_examples=300, deadline=None)
@given(
    title=_SAID, first=_SAID, others=st.lists(_SAID, max_size=4), typed=st.sampled_from(["park", "park lane"])
)
def test_passages_after_one_that_shows_every_word_change_nothing(title, first, others, typed):
    highlighter = Highlighter(words(typed, ("garden", "synonym")))
    passages = [Passage(text) for text in (first, *others)]
    begun = Explanation(highlighter, title, passages[:1])
    for passage in passages[1:]:
        if not begun.is_whole:
            begun.add([passage])
    assert begun.match() == highlighter.show(title, passages)


def test_a_text_shows_all_words_only_as_they_were_typed_and_in_one_snippet():
    highlighter = Highlighter(words("park lane", ("garden", "synonym")))

    def is_whole(text):
        return Explanation(highlighter, "A title", [Passage(text)]).is_whole

    assert is_whole("A park by the lane.")
    for text in ("", "A park.", "A park by the garden.", "A park " + "by " * ROOM + "the lane."):
        assert not is_whole(text)
