"""Words of the printed text find a case where the text is attached and readers may see it."""

import pytest
from django.core.management import call_command

from sources.models import Source, SourceText

ONLY_IN_THE_TEXT = "headache"


def found(client):
    return [case.city.slug for case in client.get(f"/cases/?q={ONLY_IN_THE_TEXT}").context["page_obj"]]


@pytest.mark.needs_sources
def test_the_printed_text_is_searched_as_far_as_readers_may_see_it(client, catalogue, sources_dir):
    assert found(client) == []
    call_command("attach_texts", str(sources_dir), verbosity=0)
    assert found(client) == ["xianning"]
    Source.objects.update(full_text_public=False)
    assert found(client) == []


def test_a_word_outside_the_lines_of_a_case_does_not_find_it(client, catalogue):
    source = Source.objects.get(slug="guangzhou-award-6-collection")
    lines = [""] * source.line_count
    lines[49], lines[1160] = "zeppelin", "balloon"  # within the first case, within the last
    SourceText.objects.create(source=source, text="\n".join(lines))
    cities = {
        word: [case.city.slug for case in client.get(f"/cases/?q={word}").context["page_obj"]]
        for word in ("zeppelin", "BALLOON")
    }
    assert cities == {"zeppelin": ["xianning"], "BALLOON": ["xiamen"]}
