"""The index of cases and the database say the same of the crosswalk, whatever is filtered and ordered."""

import random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.crosswalk.lists import Crosswalk
from cases.models import CommitmentLink
from declarations.models import Article
from listing.facets import groups
from tests import factories as make

pytestmark = pytest.mark.django_db
VALUES = {
    "city": [f"c-{n}" for n in range(4)],
    "declaration": ["pact-0", "pact-1", "pact-2"],
    "article": ["pact-0:1", "pact-0:3", "pact-1:1", "pact-2:2"],
    "basis": ["stated", "inferred"],
}
QUERIES = st.fixed_dictionaries(
    {"sort": st.sampled_from(["", "title", "-title", "city", "-city"])},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        for name, values in VALUES.items()
    },
)


@pytest.fixture
def many():
    """Sixty cases with few titles, some drafts, links to articles of which some are hidden, some links hidden too."""
    chance = random.Random(7)  # noqa: S311 - the same catalogue every time
    cities = [make.make_city(f"C {n}", slug=f"c-{n}") for n in range(4)]
    for n in range(3):
        make.make_declaration(f"Pact {n}", 3, adopted=f"20{10 + n}")
    make.make_declaration("Draft", 2, state="draft")
    Article.objects.filter(declaration__slug="pact-2", number=3).update(hidden=True)
    articles = list(Article.objects.all())
    for n in range(60):
        case = make.make_case(
            chance.choice(["Same", "same", "Other", "Équité"]), slug=f"{'ab'[n % 2]}-{n}", city=chance.choice(cities),
            state=chance.choice([make.PUBLISHED] * 6 + ["draft"]), hidden=chance.random() < 0.05,
        )  # fmt: skip
        CommitmentLink.objects.bulk_create(
            CommitmentLink(
                initiative=case, article=article, reason="r", basis=chance.choice(["stated", "inferred"]),
                hidden=chance.random() < 0.1,
            )
            for article in chance.sample(articles, chance.choice([0, 1, 2, 4, 6]))
        )  # fmt: skip


def _said(query: dict, by_index: bool) -> dict:
    selection = Crosswalk().select(QueryDict(urlencode(query, doseq=True)))
    assert selection.state is not None
    if not by_index:
        selection.state = None
    cases = selection.cases
    return {
        "count": cases.count(),
        "links": selection.number_of_links(),
        "rows": [case.pk for at in range(0, 60, 20) for case in cases[at : at + 20]],
        "facets": [
            (group.name, [(v.value, v.label, v.count, v.selected) for v in (*group.values, *group.more)])
            for group in groups(selection)
        ],
        "exported": list(selection.rows.values_list("initiative__slug", "article")),
    }


@pytest.mark.usefixtures("many")
def test_pages_totals_and_counts_of_any_filters_in_any_order():
    @settings(max_examples=80, deadline=None, database=None)
    @given(QUERIES)
    def compare(query):
        by_index, by_database = _said(query, True), _said(query, False)
        assert by_index == by_database
        assert by_index["links"] == len(by_index["exported"])

    compare()
    assert _said({}, True)["links"] > 60
