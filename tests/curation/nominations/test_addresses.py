"""What strangers wrote is shown as text, and only addresses that a browser opens safely are links in it."""

import pytest

from curation.nominations.addresses import linked
from tests.curation.nominations.sent import make_nomination
from tests.staff import change_page, curator

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("https://example.org/report", "https://example.org/report", ""),
        ("HTTP://example.org", "HTTP://example.org", ""),
        ("https://example.org/a?b=1&c=2).", "https://example.org/a?b=1&amp;c=2", ")."),
        ("https://example.org/城市，", "https://example.org/城市", "，"),
    ],
)
def test_an_address_is_a_link_that_tells_nothing_of_where_it_was_followed_from(text, address, after):
    assert linked(f"See {text}") == f'See <a href="{address}" {REL}>{address}</a>{after}'


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org",
        "https://",
        "http://[",
        "Report, page 3",
    ],
)
def test_whatever_else_stays_text(text):
    assert linked(text) == text


def test_nothing_that_was_written_becomes_markup():
    shown = linked("<b>x</b> https://example.org/\"onclick=alert(1) 'y' <script>")
    assert "<b>" not in shown and "<script" not in shown
    assert shown.count("<a ") == 1 and 'href="https://example.org/" rel' in shown


@pytest.mark.django_db
def test_the_page_of_a_nomination_leads_to_where_it_can_be_read():
    made = make_nomination(sources=[["https://example.org/report", "3"], ["javascript:alert(1)", ""]])
    page = curator().get(change_page(made)).content.decode()
    assert f'<a href="https://example.org/report" {REL}>https://example.org/report</a>' in page
    assert "javascript:alert(1)" in page and 'href="javascript' not in page
