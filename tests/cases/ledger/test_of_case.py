"""The outcomes on the page of a case: by status, repeated claims under the first, what changed, each fact once."""

import pytest

from cases.ledger.of_case import MOST, bars_of, groups_of, outcomes_of
from cases.models import Outcome
from tests import factories as make
from tests.web import json_of


@pytest.fixture
def case(db):
    case = make.make_case("A lane")
    percent, place = make.make_unit("%"), {"source": make.make_source(), "first_line": 7, "last_line": 7}
    first = make.make_outcome(
        case,
        "pupils on foot",
        key="a",
        value=95,
        before=30,
        after=95,
        unit=percent,
        printed="30 to 95%",
        **place,
    )
    make.make_outcome(
        case, "pupils on foot", key="b", value=95, before=30, after=95, unit=percent, repeats=first, printed="95%",
        status="expected", position=2, **place,
    )  # fmt: skip
    make.make_outcome(
        case, "routes", key="c", value=4, status="context", unit=make.make_unit("number"), **place
    )
    make.make_outcome(case, "hidden", key="d", value=4, hidden=True, **place)
    return case


def test_by_status_with_repeated_claims_under_the_first(case):
    groups = groups_of(outcomes_of(case))
    assert [(group.status, [claim.outcome.key for claim in group.claims]) for group in groups] == [
        ("achieved", ["a"]), ("context", ["c"])
    ]  # fmt: skip
    assert [each.key for each in groups[0].claims[0].again] == ["b"]
    assert [each.outcome.key for each in bars_of(outcomes_of(case))] == ["a"]


def test_a_claim_whose_first_is_hidden_stands_by_itself(case):
    case.outcomes.filter(key="a").update(hidden=True)
    keys = [claim.outcome.key for group in groups_of(outcomes_of(case)) for claim in group.claims]
    assert keys == ["b", "c"]


@pytest.mark.parametrize(
    ("prefix", "label", "printed_again"),
    [
        ("", "Before 30 %, After 95 %: higher by 65 percentage points", "Printed 1 more time"),
        ("/zh-hans", "之前 30 %, 之后 95 %：提高65个百分点", "另外出现 1 次"),
    ],
)
def test_the_page_shows_table_and_picture_in_both_languages(client, case, prefix, label, printed_again):
    html = client.get(f"{prefix}/cases/{case.slug}/").content.decode()
    assert f'role="img" aria-label="{label}"' in html
    assert '<rect class="change__before" width="30.00%"' in html
    assert "<script" not in html.split("<figure")[1].split("</figure>")[0]
    assert printed_again in html
    assert 'id="outcome-a"' in html
    assert 'id="outcome-b"' in html
    assert 'id="outcome-d"' not in html


def test_more_than_can_be_shown_lead_to_the_list(client, case):
    make.Outcome.objects.bulk_create(
        Outcome(initiative=case, key=f"n-{n}", indicator="x", value=n, status="target") for n in range(MOST)
    )
    response = client.get(f"/cases/{case.slug}/")
    shown = sum(
        1 + len(claim.again) for group in response.context["outcome_groups"] for claim in group.claims
    )
    assert shown == MOST
    assert f"/outcomes/?case={case.slug}" in response.content.decode()
    assert "There are more" in response.content.decode()


def test_the_document_of_the_case_has_every_outcome(client, case):
    outcomes = json_of(client, f"/cases/{case.slug}.json")["outcomes"]
    assert [each["id"] for each in outcomes] == [f"{case.slug}:{key}" for key in "acb"]
    assert outcomes[0]["value"] == 95
