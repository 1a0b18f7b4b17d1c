"""Which record a cell means, among those the catalogue has. Never guesses between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import override
from django_countries import countries

from cases.models import Goal, Initiative, Organisation, Programme, Theme, Unit
from cities.models import Alliance, City
from curation.imports.declared import Wrong
from curation.imports.names import folded
from records.models import FormerSlug
from records.said import Said as _
from sources.models import Source

Named = Iterator[tuple[str, Iterable[str]]]


def _city_names(city: City) -> list[str]:
    return city.every_name


def _two_names(term: Any) -> list[str]:
    return [term.name, term.name_zh]


# For each kind of reference: the model, what alone tells a record apart, and the names it goes by.
KINDS: dict[str, tuple[type[models.Model], str, Callable[[Any], Iterable[str]]]] = {
    "city": (City, "slug", _city_names),
    "case": (Initiative, "slug", lambda case: [case.title]),
    "programme": (Programme, "slug", lambda programme: [programme.name]),
    "theme": (Theme, "slug", lambda theme: theme.every_name),
    "goal": (Goal, "number", _two_names),
    "unit": (Unit, "code", _two_names),
    "alliance": (Alliance, "slug", lambda alliance: [alliance.name]),
    "organisation": (Organisation, "slug", lambda one: [one.name, *one.spellings]),
}
# Texts that nobody is found by: there are thousands of cases.
_LONG = {"case": ("summary", "lead_digest", "started_reason", "printed")}


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    known = {}
    for language in ("en", "zh-hans"):
        with override(language):
            known |= {folded(str(name)): code for code, name in countries}
    return known | {code.casefold(): code for code, _name in countries}


class Finder:
    """Finds records for one plan; what it has read of a kind it keeps. `line` is the row it works on."""

    def __init__(self, source: Source | None):
        self.source = source
        self.line = 0
        self.kept: dict[Any, Any] = {}
        self.former: dict[str, set[str]] = {}

    def find(self, kind: str, cell: str) -> models.Model:
        """The record a cell means. Raises Wrong where there is none, or more than one."""
        model, key, _names = KINDS[kind]
        own, named = self.index(kind)
        said = folded(cell)
        found = named.get(said, [])
        if said in own:
            # An address that leads on is no key: another record may be called so now.
            others = [each for each in found if each != own[said]] if said in self.former[kind] else []
            if not others:
                return own[said]
            found = [own[said], *others]
        if kind == "city" and not found and slugify(cell) in own:
            return own[slugify(cell)]  # only spelt otherwise
        words = {"kind": model._meta.verbose_name, "cell": cell[:80]}
        if not found:
            raise Wrong(_("There is no %(kind)s “%(cell)s” in the catalogue.") % words)
        if len(found) > 1:
            words["keys"] = ", ".join(str(getattr(each, key)) for each in found[:5])
            raise Wrong(_("“%(cell)s” may be one of several: write which, %(keys)s.") % words)
        return found[0]

    def index(self, kind: str) -> tuple[dict[str, Any], dict[str, list]]:
        """All records of a kind by what tells them apart, former slugs included, and by each of their names."""
        if kind not in self.kept:
            model, key, names = KINDS[kind]
            own: dict[str, Any] = {}
            named: dict[str, list] = defaultdict(list)
            for record in model._base_manager.defer(*_LONG.get(kind, ())).order_by("pk"):
                own[folded(str(getattr(record, key)))] = record
                for name in {folded(each) for each in names(record) if each}:
                    named[name].append(record)
            self.kept[kind] = own, named
            self.former[kind] = self._lead_on(model, own) if key == "slug" else set()
        return self.kept[kind]

    @staticmethod
    def _lead_on(model: type[models.Model], own: dict[str, Any]) -> set[str]:
        """Adds the slugs that records once had, or that were merged into them, to `own`; gives those."""
        by_number = {record.pk: record for record in own.values()}
        rows = FormerSlug.objects.filter(model=model._meta.label_lower).values_list("slug", "object_id")
        led = {
            said: by_number[pk] for slug, pk in rows if pk in by_number and (said := folded(slug)) not in own
        }
        own |= led
        return set(led)

    def among(self, model: type[models.Model], *fields: str) -> dict[tuple, list[int]]:
        """The numbers of all records of a model by the values of some fields, texts folded."""
        place = (model, fields)
        if place not in self.kept:
            known: dict[tuple, list[int]] = defaultdict(list)
            for pk, *values in model._base_manager.values_list("pk", *fields).iterator():
                known[tuple(folded(each) if isinstance(each, str) else each for each in values)].append(pk)
            self.kept[place] = known
        return self.kept[place]

    def one(self, model: type[models.Model], **values: Any) -> int | None:
        """The number of the record with these values; None where there is none. Raises Wrong where there are more."""
        key = tuple(folded(each) if isinstance(each, str) else each for each in values.values())
        found = self.among(model, *values).get(key, [])
        if len(found) > 1:
            said = ", ".join(str(each) for each in values.values() if isinstance(each, str))
            words = {"kind": model._meta.verbose_name_plural, "said": said[:120]}
            raise Wrong(_("Several %(kind)s are called “%(said)s”: add a column with the key.") % words)
        return found[0] if found else None


def country(cell: str, finder: Finder) -> str:
    """A country by its code, or by its name in either language."""
    code = _country_names().get(folded(cell))
    if not code:
        raise Wrong(
            _("There is no country “%(cell)s”: write its name or its code (CN).") % {"cell": cell[:80]}
        )
    return code
