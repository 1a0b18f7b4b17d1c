"""An answer to an article that the case does not bear out stops the build, and so does a claim of novelty."""

import json
from dataclasses import replace

import pytest

from sources.fixtures import EditorialError, build, commitments
from sources.fixtures.checks import Checks
from sources.fixtures.editorial import Table
from sources.fixtures.files import Fixtures
from sources.reading.folder import read_folder

pytestmark = pytest.mark.needs_sources

BIJIE = "evidence/bijie-zhijin-water-environment.toml"
FIRST = r"(\[\[commitments\]\]\n"
NANJING, GUANGZHOU = "cases/nanjing.toml", "cases/guangzhou.toml"

REFUSALS = [
    (BIJIE, FIRST + r'declaration = )"[^"]*"', r'\1"paris-agreement"', "paris-agreement is no declaration"),
    (BIJIE, FIRST + r'.*?^article = )1$', r"\g<1>7", "guangzhou-declaration has no article 7"),
    (BIJIE, FIRST + r'.*?^article = )1$', r"\g<1>0", "has no article 0"),
    (BIJIE, FIRST + r'.*?^article = )1$', r"\g<1>2", "article 2 of guangzhou-declaration stands twice"),
    (BIJIE, FIRST + r'.*?^article = )1$', r'\1"I"', "is not of the expected kind"),
    (BIJIE, FIRST + r'.*?^basis = )"inferred"', r'\1"guessed"', "guessed is none of stated, inferred"),
    (BIJIE, FIRST + r'.*?^basis = )"inferred"', r'\1"stated"', "do not name the Guangzhou Declaration"),
    (BIJIE, FIRST + r'.*?^lines = )"[^"]*"', r'\1"366; 500"', "line 500 lies outside the lines"),
    (BIJIE, FIRST + r'.*?^lines = )"[^"]*"', r'\1"366; 367"', "line 367 shows nothing"),
    (BIJIE, FIRST + r'.*?^lines = )"[^"]*"', r'\1"366 to 370"', "is no line or range"),
    (BIJIE, FIRST + r'.*?^lines = )"[^"]*"', r'\1""', "“lines”: is empty"),
    (BIJIE, FIRST + r'.*?^reason = )"[^"]*"', r'\1""', "“reason”: is empty"),
    (BIJIE, FIRST + r'.*?^reason = ")', r"\g<1>All 4711 ", "it names 4711"),
    (BIJIE, FIRST + r'.*?^basis)', r'\1 = "inferred"\ncolour', "nothing is built from this"),
    (NANJING, r'(^lines = )"928-932"', r'\1"930"', "the word revolutionary does not stand on line 930"),
    (NANJING, r'(^lines = )"928-932"', r'\1"928; 932"', "is more than one range"),
    (NANJING, r'(^kind = )"revolutionary"', r'\1"evolutionary"', "evolutionary stands twice"),
    (GUANGZHOU, r'(\[\[novelty\]\].*?^lines = )"304-306"', r'\1"304-400"', "outside the lines"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "pattern", "replacement", "says"), REFUSALS)
def test_what_the_case_does_not_bear_out_stops_the_build(
    sources_dir, data, spoil, name, pattern, replacement, says
):
    spoil(name, pattern, replacement)
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    problem, *fix = str(caught.value).split("\n")
    assert problem.startswith(name)
    assert says in problem
    assert fix or "kind" in problem


def test_a_reason_that_is_a_sentence_of_the_source_stops_the_build(sources_dir, data, spoil):
    [path] = sources_dir.glob("003_*.txt")
    line = path.read_text(encoding="utf-8").split("\n")[365]  # no sentence of a source stands in the project
    sentence = " ".join(line.split()[:14]).replace('"', "")
    spoil(BIJIE, FIRST + r'.*?^reason = )"[^"]*"', rf'\1"{sentence}"')
    with pytest.raises(EditorialError, match="stands word for word"):
        build(sources_dir, data)


def test_an_answer_is_stated_where_the_case_names_the_declaration(sources_dir):
    reading = read_folder(sources_dir).readings["guangzhou-award-6-collection"]
    said = (*reading.text[:365], "In the spirit of the Guangzhou declaration.", *reading.text[366:])
    fixtures = Fixtures()
    fixtures.add("declarations.declaration", slug="guangzhou-declaration", title="Guangzhou Declaration")
    fixtures.add("declarations.article", declaration=["guangzhou-declaration"], number=1)
    row = {
        "declaration": "guangzhou-declaration",
        "article": 1,
        "basis": "stated",
        "lines": "366",
        "reason": "So.",
    }
    table = Table("a.toml", {"commitments": [row]})
    commitments.add(fixtures, Checks(replace(reading, text=said)), "a-case", (360, 370), table)
    assert fixtures.records[-1]["fields"]["basis"] == "stated"
    with pytest.raises(EditorialError, match="do not name the Guangzhou Declaration"):
        commitments.add(fixtures, Checks(reading), "a-case", (360, 370), table)


def test_no_case_of_the_collection_names_a_declaration(sources_dir):
    [path] = sources_dir.glob("003_*.txt")
    text = path.read_text(encoding="utf-8").lower()
    assert "declaration" not in text
    assert "ningbo" not in text


def test_every_row_of_the_evidence_becomes_a_link(sources_dir, data):
    rows = sum(
        path.read_text(encoding="utf-8").count("[[commitments]]") for path in data.glob("evidence/*.toml")
    )
    made = json.loads(build(sources_dir, data)["4_cases.json"])
    links = [each["fields"] for each in made if each["model"] == "cases.commitmentlink"]
    assert len(links) == rows == 77
    assert {link["source"][0] for link in links} == {"guangzhou-award-6-collection"}


def test_each_claim_of_novelty_covers_the_lines_it_is_made_on(sources_dir):
    made = json.loads(build(sources_dir)["4_cases.json"])
    claims = [each["fields"] for each in made if each["model"] == "cases.noveltyclaim"]
    places = {(claim["initiative"][0].split("-")[0], claim["kind"]): claim for claim in claims}
    assert {key: (claim["first_line"], claim["last_line"]) for key, claim in places.items()} == {
        ("dongguan", "revolutionary"): (549, 549),
        ("fuzhou", "revolutionary"): (625, 625),
        ("guangzhou", "evolutionary"): (304, 306),
        ("guangzhou", "revolutionary"): (304, 306),
        ("haikou", "incremental"): (689, 693),
        ("harbin", "revolutionary"): (721, 721),
        ("hong", "revolutionary"): (839, 845),
        ("nanjing", "evolutionary"): (928, 930),
        ("nanjing", "revolutionary"): (928, 932),
        ("qingdao", "revolutionary"): (1006, 1006),
        ("shanghai", "evolutionary"): (212, 212),
        ("xiamen", "revolutionary"): (1153, 1153),
    }  # fmt: skip
    assert places["harbin", "revolutionary"]["said_by"] != places["fuzhou", "revolutionary"]["said_by"]
