"""Reading answers in tests."""

import csv
import io
import json

from django.test import Client


def body_of(response) -> bytes:
    """The whole body of an answer, streamed or not."""
    return response.getvalue()


def csv_rows(client: Client, address: str) -> list[dict]:
    """The rows of a CSV address, as its header names them."""
    response = client.get(address)
    assert response.status_code == 200, body_of(response)
    return list(csv.DictReader(io.StringIO(body_of(response).decode("utf-8-sig"), newline="")))


def json_of(client: Client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200, body_of(response)
    return json.loads(body_of(response))


def ids(client: Client, query: str = "", place: str = "/cases") -> list[str]:
    """The slugs of a list in order, from its CSV."""
    return [row["id"] for row in csv_rows(client, f"{place}.csv?{query}")]


def page_ids(client: Client, query: str = "", place: str = "/cases/") -> list[str]:
    """The slugs of one page of a list in order, as the page's context has them."""
    response = client.get(f"{place}?{query}")
    assert response.status_code == 200
    return [record.slug for record in response.context["page_obj"]]
