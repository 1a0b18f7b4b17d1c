"""Sources, their attached texts and their corrections in the staff pages."""

import pytest

from sources.models import Ruling, Source, SourceText
from tests.factories import make_source
from tests.staff import address, change_page, curator, errors, filled

pytestmark = pytest.mark.django_db


def test_an_attached_text_is_shown_with_its_line_numbers_and_not_edited():
    attached = SourceText.objects.create(source=make_source(), text="First & <b>\nSecond")
    page = curator().get(change_page(attached)).content.decode()
    assert "    1  First &amp; &lt;b&gt;\n    2  Second" in page
    assert "<textarea" not in page


def test_the_list_says_which_sources_have_their_text():
    SourceText.objects.create(source=make_source("with"), text="x")
    make_source("without")
    page = curator().get(address(Source)).content.decode()
    assert page.count('class="field-has_text"><img src="/static/admin/img/icon-yes.svg"') == 1
    assert page.count('class="field-has_text"><img src="/static/admin/img/icon-no.svg"') == 1


def test_a_correction_beyond_the_end_of_its_source_is_refused():
    source = make_source(line_count=10)
    ruling = Ruling.objects.create(source=source, key="k", kind="misprint", reason="x")
    client, url = curator(), change_page(ruling)
    refused = client.post(url, filled(client, url, first_line=11))
    assert "has 10 lines" in errors(refused)


def test_a_correction_of_a_caption_shows_the_caption_though_readers_never_see_it(monkeypatch):
    monkeypatch.setattr("sources.printed.noise_lines", lambda slug: frozenset({2}))
    source = make_source(line_count=3)
    SourceText.objects.create(source=source, text="First\nA caption\nThird")
    place = {"source": source, "first_line": 2, "last_line": 2, "printed": "A caption"}
    ruling = Ruling.objects.create(key="k", kind="caption_ignored", reason="x", **place)
    assert "<mark>A caption</mark>" in curator().get(change_page(ruling)).content.decode()


def test_the_lists_do_not_read_the_texts(django_assert_max_num_queries):
    SourceText.objects.create(source=make_source(), text="x" * 1000)
    client = curator()
    for model in (Source, SourceText):
        with django_assert_max_num_queries(30) as queries:
            client.get(address(model))
        assert not [q for q in queries.captured_queries if '_sourcetext"."text",' in q["sql"]]
