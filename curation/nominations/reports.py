"""The public form for an error on a page, and which record a page is about."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _

from curation.nominations import guard, mail
from curation.nominations.forms import ReportForm
from curation.nominations.models import ErrorReport
from curation.nominations.protection import form_page
from listing.text import is_plain
from records.models import Record


def local_page(typed: str, request: HttpRequest) -> str:
    """The path of a page of this site, from its address with or without the host; "" where it is none."""
    typed = typed.strip()
    for site in {mail.site(request), request.build_absolute_uri("/").rstrip("/")}:
        if typed == site or typed.startswith(f"{site}/"):
            typed = typed[len(site) :] or "/"
    # Browsers take a backslash for a slash, so that "/\host" would lead to another host.
    if not typed.startswith("/") or typed[1:2] in ("/", "\\") or not is_plain(typed):
        return ""
    try:
        return "" if urlsplit(typed).netloc else typed
    except ValueError:
        return ""


def record_of(page: str) -> Record | None:
    """The public record that a page is the page of; None for lists and whatever else."""
    path = urlsplit(page).path
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    try:
        model = apps.get_model(match.app_names[0], match.url_name) if match.app_names else None
    except LookupError:
        return None
    slug = match.kwargs.get("slug")
    if model is None or not issubclass(model, Record) or not slug:
        return None
    return model.objects.public().filter(slug=slug).first()


@form_page
def report(request: HttpRequest) -> HttpResponse:
    """The form with the page filled in; sent, an entry of the inbox and a word of thanks."""
    if request.method != "POST":
        page = local_page(request.GET.get("page", ""), request)
        return _page(request, ReportForm(initial={"page": page[:500]}), page)
    form = ReportForm(request.POST)
    page = local_page(request.POST.get("page", ""), request)
    is_valid = form.is_valid()
    if not page and "page" not in form.errors:
        form.add_error("page", _("Give the address of a page of this catalogue."))
        is_valid = False
    if not is_valid:
        return _page(request, form, page, status=422)
    if not guard.may("report", guard.address_of(request)):
        text = _(
            "So much was sent today that no more can be taken. Send it tomorrow, or write to %(address)s."
        )
        form.add_error(None, text % {"address": settings.OPERATOR_EMAIL})
        return _page(request, form, page, status=429)
    _keep(form.cleaned_data, page)
    context = {
        "heading": _("Thank you: the editors have it"),
        "text": _("They look it up in the source. Where you gave an e-mail address, they may write to you."),
        "back": page,
        "report_page": page,
    }
    return render(request, "curation/nominations/told.html", context)


def _keep(said: dict, page: str) -> ErrorReport:
    record = record_of(page)
    return ErrorReport.objects.create(
        page=page,
        what=said["what"],
        printed=said["printed"],
        email=said["email"],
        model=record._meta.label_lower if record else "",
        object_id=record.pk if record else None,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _page(request: HttpRequest, form: ReportForm, page: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "about": record_of(page) if page else None,
        "keep_days": settings.NOMINATION_KEEP_DAYS,
        "report_page": page or request.path,
    }
    return render(request, "curation/nominations/report.html", context, status=status)
