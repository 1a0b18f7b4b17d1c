"""Records that an address names one by one: `?case=a&case=b`. What is not there is told; the others stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from listing import meant
from listing.terms import Vocabulary
from listing.text import is_plain, shown
from records import unseen
from records.models import FormerSlug, Publishable, Record
from records.names import called

_LONGEST = 120  # of a slug
_NAMED = 10  # of many that are refused, so many are named


@dataclass(frozen=True)
class Withdrawn:
    """A slug whose record was taken out of the catalogue: when and why, and nothing else of it."""

    slug: str
    day: date
    reason: str


@dataclass(frozen=True)
class Chosen:
    """What an address names: `found` in its order, each once; `beyond` was there too, and is more than fits.

    `unknown` are as they were typed; `unread` counts what was not even looked up; `moved` leads from a former slug to
    the present one.
    """

    found: Sequence[Record] = ()
    beyond: Sequence[Record] = ()
    unknown: Sequence[str] = ()
    withdrawn: Sequence[Withdrawn] = ()
    unread: int = 0
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def slugs(self) -> list[str]:
        """The slugs of what was found."""
        return [record.slug for record in self.found]

    @property
    def is_gone(self) -> bool:
        """Whether everything the address names was withdrawn."""
        return bool(self.withdrawn) and not (self.found or self.unknown)

    def messages(self, model: type[Record], most: int) -> list[str]:
        """What a reader is told of what is not shown."""
        told = []
        words = {"kind": model._meta.verbose_name, "kinds": model._meta.verbose_name_plural, "most": most}
        if self.unknown:
            words["slugs"] = _named(shown(each) for each in self.unknown)
            said = _("There is no public %(kind)s called: %(slugs)s.") % words
            told.append(" ".join(filter(None, (said, _question(model, self.unknown)))))
        for each in self.withdrawn:
            words |= {"slug": each.slug, "day": each.day.isoformat(), "reason": each.reason}
            said = _("The %(kind)s “%(slug)s” was withdrawn on %(day)s. Reason: %(reason)s")
            told.append(said % words)
        if self.beyond:
            words["names"] = _named(called(each) for each in self.beyond)
            told.append(_("At most %(most)d %(kinds)s are shown here. Left out: %(names)s.") % words)
        if self.unread:
            said = ngettext(
                "%(count)d more name in the address was not looked up: it has too many.",
                "%(count)d more names in the address were not looked up: it has too many.",
                self.unread,
            )
            told.append(said % {"count": self.unread})
        if told and self.found:
            told.append(_("The others are shown."))
        return told


class _Known:
    """The public records of a model, as what was meant is sought among them."""

    def __init__(self, model: type[Record]):
        vocabulary = Vocabulary(model)
        self.called_values, self.known = vocabulary.called, vocabulary.known


def _question(model: type[Record], unknown: Sequence[str]) -> str:
    alike = meant.meant(_Known(model), unknown)
    return meant.question([term for terms in alike.values() for term in terms])


def _named(names: Iterable[str]) -> str:
    names = list(names)
    said = _(", ").join(names[:_NAMED])
    return f"{said} … (+{len(names) - _NAMED})" if len(names) > _NAMED else said


def chosen(records: QuerySet, typed: Iterable[str], most: int) -> Chosen:
    """What is named among the public records of a queryset, at most so many; in a fixed number of queries."""
    values = list(dict.fromkeys(text.strip() for text in typed if text.strip()))
    read, unread = values[: 2 * most + 50], len(values[2 * most + 50 :])
    slugs = [value for value in read if is_plain(value) and len(value) <= _LONGEST]
    by_slug = {record.slug: record for record in records.filter(slug__in=slugs)} if slugs else {}
    missing = [slug for slug in slugs if slug not in by_slug]
    moved, gone = _elsewhere(records, missing) if missing else ({}, {})
    found: dict[int, Record] = {}
    for value in read:
        if record := by_slug.get(value) or moved.get(value):
            found.setdefault(record.pk, record)
    every = list(found.values())
    return Chosen(
        found=every[:most],
        beyond=every[most:],
        unknown=[value for value in read if value not in {*by_slug, *moved, *gone}],
        withdrawn=list({each.slug: each for each in gone.values()}.values()),
        unread=unread,
        moved={former: record.slug for former, record in moved.items()},
    )


def _elsewhere(records: QuerySet, slugs: list[str]) -> tuple[dict[str, Record], dict[str, Withdrawn]]:
    """The present records of former slugs, and the slugs, former ones too, of what was withdrawn."""
    former = FormerSlug.objects.filter(model=records.model._meta.label_lower, slug__in=slugs)
    number_of = dict(former.values_list("slug", "object_id"))
    present = {record.pk: record for record in records.filter(pk__in=number_of.values())} if number_of else {}
    moved = {slug: present[pk] for slug, pk in number_of.items() if pk in present}
    return moved, _withdrawn(records.model, [slug for slug in slugs if slug not in moved], number_of)


def _withdrawn(model: type[Record], slugs: list[str], number_of: dict[str, int]) -> dict[str, Withdrawn]:
    if not (issubclass(model, Publishable) or model.public_parents):
        return {}
    every = model.objects.filter(hidden=False).select_related(*model.public_parents or (None,))
    by_slug = {record.slug: record for record in every.filter(slug__in=slugs)}
    by_number = every.in_bulk([number_of[slug] for slug in slugs if slug in number_of])
    told = {}
    for slug in slugs:
        record = by_slug.get(slug) or by_number.get(number_of.get(slug, 0))
        of = record and unseen.withdrawn_of(record)
        if of is not None:
            told[slug] = Withdrawn(slug, of.withdrawn_at.date(), of.state_reason)
    return told
