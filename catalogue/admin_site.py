"""The frame of the staff pages: its name, and an index that puts things before their parts."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.models import Publishable

# The rooms in the order of the work; any other app follows, by name.
ORDER = ["curation", "cases", "notes", "cities", "declarations", "sources", "search", "records", "auth"]


def _is_part(model) -> bool:
    """Whether it is edited on the page of something else, its own list being for search and export."""
    return bool(getattr(model, "public_parents", ())) and not issubclass(model, Publishable)


class StaffSite(admin.AdminSite):
    site_header = _("Urban Innovation Catalogue – staff")
    site_title = _("Urban Innovation Catalogue – staff")
    index_title = _("What would you like to work on?")

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
