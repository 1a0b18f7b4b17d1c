"""The districts and counties of cities: how the list is read and named, and what the data file holds."""

import tomllib

import pytest

from search import spelling
from sources import gazetteer
from sources.gazetteer import Entry
from sources.reading.data import DATA

SYLLABLES = dict(
    zip(
        "思明中山宾长安平房浦东旅顺口静威宁井陉松湖六合虎门石",
        [
            "si",
            "ming",
            "zhong",
            "shan",
            "bin",
            "chang",
            "an",
            "ping",
            "fang",
            "pu",
            "dong",
            "lü",
            "shun",
            "kou",
            "jing",
            "wei",
            "ning",
            "jing",
            "xing",
            "song",
            "hu",
            "liu",
            "he",
            "hu",
            "men",
            "shi",
        ],
        strict=True,
    )
)
FILE = tomllib.loads((DATA / "open-data" / "divisions.toml").read_text(encoding="utf-8"))
CITIES = {city["slug"]: city["divisions"] for city in FILE["cities"]}
KNOWN = tomllib.loads((DATA / "open-data" / "cities.toml").read_text(encoding="utf-8"))["cities"]


def romanise(name: str) -> list[str]:
    return [SYLLABLES[character] for character in name]


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("思明区", ["思明区", "Siming District", "思明", "Siming"]),
        ("中山区", ["中山区", "Zhongshan District"]),  # another city
        ("宾县", ["宾县", "Bin County"]),  # one character
        ("长安区", ["长安区", "Chang'an District", "长安", "Chang'an"]),
        ("平房区", ["平房区", "Pingfang District", "Pingfang"]),  # a word
        ("浦东新区", ["浦东新区", "Pudong New Area", "浦东", "Pudong"]),
        ("旅顺区", ["旅顺区", "Lüshun District", "旅顺", "Lüshun"]),
        (
            "威宁彝族回族苗族自治县",
            ["威宁彝族回族苗族自治县", "Weining Autonomous County", "威宁", "Weining"],
        ),
        ("六合区", ["六合区", "Luhe District", "六合", "Luhe"]),  # read by hand
        ("虎门镇", ["虎门镇", "Humen Town", "虎门", "Humen"]),
        ("松山湖", ["松山湖", "Songshanhu"]),
        ("静安区", ["静安区", "Jing'an District", "静安"]),  # another city but for its apostrophe
        (
            "旅顺口区",
            ["旅顺口区", "Lüshunkou District", "旅顺口", "Lüshunkou", "旅顺", "Lüshun"],  # in use besides
        ),
    ],
)
def test_a_division_has_its_names_in_both_scripts_with_and_without_the_ending(name, names):
    assert gazetteer.names(Entry(name, "厦门"), {"中山", "Zhongshan", "Jingan"}, romanise) == names


def test_what_two_divisions_of_a_city_would_share_is_left_out():
    every = [
        ["井陉矿区", "Jingxing Mining District", "井陉", "Jingxing"],
        ["井陉县", "Jingxing County", "井陉", "Jingxing"],
    ]
    assert gazetteer.without_shared(every) == [listed[:2] for listed in every]


def test_municipalities_stand_in_the_list_as_provinces_and_zones_named_after_their_city_are_left_out():
    provinces = [
        {"name": "上海市", "children": [{"name": "市辖区", "children": [{"name": "松山区"}]}]},
        {
            "name": "河北省",
            "children": [{"name": "石门市", "children": [{"name": "石门高新区"}, {"name": "东区"}]}],
        },
    ]
    found = list(gazetteer.entries(provinces))
    assert [each.city for each in found] == ["上海", "石门", "石门"]
    assert [gazetteer.is_carried(each) for each in found] == [True, False, False]
    assert gazetteer.cities(provinces) == ["上海", "河北", "石门"]


def test_every_city_of_the_list_that_the_catalogue_knows_has_its_divisions():
    assert set(CITIES) == {city["slug"] for city in KNOWN}
    assert {slug: len(lines) for slug, lines in CITIES.items()} == {
        "xianning": 6, "shanghai": 16, "guangzhou": 11, "bijie": 8, "dalian": 10, "dongguan": 33, "fuzhou": 13,
        "haikou": 4, "harbin": 18, "hong-kong": 18, "nanjing": 11, "qingdao": 10, "shijiazhuang": 22, "xiamen": 6,
        "ningbo": 10,
    }  # fmt: skip


@pytest.mark.parametrize("slug", CITIES)
def test_the_file_holds_to_its_rules(slug):
    every = [line.split(", ") for line in CITIES[slug]]
    flat = [name for names in every for name in names]
    assert len(flat) == len(set(flat))
    own = {"".join(filter(str.isalnum, city["name"].casefold())) for city in KNOWN}
    for chinese, english, *short in every:
        assert chinese.isalpha() and not chinese.isascii()
        assert english[0].isupper()
        stem = gazetteer.short(chinese)[0]
        further = gazetteer.FURTHER.get(chinese, ())
        assert [name for name in short if name in further] == [*further]
        for name in short:
            assert name in further or name == stem or english.startswith(f"{name} ")
            assert len(name) > 1 and name not in gazetteer.WORDS
            assert "".join(filter(str.isalnum, name.casefold())) not in own


@pytest.mark.parametrize(
    "word", ["siming", "fuding", "fuqing", "yuen", "panyu", "minhang", "changhai", "hankou"]
)
def test_names_of_the_whole_list_are_no_misspellings(word):
    assert not spelling.may_be_misspelt(word)


def test_the_source_says_what_it_is_and_of_when():
    source = FILE["source"]
    assert source["licence"] and source["licence_url"].startswith("https://")
    assert source["address"] in source["licence_url"]
    assert len(source["read_through_version"]) == 40 and source["date"] == "2023-09-11"
