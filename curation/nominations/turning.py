"""Makes a draft case of a nomination, held to a source of its own: the text that was sent, line by line."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django_countries import countries

from cases.models import Initiative, InitiativeTheme, Programme, Section, Theme
from cities.models import City
from curation.nominations.models import Nomination
from records import history
from records.operations import Operation
from sources.models import Source, SourceText

PROGRAMME = {"slug": "nominations", "defaults": {"name": "Nominations to this catalogue"}}
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")


class Taken(Exception):
    """Somebody else has made a case of it meanwhile."""


def city_like(nomination: Nomination) -> City | None:
    """The one city of the catalogue that has the name given; None where none has it, or several do."""
    name = nomination.city.strip()
    if not name:
        return None
    found = City.objects.filter(
        Q(name__iexact=name) | Q(name_local__iexact=name) | Q(other_names__icontains=name)
    )
    if nomination.country:
        found = found.filter(country=nomination.country)
    cities = [c for c in found[:50] if name.casefold() in (each.casefold() for each in c.every_name)]
    return cities[0] if len(cities) == 1 else None


class Lines:
    """The text of a nomination as the lines of a source, and where each part stands. Nothing of the person is in it."""

    def __init__(self, nomination: Nomination):
        self.lines: list[str] = []
        self.places: dict[str, tuple[int, int]] = {}
        country = str(countries.name(str(nomination.country))) if nomination.country else ""
        pairs = {
            name: [" | ".join(filter(None, pair)) for pair in getattr(nomination, name)]
            for name in ("outcomes", "sources")
        }
        themes = Theme.objects.filter(slug__in=nomination.themes)
        for name, heading, values in (
            ("title", "Title", [nomination.title]),
            ("city", "City", [", ".join(filter(None, (nomination.city, country)))]),
            ("who", "Who did it", [nomination.who]),
            ("began", "When it began", [nomination.began]),
            ("tried", "What was tried", nomination.tried.splitlines()),
            ("outcomes", "What came of it", pairs["outcomes"]),
            ("partners", "Partners", nomination.partners.splitlines()),
            ("sources", "Where it can be read", pairs["sources"]),
            ("themes", "Themes", [theme.name for theme in themes]),
        ):
            values = [value.strip() for value in values if value.strip()]
            if values:
                self.lines.append(f"{heading}:")
                self.places[name] = len(self.lines), len(self.lines) + len(values)
                self.lines += values

    def part(self, name: str) -> str:
        """The lines of a part without its heading, as one text."""
        first, last = self.places[name]
        return "\n".join(self.lines[first:last])

    def written(self, name: str) -> str:
        """The place of a part as records write it: "5-7"."""
        return "{}-{}".format(*self.places[name])


def turn(nomination: Nomination, city: City, title: str, user: AbstractUser) -> Initiative:
    """Makes the draft case and its source, as one operation; raises Taken where it is closed already."""
    # An operation of its own: taking back one nomination must not take the programme from the others.
    with history.operation(Operation.Kind.EDIT, user, "for nominations"):
        programme, _made = Programme.objects.get_or_create(**PROGRAMME)
    reason = f"Nomination {nomination.pk} of {nomination.confirmed_at:%Y-%m-%d}"
    with history.operation(Operation.Kind.NOMINATION, user, reason, title):
        nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
        if nomination.state not in Nomination.OPEN:
            raise Taken
        text = Lines(nomination)
        source = _source(nomination, text)
        case = _case(nomination, text, source, {"city": city, "programme": programme, "title": title})
        _parts(nomination, text, source, case)
        nomination.case, nomination.source, nomination.state = case, source, Nomination.State.TURNED
        nomination.handled_by, nomination.handled_at = user.get_username(), timezone.now()
        nomination.save()
    return case


def _source(nomination: Nomination, text: Lines) -> Source:
    """Hidden until the case is published (following.py): readers are not told of what is being looked at."""
    date = f"{nomination.confirmed_at:%Y-%m-%d}"
    source = Source.objects.create(
        slug=f"nomination-{nomination.pk}",
        kind="other",
        title=f"Nomination of {date}",
        short_title=f"Nomination of {date}",
        date=date,
        language=nomination.language,
        rights="Given to this catalogue by its author under CC BY 4.0.",
        line_count=len(text.lines),
        hidden=True,
    )
    SourceText.objects.create(source=source, text="\n".join(text.lines))
    return source


def _free_slug(city: City, title: str, nomination: Nomination) -> str:
    longest = Initiative._meta.get_field("slug").max_length
    wanted = f"{city.slug}-{slugify(title) or f'nomination-{nomination.pk}'}"[:longest].rstrip("-")
    if not Initiative.objects.filter(slug=wanted).exists():
        return wanted
    ending = f"-{nomination.pk}"
    return wanted[: longest - len(ending)].rstrip("-") + ending


def _case(nomination: Nomination, text: Lines, source: Source, own: dict[str, Any]) -> Initiative:
    """The summary stays empty: it is the curator's, and nothing is published without it."""
    is_dated = bool(_DATE.fullmatch(nomination.began.strip()))
    return Initiative.objects.create(
        **own,
        slug=_free_slug(own["city"], own["title"], nomination),
        title_from=Initiative.TitleFrom.OTHER,
        summary="",
        source=source,
        first_line=1,
        last_line=len(text.lines),
        started=nomination.began.strip() if is_dated else "",
        started_lines=text.written("began") if is_dated else "",
        started_reason="As the nomination says." if is_dated else "",
    )


def _parts(nomination: Nomination, text: Lines, source: Source, case: Initiative) -> None:
    kinds = {"tried": Section.Kind.MEASURES, "outcomes": Section.Kind.OUTCOMES}
    for position, (name, kind) in enumerate(kinds.items(), start=1):
        if name not in text.places:
            continue
        first, last = text.places[name]
        Section.objects.create(
            initiative=case,
            key=kind.value,
            position=position,
            heading=text.lines[first - 1].rstrip(":"),
            kind=kind,
            digest=text.part(name),
            source=source,
            first_line=first,
            last_line=last,
        )
    for theme in Theme.objects.filter(slug__in=nomination.themes):
        InitiativeTheme.objects.create(
            initiative=case,
            theme=theme,
            reason="Chosen by the person who nominated it.",
            source=source,
            lines=text.written("themes"),
        )
