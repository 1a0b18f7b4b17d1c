"""What the site-wide search finds, taken away: the same results as its page, all of them, in its order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative
from cities.models import City
from records.models import Publishable
from tests.everything import make_everything
from tests.factories import make_case, make_city
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db


def results(client, query: str) -> list[tuple[str, str]]:
    """Those of all pages, as type and slug."""
    first = json_of(client, f"/search.json?{query}")
    pages = [json_of(client, f"/search.json?{query}&page={n}") for n in range(1, first["pages"] + 1)]
    return [(hit["type"], hit["slug"]) for page in pages for hit in page["results"]]


@given(
    words=st.lists(
        st.sampled_from(["case", "city", "park", "article", "plan", "zeppelin", "-park"]), max_size=3
    ),
    types=st.lists(st.sampled_from(["case", "city", "article", "plan"]), max_size=2, unique=True),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_the_file_has_the_results_of_all_pages_in_their_order(client, words, types):
    if not Initiative.objects.exists():
        make_everything(3)
        for number in range(25):
            make_case(f"Park {number}", city=City.objects.first())
    query = "&".join([f"q={'+'.join(words)}", *(f"type={each}" for each in types)])
    if client.get(f"/search.json?{query}").status_code == 400:
        assert client.get(f"/search.csv?{query}").status_code == 400
        return
    rows = csv_rows(client, f"/search.csv?{query}")
    assert [(row["type"], row["slug"]) for row in rows] == results(client, query)


def test_a_city_still_in_draft_is_not_named_by_what_lies_in_it(client):
    make_everything(1)
    City.objects.update(state=Publishable.State.DRAFT)
    for row in csv_rows(client, "/search.csv?q=case+article+plan&near=0"):
        assert (row["city"], row["city_id"]) == ("", "")


def test_wrong_words_are_refused_and_no_words_find_nothing(client):
    make_case("Park", city=make_city("Haikou"))
    assert client.get("/search.csv?type=zeppelin&q=park").status_code == 400
    assert client.get("/search.bib?q=%F0%9F%8C%B3").status_code == 400
    assert csv_rows(client, "/search.csv") == []
    assert body_of(client.head("/search.csv?q=park")) == b""


def test_the_page_offers_each_form_under_its_query(client):
    make_case("Park", city=make_city("Haikou"))
    html = client.get("/search/?q=park&type=case").content.decode()
    for form in ("csv", "xlsx", "geojson", "bib", "ris", "atom"):
        assert f'href="/search.{form}?q=park&amp;type=case"' in html
    assert 'type="application/atom+xml"' in html
    assert "/search.json" not in html.partition('class="exports"')[2]  # it has one page of the results
