"""What a reader sends may be long or many; the answer is a message and never a fault."""

import json
import re
from urllib.parse import urlencode

import pytest

from records.models import FormerSlug
from tests.factories import make_case

pytestmark = pytest.mark.django_db

TWELVE = " ".join(f"word{n}" for n in range(12))


@pytest.mark.parametrize(
    "pairs",
    [
        [("q", f"{n} {TWELVE}") for n in range(15)],
        [("q", str(n)) for n in range(80)],
        [("started", str(1000 + n)) for n in range(500)],
    ],
    ids=["long-texts", "many-texts", "many-years"],
)
def test_too_many_values_get_a_message_on_the_page_and_in_every_export(client, pairs):
    make_case()
    query = urlencode(pairs)
    page = client.get(f"/cases/?{query}")
    assert page.status_code == 200
    assert page.context["count"] == 0
    assert b'role="alert"' in page.content
    for form in ("csv", "json"):
        assert client.get(f"/cases.{form}?{query}").status_code == 400


def test_as_many_values_as_are_allowed_are_answered(client):
    make_case()
    query = urlencode(
        [("started", str(1000 + n)) for n in range(50)] + [("q", f"{n} {TWELVE}") for n in range(3)]
    )
    page = client.get(f"/cases/?{query}")
    assert page.status_code == 200
    assert not page.context["errors"]


@pytest.mark.parametrize("name", ["q", "zz", "city"])
def test_a_query_that_is_too_long_is_refused_and_not_repeated(client, name):
    make_case()
    page = client.get(f"/cases/?{name}={'a' * 1_000_000}")
    assert page.context["count"] == 0
    assert b'role="alert"' in page.content
    assert len(page.content) < 100_000
    refused = client.get(f"/cases.json?{name}={'a' * 1_000_000}")
    assert refused.status_code == 400
    assert "too long" in json.loads(refused.content)["error"]
    assert client.get(f"/?{name}={'a' * 1_000_000}").status_code == 200


def test_what_repeats_a_query_whole_takes_less_of_it(client, admin_client):
    case = make_case("A park", slug="park")
    query = "q=" + "%E6%B5%B7" * 2_000
    assert client.get(f"/cases/?{query}").context["errors"] == []
    assert client.get(f"/zh-hans/cases.json?{query}").status_code == 400
    assert client.get("/zh-hans/cases.json?q=park").status_code == 301
    FormerSlug.objects.create(model="cases.initiative", slug="old", object_id=case.pk)
    assert client.get(f"/cases/old/?{query}")["Location"] == "/cases/park/"
    assert client.get("/cases/old/?q=a")["Location"] == "/cases/park/?q=a"
    page = admin_client.get(f"/admin/cases/initiative/?{query}")
    assert b"The query is too long" in page.content


def test_links_to_other_pages_of_the_site_stay_short_under_a_long_text(client):
    make_case("A park")
    html = client.get("/cases/?q=" + "%E6%B5%B7" * 10_000 + "&sort=title").content.decode()
    other = re.search(r'<a href="([^"]*)" hreflang="zh', html)[1]
    assert other.startswith("/zh-hans/cases/?q=%E6%B5%B7")
    assert other.endswith("sort=title")
    assert max(map(len, re.findall(r'href="([^"]*)"', html))) < 5_000
    html = client.get("/cases/?q=park&page=1").content.decode()
    assert re.search(r'<a href="/zh-hans/cases/\?q=park&amp;page=1" hreflang="zh', html)
