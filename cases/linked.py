"""A case and a theme as linked data: the work, where and what it is about, and what it claims to have reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cases.models import Initiative, InitiativeTheme, Outcome, Theme
from cities.columns import where_of
from cities.linked import place_of
from listing import linked
from listing.formats.cited import LICENCE
from records import dates
from sources.linked import source_of


def case_linked(
    case: Initiative, themes: Iterable[InitiativeTheme], outcomes: list[Outcome], site: str
) -> dict:
    """The case as a work, with the outcomes that its page shows as observations."""
    address = site + case.get_absolute_url()
    return linked.document(
        "CreativeWork",
        address,
        name=case.title,
        abstract=case.summary,
        inLanguage="en",
        creator=linked.publisher(site),
        license=LICENCE,
        dateCreated=case.created_at.date().isoformat(),
        dateModified=case.updated_at.date().isoformat(),
        temporalCoverage=case.started and f"{case.started}/..",
        spatialCoverage=place_of(case.city, site),
        about=[_term(link.theme, site) for link in themes],
        isBasedOn=source_of(case.source, site),
        isPartOf=linked.dataset(site),
        mentions=[_observation(outcome, site) for outcome in outcomes],
    )


def theme_linked(theme: Theme, site: str) -> dict:
    """The theme as a defined term."""
    return {"@context": linked.CONTEXT, **_term(theme, site), "description": theme.definition}


def described(case: Initiative, themes: Iterable[InitiativeTheme]) -> dict[str, str | list[str]]:
    """What Dublin Core says of a case besides what it says of every page."""
    return {
        "subject": [link.theme.name for link in themes],
        "source": case.source.title if case.source else "",
        "coverage": where_of(case.city),
    }


def _term(theme: Theme, site: str) -> dict:
    address = site + theme.get_absolute_url()
    scheme = address.removesuffix(f"{theme.slug}/")
    return linked.thing(
        "DefinedTerm",
        **{"@id": address},
        name=theme.name,
        alternateName=[*theme.other_names, *filter(None, [theme.name_zh])],
        termCode=theme.slug,
        inDefinedTermSet=scheme,
    )


def _observation(outcome: Outcome, site: str) -> dict:
    """One printed claim; what it counts and how it is printed stand beside the number."""
    return linked.thing(
        "Observation",
        **{"@id": site + outcome.case_url},
        variableMeasured=outcome.indicator,
        value=_value(outcome),
        unitText=outcome.unit.name if outcome.unit else "",
        observationDate=dates.iso(outcome.date),
        description=" · ".join(
            filter(None, (outcome.scope, str(outcome.get_status_display()), outcome.printed))
        ),
    )


def _value(outcome: Outcome) -> Any:
    if outcome.value is not None:
        return outcome.value
    if outcome.value_low is None and outcome.value_high is None:
        return None
    bounds = {"minValue": outcome.value_low, "maxValue": outcome.value_high}
    return linked.thing("QuantitativeValue", **bounds)
