"""`/crosswalk/`: cases against articles, as a page and as rows."""

from html.parser import HTMLParser

import pytest
from django.core.cache import caches

from cases.crosswalk.columns import CROSSWALK
from cases.crosswalk.matrix import MOST_COLUMNS
from cases.models import CommitmentLink
from listing import bulk
from tests import factories as make
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db

PROMISED = ["case", "city", "declaration", "article", "stated_or_inferred", "reason", "source", "lines"]


class Page(HTMLParser):
    """What a reader of the page is shown: marks by row, the reasons by id, every id and every place linked to."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.places, self.answers, self.marks = [], [], [], {}
        self._row = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if attrs.get("href", "").startswith("#why-"):
            self.places.append(attrs["href"][1:])
        if "data-answer" in attrs:
            self.answers.append(attrs["data-answer"].replace(" ", "/"))
        if tag == "tr" and "data-id" in attrs:
            self._row = attrs["data-id"]
            self.marks[self._row] = []
        if tag == "td":
            self.marks[self._row].append(None)
        if "mark" in attrs.get("class", "").split() and self._row and self.marks[self._row]:
            self.marks[self._row][-1] = attrs["class"]


@pytest.fixture
def answered():
    """A pact of three articles, an older one of one. A lane answers to two of the pact, a port to one of each."""
    source = make.make_source("collection", short_title="Collection")
    pact = make.make_declaration("Pact", 3, adopted="2016-06-03", article_word="proposal")
    make.make_declaration("Older", 1, adopted="2012-11-17")
    lane = make.make_case("A lane", slug="lane", city=make.make_city("Xiamen", name_local="厦门"))
    port = make.make_case("A port", slug="port", city=make.make_city("Harbin"))
    make.make_case("A tower", slug="tower")
    place = {"source": source, "lines": "3-4; 7"}
    make.answer(lane, "pact:1", reason="Trees are planted.", editor="Li Wei", **place)
    make.answer(lane, "pact:2", basis="stated", reason="It says so.", **place)
    make.answer(port, "pact:1", **place)
    make.answer(port, "older:1", **place)
    return pact


def found(client, query: str = "") -> list[str]:
    return [
        f"{row['case']}/{row['declaration']}:{row['article']}"
        for row in csv_rows(client, f"/crosswalk.csv?{query}")
    ]


def page(client, query: str = "", prefix: str = "") -> Page:
    return Page(client.get(f"{prefix}/crosswalk/?{query}").content.decode())


def test_the_columns_are_the_promised_ones_in_their_order():
    assert CROSSWALK.names[: len(PROMISED)] == PROMISED


def test_a_row_is_an_answer_with_its_reason_and_editor(client, answered):
    [row, *_rest] = csv_rows(client, "/crosswalk.csv")
    assert [row[name] for name in PROMISED] == [
        "lane", "Xiamen", "pact", "1", "inferred", "Trees are planted.", "collection", "3-4; 7"
    ]  # fmt: skip
    assert row["editor"] == "Li Wei"
    assert row["url"] == "http://testserver/cases/lane/#answer-pact-1"
    assert json_of(client, "/crosswalk.json")["results"][0]["article"] == 1


EVERY = ["lane/pact:1", "lane/pact:2", "port/older:1", "port/pact:1"]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", EVERY),
        ("sort=-title", ["port/older:1", "port/pact:1", "lane/pact:1", "lane/pact:2"]),
        ("sort=city", ["port/older:1", "port/pact:1", "lane/pact:1", "lane/pact:2"]),
        ("city=xiamen", ["lane/pact:1", "lane/pact:2"]),
        ("declaration=older", ["port/older:1"]),
        ("declaration=older&declaration=pact", EVERY),
        ("article=pact:1", ["lane/pact:1", "port/pact:1"]),
        ("article=pact:3", []),
        ("article=pact:1&declaration=older", []),
        ("basis=stated", ["lane/pact:2"]),
        ("basis=stated&article=pact:1", []),
        ("basis=inferred&city=xiamen", ["lane/pact:1"]),
        ("case=lane&article=pact:2&article=older:1", ["lane/pact:2"]),
        ("case=tower", []),
    ],
)
def test_the_page_lists_the_rows_of_the_export(client, answered, query, rows):
    assert found(client, query) == rows
    shown = page(client, query)
    assert shown.answers == rows
    context = client.get(f"/crosswalk/?{query}").context
    assert context["link_count"] == len(rows)
    assert context["count"] == len({row.partition("/")[0] for row in rows})
    assert json_of(client, f"/crosswalk.json?{query}")["count"] == len(rows)


@pytest.mark.parametrize(
    "query",
    ["article=pact:4", "article=pact", "declaration=atlantis", "basis=guessed", "case=x", "city=Xiamen"],
)
def test_an_unknown_value_gives_no_rows_and_says_so(client, answered, query):
    assert client.get(f"/crosswalk.csv?{query}").status_code == 400
    html = client.get(f"/crosswalk/?{query}").content.decode()
    assert "This query cannot be answered" in html
    assert not Page(html).answers


def test_every_case_has_a_cell_for_every_article_and_each_mark_leads_to_its_reason(client, answered):
    shown = page(client)
    inferred, stated = "mark mark--inferred", "mark mark--stated"
    assert shown.marks == {"lane": [None, inferred, stated, None], "port": [inferred, inferred, None, None]}
    assert shown.places
    assert set(shown.places) <= set(shown.ids)
    assert len(set(shown.ids)) == len(shown.ids)


def test_what_a_filter_leaves_out_is_not_shown_as_missing(client, answered):
    [row] = page(client, "basis=stated").marks.values()
    assert row == [None, "mark mark--inferred mark--left-out", "mark mark--stated", None]


def test_a_commitment_nobody_answers_is_named(client, answered):
    context = client.get("/crosswalk/").context
    assert [column.value for column in context["unanswered"]] == ["pact:3"]
    html = client.get("/crosswalk/").content.decode()
    assert "No case here answers to" in html.partition("data-unanswered")[2]
    assert [c.value for c in client.get("/crosswalk/?city=xiamen").context["unanswered"]] == [
        "older:1",
        "pact:3",
    ]


def test_a_case_that_answers_to_nothing_is_counted_and_not_listed(client, answered):
    context = client.get("/crosswalk/").context
    assert (context["without_answers"], context["count"]) == (1, 2)
    assert client.get("/crosswalk/?city=xiamen").context["without_answers"] == 0


def test_filters_count_cases_under_the_choices_of_the_others(client, answered):
    def counts(query: str) -> dict:
        groups = client.get(f"/crosswalk/?{query}").context["groups"]
        return {group.name: {value.value: value.count for value in group.values} for group in groups}

    assert counts("") == {
        "declaration": {"pact": 2, "older": 1},
        "article": {"pact:1": 2, "older:1": 1, "pact:2": 1},
        "basis": {"inferred": 2, "stated": 1},
        "theme": {},
        "city": {"harbin": 1, "xiamen": 1},
    }
    assert counts("article=pact:2")["article"] == {"pact:1": 2, "older:1": 1, "pact:2": 1}
    assert counts("article=pact:2")["basis"] == {"stated": 1}
    assert counts("basis=stated&article=pact:1") == {
        "declaration": {}, "article": {"pact:2": 1, "pact:1": 0}, "basis": {"inferred": 2, "stated": 0},
        "theme": {}, "city": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", ["inferred by an editor", "Li Wei", "no answer found"]),
        ("/zh-hans", ["编辑推断", "Li Wei", "未找到回应"]),
    ],
)
def test_the_page_says_what_stated_and_inferred_mean_in_both_languages(client, answered, prefix, said):
    html = client.get(f"{prefix}/crosswalk/").content.decode()
    assert [each for each in said if each not in html] == []
    assert '<p lang="en">Trees are planted.</p>' in html


def test_the_table_tells_a_screen_reader_what_heads_what(client, answered):
    html = client.get("/crosswalk/").content.decode()
    table = html[html.index('<table class="matrix"') : html.index("</table>")]
    assert table.count('scope="colgroup"') == 2
    assert table.count('scope="row"') == 2
    assert "<caption>" in table
    assert "To do 3</span>" in table
    assert table.count('data-label="') == 8


@pytest.mark.parametrize("part", ["case", "city", "link", "article", "declaration"])
def test_what_is_not_public_is_nowhere(client, answered, part):
    link = answered.articles.get(number=1).commitment_links.get(initiative__slug="lane")
    record = {
        "case": link.initiative,
        "city": link.initiative.city,
        "link": link,
        "article": link.article,
        "declaration": answered,
    }[part]
    record.hidden = True
    record.save()
    assert "lane/pact:1" not in found(client)
    assert page(client).answers == found(client)
    for address in ("/crosswalk/", "/crosswalk.json", "/declarations/older/", "/cases/port/"):
        assert "Trees are planted." not in client.get(address).getvalue().decode()
    if part in ("case", "city", "link"):
        document = json_of(client, "/declarations/pact.json")
        assert [each["case"] for each in document["articles"][0]["cases"]] == ["port"]


def test_twenty_cases_are_a_page_and_its_totals_are_of_all(client, answered):
    city = make.make_city("Accra")
    for number in range(25):
        make.answer(make.make_case(f"Case {number:02}", city=city), "pact:1")
    first, second = (client.get(f"/crosswalk/?city=accra&page={n}").context for n in (1, 2))
    assert (len(first["rows"]), len(second["rows"]), first["count"]) == (20, 5, 25)
    assert first["declarations"][1].columns[0].count == 25
    assert client.get("/crosswalk/?page=9").status_code == 404


def test_more_articles_than_a_table_can_show_are_found_by_their_declaration(client, answered):
    make.make_declaration("Long", MOST_COLUMNS + 5, adopted="1999")
    context = client.get("/crosswalk/").context
    assert context["columns_left_out"]
    assert sum(len(group.columns) for group in context["declarations"]) == MOST_COLUMNS
    assert not client.get("/crosswalk/?declaration=pact").context["columns_left_out"]


def test_a_page_asks_the_database_the_same_whatever_it_holds(client, answered, django_assert_max_num_queries):
    client.get("/crosswalk/")
    for number in range(20):
        case = make.make_case(f"Case {number:02}")
        make.answer(case, "pact:1")
        make.answer(case, "older:1")
    client.get("/crosswalk/")
    with django_assert_max_num_queries(14):
        assert len(client.get("/crosswalk/").context["rows"]) == 20


def test_it_is_linked_from_cases_and_declarations(client, answered):
    for address in ("/cases/", "/declarations/", "/declarations/pact/", "/cases/lane/"):
        assert 'href="/crosswalk/' in client.get(address).content.decode()


@pytest.mark.parametrize("part", ["", "case", "article", "link"])
def test_the_rows_of_an_export_say_what_the_records_say(answered, part):
    links = CommitmentLink.objects.all()
    record = {"": None, "case": links[0].initiative, "article": links[0].article, "link": links[0]}[part]
    if record:
        record.hidden = True
        record.save()
    shown = CommitmentLink.objects.public().for_lists().order_by("pk")
    reader = shown.export_reader()
    read = reader.read(list(CommitmentLink.objects.order_by("pk").values_list("pk", flat=True)))
    rows = bulk.Cells(CROSSWALK, reader, "https://a.example", str).rows(read) if read else []
    assert rows == [tuple(map(str, CROSSWALK.values(link, "https://a.example"))) for link in shown]


def test_a_kept_page_is_made_anew_when_a_reason_or_an_editor_changes(client, answered, settings):
    pages = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "crosswalk"}
    settings.CACHES = settings.CACHES | {"pages": pages}
    caches["pages"].clear()
    for _ in range(3):
        assert "Trees are planted." in client.get("/crosswalk/").content.decode()
    CommitmentLink.objects.filter(reason="Trees are planted.").update(reason="Ponds are dug.")
    assert "Ponds are dug." in client.get("/crosswalk/").content.decode()
    client.get("/crosswalk/")
    answered.articles.filter(number=3).update(heading="To swim")
    assert "To swim" in client.get("/crosswalk/").content.decode()


@pytest.mark.usefixtures("catalogue")
def test_the_committed_data_answers_for_every_case_and_nothing_is_claimed_as_stated(client):
    rows = csv_rows(client, "/crosswalk.csv")
    assert len(rows) == 77
    assert len({row["case"] for row in rows}) == 14
    assert {row["stated_or_inferred"] for row in rows} == {"inferred"}
    assert all(row["reason"] and row["lines"] and row["source"] for row in rows)
    assert [each.value for each in client.get("/crosswalk/").context["unanswered"]] == ["ningbo-initiative:8"]
