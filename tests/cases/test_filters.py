from urllib.parse import quote_plus

import pytest

from cases.models import CommitmentLink, Initiative
from cities.models import City
from declarations.models import Declaration
from search.understanding import MOST_WORDS
from tests import factories as make
from tests.web import csv_rows, ids, json_of, page_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def lane():
    """A case with a different word in every part of it that is searched."""
    city = make.make_city("Nanjing", name_local="南京")
    case = make.make_case(
        "Xiaosongtao Lane",
        slug="lane",
        city=city,
        summary="carbon account",
        lead_digest="low-carbon restoration",
    )
    make.link_theme(case, make.make_theme("Urban renewal", "城市更新"))
    make.make_section(case, "Southeast University drew the 10,100 square meters")
    make.make_case(
        "Another", slug="other", city=make.make_city("Haikou", name_local="海口"), summary="nothing"
    )
    return case


@pytest.mark.usefixtures("lane")
@pytest.mark.parametrize(
    "q",
    [
        "xiaosongtao",
        "XIAOSONGTAO",
        "lanes",
        "accounts",
        "accounting",
        "restoration",
        "low-carbon",
        "low+carbon+restored",
        "nanjing",
        "南京",
        "renewal",
        "更新",
        "城市更新",
        "universities",
        "10,100",
        "10100",
        "lane+account+restoration+nanjing+renewal+university",
        "the+lane+of+nanjing",
        "lane,+(university)",
        "%22square+meters%22",
        "l%C3%A1ne",
        "ｌａｎｅ",
        "lane+-haikou",
        "xiaosongtoa",
    ],
)
def test_a_word_is_found_wherever_it_stands(client, q):
    assert ids(client, f"q={q}") == page_ids(client, f"q={q}") == ["lane"]
    assert json_of(client, f"/cases.json?q={q}")["count"] == 1


@pytest.mark.usefixtures("lane")
@pytest.mark.parametrize(
    "q",
    [
        "housing",
        "xiaosong",  # a part of a word is no word
        "l_ne",
        "l%25e",
        "x*",
        "title:lane",
        "%22lane+xiaosongtao%22",
        "lane+-university",
        "10,1",
        "更京",
    ],
)
def test_only_words_are_found_and_wildcards_are_only_characters(client, q):
    assert ids(client, f"q={q}") == page_ids(client, f"q={q}") == []


def test_where_no_case_holds_all_the_words_those_with_most_of_their_weight_are_found(client):
    for n in range(8):
        make.make_case(f"Park {n}", slug=f"park-{n}", summary="" if n else "zeppelin")
    make.make_case("Harbour", slug="harbour", summary="dirigible")
    assert ids(client, "q=park+zeppelin") == ["park-0"]
    # A dirigible is rarer than a park; what nobody has weighs as the rarest.
    assert ids(client, "q=park+dirigible") == page_ids(client, "q=park+dirigible") == ["harbour"]
    assert ids(client, "q=park+bucephalus") == page_ids(client, "q=park+bucephalus") == []
    assert ids(client, "q=dirigible+zeppelin+park") == ["park-0"]


@pytest.mark.usefixtures("lane")
def test_two_texts_mean_or(client):
    assert sorted(ids(client, "q=xiaosongtao&q=haikou")) == ["lane", "other"]
    assert ids(client, "q=l%C3%A1ne&q=lane") == ["lane"]


def test_hidden_parts_are_not_searched(client, lane):
    make.make_section(lane, "secret", hidden=True)
    make.link_theme(lane, make.make_theme("Veiled"), hidden=True)
    make.link_theme(lane, make.make_theme("Buried", hidden=True))
    for word in ("secret", "veiled", "buried"):
        assert ids(client, f"q={word}") == []


def test_what_is_hidden_or_taken_back_later_is_found_no_more(client, lane):
    section = make.make_section(lane, "zeppelins")
    assert ids(client, "q=zeppelin") == ["lane"]
    section.hidden = True
    section.save()
    assert ids(client, "q=zeppelin") == page_ids(client, "q=zeppelin") == []
    assert ids(client, "q=lane") == ["lane"]
    type(lane).objects.update(state="draft")
    assert ids(client, "q=lane") == page_ids(client, "q=lane") == []
    type(lane).objects.update(state="published")
    lane.city.hidden = True
    lane.city.save()
    assert ids(client, "q=lane") == page_ids(client, "q=lane") == []


@pytest.mark.usefixtures("lane")
@pytest.mark.parametrize(
    "q", ["%00", "la%07ne", "a%0Ab", "%FF", "x" * 10_001, "%21%21", "%E2%80%A6", "--", "%22%22", "lane&q=%21"]
)
def test_a_text_that_cannot_be_searched_gives_a_message_and_no_row(client, q):
    response = client.get(f"/cases/?q={q}")
    assert response.context["count"] == 0
    assert [problem.name for problem in response.context["errors"]] == ["q"]
    assert client.get(f"/cases.json?q={q}").status_code == 400


@pytest.mark.usefixtures("lane")
def test_ten_thousand_characters_are_not_too_many(client):
    assert client.get("/cases/?q=" + "x" * 10_000).context["errors"] == []


@pytest.mark.usefixtures("lane")
def test_words_beyond_the_most_are_left_out_and_the_page_says_so(client):
    most = " ".join(["lane", *["nanjing", "xiaosongtao"], *"a" * (MOST_WORDS - 3)])
    assert len(most.split()) == MOST_WORDS
    beyond = most + " zzz"
    assert len(beyond) <= 200
    assert ids(client, f"q={quote_plus(beyond)}") == ids(client, f"q={quote_plus(most)}") == ["lane"]
    [remark] = client.get(f"/cases/?q={quote_plus(beyond)}").context["remarks"]
    assert remark == "The last word was left out: the query has too many."
    assert client.get(f"/cases/?q={quote_plus(most)}").context["remarks"] == []


@pytest.fixture
def four():
    """a: CN, 2017, evolutionary, goals 1 and 11; b: KE, 2017-06; c: CI, unknown; d: CN, 2018, evolutionary and
    revolutionary. a answers to both articles of a pact, d to the first.
    """
    make.make_case(
        "a", slug="a", city=make.make_city("A"), started="2017", novelty=("evolutionary",), goals=(1, 11)
    )
    make.make_case("b", slug="b", city=make.make_city("B", country="KE"), started="2017-06", goals=(11,))
    make.make_case(
        "c", slug="c", city=make.make_city("C", country="CI"), programme=make.make_programme("Prize")
    )
    make.make_case(
        "d",
        slug="d",
        city=make.make_city("D"),
        started="2018-01-31",
        novelty=("revolutionary", "evolutionary"),
    )
    make.make_declaration("Pact", 2)
    make.make_declaration("No case", 1)
    make.make_declaration("Draft pact", 1, state="draft")
    for case, article in (("a", "pact:1"), ("a", "pact:2"), ("d", "pact:1"), ("b", "draft-pact:1")):
        make.answer(Initiative.objects.get(slug=case), article)
    make.answer(Initiative.objects.get(slug="c"), "pact:1", hidden=True)


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("started=2017", "ab"),
        ("started=2018", "d"),
        ("started=unknown", "c"),
        ("started=unknown&started=2018", "cd"),
        ("started=1999", ""),
        ("novelty=evolutionary", "ad"),
        ("novelty=none", "bc"),
        ("novelty=none&novelty=incremental", "bc"),
        ("novelty=revolutionary", "d"),
        ("novelty=both", "d"),
        ("novelty=both&novelty=none", "bcd"),
        ("article=pact:1", "ad"),
        ("article=pact:2", "a"),
        ("article=pact:2&article=pact:1", "ad"),
        ("article=pact:1&novelty=both", "d"),
        ("article=no-case:1", ""),
        ("country=china", "ad"),
        ("country=CN", "ad"),
        ("country=China", "ad"),
        ("country=cn&country=KE", "abd"),
        ("country=cote-divoire", "c"),
        ("goal=1", "a"),
        ("goal=11", "ab"),
        ("goal=17", ""),
        ("programme=prize", "c"),
        ("city=a&city=d&started=2018", "d"),
    ],
)
def test_each_filter_finds_its_cases(client, query, found):
    assert ids(client, query) == page_ids(client, query) == list(found)


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    "query",
    [
        "started=17",
        "started=20170",
        "started=2017-06",
        "started=Unknown",
        "started=%D9%A2%D9%A0%D9%A1%D9%A7",
        "started=0000",
        "novelty=new",
        "novelty=None",
        "country=france",
        "country=FR",
        "country=atlantis",
        "country=Hong+Kong",
        "goal=0",
        "goal=18",
        "goal=01",
        "goal=1.0",
        "goal=%2B1",
        "goal=%D9%A1",
        "goal=one",
        "programme=Prize",
        "novelty=Both",
        "article=pact:3",
        "article=pact:03",
        "article=pact:",
        "article=pact",
        "article=1",
        "article=Pact:1",
        "article=pact:1:1",
        "article=draft-pact:1",
        "article=pact:%D9%A1",
        "city=A",
    ],
)
def test_unknown_and_malformed_values_are_refused(client, query):
    assert client.get(f"/cases.csv?{query}").status_code == 400
    assert page_ids(client, query) == []


def test_a_hidden_claim_of_novelty_is_no_claim(client):
    case = make.make_case("a", slug="a")
    make.claim_novelty(case, "evolutionary", hidden=True)
    assert ids(client, "novelty=none") == ["a"]
    assert ids(client, "novelty=evolutionary") == []


def test_drafts_and_what_hangs_on_drafts_are_nowhere(client):
    make.make_case("draft", state="draft")
    make.make_case("gone", hidden=True)
    make.make_case("of a draft city", city=make.make_city("Draft", state="draft"))
    make.make_case("of a hidden programme", programme=make.make_programme("P", hidden=True))
    assert ids(client) == page_ids(client) == []
    assert all(group.values == [] for group in client.get("/cases/").context["groups"])


def test_a_country_of_drafts_alone_is_refused_like_any_other(client):
    make.make_city("Draft", country="FR", state="draft")
    make.make_city("Gone", country="PE", hidden=True)
    assert [client.get(f"/cases.csv?country={name}").status_code for name in ("FR", "peru")] == [400, 400]


def test_hidden_links_to_goals_do_not_match(client):
    case = make.make_case("a", slug="a", goals=(1,))
    case.goal_links.update(hidden=True)
    assert ids(client, "goal=1") == []


def test_facet_labels_follow_the_language_and_addresses_do_not(client):
    make.make_case("a", themes=[make.make_theme("Housing", "住房")])
    for prefix, label in [("", "Housing"), ("/zh-hans", "住房")]:
        groups = client.get(f"{prefix}/cases/").context["groups"]
        [value] = next(group.values for group in groups if group.name == "theme")
        assert (value.label, value.value) == (label, "housing")


@pytest.mark.django_db
def test_a_slug_that_a_city_once_had_goes_on_finding_its_cases(client):
    city = make.make_city("Bijie")
    make.make_case("Lane", city=city)
    city = City.objects.get(pk=city.pk)
    city.slug = "bijie-2"
    city.save()
    page = client.get("/cases/?city=bijie")
    assert (page.context["count"], page.context["errors"]) == (1, [])
    assert [chip.value for chip in page.context["chips"]] == ["bijie-2"]
    assert client.get("/cases.json?city=bijie&city=bijie-2").status_code == 200
    assert client.get("/cases.csv?city=bijie-3").status_code == 400


@pytest.mark.usefixtures("four")
def test_an_article_is_named_with_its_declaration_in_both_languages(client):
    for prefix, label, quoted in [
        ("", "Pact, article 1:", "To do 1"),
        ("/zh-hans", "第 1 条", "Pact: To do 1"),
    ]:
        [group] = [
            each for each in client.get(f"{prefix}/cases/").context["groups"] if each.name == "article"
        ]
        assert [(each.value, each.count) for each in group.values] == [("pact:1", 2), ("pact:2", 1)]
        assert (group.values[0].label, group.values[0].quoted) == (label, quoted)
    proposals = make.make_declaration("Offer", 1, article_word="proposal")
    make.answer(Initiative.objects.get(slug="a"), proposals.articles.get())
    [chip] = client.get("/cases/?article=offer:1").context["chips"]
    assert (chip.label, chip.quoted) == ("Offer, proposal 1:", "To do 1")


@pytest.mark.usefixtures("four")
def test_an_article_of_a_declaration_that_was_renamed_is_still_found(client):
    pact = Declaration.objects.get(slug="pact")
    assert ids(client, "article=pact:2") == ["a"]  # the index knows it by the slug it has now
    pact.slug = "treaty"
    pact.save()
    assert ids(client, "article=pact:2") == ids(client, "article=treaty:2") == ["a"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("change", ["link", "article", "declaration"])
def test_an_answer_taken_back_is_found_no_more(client, change):
    link = CommitmentLink.objects.get(initiative__slug="a", article__number=2)
    assert ids(client, "article=pact:2") == ["a"]
    record = {"link": link, "article": link.article, "declaration": link.article.declaration}[change]
    record.hidden = True
    record.save()
    if change == "link":
        assert ids(client, "article=pact:2") == page_ids(client, "article=pact:2") == []
    else:
        assert client.get("/cases.csv?article=pact:2").status_code == 400
    assert "pact:2" not in csv_rows(client, "/cases.csv?city=a")[0]["articles"]
