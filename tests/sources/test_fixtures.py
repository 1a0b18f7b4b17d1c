"""Building the fixtures: stable, complete, and refused where the editors' files do not fit the sources."""

import json
import re
import tomllib

import pytest
from django.core.management import CommandError, call_command

from sources.fixtures import EditorialError, build, first_difference, write
from sources.fixtures.checks import numbers_of, plain_number
from sources.fixtures.editorial import Table
from sources.fixtures.files import MODELS, Fixtures
from tests.conftest import ROOT

CASE = "cases/xianning.toml"
PLAN, ALLIANCE = "documents/ningbo-plan.toml", "documents/alliance-launch.toml"
NINGBO, GUANGZHOU = "documents/ningbo-initiative.toml", "documents/guangzhou-declaration.toml"

ONE_THEME = '[[themes]]\ntheme = "housing"\nreason = "It is."\nlines = "60"\n'
NEW_THEME = '[[themes]]\nslug = "air"\n' + "".join(
    f'{name} = "Air"\n' for name in ("name", "name_zh", "definition", "definition_zh")
)


@pytest.mark.needs_sources
def test_the_committed_fixtures_are_what_the_sources_give(sources_dir):
    texts = build(sources_dir)
    assert first_difference(texts, ROOT / "fixtures") == ""
    assert build(sources_dir) == texts


@pytest.mark.needs_sources
@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "says"),
    [
        (CASE, r"^text = \"\"\"", 'text = """\nAll 4711 of them. ', ["digests", "4711"]),
        (CASE, r"^digest = \"\"\"", 'digest = """\nAll 4711 of them. ', ["[lead]", "4711"]),
        (CASE, r"^summary = \"\"\"", 'summary = """\nAll 4711 of them. ', ["summary", "4711"]),
        (CASE, r"^text = \"\"\".*?\"\"\"", 'text = ""', ["digests", "empty"]),
        (CASE, r"^line = 92$", "line = 93", ["heading on line 92", "Add a [[digests]] for 92"]),
        (CASE, r"^\[\[digests\]\]", '[[digests]]\nline = 89\ntext = "A"\n[[digests]]', ["no heading line"]),
        (CASE, r"^\[\[digests\]\]", '[[digests]]\nline = 92\ntext = "A"\n[[digests]]', ["92 stands twice"]),
        (CASE, r"^printed = \"1996\"", 'printed = "1997"', ["milestones", "1997", "line 100"]),
        (CASE, r"^line = 100$", "line = 1000", ["milestones", "1000"]),
        (CASE, r"^theme = \"public-space\"", 'theme = "air"', ["air", "themes.toml"]),
        (CASE, r"^theme = \"public-space\"", 'theme = "public-participation"', ["stands twice"]),
        (CASE, r"^goal = 3$", "goal = 18", ["18", "goals.toml"]),
        (CASE, r"^basis = \"inferred\"", 'basis = "guessed"', ["basis", "guessed"]),
        (CASE, r"(\[\[themes\]\].*?)reason = \"[^\"]*\"", r'\1reason = ""', ["themes", "reason", "empty"]),
        (CASE, r"(\[\[goals\]\].*?)reason = \"[^\"]*\"", r'\1reason = ""', ["goals", "reason", "empty"]),
        (CASE, r"(\[\[themes\]\].*?)lines = \"[^\"]*\"", r'\1lines = "200"', ["lines", "200", "50 to 146"]),
        (CASE, r"(\[\[themes\]\].*?)lines = \"[^\"]*\"", r'\1lines = "many"', ["lines", "many"]),
        (CASE, r"\[\[themes\]\].*?(?=\[\[goals\]\])", ONE_THEME, ["1 themes"]),
        (CASE, r"^slug = \"xianning-", 'slug = "town-', ["slug", "xianning-"]),
        (CASE, r"^city = ", 'colour = "red"\ncity = ', ["colour", "nothing is built"]),
        (CASE, r"^\[start\]", "[started]", ["start", "missing"]),
        ("themes.toml", r"^slug = ", "slug : ", ["cannot be read"]),
        ("sources.toml", "= false$", "= true", ["alliance-launch", "line 41", "copyright"]),
        (PLAN, r"^line = 40\nkey", "line = 41\nkey", ["twin-schools", "line"]),
        (PLAN, r"^printed = \"30 percent\"", 'printed = "40 percent"', ["40 percent"]),
        (PLAN, r"^value = 30$", "value = 31", ["value", "30"]),
        (PLAN, r"^key = \"twin-schools\"", 'key = "twins"', ["targets", "twin-schools"]),
        (PLAN, r"^line = 16$", "line = 17", ["paragraph on line 16"]),
        (ALLIANCE, r"^value = 90$", "value = 91", ["value", "90"]),
        (ALLIANCE, r"^name = \"EUROCITIES\"", 'name = "Eurotowns"', ["EUROCITIES"]),
        (ALLIANCE, r"^line = 33$", "line = 34", ["task 7"]),
        (NINGBO, r"^printed = \"77%\"", 'printed = "78%"', ["77%"]),
        (NINGBO, r"^value = 61$", "value = 62", ["61"]),
        (GUANGZHOU, r"^line = 47$", "line = 48", ["article II"]),
        (GUANGZHOU, r"^closing_lines = \"93\"", 'closing_lines = "94"', ["closing"]),
        ("themes.toml", r"\Z", NEW_THEME, ["air", "no case"]),
        ("open-data/cities.toml", r"^slug = \"xianning\"", 'slug = "xianyang"', [CASE, "city"]),
        ("open-data/divisions.toml", r"^slug = \"xianning\"", 'slug = "xianyang"', ["xianyang", "no city"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_stops_the_build(sources_dir, data, spoil, name, pattern, replacement, says):
    spoil(name, pattern, replacement)
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    message = str(caught.value)
    assert name in message or name == "open-data/cities.toml"
    assert not [word for word in says if word not in message], message


@pytest.mark.needs_sources
def test_a_theme_on_every_case_stops_the_build(sources_dir, data, spoil):
    entry = '\n[[themes]]\ntheme = "housing"\nreason = "It is."\nlines = "{line}"\n\n[[themes]]'
    for path in sorted((data / "cases").glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        if "housing" not in [each["theme"] for each in values["themes"]]:
            line = values["digests"][0]["line"]
            name = f"cases/{path.name}"
            if len(values["themes"]) == 6:
                spoil(name, r"\[\[themes\]\].*?(?=\[\[themes\]\])", "")
            spoil(name, r"^\[\[themes\]\]", entry.format(line=line))
    with pytest.raises(EditorialError, match=r"housing: every case"):
        build(sources_dir, data)


@pytest.mark.needs_sources
def test_the_command_writes_and_compares(sources_dir, data, tmp_path, capsys):
    def run(**options):
        call_command("build_fixtures", sources_dir, output=tmp_path / "built", data=data, **options)

    run()
    run(check=True)
    cities = tmp_path / "built" / "2_cities.json"
    cities.write_text(cities.read_text(encoding="utf-8").replace("咸宁", "咸"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"2_cities\.json, line \d+") as caught:
        run(check=True)
    assert "咸宁" in str(caught.value)
    cities.unlink()
    with pytest.raises(CommandError, match=r"2_cities\.json is missing"):
        run(check=True)


@pytest.mark.needs_sources
@pytest.mark.parametrize("name", ["records/4_cases.json", "lines/ningbo-plan.json"])
def test_the_command_writes_and_compares_the_checksums_too(sources_dir, data, tmp_path, capsys, name):
    def run(**options):
        call_command("build_fixtures", sources_dir, output=tmp_path / "built", data=data, **options)

    right = (data / name).read_text(encoding="utf-8")
    (data / name).write_text(re.sub("[0-9a-f]{16}", "0" * 16, right, count=1), encoding="utf-8")
    run()
    assert (data / name).read_text(encoding="utf-8") == right
    (data / name).write_text(re.sub("[0-9a-f]{16}", "0" * 16, right, count=1), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"{name}, line \d+"):
        run(check=True)


def test_a_folder_without_texts_builds_nothing(tmp_path, data):
    empty, built = tmp_path / "empty", tmp_path / "built"
    empty.mkdir()
    with pytest.raises(CommandError, match="missing"):
        call_command("build_fixtures", empty, output=built, data=data)
    assert not built.exists()


def test_files_are_sorted_and_readable():
    fixtures = Fixtures()
    fixtures.add("cases.theme", slug="b", name="名")
    fixtures.add("cases.goal", number=10)
    fixtures.add("cases.goal", number=9)
    fixtures.add("cases.theme", slug="a", name="A")
    text = fixtures.texts()["4_cases.json"]
    firsts = [next(iter(each["fields"].values())) for each in json.loads(text)]
    assert firsts == ["a", "b", 9, 10]
    assert "名" in text
    assert text.endswith("]\n")
    assert fixtures.texts()["2_cities.json"] == "[]\n"


def test_every_model_of_the_fixtures_exists_and_parts_come_after_what_they_refer_to():
    from django.apps import apps

    for model in MODELS:
        for field in apps.get_model(model)._meta.concrete_fields:
            label = field.related_model._meta.label_lower if field.is_relation else model
            if label in MODELS:
                assert MODELS.index(label) <= MODELS.index(model), f"{model} refers to {label}"


def test_the_first_difference_names_file_line_and_both(tmp_path):
    write({"a.json": "one\ntwo\n"}, tmp_path)
    assert first_difference({"a.json": "one\ntwo\n"}, tmp_path) == ""
    assert first_difference({"a.json": "one\nthree\n"}, tmp_path).split("\n") == [
        "a.json, line 2:",
        "  committed: two",
        "  built:     three",
    ]
    assert "(end of file)" in first_difference({"a.json": "one\ntwo\n\n"}, tmp_path)


@pytest.mark.parametrize(
    ("token", "plain"),
    [("8 000", "8000"), ("30,000", "30000"), ("2, 868", "2868"), ("7434.40", "7434.4"), ("007", "7"),
     ("10", "10"), ("0.30", "0.3"), ("0", "0")],
)  # fmt: skip
def test_numbers_are_compared_by_value(token, plain):
    assert plain_number(token) == plain


def test_numbers_of_a_text():
    assert numbers_of("From 1,200 (2.50%) to 95% in 2018") == ["1200", "2.5", "95", "2018"]


def test_a_text_loses_its_line_breaks_and_keeps_its_paragraphs():
    assert Table("f", {"a": "\nOne\ntwo.\n\nThree.\n"}).text("a") == "One two.\n\nThree."


@pytest.mark.parametrize("value", [3, True, ["a"], None, "  "])
def test_a_text_that_is_none_is_refused(value):
    with pytest.raises(EditorialError, match=r"f, “a”"):
        Table("f", {"a": value}).text("a")


@pytest.mark.parametrize("value", [True, "3", 3.5])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(EditorialError, match=r"f, “a”"):
        Table("f", {"a": value}).number("a")


@pytest.mark.needs_sources
@pytest.mark.parametrize(
    ("names", "problem"), [('"Amoy"', "kind"), ('["Amoy", "Amoy"]', "twice"), ('[" "]', "no list of texts")]
)
def test_other_names_are_a_list_of_texts(sources_dir, data, spoil, names, problem):
    spoil("open-data/cities.toml", r"^other_names = \[\"Amoy.*?$", f"other_names = {names}")
    with pytest.raises(EditorialError, match=problem):
        build(sources_dir, data)
