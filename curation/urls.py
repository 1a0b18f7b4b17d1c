from django.contrib import admin
from django.urls import path

from curation.desk import views as desk
from curation.nominations import reports as report_pages
from curation.nominations import views as nomination_pages

urlpatterns = [
    path("admin/lists/", admin.site.admin_view(desk.saved_lists), name="saved_lists"),
    path("admin/lists/save/", admin.site.admin_view(desk.save_list), name="save_list"),
    path("admin/lists/<int:pk>/", admin.site.admin_view(desk.change_list), name="change_list"),
    path("nominate/", nomination_pages.begin, name="nominate"),
    path("nominate/confirm/<slug:token>/", nomination_pages.confirm, name="confirm_nomination"),
    path("nominate/<slug:token>/", nomination_pages.go_on, name="nomination"),
    path("nominate/<slug:token>/delete/", nomination_pages.delete, name="delete_nomination"),
    path("report/", report_pages.report, name="report"),
]
