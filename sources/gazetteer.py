"""Districts, counties and towns of cities, out of the national list of divisions, with their names romanised.

Used when `data/open-data/divisions.toml` and the words of `search/data/divisions.txt` are made anew
(`manage.py read_divisions`); the running catalogue reads what was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

Romanise = Callable[[str], Sequence[str]]

# The endings that say what a division is, the longest first, and what English texts call it.
_KINDS = (
    ("自治县", "Autonomous County"),
    ("矿区", "Mining District"),
    ("新区", "New Area"),
    ("街道", "Subdistrict"),
    ("区", "District"),
    ("县", "County"),
    ("市", "City"),
    ("镇", "Town"),
)
# Peoples that autonomous counties of our cities are named after: what is left is the name of the place.
_PEOPLES = re.compile("(?:彝族|回族|苗族|满族|蒙古族|土家族|侗族|壮族|瑶族|畲族|黎族)+")
# Checked by hand: a character of these has several readings, and the library takes another one than the place has.
READINGS: Mapping[str, str] = {
    "长海": "chang hai",
    "长宁": "chang ning",
    "闵行": "min hang",
    "花都": "hua du",
    "马尾": "ma wei",
    "六合": "lu he",
    "塘厦": "tang xia",
    "麻涌": "ma chong",
}
# Hong Kong stands in a list of its own there (dist/HK-MO-TW.json: the parts, and the districts but those named after a
# direction alone). Its names are Cantonese, and no library reads them: they are written as GeoNames has the places, and
# the districts that are called after no one place (中西, 油尖旺, 葵青) by their English names. Two have no short form.
HONG_KONG: Mapping[str, str] = {
    "香港岛": "Hong Kong Island",
    "九龙": "Kowloon",
    "新界": "New Territories",
    "中西区": "Central and Western District",
    "湾仔区": "Wan Chai District",
    "油尖旺区": "Yau Tsim Mong District",
    "深水埗区": "Sham Shui Po District",
    "九龙城区": "Kowloon City District",
    "黄大仙区": "Wong Tai Sin District",
    "观塘区": "Kwun Tong District",
    "葵青区": "Kwai Tsing District",
    "荃湾区": "Tsuen Wan District",
    "屯门区": "Tuen Mun District",
    "元朗区": "Yuen Long District",
    "大埔区": "Tai Po District",
    "沙田区": "Sha Tin District",
    "西贡区": "Sai Kung District",
    "离岛区": "Islands District",
}
_NEVER_SHORT = frozenset({"中西区", "离岛区"})
# Short forms that are words of everyday Chinese ("bungalow", "generous", "limitless"): found with their ending alone.
WORDS = frozenset("平房 大方 方正 无极 桥头 中堂 五常".split())  # noqa: SIM905
# Short names in everyday use beside the official one, by hand.
FURTHER: Mapping[str, Sequence[str]] = {"旅顺口区": ("旅顺", "Lüshun")}
# Places that are no divisions of the list, or that it has by another romanisation, by hand: towns that became part of
# others, and old spellings of large cities. No misspellings of anything either.
FORMER = frozenset(
    """
    hankou hankow hanyang peking tientsin chungking soochow hangchow swatow chefoo tsinan mukden kalgan
    """.split()  # noqa: SIM905 - a list of words reads better as one
)
# A county in Hebei, but who types it means Dongguan: so a judged query has it.
MISTYPED = frozenset({"dongguang"})
SHORTEST = 4
# What the list calls the only "city" below a municipality.
_OF_THE_PROVINCE = "市辖区"
_DIRECTIONS = frozenset("东西南北中")


@dataclass(frozen=True)
class Entry:
    """A division as the list has it: its name, and the name of the city it belongs to, without 市."""

    name: str
    city: str


def entries(provinces: Iterable[Mapping]) -> Iterator[Entry]:
    """Every division of the list (`pca-code.json`). A municipality stands in it as a province."""
    for province in provinces:
        for city in province["children"]:
            name = province["name"] if city["name"] == _OF_THE_PROVINCE else city["name"]
            for division in city["children"]:
                yield Entry(division["name"], name.removesuffix("市"))


def cities(provinces: Iterable[Mapping]) -> list[str]:
    """The names of provinces and of what stands below them in the list, without 市 and 省."""
    names = [province["name"] for province in provinces]
    names += [city["name"] for province in provinces for city in province["children"]]
    return [re.sub("(?:市|省|地区)$", "", name) for name in names if name != _OF_THE_PROVINCE]


def short(name: str) -> tuple[str, str]:
    """A name without its ending, and what the ending is called; a name of one character keeps it ("", ...)."""
    for ending, kind in _KINDS:
        if name.endswith(ending) and len(name) > len(ending):
            stem = (
                _PEOPLES.sub("", name.removesuffix(ending))
                if ending == "自治县"
                else name.removesuffix(ending)
            )
            return (stem if len(stem) > 1 else ""), kind
    return "", ""


def romanised(name: str, romanise: Romanise) -> str:
    """A name as one word: its syllables joined, an apostrophe before one that begins with a vowel."""
    syllables = READINGS[name].split() if name in READINGS else romanise(name)
    first, *rest = syllables
    return (first + "".join(f"'{each}" if each[0] in "aeo" else each for each in rest)).capitalize()


def is_carried(entry: Entry) -> bool:
    """Whether a division is taken over: not what is named after its own city, whose name finds it anyway, nor what is
    named after a direction alone."""
    return not entry.name.startswith(entry.city) and entry.name[:-1] not in _DIRECTIONS


def names(entry: Entry, taken: Set[str], romanise: Romanise) -> list[str]:
    """All names of a division, the official ones in both scripts first, then both without the ending.

    `taken` are the names of provinces and cities, in both scripts: who types one of them means that one, so a short
    form that is another's name is left out; apostrophes, which few type, part none from another (Jin'an, Jinan).
    """
    stem, kind = short(entry.name)
    spoken = romanised(stem or entry.name[:-1], romanise) if kind else romanised(entry.name, romanise)
    found = [entry.name, f"{spoken} {kind}".strip()]
    if stem and stem not in taken | WORDS:
        found.append(stem)
    if stem and _letters(spoken) not in map(_letters, taken):
        found.append(spoken)
    return [*found, *FURTHER.get(entry.name, ())]


def _letters(name: str) -> str:
    return name.replace("'", "").casefold()


def of_hong_kong() -> list[list[str]]:
    """All names of each part and district of Hong Kong, in the order of `names`."""
    found = []
    for chinese, english in HONG_KONG.items():
        is_short = chinese.endswith("区") and chinese not in _NEVER_SHORT
        short_names = [chinese.removesuffix("区"), english.removesuffix(" District")] if is_short else []
        found.append([chinese, english, *short_names])
    return found


def without_shared(every: Sequence[list[str]]) -> list[list[str]]:
    """Divisions of one city without the short names that two of them would have: 井陉 is a county, 井陉矿区 is not."""
    flat = [name for listed in every for name in listed[2:]]
    return [[*listed[:2], *(name for name in listed[2:] if flat.count(name) == 1)] for listed in every]


def words(provinces: Sequence[Mapping], romanise: Romanise) -> set[str]:
    """The names of the whole list in one word of plain letters: no misspellings of anything."""
    stems = {short(entry.name)[0] for entry in entries(provinces)} | set(cities(provinces))
    found = {romanised(stem, romanise) for stem in stems if len(stem) > 1}
    # Which of its two readings 长 has is not known for every place of the country: both are taken.
    found |= {romanised(stem.replace("长", "常"), romanise) for stem in stems if "长" in stem}
    return FORMER | {word for name in found for word in plain_words(name)} - MISTYPED


def plain_words(name: str) -> list[str]:
    """The words of a name that are long enough to be taken for misspelt, in small plain letters."""
    plain = name.replace("'", "").replace("ü", "u").casefold().split()
    return [word for word in plain if word.isascii() and word.isalpha() and len(word) >= SHORTEST]
