from django.contrib import admin
from django.urls import path

from curation.desk import views as desk

urlpatterns = [
    path("admin/lists/", admin.site.admin_view(desk.saved_lists), name="saved_lists"),
    path("admin/lists/save/", admin.site.admin_view(desk.save_list), name="save_list"),
    path("admin/lists/<int:pk>/", admin.site.admin_view(desk.change_list), name="change_list"),
]
