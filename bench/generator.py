"""N synthetic cases in a database of their own, the same for the same N."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, count

from django.db import connection, transaction
from django.db.models import Max

from bench.words import Language
from cases.models import (
    Goal,
    Initiative,
    InitiativeGoal,
    InitiativeTheme,
    NoveltyClaim,
    Programme,
    Section,
    Theme,
)
from cities.models import City, CityFigures, Figure
from records.models import Publishable
from search import triggers
from search.indexing import batches
from search.models import Change
from sources.models import Source

VERSION = 2  # goes up whenever the same N would give other cases
CITIES, PROGRAMMES, THEMES, GOALS = 400, 12, 60, 17
COUNTRIES = [
    "CN",
    "BR",
    "IN",
    "ZA",
    "DE",
    "FR",
    "US",
    "MX",
    "KE",
    "NG",
    "ID",
    "JP",
    "KR",
    "ES",
    "IT",
    "PL",
    "TR",
    "EG",
    "CO",
    "AR",
    "CL",
    "PE",
    "VN",
    "TH",
    "PH",
    "AU",
    "NZ",
    "CA",
    "GB",
    "NL",
]
KINDS = list(Section.Kind.values)
PUBLISHED = Publishable.State.PUBLISHED
MOST_OWN = 100_000
_BATCH = 2_000


def fill(cases: int, say) -> None:
    """Writes the cases into the empty database that Django is connected to.

    Those beyond MOST_OWN are the same ones again, at other addresses: lists of documents and counts grow as they would,
    the vocabulary stays.
    """
    own = min(cases, MOST_OWN)
    made = _Vocabularies(Language(own))
    with without_triggers():
        done = 0
        for numbers in batches(range(1, own + 1), _BATCH):
            with transaction.atomic():
                _write([made.case(number) for number in numbers])
            done += len(numbers)
            if done % 20_000 == 0 or done == own:
                say(f"  {done:,} of {cases:,} cases written")
        for copy in range(1, cases // own):
            _copy(copy, own)
            say(f"  {own * (copy + 1):,} of {cases:,} cases written")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(number: int, own: int) -> None:
    """All cases once more, with all their parts."""
    changed = {
        "id": lambda model: f"id + {number * _last_id(model)}",
        "slug": lambda model: f"slug || '-{number + 1}'",
        "initiative_id": lambda model: f"initiative_id + {number * own}",
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Initiative, Section, InitiativeTheme, InitiativeGoal, NoveltyClaim):
            names = [field.column for field in model._meta.concrete_fields]
            read = ", ".join(changed[name](model) if name in changed else name for name in names)
            last = _last_id(model)
            table = model._meta.db_table
            values = f"SELECT {read} FROM {table} WHERE id <= {last}"  # noqa: S608 - our own names
            cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) {values}")


@cache
def _last_id(model: type) -> int:
    """The highest number before any copy was made."""
    return model.objects.aggregate(last=Max("pk"))["last"]


class without_triggers:
    """Loading writes no change log: the index is built afterwards in any case."""

    def __enter__(self):
        with connection.cursor() as cursor:
            for name, table in triggers._there(connection).items():
                suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{suffix}')

    def __exit__(self, *error):
        triggers.install(connection)
        Change.objects.all().delete()


def _write(cases: list[tuple]) -> None:
    Initiative.objects.bulk_create([case for case, _parts in cases])
    parts = [part for _case, parts in cases for part in parts]
    for model in (Section, InitiativeTheme, InitiativeGoal, NoveltyClaim):
        model.objects.bulk_create([part for part in parts if type(part) is model], batch_size=_BATCH)


class _Vocabularies:
    """Cities, programmes, themes and goals, and cases that refer to them, popular ones more often."""

    def __init__(self, language: Language):
        self.language, self.random = language, language.random
        names = self._names()
        source = Source.objects.create(slug="bench", kind="other", title="Bench")
        self.cities = City.objects.bulk_create(
            City(
                slug=name,
                name=name.title(),
                country=COUNTRIES[place // 7 % len(COUNTRIES)],
                state=PUBLISHED,
            )
            for place, name in enumerate(next(names) for _ in range(CITIES))
        )
        self._figures(source)
        self.programmes = Programme.objects.bulk_create(
            Programme(slug=f"award-{n}", name=f"{next(names).title()} Award {n}")
            for n in range(1, PROGRAMMES + 1)
        )
        self.themes = Theme.objects.bulk_create(
            Theme(slug=name, name=name.title(), definition="As invented.")
            for name in (next(names) for _ in range(THEMES))
        )
        self.goals = Goal.objects.bulk_create(
            Goal(number=n, name=f"Goal of {next(names)}") for n in range(1, GOALS + 1)
        )
        self._popular = {
            id(each): _falling(len(each)) for each in (self.cities, self.programmes, self.themes)
        }

    def _names(self) -> Iterator[str]:
        """Words from the middle of the vocabulary, none twice."""
        start = 1_500
        return (self.language.words[start + 3 * n] for n in count())

    def _figures(self, source: Source) -> None:
        sets = CityFigures.objects.bulk_create(CityFigures(city=city, source=source) for city in self.cities)
        Figure.objects.bulk_create(
            Figure(figures=each, name=Figure.Name.POPULATION, value=self.random.randint(20_000, 30_000_000))
            for each in sets
        )

    def _one(self, things: list):
        return self.random.choices(things, cum_weights=self._popular[id(things)])[0]

    def case(self, number: int) -> tuple[Initiative, list]:
        """A case and all its parts, none of them saved."""
        language, random = self.language, self.random
        city = self._one(self.cities)
        case = Initiative(
            slug=f"{city.slug}-{number}",
            title=language.title(),
            city=city,
            programme=self._one(self.programmes),
            summary=language.sentences(random.randint(2, 3)),
            started=self._started(),
            state=PUBLISHED,
        )
        parts: list = []
        left, position = random.randint(15, 35), 0
        while left > 0:
            size = min(left, random.randint(3, 7))
            parts.append(self._section(case, position, size))
            left, position = left - size, position + 1
        themes = {self._one(self.themes).pk for _ in range(random.randint(1, 4))}
        parts += [InitiativeTheme(initiative=case, theme_id=pk, reason="invented") for pk in sorted(themes)]
        for goal in random.sample(self.goals, random.randint(1, 4)):
            basis = random.choice(InitiativeGoal.Basis.values)
            parts.append(InitiativeGoal(initiative=case, goal=goal, basis=basis, reason="invented"))
        if random.random() < 0.4:
            kind = random.choice(NoveltyClaim.Kind.values)
            parts.append(NoveltyClaim(initiative=case, kind=kind, said_by="the city"))
        return case, parts

    def _started(self) -> str:
        if self.random.random() < 0.1:
            return ""
        year = self.random.choices(range(1996, 2025), weights=range(1, 30))[0]
        return f"{year}-{self.random.randint(1, 12):02d}" if self.random.random() < 0.3 else str(year)

    def _section(self, case: Initiative, position: int, sentences: int) -> Section:
        return Section(
            initiative=case,
            key=f"section-{position}",
            position=position,
            heading=self.language.title()[:60],
            kind=KINDS[position % len(KINDS)],
            digest=self.language.sentences(sentences),
        )


def _falling(size: int) -> list[float]:
    return list(accumulate(1 / (place + 3) for place in range(size)))
