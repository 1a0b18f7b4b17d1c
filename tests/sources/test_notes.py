"""Building notes from the editors' files: what their lines do not carry is refused with what to do."""

import json

import pytest

from notes.vocabularies import Kind, Severity
from sources.fixtures import EditorialError, notes
from sources.fixtures.checks import Checks
from sources.fixtures.editorial import Table
from sources.fixtures.files import Fixtures
from sources.reading.data import DATA
from sources.reading.folder import read_folder

ROW = {
    "key": "a-key",
    "kind": "arithmetic",
    "severity": "high",
    "lines": "76; 78",
    "printed": ["268"],
    "computed": "311.3",
    "note": "It does not fit.",
}


def test_the_builder_and_the_database_know_the_same_kinds():
    assert sorted(notes.KINDS) == sorted(Kind.values)
    assert sorted(notes.SEVERITIES) == sorted(Severity.values)


@pytest.fixture(scope="module")
def checks():
    import os
    from pathlib import Path

    return Checks(read_folder(Path(os.environ["SOURCES"]), DATA).readings["guangzhou-award-6-collection"])


def built(checks, rows, sums=(), outcomes=()) -> list[dict]:
    fixtures = Fixtures()
    for key, unit in outcomes:
        fixtures.add("cases.outcome", initiative=["xianning"], key=key, value=1, unit=[unit])
    file = Table("evidence/xianning.toml", {"notes": list(rows), "sums": list(sums)})
    notes.add(fixtures, checks, "xianning", "xianning", (50, 146), file)
    return [each["fields"] for each in fixtures.records if each["model"].startswith("notes.")]


@pytest.mark.needs_sources
def test_a_row_becomes_a_note_of_its_case(checks):
    (note,) = built(checks, [ROW])
    assert (note["slug"], note["case"], note["printed"], note["lines"]) == (
        "xianning-a-key",
        ["xianning"],
        "268",
        "76; 78",
    )


@pytest.mark.needs_sources
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "nonsense"}, "is none of arithmetic"),
        ({"severity": "grave"}, "is none of high"),
        ({"printed": ["269"]}, "stands on none of the lines"),
        ({"lines": "76; 99999"}, "the source ends with line"),
        ({"lines": "77"}, "line 77 is blank"),
        ({"lines": "76; 76"}, "names a place twice"),
        ({"lines": "seventy"}, "is no line"),
        ({"computed": ""}, "is empty"),
        ({"key": "A Key"}, "is no key"),
        ({"kind": "blank"}, "is missing"),
        ({"kind": "other", "computed": "", "difference_pct": 5}, "needs what was computed"),
        ({"note": "There are 417 of them."}, "it names 417"),
        ({"nobody": "asks"}, "nothing is built from this"),
    ],
)
def test_a_row_that_its_lines_do_not_carry_is_refused(checks, change, said):
    with pytest.raises(EditorialError, match=said):
        built(checks, [ROW | change])


@pytest.mark.needs_sources
def test_a_note_or_a_printed_piece_that_is_a_sentence_of_the_source_is_refused(checks):
    sentence = checks.reading.text[93].split(". ")[0] + "."
    for change, said in (
        ({"note": sentence, "printed": []}, "word for word"),
        ({"printed": [sentence]}, "is a sentence"),
    ):
        with pytest.raises(EditorialError, match=said):
            built(checks, [ROW | {"lines": "94"} | change])


@pytest.mark.needs_sources
def test_a_key_stands_once(checks):
    with pytest.raises(EditorialError, match="stands twice"):
        built(checks, [ROW, ROW])


@pytest.mark.needs_sources
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"total": "nothing"}, "is no outcome of this case"),
        ({"parts": ["one", "nothing"]}, "is no outcome of this case"),
        ({"parts": ["one"]}, "two parts or more"),
        ({"parts": ["one", "total"]}, "none of them the total"),
        ({"parts": ["one", "other"]}, "not all in one unit"),
    ],
)
def test_a_sum_of_what_is_not_there_is_refused(checks, change, said):
    outcomes = [("total", "km"), ("one", "km"), ("two", "km"), ("other", "ha")]
    good = {"key": "s", "total": "total", "parts": ["one", "two"]}
    assert built(checks, [], [good], outcomes)[0]["parts"] == "one\ntwo"
    with pytest.raises(EditorialError, match=said):
        built(checks, [], [good | change], outcomes)


@pytest.mark.needs_sources
def test_a_file_about_no_source_is_refused(checks, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/nowhere.toml").write_text("")
    with pytest.raises(EditorialError, match="there is no source nowhere"):
        notes.add_documents(Fixtures(), {}, tmp_path)


def test_every_row_of_the_evidence_files_is_in_the_fixtures():
    import tomllib

    rows = [
        row
        for folder in ("evidence", "notes")
        for path in sorted((DATA / folder).glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("notes", ())
    ]
    built_notes = json.loads((DATA.parents[1] / "fixtures/5_notes.json").read_text(encoding="utf-8"))
    assert sum(each["model"] == "notes.note" for each in built_notes) == len(rows) > 200


def test_a_note_that_names_a_claim_the_case_does_not_have_is_refused():
    made = Fixtures()
    made.add("cases.outcome", initiative=["a-case"], key="trees")
    notes._names_claims(made, "a-case", Table("evidence/a-case.toml", {"concerns": ["trees"]}))
    with pytest.raises(EditorialError, match="the case has no claim birds"):
        notes._names_claims(made, "a-case", Table("evidence/a-case.toml", {"concerns": ["birds"]}))
