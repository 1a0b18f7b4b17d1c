"""Texts go compressed to whoever takes that, and say the same; packed files go as they are."""

import gzip

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
SMALL = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.mark.parametrize("address", ["/cases/", "/cases.json", "/cases.csv", "/about/", "/sitemap.xml"])
def test_texts_are_compressed_for_whoever_takes_that_and_say_the_same(client, address):
    for number in range(8):
        make.make_case(f"Parks by the river {number}")
    client.get("/cases/?q=settle")
    plain, small = client.get(address), client.get(address, **SMALL)
    assert "Content-Encoding" not in plain.headers and small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    body = small.getvalue() if small.streaming else small.content
    assert gzip.decompress(body) == (plain.getvalue() if plain.streaming else plain.content)
    assert address.startswith("/cases.") or len(body) < len(gzip.decompress(body)) / 2


@pytest.mark.parametrize("address", ["/cases.xlsx", "/download/datapackage.zip"])
def test_packed_files_are_not_packed_again(client, address):
    make.make_case("Parks")
    answer = client.get(address, **SMALL)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers
    answer.close()
