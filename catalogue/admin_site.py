"""The frame of the staff pages: its name, and an index that puts things before their parts."""

from django.contrib import admin
from django.contrib.admin.actions import delete_selected
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.models import Publishable

# The rooms in the order of the work; any other app follows, by name.
ORDER = ["curation", "cases", "notes", "cities", "declarations", "sources", "search", "records", "auth"]


def _is_part(model) -> bool:
    """Whether it is edited on the page of something else, its own list being for search and export."""
    return bool(getattr(model, "public_parents", ())) and not issubclass(model, Publishable)


@admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
def delete_chosen(model_admin, request, queryset):
    """Django's own action, worded as the catalogue's are in each language."""
    return delete_selected(model_admin, request, queryset)


class StaffSite(admin.AdminSite):
    site_header = _("Urban Innovation Catalogue – staff")
    site_title = _("Urban Innovation Catalogue – staff")
    index_title = _("What would you like to work on?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_action(delete_chosen, "delete_selected")

    def get_app_list(self, request, app_label=None):
        """The apps in the order of the work; in each, the things themselves before their parts."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda entry: (_is_part(entry["model"]), str(entry["name"])))
        places = {label: place for place, label in enumerate(ORDER)}
        return sorted(apps, key=lambda app: places.get(app["app_label"], len(ORDER)))

    def each_context(self, request):
        """What every page gets; the site is viewed in the language of the page."""
        return {**super().each_context(request), "site_url": reverse("home")}

    def not_found(self, request, message: str = ""):
        """The page of a 404 for staff: back to the desk, and to the list that the address speaks of."""
        place = request.path.removeprefix(reverse(f"{self.name}:index")).split("/")
        lists = {
            (app["app_label"], entry["model"]._meta.model_name): entry
            for app in self.get_app_list(request)
            for entry in app["models"]
        }
        found = lists.get(tuple(place[:2]), {})
        context = {
            **self.each_context(request),
            "title": _("There is nothing at this address"),
            "message": message,
            "list_url": found.get("admin_url"),
            "kind": found.get("name"),
        }
        return render(request, "admin/404.html", context, status=404)

    def index(self, request, extra_context=None):
        """The desk: what there is to do, then everything there is, with how many wait beside each inbox."""
        # Read when it is asked for: this site is made before there are any models.
        from curation.desk.panels import panels
        from listing.kept_counts import counts_of

        response = super().index(request, {"panels": panels(request), **(extra_context or {})})
        for app in getattr(response, "context_data", {}).get("app_list", ()):
            for entry in app["models"]:
                count = getattr(entry["model"], "open_count", None)
                label = entry["model"]._meta.label_lower
                if count and (number := counts_of(request).kept(("open", label), count)):
                    entry["name"] = _("%(name)s (%(number)d open)") % {
                        "name": entry["name"],
                        "number": number,
                    }
        return response
