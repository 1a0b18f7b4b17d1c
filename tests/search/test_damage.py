"""What a reader is given where the index is damaged in the middle of a search; one that is: test_service.py."""

import pytest
from django.http import HttpResponse
from django.urls import resolve

from search.damage import again_where_damaged
from search.service import service
from tests.factories import make_case
from tests.search.indexes import damage_in_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "is_made_again"), [("get", True), ("head", True), ("post", False)])
def test_only_what_changes_nothing_is_done_a_second_time(rf, method, is_made_again):
    make_case("Park 7")
    service().rebuild()
    service().snapshot()
    damage_in_place(service().store.current())
    request = getattr(rf, method)("/cases.json")
    request.resolver_match = resolve("/cases.json")
    request.query_too_long = False
    answer = again_where_damaged(HttpResponse).process_exception(request, ValueError("beyond the end"))
    assert (answer is not None) is is_made_again
    assert service().snapshot().searcher.num_docs  # in either case a new one is built


def test_an_error_of_another_cause_stays_one(rf):
    make_case("Park 7")
    service().snapshot()
    assert (
        again_where_damaged(HttpResponse).process_exception(rf.get("/cases.json"), ValueError("a bug"))
        is None
    )
    assert (
        again_where_damaged(HttpResponse).process_exception(rf.get("/cases.json"), KeyError("a bug")) is None
    )
