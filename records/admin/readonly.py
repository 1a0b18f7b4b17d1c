"""Lists for looking only: what the catalogue itself writes."""

from django.contrib import admin

from records.admin.history_pages import HistoryPage


class ReadOnlyAdmin(HistoryPage, admin.ModelAdmin):
    """Staff with the right to view see it; nobody writes it by hand."""

    list_per_page = 100
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
