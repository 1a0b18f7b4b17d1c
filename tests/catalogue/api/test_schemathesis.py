"""Requests that schemathesis makes up from the description, right ones and wrong ones, and what it holds answers to:
statuses, forms and headers that are described, shapes, no fault, right requests answered and wrong ones refused.

All phases of its command line, against a running catalogue: see docs/api.md.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from catalogue.api.places import places
from catalogue.head import without_body

pytestmark = pytest.mark.django_db
OPERATIONS = [
    "/api/v1/",
    "/api/v1/search/",
    *(f"/api/v1/{place.name}/" for place in places().values()),
    *(f"/api/v1/{place.name}/{{slug}}/" for place in places().values() if place.page),
]


@pytest.fixture
def described(catalogue):
    """The API as it describes itself, with the committed fixtures in it."""
    # The requests run in the test's own transaction: its connection must outlive them.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    application = without_body(get_wsgi_application())
    yield schemathesis.openapi.from_wsgi("/api/schema.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_tried(described):
    assert {each.ok().path for each in described.get_all_operations()} == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_schemathesis_finds_no_failure(described, mode):
    tried = 0
    for path in OPERATIONS:
        operation = described[path]["GET"]
        if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
            continue

        @settings(
            max_examples=3,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case):
            nonlocal tried
            tried += 1
            # Called without a network in between, nobody unpacks what was packed for it.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        holds()
    assert tried > 60
