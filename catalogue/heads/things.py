"""Titles and descriptions of the pages of one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from cases.models import Initiative, Organisation, Place, Theme
from catalogue.heads import counts
from catalogue.heads.sentences import LEAST, cut, fitted, sentence
from cities.models import Alliance, City, Plan
from declarations.models import Declaration
from notes.models import Note
from records import dates
from records.models import Record
from records.names import called, every_name, reads_chinese
from sources.models import Source

Facts = Mapping
# A title that is longer than this leaves no room for anything else.
_LONGEST_TITLE = 90


def title_of_thing(record: Record) -> str:
    """What the tab and the list of results call the page of a record; "" leaves it to the template."""
    make = _TITLES.get(type(record))
    return make(record) if make else ""


def description_of_thing(record: Record, facts: Facts) -> str:
    """What stands on the page of a record, from its own facts; `facts` is what the page shows. "" where nobody says."""
    make = _DESCRIPTIONS.get(type(record))
    return make(record, facts) if make else ""


def _count(facts: Facts, name: str) -> int:
    """How many rows a part of a page has, on all its pages."""
    part = facts.get(name)
    return getattr(part, "count", 0) if not isinstance(part, list) else len(part)


# --- titles


def _city_title(city: City) -> str:
    return _("%(city)s, %(country)s") % {
        "city": " ".join(each.text for each in city.names()),
        "country": city.country.name,
    }


def _case_title(case: Initiative) -> str:
    return f"{case.title}{_(', ')}{called(case.city)}"


def _place(note: Note) -> str:
    """The lines of a source check, in words."""
    several = "-" in note.lines or ";" in note.lines
    said = _("lines %(lines)s") if several else _("line %(lines)s")
    return said % {"lines": note.lines} if note.lines else ""


def _about(note: Note) -> str:
    return called(note.city) if note.city else note.source.brief if note.source else ""


def _called_check(note: Note) -> str:
    """What comes before what a check is about: several of one kind on the same lines are numbered."""
    same = {"source": note.source_id, "city": note.city_id, "kind": note.kind, "lines": note.lines}
    before = Note.objects.public().filter(**same, slug__lt=note.slug).count()
    return f"{_('Source check')} {before + 1}" if before else _("Source check")


def _note_title(note: Note) -> str:
    said = (note.get_kind_display(), _about(note), _place(note))
    return f"{_called_check(note)}{_(': ')}{_(', ').join(filter(None, said))}"


def _source_title(source: Source) -> str:
    # Some are called what was read from them: a declaration and the document that prints it.
    return f"{_('Source')}{_(': ')}{source.title}"


def _named_title(record: Organisation | Place) -> str:
    # One name may be that of a partner and of a place, or of partners in two cities.
    kind = _("Partner") if isinstance(record, Organisation) else _("Place")
    city = f"{_(', ')}{called(record.public_city)}" if record.public_city else ""
    return f"{kind}{_(': ')}{record.name}{city}"


_TITLES: dict[type[Record], Callable[[Record], str]] = {
    City: _city_title,
    Initiative: _case_title,
    Note: _note_title,
    Organisation: _named_title,
    Place: _named_title,
    Source: _source_title,
}

# --- descriptions


def _case(case: Initiative, facts: Facts) -> str:
    words = {"city": called(case.city), "title": cut(case.title, _LONGEST_TITLE)}
    started = _("Started %(start)s.") % {"start": dates.label(case.started)} if case.started else ""
    themes = _("; ").join(link.theme.label for link in facts["theme_links"])
    own = (
        _("A case of %(city)s: %(title)s.") % words,
        started,
        _("Themes: %(themes)s.") % {"themes": themes} if themes else "",
        sentence([counts.source_checks(_count(facts, "notes"))]),
        _("Each figure with its place in the source."),
    )
    if reads_chinese():
        return fitted(*own)
    return fitted(case.summary) if len(case.summary) >= LEAST else fitted(case.summary, *own)


def _city(city: City, facts: Facts) -> str:
    return fitted(
        _("%(city)s, %(country)s: what it tried and what came of it.")
        % {"city": every_name(city), "country": city.country.name},
        sentence(
            [
                counts.cases(_count(facts, "cases")),
                counts.sets_of_figures(_count(facts, "figure_sets")),
                counts.plans(_count(facts, "plans")),
                counts.declarations(_count(facts, "declarations")),
                counts.alliances(_count(facts, "memberships")),
                counts.source_checks(_count(facts, "notes")),
            ]
        ),
        _("Names, coordinates and figures as printed, each with its place in the source."),
    )


def _theme(theme: Theme, facts: Facts) -> str:
    own = theme.definition_zh if reads_chinese() else theme.definition
    label = f"{theme.label}{_(': ')}"
    return fitted(
        f"{label}{own}" if own else "",
        sentence([counts.cases(_count(facts, "links"))]),
        _("Cases on “%(theme)s”, each with the reason it stands there and the lines it rests on.")
        % {"theme": theme.label},
    )


def _declaration(declaration: Declaration, facts: Facts) -> str:
    words = {"title": cut(declaration.title, _LONGEST_TITLE), "date": dates.label(declaration.adopted)}
    said = _("%(title)s, adopted %(date)s.") if declaration.adopted else _("%(title)s.")
    return fitted(
        said % words,
        sentence([counts.parts(_count(facts, "articles")), counts.source_checks(_count(facts, "notes"))]),
        _("Each part in our own words, with its place in the source and the cases that answer to it."),
    )


def _plan(plan: Plan, facts: Facts) -> str:
    words = {"title": cut(plan.title, _LONGEST_TITLE), "city": called(plan.city)}
    return fitted(
        _("A plan of %(city)s: %(title)s.") % words,
        sentence([counts.targets(_count(facts, "targets")), counts.source_checks(_count(facts, "notes"))]),
        _("What is to be reached, by when, and how that stands today, with the lines that say so."),
    )


def _alliance(alliance: Alliance, facts: Facts) -> str:
    words = {"name": cut(alliance.name, _LONGEST_TITLE), "date": dates.label(alliance.founded)}
    said = _("%(name)s, founded %(date)s.") if alliance.founded else _("%(name)s.")
    return fitted(
        said % words,
        sentence([counts.members(_count(facts, "members")), counts.tasks(len(facts["tasks"]))]),
        _("Who founded it, what it set out to do, and whom its sources name as members."),
    )


def _source(source: Source, facts: Facts) -> str:
    date = dates.label(source.date) if source.date else ""
    return fitted(
        sentence([cut(source.title, _LONGEST_TITLE), source.get_kind_display(), date]),
        sentence(
            [
                counts.source_checks(_count(facts, "notes")),
                counts.corrections(_count(facts, "rulings")),
            ]
        ),
        _(
            "What was read from it, every correction and every source check, with its rights and its checksum."
        ),
    )


def _note(note: Note, facts: Facts) -> str:
    place = _(", ").join(filter(None, (_about(note), _place(note))))
    own = sentence([note.get_kind_display(), _about(note), _place(note), note.get_severity_display()])
    return fitted(
        "" if reads_chinese() else f"{place}{_(': ')}{note.note}",
        f"{_called_check(note)}{_(': ')}{own}",
        _(
            "The printed value stands; what does not fit stands beside it, and nothing is corrected in silence."
        ),
        _("Each figure with its place in the source."),
    )


def _named(record: Organisation | Place, facts: Facts) -> str:
    kind = record.get_kind_display() if record.kind else ""
    city = called(record.public_city) if record.public_city else ""
    return fitted(
        sentence([cut(record.name, _LONGEST_TITLE), kind, city]),
        sentence([counts.cases(_count(facts, "appearances"))]),
        _("The cases that name it, its other spellings in the sources, and the line of each."),
    )


_DESCRIPTIONS: dict[type[Record], Callable[[Record, Facts], str]] = {
    Initiative: _case,
    City: _city,
    Theme: _theme,
    Declaration: _declaration,
    Plan: _plan,
    Alliance: _alliance,
    Source: _source,
    Note: _note,
    Organisation: _named,
    Place: _named,
}
