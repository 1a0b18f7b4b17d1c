"""What cities are compared by: names, figures by territory and year, what they plan, where they belong, their cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.compare.checks import check_rows
from cases.compare.of_cases import target_item
from cases.compare.rows import MOST_ITEMS, Item, Part, Row, Said, cell
from cases.models import Goal, InitiativeGoal, InitiativeTheme, Theme
from cities.models import City, CityFigures, Figure
from cities.pages import figures_of, mark_corrected, with_figures
from listing.addresses import address_of_list
from listing.sorting import text
from records import dates
from records.names import language_of
from sources.remarks import MOST as MOST_NOTES
from sources.remarks import add_remarks
from sources.templatetags.evidence import plain_number

# One more than is shown tells that there are more; how many more is then counted in the list itself.
_READ = 10 * MOST_ITEMS


@dataclass(frozen=True)
class Read:
    """One city with its public sets of figures and source checks."""

    city: City
    sets: Sequence[CityFigures]
    notes: Sequence[Any]


def parts_of_cities(cities: Sequence[City]) -> list[Part]:
    """The comparison of these public cities, part by part, in the active language."""
    read = [_read(city) for city in cities]
    return [
        Part("facts", _("Key facts"), "", _facts(read)),
        Part("figures", _("Figures"), _figures_note(), _figures(read)),
        Part("cases", _("Cases and themes"), "", _cases(read)),
        Part("plans", _("Plans, targets and alliances"), "", _plans(read)),
        Part("checks", _("Source checks"), _checks_note(), check_rows([each.notes for each in read])),
    ]


def _figures_note() -> str:
    return _(
        "Each figure with the territory it speaks of, as the source labels it. Figures of different territories "
        "say little about each other."
    )


def _checks_note() -> str:
    return _("What does not fit in the source, or is not there. The printed values stay as they are.")


def _read(city: City) -> Read:
    sets = list(with_figures(city.figure_sets.public()).order_by("source__slug", "key")[:MOST_ITEMS])
    notes = list(city.notes.public().for_lists()[:MOST_NOTES])
    mark_corrected(sets)
    add_remarks(figures_of(sets), notes)
    return Read(city, sets, notes)


def _row(label: str, read: Iterable[Read], items: Callable[[Read], Iterable[Item]], **more: Any) -> Row:
    return Row(label, [cell(items(each)) for each in read], **more)


# --- facts and figures


def _facts(read: Sequence[Read]) -> list[Row]:
    none = _("none recorded")
    return [
        _row(
            _("Country"),
            read,
            lambda each: [Item(str(each.city.country), str(each.city.country.name))],
        ),
        _row(_("Name in its own language"), read, _local_name, empty=none),
        _row(_("Also known as"), read, _further_names, empty=none),
        _row(_("Coordinates"), read, _coordinates, empty=none),
    ]


def _local_name(read: Read) -> list[Item]:
    name = read.city.name_local
    return [Item(name, name, language_of(name))] if name else []


def _further_names(read: Read) -> list[Item]:
    return [Item(name, name, "mul") for name in read.city.further_names]


def _coordinates(read: Read) -> list[Item]:
    city = read.city
    if city.latitude is None:
        return []
    place = city.place_source if city.place_source_id and city.place_source.is_public else None
    said = [Said(place.brief, "en")] if place else []
    label = f"{plain_number(city.latitude)}, {plain_number(city.longitude)}"
    return [Item((city.latitude, city.longitude), label, said=said)]


def _figures(read: Sequence[Read]) -> list[Row]:
    rows = []
    for name in Figure.Name:
        row = _row(
            capfirst(str(name.label)),
            read,
            lambda each, name=name: _figure_items(each, name),
            caution=_territories(read, name),
        )
        rows += [row] if any(each.items for each in row.cells) else []
    return rows or [_row(_("Figures"), read, lambda each: [])]


def _of_name(read: Read, name: str) -> list[tuple[CityFigures, Figure]]:
    return [(own, each) for own in read.sets for each in own.public_figures if each.name == name]


def _figure_items(read: Read, name: str) -> list[Item]:
    return [_figure(own, figure) for own, figure in _of_name(read, name)]


def _figure(own: CityFigures, figure: Figure) -> Item:
    value = figure.text or figure.value
    label = figure.text or plain_number(figure.value)
    if value is None:
        label = _("withdrawn by an editor") if figure.is_withdrawn else _("left blank in the source")
    source = figure.source or own.source
    said = [Said(_scope(own, figure))]
    said += [Said(own.scope_as_printed, "en")] if own.scope_as_printed else []
    said += [Said(dates.label(source.date))] if source and source.date else []
    said += [Said(_("corrected by an editor"))] if value is not None and figure.is_corrected else []
    return Item(
        None if value is None else (value, figure.scope or own.scope),
        label,
        "en" if figure.text else "",
        said=said,
        place=figure,
        number=figure.value,
        remarks=figure.remarks,
    )


def _scope(own: CityFigures, figure: Figure) -> str:
    """What territory a figure speaks of, in words: its own label, else that of its set."""
    return figure.get_scope_display() if figure.scope else own.get_scope_display()


def _territories(read: Sequence[Read], name: str) -> str:
    """Says so where the figures of a name are not all of the same kind of territory."""
    scopes = [
        {_scope(own, figure) for own, figure in _of_name(each, name) if figure.value is not None}
        for each in read
    ]
    every = sorted(set().union(*scopes))
    is_alike = len(every) <= 1 or sum(map(bool, scopes)) <= 1
    return "" if is_alike else _("Not of the same territory: %(scopes)s") % {"scopes": _(", ").join(every)}


# --- what hangs on a city


def _cases(read: Sequence[Read]) -> list[Row]:
    none = _("none in the catalogue")
    list_url = address_of_list("cases:initiative_list")
    cells = [cell(_case_items(each), f"{list_url}?city={each.city.slug}") for each in read]
    return [
        Row(_("Cases"), cells, empty=none),
        _row(_("Themes of its cases"), read, _themes, empty=none, tells_shared=True, is_judged=True),
        _row(_("Goals of its cases"), read, _goals, empty=none, tells_shared=True),
    ]


def _case_items(read: Read) -> list[Item]:
    cases = read.city.initiatives.public().order_by(text("title"), "slug")[:_READ]
    return [Item(case.pk, case.title, "en", url=case.get_absolute_url()) for case in cases]


def _themes(read: Read) -> list[Item]:
    links = InitiativeTheme.objects.public().filter(initiative__city=read.city).order_by()
    themes = Theme.objects.filter(pk__in=links.values("theme")).order_by("name", "slug")
    return [Item(theme.pk, theme.label, url=theme.get_absolute_url()) for theme in themes]


def _goals(read: Read) -> list[Item]:
    links = InitiativeGoal.objects.public().filter(initiative__city=read.city).order_by()
    goals = Goal.objects.filter(pk__in=links.values("goal")).order_by("number")
    list_url = address_of_list("cases:initiative_list")
    return [
        Item(goal.pk, str(goal), url=f"{list_url}?goal={goal.number}&city={read.city.slug}") for goal in goals
    ]


def _plans(read: Sequence[Read]) -> list[Row]:
    none = _("none printed in the source")
    return [
        _row(_("Plans"), read, _plan_items, empty=none),
        _row(_("Targets"), read, _targets, empty=none),
        _row(_("Declarations adopted here"), read, _declarations, empty=none),
        _row(_("Alliances"), read, _alliances, empty=none, tells_shared=True),
        _row(_("Named as a model"), read, _named, empty=none),
    ]


def _plan_items(read: Read) -> list[Item]:
    plans = read.city.plans.public()[:_READ]
    return [Item(plan.pk, plan.title, "en", url=plan.get_absolute_url()) for plan in plans]


def _targets(read: Read) -> list[Item]:
    targets = list(read.city.targets.public().for_lists().order_by("due", "first_line", "pk")[:_READ])
    return [target_item(target, False) for target in targets]


def _declarations(read: Read) -> list[Item]:
    return [
        Item(
            declaration.pk,
            declaration.title,
            "en",
            url=declaration.get_absolute_url(),
            said=[Said(dates.label(declaration.adopted))] if declaration.adopted else [],
        )
        for declaration in read.city.declarations.public()[:_READ]
    ]


def _alliances(read: Read) -> list[Item]:
    members = read.city.memberships.public().select_related("alliance", "source")[:_READ]
    return [
        Item(
            member.alliance.pk,
            member.alliance.name,
            "en",
            url=member.alliance.get_absolute_url(),
            said=[
                *([Said(member.name, "en")] if member.kind != "city" else []),
                *([Said(dates.label(member.joined))] if member.joined else []),
            ],
            place=member,
        )
        for member in members
    ]


def _named(read: Read) -> list[Item]:
    """In plans, and in the cases of others that learned from it or taught it."""
    plans = read.city.benchmark_for.public().select_related("plan", "source")[:_READ]
    lessons = read.city.transfers.public().select_related("initiative__city", "source")[:_READ]
    of_plans = [
        Item(
            ("plan", each.pk),
            each.plan.title,
            "en",
            url=each.plan.get_absolute_url(),
            said=[Said(each.role, "en")],
            place=each,
        )
        for each in plans
    ]
    of_cases = [
        Item(
            ("case", each.pk),
            each.initiative.title,
            "en",
            url=each.case_url,
            said=[Said(each.what, "en")],
            place=each,
        )
        for each in lessons
    ]
    return [*of_plans, *of_cases]
