"""The outcomes on the page of a case: by status, repeated claims under the first, what changed as bars from zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.ledger.of_case import MOST, _bars, bars_of, groups_of, outcomes_of
from cases.models import Outcome, Unit
from tests import factories as make
from tests.web import json_of


def bars(before, after, kind="count"):
    unit = Unit(code="x", kind=kind)
    return _bars(Outcome(before=Decimal(before), after=Decimal(after), unit=unit))


@pytest.mark.parametrize(
    ("before", "after", "kind", "widths"),
    [
        ("30", "95", "share", ("30.00", "95.00")),
        ("50", "200", "share", ("25.00", "100.00")),
        ("120", "8", "rate", ("100.00", "6.67")),
        ("0", "5", "count", ("0.00", "100.00")),
    ],
)
def test_bars_are_parts_of_one_length(before, after, kind, widths):
    made = bars(before, after, kind)
    assert (made.before, made.after) == widths


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("0", "0", "count"), ("-1", "5", "count"), ("193", "155", "rank"), ("6", "7", "score")],
)
def test_no_bars_where_they_would_mislead(before, after, kind):
    assert bars(before, after, kind) is None


@given(st.decimals(0, 10**12, places=2), st.decimals(0, 10**12, places=2))
def test_the_longer_bar_is_that_of_the_larger_value(before, after):
    made = bars(before, after)
    if made is not None:
        assert max(float(made.before), float(made.after)) == 100
        assert (float(made.before) >= float(made.after)) or after > before


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
        ("", "Before 30 %, After 95 %", "Printed 1 more time"),
        ("/zh-hans", "之前 30 %, 之后 95 %", "另外出现 1 次"),
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
