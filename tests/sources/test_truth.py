"""What the editors wrote and the sources do not bear out stops the build: figures, dates, claims, copies."""

import re

import pytest

from sources.fixtures import EditorialError, build
from sources.reading.folder import read_folder

pytestmark = pytest.mark.needs_sources

BIJIE, DALIAN, DONGGUAN, FUZHOU = (f"cases/{city}.toml" for city in ("bijie", "dalian", "dongguan", "fuzhou"))
HAIKOU, HARBIN, HONG_KONG = (f"cases/{city}.toml" for city in ("haikou", "harbin", "hong-kong"))
NANJING, SHIJIAZHUANG = "cases/nanjing.toml", "cases/shijiazhuang.toml"
XIAMEN, XIANNING, GUANGZHOU = "cases/xiamen.toml", "cases/xianning.toml", "cases/guangzhou.toml"
PLAN, ALLIANCE = "documents/ningbo-plan.toml", "documents/alliance-launch.toml"
RULINGS = "rulings/guangzhou-award-6-collection.toml"
DECLARATION = "documents/guangzhou-declaration.toml"

DATES = [
    (HAIKOU, r'^date = "2019-06"\nprinted', 'date = "2018-06"\nprinted', "“June 2019” on line 671"),
    (HAIKOU, r'^date = "2019-06"\nprinted', 'date = "2019-07"\nprinted', "2019-07 is not"),
    (HAIKOU, r'^date = "2019-06"\nprinted', 'date = "2019"\nprinted', "(2019-06)"),
    (GUANGZHOU, r'^date = "2020-01"', 'date = "2020-01-01"', "“2020.1”"),
    (HONG_KONG, r'^date = "2023-09"', 'date = "2023-09-30"', "end of September 2023"),
    (BIJIE, r'^date = "198X"', 'date = "199X"', "“1980s”"),
    (XIAMEN, r'^date = "198X"', 'date = "188X"', "80s of the last century"),
    (SHIJIAZHUANG, r'^date = "18XX"', 'date = "19XX"', "“19th century”"),
    (NANJING, r'^date = "1927/1937"', 'date = "1927/1936"', "(1927/1937)"),
    (HONG_KONG, r'^date = "2023/2028"', 'date = "2024/2028"', "(2023/2028)"),
    (HAIKOU, r'^printed = "June 2019"', 'printed = "June"', "“June” on line 671"),
    (HAIKOU, r'^printed = "June 2019"', 'printed = "June"\ndate_reason = " "', "“June”"),
    (HAIKOU, r'"2019-06"\nprinted = "June 2019"', '"2019-05"\nprinted = "June"\ndate_reason = "x"', "“June”"),
    (HAIKOU, r'(\[start\]\ndate = )"2019-06"', r'\1"2017"', "2017 does not stand on line 671"),
    (HAIKOU, r'(\[start\]\ndate = )"2019-06"', r'\1"2019-07"', "2019-07 does not stand"),
    (HARBIN, r'(\[start\]\ndate = "2020"\nlines = )"745"', r'\1""', "2020 does not stand on no line"),
    (XIANNING, r"(\[start\].*?reason = \")2023", r"\g<1>2024", "2024"),
    (PLAN, r'^period = "2020/2030"', 'period = "2021/2030"', "2021"),
]  # fmt: skip
FIGURES = [
    (SHIJIAZHUANG, "about 2.2 billion dollars raised", "about 2.2 million dollars raised", "“2.2 billion”"),
    (SHIJIAZHUANG, "about 2.2 billion dollars to", "about 2.2 dollars to", "“2.2 billion”"),
    (DONGGUAN, "10.44 million", "10.44 billion", "“10.44 million”"),
    (DONGGUAN, "more than 700,000 people", "more than 700,000 million people", "700,000 million"),
    (FUZHOU, "rose by 50%", "rose by 50", "“50%”"),
    (XIANNING, "19 local", "19% of local", "“19%”"),
    (BIJIE, r"37\.2 km of\nriver", "37.2 hectares of\nriver", "“37.2 km”"),
    (BIJIE, "278,400 cubic metres", "278,400 square metres", "“278,400 cubic metres”"),
    (HONG_KONG, "about 12 months", "about 12 years", "“12 months”"),
    (HONG_KONG, r"US\$1\.49", "HK$1.49", "1.49"),
    (XIANNING, r"over 100\s", "over 100 million ", "100 million"),
]
WORDS = [
    (XIANNING, "Four school routes", "Five school routes", "“Five”"),
    (XIANNING, "Twenty other schools", "Dozens of other schools", "“Dozens”"),
    (XIANNING, r"and more than 50 percent", "and a third", "“a third”"),
    (XIANNING, "seven government sectors", "twelve government sectors", "“twelve”"),
    (XIANNING, "counted = ", "# counted = ", "“two”"),
    (XIANNING, 'words = "two Chinese', 'words = "three Chinese', "none of the texts"),
    (XIANNING, r'(counted.*?)reason = "[^"]*"', r'\1reason = ""', "reason"),
    (DALIAN, "Work safety accidents are", "Hundreds of work safety accidents are", "“Hundreds”"),
]
OUR_WORDS = [
    (HAIKOU, r'(\[\[themes\]\].*?reason = ")', r"\g<1>All 4711. ", "4711"),
    (HAIKOU, r'(\[\[themes\]\].*?reason = ")', r"\g<1>All twelve. ", "“twelve”"),
    (HAIKOU, r'(\[\[goals\]\].*?reason = ")', r"\g<1>All 4711. ", "4711"),
    (HAIKOU, r'(\[\[novelty\]\].*?reason = ")', r"\g<1>All 4711. ", "4711"),
    (HAIKOU, r'(\[\[milestones\]\].*?event = ")', r"\g<1>All 4711. ", "4711"),
    (ALLIANCE, "of the 90 units", "of the 91 units", "member_list_note"),
    (ALLIANCE, r'(\[\[organisations\]\].*?note = ")', r"\g<1>All 4711. ", "4711"),
    (ALLIANCE, r'^what = "Units', 'what = "All 91 units', "91"),
    (DECLARATION, r'^what = "Cities', 'what = "All 150 cities', "150"),
    (PLAN, 'heading = "Nine campaigns"', 'heading = "Ten campaigns"', "“Ten”"),
    (PLAN, 'heading = "Two aims, for 2020', 'heading = "Two aims, for 2021', "2021"),
    (PLAN, 'heading = "First period:', 'heading = "First 12 years:', "12"),
    (PLAN, 'target = "Become', 'target = "Become by 2031', "2031"),
    (PLAN, r'(\[\[benchmarks\]\].*?note = ")', r"\g<1>All 4711. ", "4711"),
]
CLAIMS = [
    (RULINGS, r'^reason = "The text looks back on 2022', 'reason = "The text looks back on 4711', "4711"),
    (XIAMEN, r'(basis = "stated"\nreason = "[^"]*"\nlines = )"1121"', r'\1"1141"', "goal 14"),
    (XIAMEN, r"^goal = 14$", "goal = 13", "goal 13"),
    (HONG_KONG, r'^goal = 10\nbasis = "inferred"', 'goal = 15\nbasis = "stated"', "goal 15"),
    (DONGGUAN, r'^kind = "revolutionary"', 'kind = "evolutionary"', "the word evolutionary"),
    (DONGGUAN, r'^lines = "549"\nsaid_by', 'lines = "545"\nsaid_by', "the word revolutionary"),
    (XIANNING, r'(\[\[themes\]\].*?lines = ")', r"\g<1>87; ", "line 87 shows nothing: it is blank"),
    (XIANNING, r'(\[\[themes\]\].*?lines = ")', r"\g<1>86; ", "line 86 shows nothing: it is running header"),
    (XIANNING, r'(\[\[goals\]\].*?lines = ")', r"\g<1>88-89; ", "line 89 shows nothing"),
    (XIANNING, r'(\[start\].*?lines = ")', r"\g<1>103-", "line 103 shows nothing"),
    (PLAN, '^lines = "8; 24-26"', 'lines = "8; 24"', "it was read on the lines 8; 24; 26"),
    (XIANNING, r"^line = 100\nevent", "line = 101\nevent", "line 101 shows nothing"),
]


@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "says"), [*DATES, *FIGURES, *WORDS, *OUR_WORDS, *CLAIMS]
)
def test_what_the_lines_do_not_bear_out_stops_the_build(
    sources_dir, data, spoil, name, pattern, replacement, says
):
    spoil(name, pattern, replacement)
    with pytest.raises(EditorialError) as caught:
        build(sources_dir, data)
    problem, *fix = str(caught.value).split("\n")
    assert problem.startswith(name), "the file"
    assert "“" in problem.removeprefix(name), "the key"
    assert says in problem
    assert fix, "what to do"


def test_a_year_that_stands_elsewhere_is_taken_with_its_reason(sources_dir, data, spoil):
    reason = 'date_reason = "The year stands beside it."'
    spoil(HAIKOU, r'^printed = "June 2019"', f'printed = "June"\n{reason}')
    assert '"printed": "June"' in build(sources_dir, data)["4_cases.json"]


def test_what_the_editor_counts_passes_with_its_reason(sources_dir, data, spoil):
    counted = 'counted = [{ words = "all 4711", reason = "So many were counted." }]\nreason = "'
    spoil(HAIKOU, r'(\[\[themes\]\].*?)reason = "', rf"\1{counted}It is all 4711. ")
    assert "all 4711" in build(sources_dir, data)["4_cases.json"]


def run_of(sources_dir, count):
    """So many words of a sentence of the collection."""
    reading = read_folder(sources_dir).readings["guangzhou-award-6-collection"]
    return " ".join(re.findall(r"[a-zA-Z]+", reading.line(94))[:count])


@pytest.mark.parametrize("key", ["text", "digest", "summary"])
def test_a_run_of_twelve_words_of_the_source_stops_the_build(sources_dir, data, spoil, key):
    spoil(XIANNING, rf'^{key} = """', f'{key} = """\nThe text says that {run_of(sources_dir, 12).upper()}. ')
    with pytest.raises(EditorialError, match=r"xianning.toml.*stands word for word") as caught:
        build(sources_dir, data)
    assert run_of(sources_dir, 12).lower() in str(caught.value)


def test_eleven_words_in_common_pass(sources_dir, data, spoil):
    spoil(XIANNING, r'^text = """', f'text = """\nThe text says: {run_of(sources_dir, 11)}. ')
    build(sources_dir, data)


def test_a_long_official_name_passes_with_its_reason(sources_dir, data, spoil):
    name = run_of(sources_dir, 14)
    copied = f'copied = [{{ words = "{name}", reason = "Say it is a name." }}]'
    spoil(XIANNING, r'^text = """', f'{copied}\ntext = """\nIt is called {name}. ')
    build(sources_dir, data)
