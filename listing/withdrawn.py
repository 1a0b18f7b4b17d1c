"""What stands at the address of a record that was withdrawn: when and why, and nothing else of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from listing import exports
from listing.formats import json_text
from records.models import Publishable


def withdrawn(request: HttpRequest, record: Publishable, format: str | None) -> HttpResponse:
    """410, as a page or in the form that was asked for."""
    form = exports.FORMATS.get(format)
    if form is None:
        kind = record._meta.verbose_name
        return render(request, "410.html", {"withdrawn": record, "kind": kind}, status=410)
    with override("en"):
        message = _("This %(kind)s was withdrawn on %(date)s. Reason: %(reason)s") % {
            "kind": record._meta.verbose_name,
            "date": record.withdrawn_at.date().isoformat(),
            "reason": record.state_reason,
        }
    if form.name != "json":
        return exports.refusal(form, [message], status=410)
    values = {
        "error": message,
        "state": "withdrawn",
        "withdrawn": record.withdrawn_at.date().isoformat(),
        "reason": record.state_reason,
    }
    return HttpResponse(json_text.text(values) + "\n", status=410, content_type=form.content_type)
