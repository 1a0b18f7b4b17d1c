"""What is written down of requests opens no draft."""

import logging

import pytest

from catalogue.settings import LOGGING
from curation.nominations.links import WithoutPrivateLinks, without_private_links

TOKEN = "PUvzHafD7I6RWd3fGtMJeg5HxHBg0_fXvItPyL4802g"


@pytest.mark.parametrize("place", ["", "confirm/"])
def test_the_secret_part_of_a_private_link_is_left_out(place):
    said = without_private_links(f"Unprocessable Entity: /zh-hans/nominate/{place}{TOKEN}/delete/?x=1")
    assert said == f"Unprocessable Entity: /zh-hans/nominate/{place}…/delete/?x=1"
    assert without_private_links("Not Found: /nominate/confirm/") == "Not Found: /nominate/confirm/"


def test_what_is_logged_of_a_request_has_none_wherever_it_stands():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "%s: %s", ("Forbidden", f"/nominate/{TOKEN}/"), None
    )
    assert WithoutPrivateLinks().filter(record)
    assert record.getMessage() == "Forbidden: /nominate/…/"


def test_every_handler_of_the_log_leaves_them_out():
    assert all("private" in handler["filters"] for handler in LOGGING["handlers"].values())
