"""The staff form of what a case passed on."""

import pytest

from cases.models import Transfer
from tests import factories as make
from tests.staff import curator, errors, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "says"), [(40, ""), (41, "does not print this number")])
def test_a_number_of_others_is_the_printed_one(count, says):
    case = make.make_case("A park", source=make.make_source(line_count=9), first_line=1, last_line=9)
    transfer = Transfer.objects.create(
        initiative=case,
        key="others",
        direction="taught",
        state="planned",
        unit="cities",
        what="The park",
        source=case.source,
        first_line=2,
        last_line=2,
        printed="more than 40 cities",
    )
    response = save(curator(), transfer, count=count)
    assert says in errors(response)
    transfer.refresh_from_db()
    assert transfer.count == (None if says else count)
