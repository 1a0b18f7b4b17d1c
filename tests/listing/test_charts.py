"""Charts of a list: bars with counts, shares and addresses, years with their gaps, what has no value, and the rest."""

import pytest
from django.http import QueryDict
from django.utils import translation

from cases.charts import CaseCharts
from listing.charts import LONG_GAP, SHOWN, Chart, charts
from listing.templatetags.charts import share
from search.service import Building
from tests import factories as make

pytestmark = pytest.mark.django_db


def _chart(name: str, query: str = "", whole: str = "") -> Chart | None:
    selection = CaseCharts().select(QueryDict(query), "/charts/")
    made = charts(selection, [name], ["started"], whole)
    return made[0] if made else None


def _counts(chart: Chart) -> dict[str, int]:
    return {bar.value: bar.count for bar in chart.bars}


@pytest.fixture
def catalogue():
    x, y, z = (make.make_theme(name, name_zh=f"{name}题") for name in "XYZ")
    a, b = make.make_city("A"), make.make_city("B", country="KE")
    make.make_case("1", city=a, themes=[x, y], goals=(1,), started="2012-06", novelty=("incremental",))
    make.make_case("2", city=a, themes=[x], goals=(1, 2), started="2017")
    make.make_case("3", city=b, started="")
    make.make_case("4", city=b, themes=[x, y, z], state="draft")


@pytest.mark.usefixtures("catalogue")
def test_bars_have_counts_shares_and_lengths_and_drafts_have_none():
    chart = _chart("theme")
    assert [(bar.label, bar.count, round(bar.share), bar.length) for bar in chart.bars] == [
        ("X", 2, 67, "100.00"),
        ("Y", 1, 33, "50.00"),
    ]
    assert (chart.every, chart.without, chart.is_many, chart.adds_up_to_more) == (3, 1, True, True)
    assert not _chart("city").adds_up_to_more


@pytest.mark.usefixtures("catalogue")
def test_a_bar_leads_to_its_value_in_place_of_what_is_chosen():
    chart = _chart("theme", "theme=y&city=a&sort=title")
    assert [(bar.value, bar.count, bar.is_chosen) for bar in chart.bars] == [("x", 2, False), ("y", 1, True)]
    assert [bar.url for bar in chart.bars] == ["/charts/?city=a&theme=x", "/charts/?city=a&theme=y"]
    assert chart.is_chosen


@pytest.mark.usefixtures("catalogue")
def test_a_chosen_value_without_a_row_stands_there_with_zero():
    assert _counts(_chart("theme", "theme=z&city=a")) == {"x": 2, "y": 1, "z": 0}


@pytest.mark.usefixtures("catalogue")
def test_one_value_that_every_row_has_is_no_picture():
    assert _chart("programme") is None
    assert _chart("country") is not None
    assert _chart("country", "city=a") is None
    assert _chart("country", "city=a&country=china") is not None


@pytest.mark.usefixtures("catalogue")
def test_years_stand_one_after_the_other_and_what_is_no_year_after_them():
    years = _chart("started").years
    assert [(bar.value, bar.count, bar.is_apart) for bar in years] == [
        ("2012", 1, False),
        *((str(year), 0, False) for year in range(2013, 2017)),
        ("2017", 1, False),
        ("unknown", 1, True),
    ]
    assert [bool(bar.url) for bar in years] == [True, False, False, False, False, True, True]


@pytest.mark.usefixtures("catalogue")
def test_a_long_gap_is_one_break_that_says_from_when_to_when():
    make.make_case("old", started=f"{2012 - LONG_GAP - 2}")
    old, gap, *others = _chart("started").years
    assert (old.value, old.count) == ("2002", 1)
    assert (gap.count, gap.label, gap.gap, gap.url) == (0, "2003", "2011", "")
    assert others[0].value == "2012"


@pytest.mark.usefixtures("catalogue")
def test_labels_are_chinese_where_the_page_is():
    with translation.override("zh-hans"):
        assert [bar.label for bar in _chart("theme").bars] == ["X题", "Y题"]
        assert [bar.label for bar in _chart("started").years][::6] == ["2012年", "未说明"]


def test_of_many_values_the_first_are_shown_and_the_chosen_and_the_others_counted(client):
    for number in range(30):
        make.make_case(city=make.make_city(f"Town {number:02}"))
    chart = _chart("city", "city=town-29")
    assert len(chart.bars) == SHOWN + 1
    assert chart.bars[-1].is_chosen
    assert (chart.others, chart.others_rows) == (14, 14)
    assert chart.others_url == "/charts/?city=town-29&whole=city#chart-city"
    whole = _chart("city", whole="city")
    assert (len(whole.bars), whole.others, whole.others_url) == (30, 0, "")
    html = client.get("/charts/").content.decode()
    assert '<a href="/charts/?whole=city#chart-city" rel="nofollow">15 other values</a>: 15' in html
    assert "other values" not in client.get("/charts/?whole=city").content.decode()


def test_others_of_a_filter_with_several_values_are_not_summed():
    case = make.make_case(themes=[make.make_theme(f"T {number:02}") for number in range(30)])
    make.make_case(city=case.city)
    chart = _chart("theme")
    assert (len(chart.bars), chart.others, chart.others_rows, chart.without) == (SHOWN, 15, None, 1)


def test_a_wrong_query_has_no_picture_and_says_why(client):
    make.make_case(themes=[make.make_theme("X")])
    answer = client.get("/charts/?theme=nothing")
    assert answer.context["charts"] == []
    assert "“nothing” is not a known value" in answer.content.decode()


def test_without_an_index_the_database_counts(monkeypatch):
    def building(*_names):
        raise Building

    make.make_case("1", themes=[make.make_theme("X")], started="2017")
    make.make_case("2")
    monkeypatch.setattr("listing.indexed.snapshot", building)
    assert (_counts(_chart("theme")), _chart("theme").without) == ({"x": 1}, 1)


@pytest.mark.parametrize(
    ("part", "said"),
    [(0, "0%"), (0.01, "below 0.1%"), (0.25, "0.2%"), (7.14, "7.1%"), (64.3, "64%"), (100, "100%")],
)
def test_a_share_is_said_in_few_digits(part, said):
    assert share(part) == said
