"""The records that checks look at, read some hundred at a time: a block of city figures, a case, a document."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from cases.models import Initiative, Milestone, Outcome, Partner, PlaceMention, Target
from cities.models import Alliance, City, CityFigures, Figure, Member, Plan, ReportedCount, Stage
from declarations.models import Declaration
from listing.bulk import batches
from sources.models import Ruling, Source

BATCH = 300
# Things that one question to the database names.
MOST_NAMED = 5_000


@dataclass(frozen=True)
class Scope:
    """Which things are looked at: those with these numbers; all of them where it is None."""

    cities: frozenset[int] | None = None
    cases: frozenset[int] | None = None
    sources: frozenset[int] | None = None

    @classmethod
    def of(cls, cities: Iterable[int] = (), cases: Iterable[int] = (), sources: Iterable[int] = ()) -> Scope:
        """Only these."""
        return cls(frozenset(cities), frozenset(cases), frozenset(sources))

    def joined(self, other: Scope) -> Scope:
        """What either names; both name their things."""
        return Scope.of(self.cities | other.cities, self.cases | other.cases, self.sources | other.sources)

    def pieces(self) -> Iterator[Scope]:
        """The same in parts that one question to the database can name. Things are looked at one by one anyway."""
        for kind in ("cities", "cases", "sources"):
            for some in batches(sorted(getattr(self, kind)), MOST_NAMED):
                yield Scope.of(**{kind: some})


@dataclass(frozen=True)
class Subject:
    """What a note is about: always a source, mostly a case or a city. `key` is the same for as long as it is there."""

    key: str
    source: Source
    case: Initiative | None = None
    city: City | None = None


@dataclass(frozen=True)
class Block(Subject):
    """One set of city figures, by name; `set` says where it stands and of which territory it is."""

    set: CityFigures | None = None
    figures: dict[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseFile(Subject):
    """A case with what hangs on it. `sums` are pairs of a total and its parts; `rulings` those within its lines."""

    outcomes: list[Outcome] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    sums: list[tuple[Outcome, list[Outcome]]] = field(default_factory=list)
    mentions: list[Partner | PlaceMention] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    population: Figure | None = None


@dataclass(frozen=True)
class Document(Subject):
    """A source with the alliance, plan or declaration read from it, and the rulings that lie in no case."""

    rulings: list[Ruling] = field(default_factory=list)
    alliances: list[Alliance] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)


def _shown(manager_or_model, *related: str) -> QuerySet:
    """Those not hidden: what is hidden contradicts nobody."""
    manager = getattr(manager_or_model, "objects", manager_or_model)
    return manager.filter(hidden=False).select_related(*related)


def _chosen(queryset: QuerySet, name: str, numbers: frozenset[int] | None) -> QuerySet:
    return queryset if numbers is None else queryset.filter(**{f"{name}__in": numbers})


def _batches(queryset: QuerySet) -> Iterator[list]:
    for numbers in batches(list(queryset.order_by("pk").values_list("pk", flat=True)), BATCH):
        yield list(queryset.filter(pk__in=numbers).order_by("pk"))


def blocks(scope: Scope) -> Iterator[list[Block]]:
    """The sets of figures of cities, some at a time."""
    figures = Prefetch("figures", _shown(Figure), to_attr="shown_figures")
    sets = _shown(CityFigures, "city", "source").filter(source__isnull=False, city__hidden=False)
    for some in _batches(_chosen(sets, "city", scope.cities).prefetch_related(figures)):
        cases = _cases_around(some)
        yield [
            Block(
                f"figures/{each.pk}",
                each.source,
                case,
                each.city,
                each,
                {f.name: f for f in each.shown_figures},
            )
            for each, case in zip(some, cases, strict=True)
        ]


def _cases_around(sets: list[CityFigures]) -> list[Initiative | None]:
    """For each set the case it is printed with: of the same city, its lines around those of the set."""
    cases = defaultdict(list)
    for case in _shown(Initiative).filter(city__in={each.city_id for each in sets}).order_by("pk"):
        cases[case.city_id, case.source_id].append(case)

    def around(each: CityFigures) -> Initiative | None:
        near = cases[each.city_id, each.source_id] if each.first_line else []
        return next(
            (c for c in near if c.first_line and c.first_line <= each.first_line <= c.last_line), None
        )

    return [around(each) for each in sets]


def case_files(scope: Scope) -> Iterator[list[CaseFile]]:
    """The cases that were read from a source, some at a time."""
    parts = [
        Prefetch(
            "outcomes",
            _shown(Outcome, "unit", "repeats").order_by("first_line", "position"),
            "shown_outcomes",
        ),
        Prefetch("milestones", _shown(Milestone), "shown_milestones"),
        Prefetch("sums", to_attr="shown_sums"),
        Prefetch("partners", _shown(Partner, "organisation"), "shown_partners"),
        Prefetch("place_mentions", _shown(PlaceMention, "place"), "shown_places"),
    ]
    cases = _shown(Initiative, "city", "source").filter(source__isnull=False, first_line__isnull=False)
    rulings: dict[int, list[Ruling]] = {}
    for some in _batches(_chosen(cases, "pk", scope.cases).prefetch_related(*parts)):
        population = _populations(some)
        yield [_case_file(case, _rulings_of(case, rulings), population.get(case.pk)) for case in some]


def _case_file(case: Initiative, rulings: list[Ruling], population: Figure | None) -> CaseFile:
    by_key = {outcome.key: outcome for outcome in case.shown_outcomes}
    sums = [
        (by_key[each.total], [by_key[key] for key in each.part_keys])
        for each in case.shown_sums
        if not each.hidden and {each.total, *each.part_keys} <= by_key.keys()
    ]
    return CaseFile(
        f"case/{case.pk}",
        case.source,
        case,
        case.city,
        case.shown_outcomes,
        case.shown_milestones,
        sums,
        [*case.shown_partners, *case.shown_places],
        rulings,
        population,
    )


def _populations(cases: list[Initiative]) -> dict[int, Figure]:
    """The population printed with each case that has one."""
    figures = _shown(Figure, "figures").filter(
        name=Figure.Name.POPULATION, value__isnull=False, figures__city__in={case.city_id for case in cases}
    )
    by_city = defaultdict(list)
    for figure in figures:
        by_city[figure.figures.city_id, figure.source_id].append(figure)
    return {
        case.pk: figure
        for case in cases
        for figure in by_city[case.city_id, case.source_id]
        if figure.first_line and case.first_line <= figure.first_line <= case.last_line
    }


def _rulings_of(case: Initiative, known: dict[int, list[Ruling]]) -> list[Ruling]:
    """Those within the lines of a case, and those on the line its title stands on in a list of contents."""
    if case.source_id not in known:
        known[case.source_id] = list(_rulings(case.source_id))
    every = known[case.source_id]
    start = bisect_right(every, case.first_line - 1, key=lambda each: each.first_line)
    end = bisect_right(every, case.last_line, key=lambda each: each.first_line)
    outside = not (case.first_line <= (case.title_line or case.first_line) <= case.last_line)
    of_title = [each for each in every if each.first_line == case.title_line] if outside else []
    # What the list of contents promises and has not is no matter of the case whose title stands there.
    title = [each for each in of_title if each.kind != Ruling.Kind.PROMISED_MISSING]
    return [*title, *every[start:end]]


def _rulings(source: int) -> QuerySet:
    return _shown(Ruling).filter(source=source, first_line__isnull=False).order_by("first_line", "key")


def documents(scope: Scope) -> Iterator[list[Document]]:
    """The sources that a document was read from, some at a time."""
    parts = [
        Prefetch("alliances", _alliances(), "shown_alliances"),
        Prefetch("plans", _plans(), "shown_plans"),
        Prefetch("declarations_declaration_set", _shown(Declaration), "shown_declarations"),
    ]
    for some in _batches(_chosen(_shown(Source), "pk", scope.sources).prefetch_related(*parts)):
        yield [
            Document(
                f"source/{each.pk}",
                each,
                city=_city_of(each),
                rulings=_rulings_outside(each),
                alliances=each.shown_alliances,
                plans=each.shown_plans,
                declarations=each.shown_declarations,
            )
            for each in some
        ]


def _alliances() -> QuerySet:
    counts = Prefetch("reported_counts", _shown(ReportedCount), "shown_counts")
    return _shown(Alliance).prefetch_related(counts, Prefetch("members", _shown(Member), "shown_members"))


def _plans() -> QuerySet:
    targets = Prefetch("targets", _shown(Target), "shown_targets")
    return _shown(Plan, "city").prefetch_related(targets, Prefetch("stages", _shown(Stage), "shown_stages"))


def _city_of(source: Source) -> City | None:
    """The city of a plan, where the whole document is about one."""
    cities = {plan.city_id: plan.city for plan in source.shown_plans}
    return next(iter(cities.values())) if len(cities) == 1 else None


def _rulings_outside(source: Source) -> list[Ruling]:
    spans = _shown(Initiative).filter(source=source, first_line__isnull=False)
    taken = list(spans.values_list("first_line", "last_line", "title_line"))
    if not taken:
        return list(_rulings(source.pk))
    titles = {title for _first, _last, title in taken}
    starts = sorted((first, last) for first, last, _title in taken)

    def is_outside(ruling: Ruling) -> bool:
        at = bisect_right(starts, ruling.first_line, key=lambda span: span[0]) - 1
        is_of_title = ruling.first_line in titles and ruling.kind != Ruling.Kind.PROMISED_MISSING
        return not is_of_title and (at < 0 or starts[at][1] < ruling.first_line)

    return [each for each in _rulings(source.pk) if is_outside(each)]
