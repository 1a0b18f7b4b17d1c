from sources.reading import ReadingError


def test_the_message_has_place_problem_line_and_fix():
    error = ReadingError("odd", source="prize", line=7, text="  " + "x" * 100, fix="Add it.")
    assert str(error) == f"prize, line 7: odd\n    | {'x' * 80}\nAdd it."


def test_what_is_not_known_is_left_out():
    assert str(ReadingError("odd")) == "odd"
    assert str(ReadingError("odd", source="prize")) == "prize: odd"
