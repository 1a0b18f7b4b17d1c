"""Matches of themes in outside vocabularies: built from the editors' file, refused where they cannot stand."""

import json
import tomllib

import pytest

from cases.models import ThemeMatch
from sources.fixtures import EditorialError, matches
from sources.fixtures.files import Fixtures
from sources.reading.data import DATA

VOCABULARY = """
[[vocabularies]]
slug = "words"
title = "Words"
publisher = "A library"
licence = "CC0 1.0"
licence_url = "https://words.example/licence"
address = "https://words.example/"
concepts = "https://words.example/concept/"
language = "en"
read_through = "a copy"
"""
MATCH = """
[[matches]]
theme = "water"
vocabulary = "words"
uri = "https://words.example/concept/7"
label = "waters"
relation = "close"
reason = "They mean much the same."
"""


def built(folder, text: str) -> list[dict]:
    """The records that the file makes where the themes are water and parks."""
    (folder / "open-data").mkdir(exist_ok=True)
    (folder / matches.FILE).write_text(text, encoding="utf-8")
    fixtures = Fixtures()
    for slug in ("water", "parks"):
        fixtures.add("cases.theme", slug=slug)
    matches.add(fixtures, folder)
    return fixtures.records[2:]


def test_a_match_is_built_with_the_name_of_its_vocabulary_which_becomes_a_source_with_its_licence(tmp_path):
    match, source = built(tmp_path, VOCABULARY + MATCH)
    assert match == {
        "model": "cases.themematch",
        "fields": {
            "theme": ["water"],
            "relation": "close",
            "uri": "https://words.example/concept/7",
            "label": "waters",
            "scheme": "Words",
            "reason": "They mean much the same.",
        },
    }
    assert (source["model"], source["fields"]["kind"]) == ("sources.source", "open-data")
    assert source["fields"]["rights"] == "CC0 1.0 (https://words.example/licence)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('theme = "water"', 'theme = "air"', "air is not in themes.toml"),
        ('vocabulary = "words"', 'vocabulary = "terms"', "terms is none of words"),
        ('relation = "close"', 'relation = "same"', "same is none of exact, close, broad, narrow"),
        ("https://words.example/concept/7", "https://terms.example/7", "no address of a concept there"),
        (
            "https://words.example/concept/7",
            "https://words.example/concept/",
            "no address of a concept there",
        ),
        ("https://words.example/concept/7", "https://words.example/concept/7 8", "no address of a concept"),
        ('label = "waters"', 'label = ""', "“label”: is empty"),
        ('label = "waters"', f'label = "{"w" * 201}"', "is longer than 200"),
        ('reason = "They mean much the same."', "", "“reason”: is missing"),
        ('relation = "close"', 'relation = "close"\nscope = "all"', "nothing is built from this"),
        ('read_through = "a copy"', "", "“read_through”: is missing"),
        ('licence = "CC0 1.0"', "", "“licence”: is missing"),
    ],
)
def test_a_match_that_cannot_stand_is_refused_and_the_message_names_the_file(tmp_path, old, new, said):
    text = VOCABULARY + MATCH
    assert old in text
    with pytest.raises(EditorialError) as caught:
        built(tmp_path, text.replace(old, new))
    assert said in str(caught.value)
    assert str(caught.value).startswith(matches.FILE)


def test_a_concept_matches_a_theme_once_and_may_match_another(tmp_path):
    other = MATCH.replace('"water"', '"parks"')
    assert len(built(tmp_path, VOCABULARY + MATCH + other)) == 3
    with pytest.raises(EditorialError, match="matches this theme already"):
        built(tmp_path, VOCABULARY + MATCH + MATCH.replace("close", "exact"))


def test_a_vocabulary_that_nothing_matches_is_refused(tmp_path):
    idle = VOCABULARY.replace('slug = "words"', 'slug = "idle"')
    with pytest.raises(EditorialError, match="nothing matches idle"):
        built(tmp_path, VOCABULARY + idle + MATCH)


def test_the_kinds_and_lengths_are_those_of_the_catalogue():
    assert tuple(ThemeMatch.Relation.values) == matches.RELATIONS
    assert ThemeMatch._meta.get_field("uri").max_length == matches.MOST_URI
    assert ThemeMatch._meta.get_field("label").max_length == matches.MOST_LABEL


def test_every_match_of_the_file_is_in_the_fixtures():
    rows = tomllib.loads((DATA / matches.FILE).read_text(encoding="utf-8"))["matches"]
    records = json.loads((DATA.parents[1] / "fixtures/4_cases.json").read_text(encoding="utf-8"))
    fixed = [each["fields"] for each in records if each["model"] == "cases.themematch"]
    pairs = {(each["theme"][0], each["uri"], each["relation"]) for each in fixed}
    assert pairs == {(row["theme"], row["uri"], row["relation"]) for row in rows}
    assert len(rows) == len(fixed) > 30
