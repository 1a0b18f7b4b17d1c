"""An outcome that its line does not bear out stops the build, and so does a number that is in none."""

import json

import pytest

from sources.fixtures import EditorialError, build

pytestmark = pytest.mark.needs_sources

XIANNING = "evidence/xianning-child-friendly-routes-to-school.toml"
FUZHOU = "evidence/fuzhou-intelligent-water-governance.toml"
HONG_KONG = "evidence/hong-kong-transitional-housing.toml"
CARS = r'(^key = "cars-bringing-pupils".*?)'
AGAIN = r'(^key = "pupils-on-foot-again".*?)'

REFUSALS = [
    (XIANNING, CARS + r'^printed = "from', r'\1printed = "From', "does not stand on"),
    (XIANNING, CARS + "^value = 8$", r"\1value = 9", "“value”: 9 is not what"),
    (XIANNING, CARS + "^after = 8$", r"\1after = 120", "is not 120, the one after"),
    (XIANNING, CARS + "^before = 120$", r"\1before = 121", "“before”: 121 is not what"),
    (XIANNING, CARS + "^before = 120\n", r"\1", "before and after stand together"),
    (XIANNING, CARS + "^value = 8\nbefore = 120\nafter = 8\n", r"\1", "there is no value"),
    (XIANNING, CARS + "^value = 8$", r"\1value = 8\nvalue_low = 120\nvalue_high = 8", "120 is above value_high"),
    (XIANNING, CARS + r'^unit = "number/hour"', r'\1unit = "furlong"', "furlong is not in units.toml"),
    (XIANNING, CARS + r'^unit = "number/hour"', r'\1unit = "%"', "which is not in %"),
    (XIANNING, CARS + r'^unit = ', r'\1unit_alt = "USD"\nunit = ', "a printed conversion needs its unit"),
    (XIANNING, CARS + r'^indicator = "', r'\1indicator = "8 ', "“indicator”"),
    (XIANNING, CARS + r'^status = "achieved"', r'\1status = "done"', "done is none of achieved"),
    (XIANNING, CARS + r'^direction = "down"', r'\1direction = "away"', "away is none of up, down"),
    (XIANNING, CARS + r'^scope = "', r'\1scope = "all 4711, ', "it names 4711"),
    (XIANNING, CARS + r'^scope = ', r'\1reason = "All 4711."\nscope = ', "it names 4711"),
    (XIANNING, CARS + r'^scope = ', r'\1colour = "red"\nscope = ', "nothing is built from this"),
    (XIANNING, CARS + r'^scope = ', r'\1date = "1998"\nscope = ', "1998 does not stand on the lines 136"),
    (XIANNING, CARS + r'^scope = ', r'\1date = "1998"\ndate_lines = "104"\nscope = ', ""),
    (XIANNING, CARS + r'^scope = ', r'\1date = "1998/1997"\nscope = ', "ends before it starts"),
    (XIANNING, CARS + r'^scope = ', r'\1date_lines = "104"\nscope = ', "there is no date to stand there"),
    (XIANNING, CARS + r'^scope = ', r'\1date = "1998"\ndate_lines = "1104"\nscope = ', "outside the lines"),
    (XIANNING, AGAIN + r'^repeats = "pupils-on-foot"', r'\1repeats = "traffic-accidents"', "stands before this one"),
    (XIANNING, AGAIN + r'^repeats = "pupils-on-foot"', r'\1repeats = "pupils-on-foot-again"', "stands before this"),
    (XIANNING, r'^key = "pupils-on-foot-again"', 'key = "pupils-on-foot"', "pupils-on-foot stands twice"),
    (XIANNING, r'^key = "pupils-on-foot-again"', 'key = "Pupils"', "is no key"),
    (XIANNING, CARS + "^line = 136$", r"\1line = 137", "line 137 shows nothing"),
    (XIANNING, CARS + "^line = 136$", r"\1line = 936", "outside the lines"),
    (XIANNING, r'^case = "xianning', 'case = "yanning', "is not the case that the file is named after"),
    (XIANNING, r"^\[\[partners\]\]", "[[partner]]", "nothing is built from this"),
    (HONG_KONG, r'^date = "2023-09/2025-09"', 'date = "2024-09/2025-09"', "2024-09 does not stand"),
    ("units.toml", r'^code = "km"', 'code = "m"', "m stands twice"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "pattern", "replacement", "says"), [each for each in REFUSALS if each[3]])
def test_what_the_line_does_not_bear_out_stops_the_build(
    sources_dir, data, spoil, name, pattern, replacement, says
):
    spoil(name, pattern, replacement)
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    problem, *fix = str(caught.value).split("\n")
    assert problem.startswith(name)
    assert says in str(caught.value)
    assert fix, "what to do"


@pytest.mark.parametrize(("name", "pattern", "replacement"), [each[:3] for each in REFUSALS if not each[3]])
def test_what_it_does_bear_out_passes(sources_dir, data, spoil, name, pattern, replacement):
    spoil(name, pattern, replacement)
    build(sources_dir, data)


@pytest.mark.parametrize(
    ("field", "says"), [("scope", "stands word for word"), ("printed", "is a sentence of the source")]
)
def test_a_sentence_of_the_source_stops_the_build(sources_dir, data, spoil, field, says):
    [path] = sources_dir.glob("003_*.txt")
    line = path.read_text(encoding="utf-8").split("\n")[638]  # no sentence of a source stands in the project
    sentence = " ".join(line.split()[:14]).replace('"', "")
    spoil(FUZHOU, rf'(^line = 639$.*?^){field} = ".*?"$', rf'\1{field} = "{sentence}"')
    with pytest.raises(EditorialError, match=says):
        build(sources_dir, data)


def test_a_number_in_no_outcome_stops_the_build_with_its_line_and_what_to_do(sources_dir, data, spoil):
    spoil(XIANNING, r'\[\[outcomes\]\]\nkey = "pupils-affected".*?(?=\[\[outcomes\]\])', "")
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    assert "the number 800 on line 138 is classed as an outcome and is in none" in str(caught.value)
    assert "Add [[outcomes]] with line = 138" in str(caught.value)


def test_a_number_is_covered_on_its_own_line_only(sources_dir, data, spoil):
    spoil(XIANNING, r'^printed = "19 local companies"', 'printed = "local companies"')
    spoil(XIANNING, r"^value = 19\n", "value_low = 1\n")
    with pytest.raises(EditorialError):
        build(sources_dir, data)


def test_a_case_without_evidence_stops_the_build(sources_dir, data):
    (data / XIANNING).unlink()
    with pytest.raises(EditorialError, match=r"evidence/xianning.*cannot be read"):
        build(sources_dir, data)


def test_evidence_about_no_case_stops_the_build(sources_dir, data):
    (data / "evidence" / "atlantis-sinks.toml").write_text('case = "atlantis-sinks"\n', encoding="utf-8")
    with pytest.raises(EditorialError, match=r"there is no case atlantis-sinks\nName the file"):
        build(sources_dir, data)


def test_outcomes_come_in_printed_order_with_their_number_on_the_line(sources_dir):
    records = json.loads(build(sources_dir)["4_cases.json"])
    ours = [
        each["fields"]
        for each in records
        if each["model"] == "cases.outcome" and each["fields"]["initiative"][0].startswith("xianning")
    ]
    on_136 = [(each["position"], each["key"]) for each in ours if each["first_line"] == 136]
    assert [position for position, _key in on_136] == [1, 2, 3, 4]
    assert on_136[0][1] == "pupils-on-foot-again"
    lines = [each["first_line"] for each in ours]
    assert lines == sorted(lines)
