"""Stands in INSTALLED_APPS for "django.contrib.admin", so that `admin.site` is the catalogue's own.

Not in catalogue/apps.py, where Django would take it for the configuration of the catalogue itself.
"""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "catalogue.admin_site.StaffSite"
