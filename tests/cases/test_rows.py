"""The plain rows of long exports say what the records say."""

import pytest
from django.utils.translation import override

from cases.columns import CASES
from cases.models import Initiative
from tests import factories

pytestmark = pytest.mark.django_db


def _cases():
    themes = [
        factories.make_theme("Water"),
        factories.make_theme("ant"),
        factories.make_theme("Old", hidden=True),
    ]
    city = factories.make_city("Xiamen")
    source = factories.make_source("a-source")
    full = factories.make_case(
        "Full",
        city=city,
        themes=tuple(themes),
        goals={11: "stated", 3: "inferred"},
        novelty=("revolutionary", "evolutionary"),
        summary="What it is, and “why”.",
        started="2017-06",
        source=source,
        first_line=3,
        last_line=9,
    )
    factories.make_declaration("Pact", 2)
    factories.make_declaration("Draft pact", 1, state="draft")
    factories.answer(full, "pact:2", basis="stated")
    factories.answer(full, "pact:1", hidden=True)
    factories.answer(full, "draft-pact:1")
    hidden_link = full.theme_links.get(theme=themes[1])
    hidden_link.hidden = True
    hidden_link.save()
    factories.make_case("Bare", city=factories.make_city("Nowhere", country="GB"))
    factories.make_case("Draft", state="draft")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_column_is_as_the_record_has_it(language):
    _cases()
    records = Initiative.objects.public().for_lists().order_by("pk")
    read = records.export_reader()
    ids = list(Initiative.objects.values_list("pk", flat=True))
    with override(language):
        wanted = {record.pk: CASES.values(record, "https://a.example") for record in records}
        one_by_one = [read([id]) for id in ids]
        rows = {
            pk: CASES.values(row, "https://a.example") for found in one_by_one for pk, row in found.items()
        }
    assert rows == wanted
    assert len(rows) == 2


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    _cases()
    read = Initiative.objects.public().for_lists().export_reader()
    ids = list(Initiative.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(10):
        read(ids)
    with django_assert_max_num_queries(4):
        read(ids)
