"""What a case page counts at its head is what stands below."""

import re

import pytest

from cases.models import Initiative
from tests import factories as make


def _glance(html: str) -> dict[str, int]:
    numbers = html.partition('<ul class="numbers"')[2].partition("</ul>")[0]
    return {place: int(count) for place, count in re.findall(r'href="#([\w-]+)"><b>(\d+)</b>', numbers)}


def _standing(html: str) -> dict[str, int]:
    """How many of each stand under their headings."""

    def part(place: str) -> str:
        return html.partition(f'id="{place}"')[2].partition("</section>")[0]

    held = {
        "outcome-table": len(re.findall(r'<tr id="outcome-', part("outcome-table"))),
        "answers": part("answers").count('<li class="row"'),
        "partners": part("partners").count("<li>"),
        "dated-facts": part("dated-facts").count('<tr id="fact-'),
    }
    return {place: count for place, count in held.items() if count}


def test_each_number_is_that_of_what_stands_where_it_leads(client, catalogue):
    for case in Initiative.objects.public():
        html = client.get(case.get_absolute_url()).content.decode()
        told = _glance(html)
        assert told.pop("source-checks") == case.notes.public().count()
        assert told == _standing(html)
        assert told["outcome-table"] > 0


@pytest.mark.django_db
def test_what_a_case_has_none_of_is_left_out(client):
    case = make.make_case("Parks")
    assert 'class="numbers"' not in client.get(case.get_absolute_url()).content.decode()
    make.make_outcome(case)
    make.make_outcome(case, hidden=True)
    assert _glance(client.get(case.get_absolute_url()).content.decode()) == {"outcome-table": 1}
