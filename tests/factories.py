"""Records for tests, as plain functions: each makes one public record and whatever it cannot be without.

Names given are kept, names left out are numbered, so that two calls never collide. Nothing here is random.
"""

from decimal import Decimal
from itertools import count

from django.utils.text import slugify

from cases.models import (
    CommitmentLink,
    Goal,
    Initiative,
    InitiativeGoal,
    InitiativeTheme,
    NoveltyClaim,
    Outcome,
    Programme,
    Section,
    Theme,
    Unit,
)
from cities.models import City, CityFigures, Figure
from declarations.models import Article, Declaration
from records.models import Publishable
from sources.models import Source

PUBLISHED = Publishable.State.PUBLISHED
_number = count(1)


def make_source(slug: str = "", **fields) -> Source:
    slug = slug or f"source-{next(_number)}"
    return Source.objects.create(slug=slug, **{"kind": "plan", "title": slug.title(), **fields})


def make_city(name: str = "", country: str = "CN", population: Decimal | int | None = None, **fields) -> City:
    """A public city; with a population, a set of figures from a source of its own holds it."""
    name = name or f"City {next(_number)}"
    city = City.objects.create(
        **{"slug": slugify(name), "name": name, "country": country, "state": PUBLISHED, **fields}
    )
    if population is not None:
        make_population(city, population)
    return city


def make_population(city: City, value: Decimal | int, **fields) -> Figure:
    """One more set of figures of the city, with this population."""
    figures = CityFigures.objects.create(city=city, source=make_source(), key=f"set-{next(_number)}")
    return Figure.objects.create(figures=figures, name=Figure.Name.POPULATION, value=value, **fields)


def make_programme(name: str = "", **fields) -> Programme:
    name = name or f"Award {next(_number)}"
    return Programme.objects.create(**{"slug": slugify(name), "name": name, **fields})


def make_theme(name: str = "", name_zh: str = "", **fields) -> Theme:
    name = name or f"Theme {next(_number)}"
    defaults = {"slug": slugify(name), "name": name, "name_zh": name_zh, "definition": f"What {name} means."}
    return Theme.objects.create(**{**defaults, **fields})


def make_goal(number: int, **fields) -> Goal:
    """The goal of that number, made if it is not there."""
    return Goal.objects.get_or_create(number=number, defaults={"name": f"Goal {number}", **fields})[0]


def make_case(
    title: str = "",
    *,
    city: City | None = None,
    programme: Programme | None = None,
    themes: tuple[Theme, ...] = (),
    goals: dict[int, str] | tuple[int, ...] = (),
    novelty: tuple[str, ...] = (),
    **fields,
) -> Initiative:
    """A public case. `goals` are numbers (inferred), or a dict of number and basis."""
    title = title or f"Case {next(_number)}"
    city = city or make_city()
    defaults = {"slug": f"{city.slug}-{slugify(title)}", "title": title, "summary": "", "state": PUBLISHED}
    case = Initiative.objects.create(
        city=city,
        programme=programme or Programme.objects.first() or make_programme(),
        **{**defaults, **fields},
    )
    for theme in themes:
        link_theme(case, theme)
    bases = goals if isinstance(goals, dict) else dict.fromkeys(goals, "inferred")
    for number, basis in bases.items():
        InitiativeGoal.objects.create(
            initiative=case, goal=make_goal(number), basis=basis, reason="for a test"
        )
    for kind in novelty:
        claim_novelty(case, kind)
    return case


def link_theme(case: Initiative, theme: Theme, **fields) -> InitiativeTheme:
    return InitiativeTheme.objects.create(
        **{"initiative": case, "theme": theme, "reason": "for a test", **fields}
    )


def claim_novelty(case: Initiative, kind: str, **fields) -> NoveltyClaim:
    return NoveltyClaim.objects.create(initiative=case, kind=kind, said_by="the city", **fields)


def make_declaration(title: str = "", articles: int = 2, **fields) -> Declaration:
    """A public declaration with so many articles, numbered from 1."""
    title = title or f"Declaration {next(_number)}"
    declaration = Declaration.objects.create(
        **{"slug": slugify(title), "title": title, "adopted": "2012-11-17", "state": PUBLISHED, **fields}
    )
    for number in range(1, articles + 1):
        make_article(declaration, number)
    return declaration


def make_article(declaration: Declaration, number: int, **fields) -> Article:
    defaults = {"number_as_printed": f"{number}", "heading": f"To do {number}", "digest": "A summary."}
    return Article.objects.create(declaration=declaration, number=number, **{**defaults, **fields})


def answer(case: Initiative, article: Article | str, **fields) -> CommitmentLink:
    """A link; `article` may be given as filters take it ("pact:2")."""
    if isinstance(article, str):
        slug, _colon, number = article.partition(":")
        article = Article.objects.get(declaration__slug=slug, number=number)
    defaults = {"basis": "inferred", "reason": f"Why it answers to {article.number}."}
    return CommitmentLink.objects.create(initiative=case, article=article, **{**defaults, **fields})


def make_section(case: Initiative, digest: str, **fields) -> Section:
    number = next(_number)
    defaults = {
        "key": f"section-{number}",
        "position": number % 30000,
        "heading": "A heading",
        "kind": "measures",
    }
    return Section.objects.create(initiative=case, digest=digest, **{**defaults, **fields})


def make_unit(code: str = "%", **fields) -> Unit:
    """The unit of that code, made if it is not there."""
    defaults = {"name": code, "kind": Unit.Kind.SHARE if code == "%" else Unit.Kind.COUNT, **fields}
    return Unit.objects.get_or_create(code=code, defaults=defaults)[0]


def make_outcome(case: Initiative, indicator: str = "trees", **fields) -> Outcome:
    defaults = {"key": f"outcome-{next(_number)}", "status": "achieved"}
    return Outcome.objects.create(initiative=case, indicator=indicator, **{**defaults, **fields})
