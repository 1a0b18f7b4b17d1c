"""Saving a list under a name, and the page where one's saved lists are renamed, shared and deleted."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from curation.desk.lists import cleaned, model_of, saved_for
from curation.desk.models import SavedList

_LONGEST = 4000


class NameForm(forms.ModelForm):
    class Meta:
        model = SavedList
        fields = ("name", "shared")
        error_messages = {"name": {"required": gettext_lazy("Give the list a name.")}}


@require_POST
def save_list(request: HttpRequest) -> HttpResponse:
    """Saves the filters of a list; of the same name of one's own, they are replaced."""
    model = model_of(request.POST.get("model", ""), request)
    if model is None:
        raise PermissionDenied
    query = cleaned(request.POST.get("query", ""))
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    back = HttpResponseRedirect(f"{address}?{query}" if query else address)
    form = NameForm(request.POST)
    if not form.is_valid() or len(query) > _LONGEST or "\0" in query:
        problems = [error for found in form.errors.values() for error in found]
        messages.error(request, " ".join(problems) or _("The filters of this list are too long to be kept."))
        return back
    own = {"owner": request.user, "model": model._meta.label_lower, "name": form.cleaned_data["name"]}
    values = {"query": query, "shared": form.cleaned_data["shared"]}
    _row, made = SavedList.objects.update_or_create(**own, defaults=values)
    text = (
        _("The list is saved as “%(name)s”.") if made else _("“%(name)s” now has the filters of this list.")
    )
    messages.success(request, text % {"name": form.cleaned_data["name"]})
    return back


@require_GET
def saved_lists(request: HttpRequest) -> HttpResponse:
    """All saved lists of a person, and those shared with them."""
    context = {
        **admin.site.each_context(request),
        "title": _("Saved lists"),
        "lists": saved_for(request),
    }
    return TemplateResponse(request, "curation/desk/saved_lists.html", context)


@require_POST
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames, shares or deletes a list of one's own."""
    row = get_object_or_404(SavedList, pk=pk)
    if row.owner_id != request.user.pk:
        raise PermissionDenied
    back = HttpResponseRedirect(reverse("curation:saved_lists"))
    if "delete" in request.POST:
        row.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": row.name})
        return back
    form = NameForm(request.POST, instance=row)
    try:
        if form.is_valid():
            with transaction.atomic():
                form.save()
            messages.success(request, _("Saved: “%(name)s”.") % {"name": row.name})
            return back
        problem = " ".join(error for found in form.errors.values() for error in found)
    except IntegrityError:
        problem = _("You have a list of this name already: choose another name.")
    messages.error(request, problem)
    return back
