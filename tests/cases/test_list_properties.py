"""For any filters over any small catalogue: pages, CSV, JSON and a plain reading of the records agree."""

import re
import string
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.lists import CaseList
from cases.models import InitiativeGoal
from tests import factories as make
from tests.web import ids, json_of, page_ids

CITIES = {"Accra": "GH", "beijing": "CN", "Cork": "IE", "Draft": "CN"}
COUNTRIES = {"GH": "ghana", "CN": "china", "IE": "ireland"}
POPULATIONS = {"Accra": 20, "beijing": 100, "Cork": None}
THEMES = ["Air", "boats", "Care", "Hidden"]
PROGRAMMES = ["Award", "Prize"]
YEARS = ["", "2017", "2017-06", "2018", "2018-01-31"]
NOVELTY = ["evolutionary", "revolutionary", "incremental"]
WORDS = ["water", "park", "lane", "air"]


@dataclass(frozen=True)
class Plain:
    """A case as plain values. Themes, goals, claims and articles carry whether their link is hidden."""

    title: str
    summary: str
    city: str
    programme: str
    started: str
    themes: tuple[tuple[str, bool], ...]
    goals: tuple[tuple[int, bool], ...]
    novelty: tuple[tuple[str, bool], ...]
    articles: tuple[tuple[str, bool], ...]
    is_public: bool

    def seen(self, name: str) -> set[str]:
        """What readers see of a multi-valued part."""
        return {
            str(value).lower() for value, hidden in getattr(self, name) if not hidden and value != "Hidden"
        }

    def claimed(self) -> set[str]:
        """The claims of novelty that readers see, and whether two of them are what is called both."""
        kinds = self.seen("novelty")
        return kinds | ({"both"} if kinds >= {"evolutionary", "revolutionary"} else set())

    def values(self, name: str) -> set[str]:
        """The values of a filter that this case has."""
        year = self.started[:4]
        return {
            "city": lambda: {self.city.lower()},
            "country": lambda: {COUNTRIES[CITIES[self.city]]},
            "theme": lambda: self.seen("themes"),
            "goal": lambda: self.seen("goals"),
            "programme": lambda: {self.programme.lower()},
            "started": lambda: {year or "unknown"},
            "article": lambda: self.seen("articles"),
            "novelty": lambda: self.claimed() or {"none"},
        }[name]()

    def words(self) -> set[str]:
        """The words of the parts that are searched."""
        parts = [self.title, self.summary, self.city, *self.seen("themes")]
        return set(re.findall("[a-z]+", " ".join(parts).lower()))


def _linked(values: list) -> st.SearchStrategy:
    """Some of the values, each once, each with whether its link is hidden."""
    pair = st.tuples(st.sampled_from(values), st.booleans())
    return st.lists(pair, max_size=3, unique_by=lambda each: each[0]).map(tuple)


plain_cases = st.builds(
    Plain,
    title=st.sampled_from(["Water", "a park", "Lane and water", "Zoo", "zebra"]),
    summary=st.sampled_from(["", "A lane", "park, AIR"]),
    city=st.sampled_from(sorted(CITIES)),
    programme=st.sampled_from(PROGRAMMES),
    started=st.sampled_from(YEARS),
    themes=_linked(THEMES),
    goals=_linked([1, 3, 17]),
    novelty=_linked(NOVELTY),
    articles=_linked(["pact:1", "pact:2", "pact:3"]),
    is_public=st.sampled_from([True, True, True, False]),
)
CHOICES = {
    "city": ["accra", "beijing", "cork"],
    "country": ["ghana", "china", "ireland"],
    "theme": ["air", "boats", "care"],
    "goal": ["1", "3", "17", "5"],
    "programme": ["award", "prize"],
    "started": ["2017", "2018", "2020", "unknown"],
    "article": ["pact:1", "pact:2", "pact:3"],
    "novelty": [*NOVELTY, "both", "none"],
    "q": [*WORDS, "water park", "zebra"],
}
queries = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in CHOICES.items()}
)
sorts = st.sampled_from(
    ["", *(sign + name for name in ("title", "city", "newest", "population") for sign in ("", "-"))]
)


def _store(plains: list[Plain]) -> dict[str, Plain]:
    """The catalogue in the database; gives the plain case by slug."""
    cities = {
        name: make.make_city(
            name, country, POPULATIONS.get(name), state="draft" if name == "Draft" else "published"
        )
        for name, country in CITIES.items()
    }
    themes = {name: make.make_theme(name, hidden=name == "Hidden") for name in THEMES}
    programmes = {name: make.make_programme(name) for name in PROGRAMMES}
    make.make_declaration("Pact", 3)
    by_slug = {}
    for letter, plain in zip(string.ascii_lowercase, reversed(plains), strict=False):
        case = make.make_case(
            plain.title,
            slug=letter,
            summary=plain.summary,
            city=cities[plain.city],
            programme=programmes[plain.programme],
            started=plain.started,
            state="published" if plain.is_public else "draft",
        )
        for theme, hidden in plain.themes:
            make.link_theme(case, themes[theme], hidden=hidden)
        for goal, hidden in plain.goals:
            InitiativeGoal.objects.create(
                initiative=case, goal=make.make_goal(goal), reason="r", hidden=hidden
            )
        for kind, hidden in plain.novelty:
            make.claim_novelty(case, kind, hidden=hidden)
        for article, hidden in plain.articles:
            make.answer(case, article, hidden=hidden)
        by_slug[letter] = plain
    return by_slug


def _holding(by_slug: dict[str, Plain], slugs: list[str], texts: list[str]) -> list[str]:
    """The cases with all the words of one of the texts; where there are none, with most of the weight of them."""
    words = {slug: by_slug[slug].words() for slug in slugs}
    found = [slug for slug in slugs if any(words[slug] >= set(text.split()) for text in texts)]
    return found or [slug for slug in slugs if any(_has_most(words, slug, text.split()) for text in texts)]


def _has_most(words: dict[str, set[str]], slug: str, text: list[str]) -> bool:
    """Of two words the rarer, where one is rarer; a word that nobody has is the rarest."""
    held = {word: sum(word in each for each in words.values()) for word in text}
    rarest = [word for word in text if held[word] == min(held.values())]
    return len(text) == 2 and len(rarest) == 1 and rarest[0] in words[slug]


def _expected(by_slug: dict[str, Plain], query: dict[str, list[str]], sort: str) -> list[str]:
    """The slugs a plain reading of the records gives, in order."""
    found = [slug for slug, plain in sorted(by_slug.items()) if plain.is_public and plain.city != "Draft"]
    if query.get("q"):
        found = _holding(by_slug, found, query["q"])
    for name, values in query.items():
        if name != "q" and values:
            found = [slug for slug in found if by_slug[slug].values(name) & set(values)]
    keys = {
        "title": lambda plain: plain.title.lower(),
        "city": lambda plain: plain.city.lower(),
        "newest": lambda plain: plain.started or None,
        "population": lambda plain: POPULATIONS[plain.city],
    }
    name = sort.removeprefix("-") or "title"
    downwards = (name in ("newest", "population")) is not sort.startswith("-")
    valued = [slug for slug in found if keys[name](by_slug[slug]) is not None]
    # Sorting is stable, reversed too: what is equal stays in the order of the slugs.
    valued.sort(key=lambda slug: keys[name](by_slug[slug]), reverse=downwards)
    return valued + [slug for slug in found if slug not in valued]


class Agreement(TestCase):
    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch, new_index):
        monkeypatch.setattr(CaseList, "page_size", 3)
        self.new_index = new_index

    def setup_example(self):
        super().setup_example()
        self.new_index()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(plains=st.lists(plain_cases, max_size=9), query=queries, sort=sorts)
    def test_page_csv_json_and_plain_reading_agree(self, plains, query, sort):
        by_slug = _store(plains)
        # Words bring their own default order, which is tested by example; here titles are asked for.
        asked = {**query, "sort": [sort or "title"]} if query.get("q") else {**query, "sort": [sort]}
        address = urlencode(asked, doseq=True)
        expected = _expected(by_slug, query, sort)
        pages = -(-len(expected) // 3) or 1
        on_pages = [slug for n in range(pages) for slug in page_ids(self.client, f"{address}&page={n + 1}")]
        document = json_of(self.client, f"/cases.json?{address}")
        assert on_pages == expected
        assert ids(self.client, address) == expected
        assert [row["id"] for row in document["results"]] == expected
        assert document["count"] == len(expected)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(plains=st.lists(plain_cases, max_size=9), query=queries)
    def test_a_count_is_what_choosing_that_value_alone_in_its_group_gives(self, plains, query):
        by_slug = _store(plains)
        groups = self.client.get(f"/cases/?{urlencode(query, doseq=True)}").context["groups"]
        assert [group.name for group in groups] == [name for name in CHOICES if name != "q"]
        for group in groups:
            for value in [*group.values, *group.more]:
                alone = {**query, group.name: [value.value]}
                assert value.count == len(_expected(by_slug, alone, "")), (group.name, value)
                assert value.selected == (value.value in query.get(group.name, []))
            shown = {value.value for value in [*group.values, *group.more]}
            assert set(query.get(group.name, [])) <= shown
