"""What stands at the address of a record that was withdrawn: when and why, and nothing else of it.

So does what hung on it, which readers lost sight of with it: a case of a withdrawn city.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from listing import exports
from listing.formats import json_text
from records.models import Publishable, Record


def withdrawn(request: HttpRequest, record: Record, of: Publishable, format: str | None) -> HttpResponse:
    """410, as a page or in the form that was asked for. `of` was withdrawn: the record, or what it hangs on."""
    form = exports.FORMATS.get(format)
    if form is None:
        context = {"withdrawn": of, "kind": record._meta.verbose_name, "parent": _parent(record, of)}
        return render(request, "410.html", context, status=410)
    with override("en"):
        kind, parent = record._meta.verbose_name, _parent(record, of)
        words = {
            "kind": kind,
            "parent": parent,
            "date": of.withdrawn_at.date().isoformat(),
            "reason": of.state_reason,
        }
        if parent:
            text = _(
                "The %(parent)s that this %(kind)s belongs to was withdrawn on %(date)s. Reason: %(reason)s"
            )
        else:
            text = _("This %(kind)s was withdrawn on %(date)s. Reason: %(reason)s")
        message = text % words
    if form.name != "json":
        return exports.refusal(form, [message], status=410)
    values = {"error": message, "state": "withdrawn", "withdrawn": words["date"], "reason": words["reason"]}
    if parent:
        values["withdrawn_with"] = of._meta.model_name
    return HttpResponse(json_text.text(values) + "\n", status=410, content_type=form.content_type)


def _parent(record: Record, of: Publishable) -> str:
    """What kind of thing was withdrawn, where it was not the record itself."""
    return "" if of == record else str(of._meta.verbose_name)
