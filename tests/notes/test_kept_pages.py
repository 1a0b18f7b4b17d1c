"""The list of outcomes marks what a note speaks of, and its pages are kept: a note that comes or goes shows."""

import pytest

from notes.models import Note
from tests.factories import make_outcome
from tests.notes.factories import make_located_case, make_note


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_of_outcomes_does_not_outlive_a_note(client):
    case = make_located_case()
    make_outcome(case, value=5, printed="5 km", source=case.source, first_line=20, last_line=20)
    marked = []
    client.get("/outcomes/")
    for change in (
        lambda: make_note(case=case, lines="20", printed="5 km"),
        lambda: Note.objects.update(hidden=True),
        lambda: Note.objects.update(hidden=False),
        lambda: Note.objects.all().delete(),
    ):
        client.get("/outcomes/")
        change()
        marked.append('class="remark"' in client.get("/outcomes/").content.decode())
    assert marked == [True, False, True, False]
