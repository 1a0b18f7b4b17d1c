"""What cases are compared by: the facts about each, what hangs on it, and what does not fit in its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.compare.checks import check_rows
from cases.compare.outcomes import outcome_rows
from cases.compare.rows import Item, Part, Row, Said, cell
from cases.ledger.of_case import MOST, outcomes_of
from cases.models import Initiative, NoveltyClaim, Organisation, Outcome
from cases.named.of_case import named_by
from cases.pages import parts_of
from listing.addresses import address_of_list
from records import dates
from sources.remarks import MOST as MOST_NOTES
from sources.remarks import add_remarks


@dataclass(frozen=True)
class Read:
    """One case with what hangs on it; `parts` by the name of their relation, claims that repeat another left out."""

    case: Initiative
    parts: dict[str, list]
    outcomes: Sequence[Outcome]
    notes: Sequence[Any]


def parts_of_cases(cases: Sequence[Initiative]) -> list[Part]:
    """The comparison of these public cases, part by part, in the active language."""
    read = [_read(case) for case in cases]
    outcomes = outcome_rows([each.outcomes for each in read], [each.case.slug for each in read])
    return [
        Part("facts", _("Key facts"), "", _facts(read)),
        Part("outcomes", _("Outcomes"), _outcomes_note(), outcomes),
        Part("partners", _("Partners"), "", _partners(read)),
        Part("answers", _("Answers to declarations"), "", _answers(read)),
        Part("course", _("Course and places"), "", _course(read)),
        Part("checks", _("Source checks"), _checks_note(), check_rows([e.notes for e in read])),
    ]


def _outcomes_note() -> str:
    return _(
        "What several of them count stands side by side; what one of them alone counts stands below, by status. "
        "Claims printed again are left out."
    )


def _checks_note() -> str:
    return _("What does not fit in the source, or is not there. The printed values stay as they are.")


def _read(case: Initiative) -> Read:
    parts = parts_of(case) | named_by(case)
    outcomes = [outcome for outcome in outcomes_of(case)[:MOST] if not outcome.first]
    notes = list(case.notes.public().for_lists()[:MOST_NOTES])
    add_remarks([*outcomes, *parts["milestones"], *parts["targets"]], notes)
    return Read(case, parts, outcomes, notes)


def _row(label: str, read: Iterable[Read], items: Callable[[Read], Iterable[Item]], **more: Any) -> Row:
    return Row(label, [cell(items(each)) for each in read], **more)


# --- facts


def _facts(read: Sequence[Read]) -> list[Row]:
    not_stated = _("not stated in the source")
    return [
        _row(_("City"), read, lambda each: [_city(each.case)], tells_shared=True),
        _row(_("Country"), read, lambda each: [_country(each.case)]),
        _row(_("Programme"), read, lambda each: [_programme(each.case)]),
        _row(_("Started"), read, lambda each: _started(each.case), empty=not_stated),
        _row(_("Themes"), read, _themes, empty=_("none judged"), tells_shared=True, is_judged=True),
        _row(_("Sustainable Development Goals"), read, _goals, empty=_("none recorded"), tells_shared=True),
        _row(
            _("How new, by its own account"),
            read,
            _novelty,
            empty=_("no claim recorded"),
            tells_shared=True,
        ),
        _row(_("Summary"), read, lambda each: _text(each.case.summary), empty=_("none written")),
        _row(_("Read from"), read, lambda each: _source(each.case), empty=_("no source recorded")),
    ]


def _text(text: str) -> list[Item]:
    return [Item(text, text, "en")] if text else []


def _city(case: Initiative) -> Item:
    (name, language), *others = case.city.names()
    said = [Said(*each) for each in others]
    return Item(case.city.pk, name, language, url=case.city.get_absolute_url(), said=said)


def _country(case: Initiative) -> Item:
    return Item(str(case.city.country), str(case.city.country.name))


def _programme(case: Initiative) -> Item:
    url = f"{address_of_list('cases:initiative_list')}?programme={case.programme.slug}"
    return Item(case.programme.pk, case.programme.name, "en", url=url)


def _started(case: Initiative) -> list[Item]:
    if not case.started:
        return []
    label = dates.label(case.started)
    return [Item(case.started, label, place=case, lines=case.started_lines, brief=True)]


def _themes(read: Read) -> list[Item]:
    themes = [link.theme for link in read.parts["theme_links"]]
    return [Item(theme.pk, theme.label, url=theme.get_absolute_url()) for theme in themes]


def _goals(read: Read) -> list[Item]:
    list_url = address_of_list("cases:initiative_list")
    return [
        Item(
            link.goal.pk,
            str(link.goal),
            url=f"{list_url}?goal={link.goal.number}",
            said=[Said(link.get_basis_display())],
        )
        for link in read.parts["goal_links"]
    ]


def _novelty(read: Read) -> list[Item]:
    return [_claim(claim) for claim in read.parts["novelty_claims"]]


def _claim(claim: NoveltyClaim) -> Item:
    said = [Said(_("said by")), Said(claim.said_by, "en")]
    return Item(claim.kind, claim.get_kind_display(), said=said, place=claim, brief=True)


def _source(case: Initiative) -> list[Item]:
    if not case.source:
        return []
    return [
        Item(
            case.source_id,
            case.source.brief,
            "en",
            url=case.source.get_absolute_url(),
            place=case,
            brief=True,
        )
    ]


# --- what hangs on a case


def _partners(read: Sequence[Read]) -> list[Row]:
    """A row for each kind of organisation that any of them names."""
    rows = []
    for kind in (*Organisation.Kind, ""):
        label = capfirst(str(kind.label)) if kind else _("Of a kind not recorded")
        row = _row(label, read, lambda each, kind=kind: _of_kind(each, kind), tells_shared=True)
        rows += [row] if row.has_value else []
    nobody = _row(_("Partners"), read, lambda each: [], empty=_("none named in the source"))
    return rows or [nobody]


def _of_kind(read: Read, kind: str) -> list[Item]:
    return [
        Item(
            partner.organisation.pk,
            partner.organisation.name,
            "en",
            url=partner.organisation.get_absolute_url(),
            said=[Said(partner.role, "en")] if partner.role else [],
            place=partner,
            brief=_is_own(partner, read),
        )
        for partner in read.parts["partners"]
        if partner.organisation.kind == kind
    ]


def _is_own(record: Any, read: Read) -> bool:
    return record.source_id == read.case.source_id


def _answers(read: Sequence[Read]) -> list[Row]:
    """A row for each declaration that any of them answers to, the oldest first."""
    found = {}
    for each in read:
        for link in each.parts["commitment_links"]:
            found[link.article.declaration.pk] = link.article.declaration
    none = _("no answer recorded")
    rows = [
        _row(
            declaration.title,
            read,
            lambda each, pk=declaration.pk: _articles(each, pk),
            empty=none,
            label_lang="en",
            tells_shared=True,
        )
        for declaration in sorted(found.values(), key=lambda each: (each.adopted, each.slug))
    ]
    return rows or [_row(_("Articles"), read, lambda each: [], empty=none)]


def _articles(read: Read, declaration: int) -> list[Item]:
    return [
        Item(
            link.article.pk,
            str(link.article),
            "en",
            url=link.get_absolute_url(),
            said=[Said(link.get_basis_display())],
            place=link,
            brief=_is_own(link, read),
        )
        for link in read.parts["commitment_links"]
        if link.article.declaration_id == declaration
    ]


def _course(read: Sequence[Read]) -> list[Row]:
    return [
        _row(_("Dated facts"), read, _milestones, empty=_("none printed in the source")),
        _row(_("Targets"), read, _targets, empty=_("none printed in the source")),
        _row(_("Places"), read, _places, empty=_("none named in the source"), tells_shared=True),
        _row(_("Who learned from whom"), read, _lessons, empty=_("nothing printed in the source")),
    ]


def _milestones(read: Read) -> list[Item]:
    return [
        Item(
            (fact.date, fact.event),
            fact.event,
            "en",
            said=[Said(dates.label(fact.date))],
            place=fact,
            brief=_is_own(fact, read),
            remarks=fact.remarks,
        )
        for fact in read.parts["milestones"]
    ]


def _targets(read: Read) -> list[Item]:
    return [target_item(target, _is_own(target, read)) for target in read.parts["targets"]]


def target_item(target: Any, brief: bool) -> Item:
    """A target with its date and how it stands today."""
    due = dates.label(target.due) if target.due else target.due_as_printed
    said = [Said(due, "" if target.due else "en")] if due else []
    return Item(
        (target.target, target.due),
        target.target,
        "en",
        url=target.get_absolute_url(),
        said=[*said, Said(target.state_label)],
        place=target,
        brief=brief,
        remarks=getattr(target, "remarks", ()),
    )


def _places(read: Read) -> list[Item]:
    return [
        Item(
            mention.place.pk,
            mention.place.name,
            "en",
            url=mention.place.get_absolute_url(),
            said=[Said(mention.place.get_kind_display())],
            place=mention,
            brief=_is_own(mention, read),
        )
        for mention in read.parts["place_mentions"]
    ]


def _lessons(read: Read) -> list[Item]:
    return [
        Item(
            (lesson.direction, lesson.name, lesson.what),
            lesson.what,
            "en",
            url=lesson.case_url,
            said=_other_side(lesson),
            place=lesson,
            brief=_is_own(lesson, read),
        )
        for lesson in read.parts["transfers"]
    ]


def _other_side(lesson: Any) -> list[Said]:
    said = [Said(lesson.get_direction_display())]
    name = lesson.name or (f"{lesson.count} {lesson.unit}" if lesson.count else "")
    return [*said, Said(name, "en")] if name else said
