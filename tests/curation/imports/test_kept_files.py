"""A file that was kept is read again at each step; what is read of it may have become less meanwhile."""

import pytest

from curation.imports import limits
from curation.imports.models import ImportRow
from tests.curation.imports.flow import act, page, previewed, sent, xlsx
from tests.factories import make_source
from tests.staff import curator

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def kept(client, monkeypatch):
    """An import of a spreadsheet of 30 cells, of which no more than 20 are read now."""
    rows = [[f"Town {number}", "EE"] for number in range(14)]
    job = sent(client, "cities", xlsx(["name", "country"], *rows), make_source("list"), "list.xlsx")
    monkeypatch.setattr(limits, "MOST_CELLS", 20)
    return job


def test_a_kept_file_over_the_limits_of_today_is_answered_in_plain_words(client, kept):
    answer = client.get(page(kept))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "20" in "".join(answer.context["problems"])
    assert 'href="/admin/curation/import/add/?table=cities">Send the list again</a>' in said
    assert "Make the preview" not in said


@pytest.mark.parametrize(("what", "typed"), [("plan", {"column-name": "0"}), ("read", {"sheet": "Sheet"})])
def test_no_step_from_there_fails_or_saves_anything(client, kept, what, typed):
    answer = act(client, kept, what, **typed)
    assert answer.status_code == 200
    assert len(answer.context["problems"]) == 1
    assert (kept.state, ImportRow.objects.count()) == ("read", 0)


def test_a_preview_whose_file_is_over_the_limits_now_goes_back_and_says_so(client, kept, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 2_000_000)
    previewed(client, kept)
    assert kept.state == "planned"
    monkeypatch.setattr(limits, "MOST_CELLS", 20)
    answer = act(client, kept, "confirm")
    assert (kept.state, answer.status_code) == ("read", 200)
    assert answer.content.decode().count(str(answer.context["problems"][0])) == 1
