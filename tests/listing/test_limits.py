"""What a reader sends may be long or many; the answer is a message and never a fault."""

import json
from urllib.parse import urlencode

import pytest

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
