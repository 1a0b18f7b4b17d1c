"""What changed as bars from zero, with its way in words: on the page of a case and in the list of outcomes."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.ledger.change import bars_for
from cases.models import Outcome, Unit
from tests import factories as make


def bars(before, after, kind="count"):
    unit = Unit(code="x", kind=kind)
    return bars_for(Outcome(before=Decimal(before), after=Decimal(after), unit=unit))


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


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        ("30", "95", "share", "↑ higher by 65 percentage points"),
        ("9.75", "8.5", "share", "↓ lower by 1.2 percentage points"),
        ("120", "8", "rate", "↓ lower by 93%"),
        ("35000", "50000", "money", "↑ higher by 43%"),
        ("30", "0", "count", "↓ lower by 100%"),
        ("0", "5", "count", "↑ higher than nothing"),
        ("5", "5", "count", "= the same"),
    ],
)
def test_the_way_it_went_is_said_in_words_and_by_a_sign(before, after, kind, said):
    made = bars(before, after, kind)
    assert f"{made.arrow} {made.said}" == said


def test_the_way_it_went_is_said_in_chinese():
    with translation.override("zh-hans"):
        assert bars("30", "95", "share").said == "提高65个百分点"


@pytest.mark.django_db
def test_case_and_list_of_outcomes_draw_the_same_pair_and_no_other(client):
    case = make.make_case("Road")
    both = {"before": 30, "after": 95, "value": 95}
    make.make_outcome(case, "pupils on foot", key="a", unit=make.make_unit("%"), **both)
    make.make_outcome(case, "trees", key="b", value=7, unit=make.make_unit("trees"))
    for address in (case.get_absolute_url(), "/outcomes/"):
        html = client.get(address).content.decode()
        assert html.count('class="change__pair"') == 1
        assert 'aria-label="Before 30 %, After 95 %: higher by 65 percentage points"' in html
        assert '<rect class="change__after" width="95.00%" height="100%"/>' in html
    assert '<a href="#outcome-a">' in client.get(case.get_absolute_url()).content.decode()
