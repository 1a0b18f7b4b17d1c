"""Requests that schemathesis makes up from the description, right ones and wrong ones, and what it holds answers to:
statuses, forms and headers that are described, shapes, no fault, right requests answered and wrong ones refused.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from catalogue.head import without_body

pytestmark = pytest.mark.django_db


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


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_schemathesis_finds_no_failure(case):
    case.call_and_validate()
