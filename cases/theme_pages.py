"""What the page and the JSON of one theme show, and all themes as a SKOS vocabulary."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from cases.columns import THEMES
from cases.counts import with_case_counts
from cases.models import InitiativeTheme, Theme
from cases.thesaurus import with_order
from listing.formats import json_text
from listing.methods import reading_only
from listing.parts import Part
from listing.sorting import text
from listing.views import page_of_record, site_of

# The JSON of a theme has so many cases; the list of cases has them all.
MOST_CASES = 100
_CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "title": {"@id": "http://purl.org/dc/terms/title", "@container": "@language"},
    **{
        name: {"@id": f"skos:{name}", "@container": "@language"}
        for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")
    },
    **{
        name: {"@id": f"skos:{name}", "@type": "@id"}
        for name in (
            *("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower"),
            *("exactMatch", "closeMatch", "broadMatch", "narrowMatch"),
        )
    },
}


def _links(theme: Theme):
    links = InitiativeTheme.objects.public().filter(theme=theme).select_related("initiative__city", "source")
    return links.order_by(text("initiative__title"), "initiative__slug")


def _narrower(theme: Theme) -> list[Theme]:
    """The public themes below a theme, each with the number of its own cases."""
    themes = Theme.objects.public().filter(broader_links__broader=theme, broader_links__hidden=False)
    return list(with_case_counts(themes.order_by("name", "slug")))


def theme_context(theme: Theme, request: HttpRequest) -> dict:
    """The public cases of a theme, a page of them, each with the reason it stands there; what is above and below it."""
    named = [("en", theme.other_names), ("zh-Hans", theme.other_names_zh)]
    if (get_language() or "").startswith("zh"):
        named.reverse()
    return {
        "links": Part(_links(theme), request),
        "other_names": [(language, name) for language, names in named for name in names],
        "broader": [link.broader for link in theme.broader_shown],
        "narrower": _narrower(theme),
        "matches": theme.matches_shown,
    }


def theme_document(theme: Theme, request: HttpRequest) -> dict:
    """A theme as JSON: the columns of the list, and what its page shows besides."""
    links = _links(theme)
    count = links.count()
    theme.case_count = count
    return THEMES.document(theme, site_of(request)) | {
        "definition_zh": theme.definition_zh,
        "narrower": [{"id": each.slug, "cases": each.case_count} for each in _narrower(theme)],
        "matches": [
            {
                "relation": match.relation,
                "uri": match.uri,
                "label": match.label,
                "scheme": match.scheme,
                "reason": match.reason,
                "judged_by": "editor",
            }
            for match in theme.matches_shown
        ],
        "case_reasons": [
            {
                "case": link.initiative.slug,
                "title": link.initiative.title,
                "city": link.initiative.city.name,
                "reason": link.reason,
                "source": link.source.slug if link.source else None,
                "lines": link.lines,
                "judged_by": "editor",
                "url": page_of_record(link.initiative, request),
            }
            for link in links[:MOST_CASES]
        ],
        "more_cases": count > MOST_CASES,
    }


@reading_only
def skos(request: HttpRequest) -> HttpResponse:
    """`/themes.jsonld`: the public themes as a SKOS concept scheme."""
    body = json_text.text({"@context": _CONTEXT, "@graph": _graph(request)}) + "\n"
    return HttpResponse(body, content_type="application/ld+json")


def _graph(request: HttpRequest) -> list[dict]:
    themes = list(with_order(Theme.objects.public()))
    address = {theme.pk: page_of_record(theme, request) for theme in themes}
    narrower: dict[int, list[str]] = {theme.pk: [] for theme in themes}
    for theme in themes:
        for link in theme.broader_shown:
            narrower[link.broader_id].append(address[theme.pk])
    scheme = site_of(request) + reverse("cases:theme_list")
    top = [address[theme.pk] for theme in themes if not theme.broader_shown]
    concepts = [
        _concept(theme, address, narrower[theme.pk])
        | {"inScheme": scheme, **({} if theme.broader_shown else {"topConceptOf": scheme})}
        for theme in themes
    ]
    titles = {"en": "Themes of the Urban Innovation Catalogue", "zh-Hans": "城市创新案例目录的主题"}
    return [{"@id": scheme, "@type": "skos:ConceptScheme", "title": titles, "hasTopConcept": top}, *concepts]


def _concept(theme: Theme, address: dict[int, str], narrower: list[str]) -> dict:
    concept = {
        "@id": address[theme.pk],
        "@type": "skos:Concept",
        "prefLabel": _in_languages(theme.name, theme.name_zh),
        "altLabel": _in_languages(theme.other_names, theme.other_names_zh),
        "hiddenLabel": {"und": theme.hidden_names} if theme.hidden_names else {},
        "definition": _in_languages(theme.definition, theme.definition_zh),
        "broader": [address[link.broader_id] for link in theme.broader_shown],
        "narrower": narrower,
    }
    for match in theme.matches_shown:
        concept.setdefault(f"{match.relation}Match", []).append(match.uri)
    return {name: value for name, value in concept.items() if value}


def _in_languages(english: str | list[str], chinese: str | list[str]) -> dict:
    return {language: said for language, said in (("en", english), ("zh-Hans", chinese)) if said}
