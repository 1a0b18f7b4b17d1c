"""What one address, and all together, may send in a day."""

import pytest

from curation.nominations import guard

pytestmark = pytest.mark.django_db


def test_who_is_over_the_limit_of_one_uses_up_nothing_of_what_all_may_send(monkeypatch):
    monkeypatch.setitem(guard.MOST, "report", (2, 4))
    assert [guard.may("report", "192.0.2.1") for _n in range(20)] == [True, True, *[False] * 18]
    assert [guard.may("report", "192.0.2.2") for _n in range(3)] == [True, True, False]
    assert not guard.may("report", "192.0.2.3")
