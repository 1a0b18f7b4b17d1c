"""The page of a source."""

import pytest

from sources.models import SourceText
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
