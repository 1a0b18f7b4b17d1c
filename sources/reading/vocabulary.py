"""The closed lists of the reader: kinds of noise, of numbers and of rulings."""

from __future__ import annotations

from enum import StrEnum


class Noise(StrEnum):
    """Why a non-blank line belongs to no record."""

    RUNNING_HEADER = "running_header"
    FOREIGN_RUNNING_HEADER = "foreign_running_header"
    TITLE_PAGE = "title_page"
    CONTENTS_HEADING = "contents_heading"
    WEBSITE_NAVIGATION = "website_navigation"
    PHOTO_CAPTION = "photo_caption"
    COPYRIGHT_FOOTER = "copyright_footer"
    CUSTOMER_SERVICE = "customer_service"
    STRAY_SYMBOL = "stray_symbol"


class NumberKind(StrEnum):
    """What a digit token is. The first three are given by rule, the others by the number tables."""

    CITY_DATA = "city_data"
    PAGE_NUMBER = "page_number"
    LIST_MARKER = "list_marker"
    OUTCOME = "outcome"
    DATE = "date"
    DURATION = "duration"  # a span of time, and an age
    NAME = "name"
    COUNT = "count"
    IDENTIFIER = "identifier"


class RulingKind(StrEnum):
    """What an editor ruled on. The kinds in `EFFECTIVE` steer the reader, the others only explain."""

    TITLE_FROM_CONTENTS = "title_from_contents"  # the body prints no title, the contents list does
    TITLE_DIFFERS = "title_differs"  # body and contents print two titles; the body's stands
    HEADER_IGNORED = "header_ignored"  # a running header that belongs to another case
    CAPTION_IGNORED = "caption_ignored"  # a caption whose picture the converter dropped
    HEADING = "heading"  # a heading no rule knows; read_as "measures" or, for level 2, "2"
    NOT_A_HEADING = "not_a_heading"  # a short line that is text
    MISREAD_VALUE = "misread_value"  # a figure of the city data block, parsed from read_as
    NAMES_JOINED = "names_joined"  # two names without a separator; read_as parts them by "; "
    YEAR_SUPPLIED = "year_supplied"  # a date printed without its year; read_as is the whole date
    MISREAD_WORD = "misread_word"
    SCOPE_NOT_LABELLED = "scope_not_labelled"
    SPELLING_VARIES = "spelling_varies"
    WORDING_DOUBTFUL = "wording_doubtful"  # printed so, and it says something the author hardly meant
    SENTENCE_BROKEN = "sentence_broken"  # words of a sentence lost, doubled or split
    FIGURE_DOUBTFUL = "figure_doubtful"
    MISSING_FROM_CONTENTS = "missing_from_contents"
    ORDER_LOST = "order_lost"  # printed side by side, converted one after the other
    PROMISED_MISSING = "promised_missing"  # announced by the source and not there


EFFECTIVE = frozenset(list(RulingKind)[:9])
