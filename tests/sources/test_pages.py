"""The page of a source."""

import re

import pytest

from sources.models import Source, SourceText
from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_open", [False, True])
def test_a_text_that_is_not_shown_is_not_attached_or_not_open_and_the_page_says_which(client, is_open):
    source = make_source(full_text_public=is_open, line_count=1)

    def page():
        return client.get(source.get_absolute_url()).content.decode()

    absent, kept_back = "has not attached a copy", "is not open to readers"
    assert absent in page()
    assert kept_back not in page()
    SourceText.objects.create(source=source, text="The very words.")
    assert absent not in page()
    assert (kept_back in page()) is not is_open
    assert ("The very words." in page()) is is_open


def test_a_document_is_cited_in_three_styles_by_what_it_says_of_itself(client):
    source = make_source(
        title="A <new> plan", publisher="City & Co", date="2018-03-08", url="https://example.org/a"
    )

    def texts():
        page = client.get(source.get_absolute_url()).content.decode()
        return dict(re.findall(r'<dd id="cite-(\w+)"><span[^>]*>(.+?)</span></dd>', page))

    found = texts()
    assert found["apa"] == "<i>A &lt;new&gt; plan</i>. (2018). City &amp; Co. https://example.org/a"
    assert found["chicago"].startswith("<i>A &lt;new&gt; Plan</i>. 2018. City &amp; Co.")
    assert found["gb"].startswith("A &lt;new&gt; plan[R/OL]. City &amp; Co, 2018")
    # An uncertain date is none of those the styles know.
    Source.objects.update(publisher="", date="201X", url="")
    assert texts()["apa"] == "<i>A &lt;new&gt; plan</i>. (n.d.)."
