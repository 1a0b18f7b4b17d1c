"""For any filters over any small catalogue: a chart says what the list says, and each bar leads to as many cases."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.charts import CaseCharts, OutcomeCharts
from tests import factories as make
from tests.cases.test_list_properties import _expected, _store, plain_cases, queries
from tests.web import json_of


class Agreement(TestCase):
    @pytest.fixture(autouse=True)
    def _index(self, new_index):
        self.new_index = new_index

    def setup_example(self):
        super().setup_example()
        self.new_index()

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(plains=st.lists(plain_cases, max_size=9), query=queries)
    def test_each_bar_is_the_number_of_cases_its_address_gives_and_what_has_no_value_is_counted(
        self, plains, query
    ):
        by_slug = _store(plains)
        context = self.client.get(f"/charts/?{urlencode(query, doseq=True)}").context
        assert context["count"] == len(_expected(by_slug, query, ""))
        for chart in context["charts"]:
            others = {name: values for name, values in query.items() if name != chart.name}
            every = _expected(by_slug, others, "")
            assert chart.every == len(every)
            bars = [bar for bar in [*chart.bars, *chart.years] if bar.url]
            for bar in bars:
                assert bar.count == len(_expected(by_slug, {**others, chart.name: [bar.value]}, "")), bar
            assert chart.without == sum(not by_slug[slug].values(chart.name) for slug in every)
            assert {bar.value for bar in bars if bar.is_chosen} == set(query.get(chart.name, []))
            assert {bar.value for bar in bars} >= {
                value for slug in every for value in by_slug[slug].values(chart.name)
            }

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(plains=st.lists(plain_cases, max_size=9), query=queries)
    def test_a_group_is_left_out_only_where_it_can_narrow_nothing_and_never_where_something_is_chosen(
        self, plains, query
    ):
        by_slug = _store(plains)
        every = _expected(by_slug, query, "")
        for group in self.client.get(f"/cases/?{urlencode(query, doseq=True)}").context["groups"]:
            values = {value for slug in every for value in by_slug[slug].values(group.name)}
            is_chosen = bool(query.get(group.name))
            is_one = len(values) == 1 and all(by_slug[slug].values(group.name) for slug in every)
            assert group.is_same == (is_one and not is_chosen), group.name
            others = _expected(by_slug, {k: v for k, v in query.items() if k != group.name}, "")
            seen = {value for slug in others for value in by_slug[slug].values(group.name)}
            assert group.is_single == (len(seen | set(query.get(group.name, []))) == 1), group.name
            if group.is_same:
                narrowed = {**query, group.name: [group.values[0].value]}
                assert _expected(by_slug, narrowed, "") == every


@pytest.mark.django_db
def test_the_address_of_a_bar_answers_with_as_many_cases(client):
    x, y = make.make_theme("X"), make.make_theme("Y")
    for number in range(5):
        make.make_case(
            themes=[x, y][: number % 3], started=["", "2017", "2018-02"][number % 3], goals=(1 + number % 2,)
        )
    seen = 0
    for address in ("/charts/", "/charts/?theme=x", "/zh-hans/charts/?started=2017&started=unknown"):
        for chart in client.get(address).context["charts"]:
            for bar in [*chart.bars, *chart.years]:
                if bar.url:
                    seen += 1
                    assert client.get(bar.url).context["count"] == bar.count
                    query = bar.url.partition("?")[2]
                    assert json_of(client, f"/cases.json?{query}")["count"] == bar.count
    assert seen > 20


@pytest.mark.django_db
def test_the_page_reads_no_case_and_says_each_number_in_words(client):
    make.make_case(themes=[make.make_theme("Air & water"), make.make_theme("B")])
    make.make_case()
    html = client.get("/charts/").content.decode()
    row = html.partition('data-value="air-water"')[2].partition("</tr>")[0]
    assert '<th scope="row"><a href="/charts/?theme=air-water" rel="nofollow">Air &amp; water</a></th>' in row
    assert '<span class="bars__count">1</span>' in row
    assert '<td class="bars__share">50%</td>' in row
    assert '<svg aria-hidden="true"' in row
    assert '<caption class="visually-hidden">Cases: Theme</caption>' in html
    assert "none recorded" in html


@pytest.mark.django_db
def test_list_charts_and_timeline_lead_to_each_other_with_the_filters(client):
    make.make_case(themes=[make.make_theme("X")])
    for place in ("/cases/", "/charts/", "/timeline/"):
        html = client.get(f"{place}?theme=x&sort=title").content.decode()
        for other in ("/cases/", "/charts/", "/timeline/"):
            mark = ' aria-current="page"' if other == place else ""
            assert f'<a class="tag" href="{other}?theme=x"{mark}>' in html


@pytest.mark.django_db
def test_outcomes_are_drawn_too_with_those_that_have_no_unit(client):
    case = make.make_case(themes=[make.make_theme("X")])
    make.make_outcome(case, value=1, unit=make.make_unit("%"))
    make.make_outcome(case, value=2, status="target")
    make.make_outcome(make.make_case(state="draft"), value=3)
    context = client.get("/outcomes/charts/").context
    assert context["count"] == 2
    made = {chart.name: chart for chart in context["charts"]}
    assert [(bar.value, bar.count) for bar in made["status"].bars] == [("achieved", 1), ("target", 1)]
    assert [(bar.value, bar.count) for bar in made["unit"].bars] == [("%", 1)]
    assert made["unit"].without == 1
    assert "city" not in made
    for bar in made["status"].bars:
        assert client.get(bar.url).context["count"] == bar.count


def test_what_is_drawn_are_filters_of_the_lists():
    for page in (CaseCharts, OutcomeCharts):
        assert set(page.drawn) <= set(page.filterset_class.base_filters)
        assert set(page.years) <= set(page.drawn)
