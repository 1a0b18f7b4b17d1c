"""Stands in INSTALLED_APPS for "django.contrib.admin", so that `admin.site` is the catalogue's own.

Not in catalogue/apps.py, where Django would take it for the configuration of the catalogue itself.
"""

from django.contrib.admin.apps import AdminConfig
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

PICTURES = {True: ("yes", _("yes")), False: ("no", _("no")), None: ("unknown", _("not known"))}


def named_picture(value: bool | None) -> SafeString:
    """The picture of yes or no in a list, named in the language of the page."""
    picture, name = PICTURES[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{picture}.svg"), name)


class StaffAdminConfig(AdminConfig):
    default_site = "catalogue.admin_site.StaffSite"

    def ready(self):
        from django.contrib.admin.templatetags import admin_list

        super().ready()
        # Django names its pictures "True" and "False" in every language, and leaves no other place to change that.
        admin_list._boolean_icon = named_picture
