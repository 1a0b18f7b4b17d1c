"""Cases, with their themes and goals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from cases.evidence import Basis
from cases.models import Initiative, InitiativeGoal, InitiativeTheme
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder
from curation.imports.keys import Found, by, cut, needed, slug_of
from curation.imports.names import folded
from records.said import Said as _


def _find(values: dict, finder: Finder) -> Found:
    """By its slug; else by its title within its city. A new one is named after both, as in the form of a case."""
    slug, title, city = (values.get(name) for name in ("slug", "title", "city"))
    own, _named = finder.index("case")
    if not slug:
        if not title:
            raise needed(Initiative, "title")
        if not city:
            raise needed(Initiative, "city")
        pk = finder.one(Initiative, city_id=city.pk, title=title)
        if pk:
            return (pk,), pk
        slug = cut(f"{city.slug}-{slug_of(title, 'case')}", Initiative)
        if folded(slug) in own:
            words = {"slug": slug, "title": own[folded(slug)].title}
            raise Wrong(
                _("Another case, “%(title)s”, has the slug %(slug)s: give this one a slug.") % words, "slug"
            )
        values["slug"] = slug
        return (slug,), None
    if known := own.get(folded(slug)):
        values["slug"] = known.slug  # which may have led here once: that is no change of it
        return (known.pk,), known.pk
    if city and not slug.startswith(f"{city.slug}-"):
        raise Wrong(_("Begin it with the slug of the city: %(city)s-") % {"city": city.slug}, "slug")
    return (slug,), None


def _start(values: dict, case: Initiative | None, finder: Finder) -> dict:
    """A start is a judgement: it needs its reason, and the row of the list it rests on."""
    started = values.get("started")
    if not started or (case and case.started == started):
        return {}
    if not values.get("started_reason"):
        raise Wrong(_("Say why this is the start."), "started_reason")
    is_ours = case is None or (finder.source and case.source_id == finder.source.pk)
    return {"started_lines": str(finder.line) if is_ours else ""}


def _less_exact(case: models.Model, started: str) -> bool:
    """A year says nothing against a day of that year."""
    return case.started == started or case.started.startswith(f"{started}-")


def _reasoned(column: str):
    def complete(values: dict, link: models.Model | None, finder: Finder) -> dict:
        if link is None and not values.get("reason"):
            raise Wrong(_("Say why: a theme or goal is a judgement and needs its reason."), column)
        return {"source": finder.source, "lines": str(finder.line)} if link is None else {}

    return complete


CASES = Importer(
    name="cases",
    label=gettext_lazy("Cases"),
    help=gettext_lazy("New cases are drafts. The cities must be there: import them first."),
    parts={
        "": Part(Initiative, _find, complete=_start, moves=False),
        "theme": Part(
            InitiativeTheme,
            by(InitiativeTheme, "initiative", "theme"),
            refers={"initiative": ""},
            each=("themes", "theme"),
            complete=_reasoned("theme_reason"),
            moves=False,
        ),
        "goal": Part(
            InitiativeGoal,
            by(InitiativeGoal, "initiative", "goal"),
            refers={"initiative": ""},
            each=("goals", "goal"),
            complete=_reasoned("goal_reason"),
            moves=False,
        ),
    },
    columns=(
        Column(
            "slug",
            gettext_lazy("slug"),
            gettext_lazy("empty: made from city and title"),
            cells.text,
            names=("id",),
        ),
        Column(
            "title",
            gettext_lazy("title"),
            gettext_lazy("as the list prints it"),
            cells.text,
            required=True,
            names=("name",),
        ),
        Column(
            "city",
            gettext_lazy("city"),
            gettext_lazy("slug or any of its names"),
            cells.reference("city"),
            required=True,
            names=("city_id",),
        ),
        Column(
            "programme",
            gettext_lazy("programme"),
            gettext_lazy("slug or name; often the same for all rows"),
            cells.reference("programme"),
            required=True,
            names=("programme_id",),
        ),
        Column(
            "summary",
            gettext_lazy("summary"),
            gettext_lazy("two or three sentences"),
            cells.text,
            required=True,
        ),
        Column(
            "started",
            gettext_lazy("started"),
            gettext_lazy("2017, 2017-06 or 2017-06-30"),
            cells.date,
            same=_less_exact,
        ),
        Column(
            "started_reason", gettext_lazy("start: reason"), gettext_lazy("why this is the start"), cells.text
        ),
        Column(
            "themes",
            gettext_lazy("themes"),
            gettext_lazy("slugs or names, parted by semicolons"),
            cells.references("theme"),
            part="theme",
            names=("theme_ids",),
        ),
        Column(
            "theme_reason",
            gettext_lazy("themes: reason"),
            gettext_lazy("why; one for all themes of the row"),
            cells.text,
            field="reason",
            part="theme",
            same=lambda link, reason: True,  # a link that is there keeps its own
        ),
        Column(
            "goals",
            gettext_lazy("goals"),
            gettext_lazy("numbers 1 to 17, parted by semicolons"),
            cells.references("goal"),
            part="goal",
        ),
        Column(
            "goal_reason",
            gettext_lazy("goals: reason"),
            gettext_lazy("why; one for all goals of the row"),
            cells.text,
            field="reason",
            part="goal",
            same=lambda link, reason: True,
        ),
        Column(
            "goal_basis",
            gettext_lazy("goals: basis"),
            gettext_lazy("stated or inferred"),
            cells.one_of(Basis),
            field="basis",
            part="goal",
        ),
    ),
)
