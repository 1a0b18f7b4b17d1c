"""The list of outcomes marks what a note speaks of, and its pages are kept: a note that comes or goes shows."""

import pytest

from notes.models import Note
from sources.models import SourceText
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/notes/", "/unknowns/"])
def test_a_kept_page_of_notes_does_not_outlive_what_it_shows(client, address):
    case = make_located_case()
    note = make_note(case=case, settles="A map.")
    client.get(address)
    for record, name, value in (
        (note, "note", "Another explanation."),
        (case, "title", "Another title"),
        (case.city, "name", "Another city"),
        (note.source, "short_title", "Another source"),
    ):
        client.get(address)
        type(record).objects.filter(pk=record.pk).update(**{name: value})
        assert value in client.get(address).content.decode()
    SourceText.objects.create(source=note.source, text="x\n" * 9)
    type(note.source).objects.filter(pk=note.source.pk).update(full_text_public=True)
    assert "#line-3" in client.get(address).content.decode()
    SourceText.objects.all().delete()
    assert "#line-3" not in client.get(address).content.decode()
    note.delete()
    assert "Another explanation." not in client.get(address).content.decode()
