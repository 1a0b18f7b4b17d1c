"""Brings the notes in line with what the checks find: new, changed, gone. Answers stay, and what editors wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from notes.answers import reopen_where_changed
from notes.checks import CHECKS, Finding
from notes.checks.subjects import Block, CaseFile, Document, Scope, Subject, blocks, case_files, documents
from notes.matching import say_the_same
from notes.models import SLUG, Note
from notes.vocabularies import Finder
from records.models import LoadedRecord

_SUBJECTS = {Block: blocks, CaseFile: case_files, Document: documents}
# What a check says of a note that nobody but a check found.
_SAID = ("kind", "severity", "printed", "computed", "difference_pct", "lines", "note", "settles")


@dataclass
class Report:
    """How many notes of checks there are, and what became of them."""

    found: int = 0
    new: int = 0
    joined: int = 0
    changed: int = 0
    gone: int = 0
    reopened: int = 0

    def __str__(self) -> str:
        words = (f"{count} {name}" for name, count in vars(self).items() if count or name == "found")
        return f"Source checks: {', '.join(words)}"


@dataclass
class _Found:
    """A finding about something, by the key under which the database knows it again."""

    subject: Subject
    check: str
    finding: Finding
    key: str = field(init=False)

    def __post_init__(self):
        self.key = f"{self.subject.key}:{self.check}:{self.finding.key}"


def run(scope: Scope | None = None) -> Report:
    """Runs every check over what is in the scope (everything where it is None), all or nothing."""
    scope = scope or Scope()
    with transaction.atomic():
        return _Run(scope).run()


class _Run:
    def __init__(self, scope: Scope):
        self.scope, self.report = scope, Report()
        self.seen: set[str] = set()
        loaded = LoadedRecord.objects.filter(model=Note._meta.label_lower, hidden=True)
        # Rows that are gone from the fixtures: what they said, a check has to say by itself.
        self.withdrawn = set(loaded.values_list("object_id", flat=True))

    def run(self) -> Report:
        for found in self._findings():
            self._take(found)
        self._end_what_is_gone()
        self.report.found = len(self.seen)
        self.report.reopened = reopen_where_changed(self._in_scope(Note.objects.all()))
        return self.report

    def _findings(self) -> Iterator[list[_Found]]:
        for kind, subjects in _SUBJECTS.items():
            checks = [each for each in CHECKS.values() if each.of is kind]
            for some in subjects(self.scope):
                yield [
                    _Found(subject, check.name, finding)
                    for subject in some
                    for check in checks
                    for finding in check.find(subject)
                ]

    def _take(self, found: list[_Found]) -> None:
        keys = [each.key for each in found]
        known = {note.check_key: note for note in Note.objects.filter(check_key__in=keys)}
        editors = _editors_notes(found) if found else {}
        for each in found:
            note = known.get(each.key)
            if note and note.is_read and note.pk in self.withdrawn and note.hidden:
                self._release(note)
                note = None
            self.seen.add(each.key)
            self._settle(each, note, editors)

    def _settle(self, found: _Found, note: Note | None, editors: dict) -> None:
        subject = found.subject
        if note and note.is_read:
            self._renew_values(note, found)
            return
        same = [
            each
            for each in editors[subject.source.pk, subject.case and subject.case.pk]
            if each.pk not in self.withdrawn and say_the_same(each, found.check, found.finding)
        ]
        if same:
            editors[subject.source.pk, subject.case and subject.case.pk].remove(same[0])
            self._join(same[0], note, found)
        elif note:
            self._update(note, found)
        else:
            self._add(found)

    def _join(self, editors: Note, own: Note | None, found: _Found) -> None:
        """One note for what a check and an editor both found: the editor's words, known under the check's key."""
        if own:
            if editors.is_open and not own.is_open:
                for name in ("answer", "answer_reason", "ruling", "answered_by", "answered_at"):
                    setattr(editors, name, getattr(own, name))
            own.delete()
        editors.found_by, editors.check_name, editors.check_key = Finder.BOTH, found.check, found.key
        editors.check_values = found.finding.values
        if not editors.is_open and not editors.answered_about:
            editors.answered_about = editors.about
        editors.save()
        self.report.joined += 1

    def _renew_values(self, note: Note, found: _Found) -> None:
        if note.check_values != found.finding.values:
            note.check_values = found.finding.values
            note.save(update_fields=["check_values"])
            self.report.changed += 1

    def _update(self, note: Note, found: _Found) -> None:
        wanted = _fields(found)
        changed = [name for name, value in wanted.items() if getattr(note, name) != value]
        if note.gone:
            note.gone = note.hidden = False
            changed += ["gone", "hidden"]
        if changed:
            for name in set(changed) & wanted.keys():
                setattr(note, name, wanted[name])
            note.save(update_fields=changed)
            self.report.changed += 1

    def _add(self, found: _Found) -> None:
        Note.objects.create(
            slug=_free_slug(found),
            found_by=Finder.CHECK,
            check_name=found.check,
            check_key=found.key,
            **_fields(found),
        )
        self.report.new += 1

    def _in_scope(self, notes):
        if self.scope == Scope():
            return notes
        return notes.filter(
            Q(check_key__startswith="figures/", city__in=self.scope.cities)
            | Q(case__in=self.scope.cases)
            | Q(case__isnull=True, source__in=self.scope.sources)
        )

    def _end_what_is_gone(self) -> None:
        """A note that only a check found is hidden; of one that an editor read too, the editor's part stays."""
        for note in self._in_scope(Note.objects.filter(check_key__isnull=False)).iterator():
            if note.check_key in self.seen or note.gone or not self._was_looked_at(note):
                continue
            self.report.gone += 1
            if note.is_read:
                self._release(note)
            elif not note.hidden:
                note.gone = note.hidden = True
                note.save(update_fields=["gone", "hidden"])

    def _was_looked_at(self, note: Note) -> bool:
        """Whether the thing a note is about was in the scope, and not only its case or source."""
        if self.scope == Scope():
            return True
        kind = note.check_key.partition("/")[0]
        return {
            "figures": note.city_id in self.scope.cities,
            "case": note.case_id in self.scope.cases,
            "source": note.source_id in self.scope.sources,
        }[kind]

    @staticmethod
    def _release(note: Note) -> None:
        note.found_by, note.check_name, note.check_key, note.check_values = Finder.EDITOR, "", None, ""
        note.save(update_fields=["found_by", "check_name", "check_key", "check_values"])


def _fields(found: _Found) -> dict:
    subject, finding = found.subject, found.finding
    said = {name: getattr(finding, name) for name in _SAID}
    return {
        **said,
        "kind": str(finding.kind),
        "severity": str(finding.severity),
        "printed": "\n".join(" ".join(piece.split()) for piece in finding.printed),
        "source": subject.source,
        "case": subject.case,
        "city": subject.city,
    }


def _editors_notes(found: Iterable[_Found]) -> dict[tuple[int, int | None], list[Note]]:
    """The notes that only editors have found so far, by source and case."""
    sources = {each.subject.source.pk for each in found}
    cases = {each.subject.case.pk for each in found if each.subject.case}
    near = Note.objects.filter(Q(case__in=cases) | Q(case__isnull=True), source__in=sources)
    notes = defaultdict(list)
    for note in near.filter(found_by=Finder.EDITOR):
        notes[note.source_id, note.case_id].append(note)
    return notes


def _free_slug(found: _Found) -> str:
    """A slug that begins with what the note is about and ends with what was found."""
    subject = found.subject
    about = (subject.case or subject.city or subject.source).slug
    end = found.check if found.finding.key in (found.check, about) else f"{found.check}-{found.finding.key}"
    made = f"{about}-{end}"[:SLUG].rstrip("-")
    slug, number = made, 1
    while Note._base_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{made[: SLUG - 6]}-{number}"
    return slug
