"""What the first staff page shows: a few short lists of what there is to do, each with the way to all of it.

A panel shows only what the person may view. All of them together take a fixed number of queries at any size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Window
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.models import Initiative
from cities.models import City
from curation.completeness.counting import counted
from curation.completeness.followed import lacks
from curation.desk.lists import model_of, saved_for
from curation.nominations.models import ErrorReport, Nomination
from listing.kept_counts import asked, counts_of
from notes.models import Note
from notes.vocabularies import Answer, Severity
from records.models import Publishable
from records.operations import Change, Operation

# So many rows of each; the rest is behind "all of them".
SHORT = 5
# Operations looked through for those that the person may view.
LOOKED_THROUGH = 40


@dataclass
class Row:
    """A line of a panel: what, where it leads ("" for nowhere), and what is said beside it."""

    text: str
    url: str = ""
    beside: str = ""
    reason: str = ""


@dataclass
class Panel:
    """A short list. `all_links` lead to all of it: label and address."""

    name: str
    title: str
    empty: str
    rows: list[Row] = field(default_factory=list)
    all_links: list[tuple[str, str]] = field(default_factory=list)


def panels(request: HttpRequest) -> list[Panel]:
    """The panels for whoever asks, in the order of the work."""
    makers: tuple[Callable[[HttpRequest], Panel | None], ...] = (
        _inbox,
        _to_review,
        _open_checks,
        _incomplete,
        _my_drafts,
        _recent,
        _saved,
    )
    return [panel for make in makers if (panel := make(request))]


def may_view(request: HttpRequest, model: type[Model]) -> bool:
    """Whether the person may see the list of a kind of record."""
    return admin.site.is_registered(model) and admin.site.get_model_admin(model).has_view_permission(request)


def list_url(model: type[Model], query: str = "") -> str:
    """The staff list of a kind of record, filtered."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{query}" if query else address


def _page(model: type[Model], pk: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def _publishable(request: HttpRequest) -> list[type[Publishable]]:
    kinds = [model for model in apps.get_models() if issubclass(model, Publishable)]
    return [model for model in kinds if may_view(request, model)]


def _first_of_each(
    request: HttpRequest, panel: Panel, rows: dict[type[Model], QuerySet], query: str
) -> Panel:
    """Fills a panel with the newest of each kind, and how many there are of it: one query for each."""
    for model, found in rows.items():
        newest = _newest(request, found)
        for pk, name, _count in newest:
            panel.rows.append(Row(name, _page(model, pk), str(model._meta.verbose_name)))
        if newest:
            name = capfirst(model._meta.verbose_name_plural)
            panel.all_links.append((f"{name} ({newest[0][2]})", list_url(model, query)))
    return panel


def _inbox(request: HttpRequest) -> Panel | None:
    """What people sent and wait for, with how many of each; nothing of who they are."""
    kinds = [model for model in (Nomination, ErrorReport) if may_view(request, model)]
    if not kinds:
        return None
    panel = Panel("inbox", _("People wait for an answer"), _("Nobody waits: every letter is handled."))
    for model in kinds:
        waiting = model._base_manager.filter(state__in=model.OPEN).order_by()
        counts = dict(counts_of(request).rows(waiting.values_list("state").annotate(Count("pk"))))
        name = capfirst(model._meta.verbose_name_plural)
        for state in model.OPEN:
            if count := counts.get(state.value):
                words = {"kind": name, "state": state.label}
                url = list_url(model, f"state__exact={state.value}")
                panel.rows.append(Row(_("%(kind)s: %(state)s") % words, url, str(count)))
        panel.all_links.append((name, list_url(model)))
    return panel


def _newest(request: HttpRequest, found: QuerySet) -> list[tuple[int, str, int]]:
    """Number and name of the newest of some records, each with how many there are."""
    rows = found.order_by("-updated_at", "-pk").annotate(of_kind=Window(Count("pk")))[:SHORT]
    key = ("newest", get_language(), asked(rows))
    return counts_of(request).kept(key, lambda: [(each.pk, str(each), each.of_kind) for each in rows])


def _to_review(request: HttpRequest) -> Panel | None:
    kinds = _publishable(request)
    if not kinds:
        return None
    # Until there is a state for it, drafts are what waits.
    waiting = "review" if "review" in Publishable.State.values else Publishable.State.DRAFT.value
    panel = Panel("review", _("To review"), _("Nothing waits to be reviewed."))
    rows = {model: model._base_manager.filter(state=waiting) for model in kinds}
    return _first_of_each(request, panel, rows, f"state__exact={waiting}")


def _my_drafts(request: HttpRequest) -> Panel | None:
    kinds = _publishable(request)
    if not kinds:
        return None
    panel = Panel("mine", _("My drafts"), _("Nothing you made is a draft."))
    draft = Publishable.State.DRAFT.value
    rows = {model: made_by(request.user, model).filter(state=draft) for model in kinds}
    return _first_of_each(request, panel, rows, f"state__exact={draft}&mine=yes")


def made_by(user: AbstractBaseUser, model: type[Publishable]) -> QuerySet:
    """The records of a kind that a person made."""
    return model._base_manager.filter(pk__in=numbers_made_by(user, model))


def numbers_made_by(user: AbstractBaseUser, model: type[Publishable]) -> QuerySet:
    """The numbers of what a person made of a kind, of what is deleted too."""
    made = Change.objects.filter(
        action=Change.Action.CREATED, model=model._meta.label_lower, operation__user=user.pk
    )
    return made.order_by().values("object_id")


def _open_checks(request: HttpRequest) -> Panel | None:
    if not may_view(request, Note):
        return None
    panel = Panel("checks", _("Open source checks"), _("Every source check is answered."))
    # As the list behind the links shows them.
    opened = Note.objects.not_of_drafts().filter(answer=Answer.OPEN, hidden=False)
    by_severity = opened.order_by().values_list("severity").annotate(Count("pk"))
    counts = dict(counts_of(request).rows(by_severity))
    query = f"answer__exact={Answer.OPEN.value}&hidden__exact=0"
    for severity in sorted(Severity, key=lambda each: ("high", "medium", "low").index(each.value)):
        if count := counts.get(severity.value):
            url = list_url(Note, f"{query}&severity__exact={severity.value}")
            panel.rows.append(Row(str(severity.label), url, str(count)))
    if panel.rows:
        panel.all_links.append((f"{_('All of them')} ({sum(counts.values())})", list_url(Note, query)))
    return panel


def _incomplete(request: HttpRequest) -> Panel | None:
    kinds = [model for model in (Initiative, City) if may_view(request, model)]
    if not kinds:
        return None
    panel = Panel("incomplete", _("Incomplete records"), _("Every record has all that it should have."))
    for model in kinds:
        found = counted(model._base_manager.all(), lacks(model, request))
        name = capfirst(model._meta.verbose_name_plural)
        for rule, count in sorted(found, key=lambda each: (not each[0].required, -each[1]))[:SHORT]:
            words = {"kind": name, "what": rule.label}
            url = list_url(model, f"hidden__exact=0&incomplete={rule.key}")
            panel.rows.append(Row(_("%(kind)s without: %(what)s") % words, url, str(count)))
        if found:
            url = list_url(model, "hidden__exact=0&incomplete=any")
            panel.all_links.append((_("All incomplete: %(kind)s") % {"kind": name}, url))
    return panel


def _recent(request: HttpRequest) -> Panel | None:
    panel = Panel("recent", _("Recent changes"), _("Nothing has been changed here yet."))
    first = Change.objects.filter(operation=OuterRef("pk")).order_by("pk").values("pk")[:1]
    operations = list(Operation.objects.annotate(first=Subquery(first)).order_by("-pk")[:LOOKED_THROUGH])
    changes = Change.objects.in_bulk([each.first for each in operations if each.first])
    closed = _closed(request, operations)
    for operation in operations:
        change = changes.get(operation.first)
        row = _operation(operation, change) if change and operation.pk not in closed else None
        panel.rows += [row] if row and len(panel.rows) < SHORT + 3 else []
    if not panel.rows and operations:
        return None  # nothing of it is theirs to see
    try:
        if may_view(request, Operation):
            panel.all_links.append((_("All of them"), list_url(Operation)))
    except NoReverseMatch:
        pass
    return panel


def _closed(request: HttpRequest, operations: list[Operation]) -> set[int]:
    """The operations that changed anything the person may not view: even their names are not theirs to read."""
    touched = Change.objects.filter(operation__in=operations).exclude(root_model__startswith="records.")
    pairs = list(touched.order_by().values_list("operation", "root_model").distinct())
    viewable = {label for _pk, label in pairs if model_of(label, request)}
    return {pk for pk, label in pairs if label not in viewable}


def _operation(operation: Operation, change: Change) -> Row:
    """An operation as a line, with a link to the page of what it changed first."""
    model = apps.get_model(change.root_model)
    own = (change.model, change.object_id) == (change.root_model, change.root_id)
    gone = own and change.action == Change.Action.DELETED
    when = date_format(operation.at, "DATETIME_FORMAT")
    return Row(
        operation.what or change.called,
        "" if gone else _page(model, change.root_id),
        ", ".join(filter(None, (operation.get_kind_display(), operation.by, when))),
        operation.why,
    )


def _saved(request: HttpRequest) -> Panel | None:
    panel = Panel(
        "saved", _("Saved lists"), _("Filter any list and save it under a name: it stands here then.")
    )
    panel.rows = [Row(each.name, each.url, each.kind) for each in saved_for(request)]
    panel.all_links.append((_("Rename, share or delete them"), reverse("curation:saved_lists")))
    return panel
