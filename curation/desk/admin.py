"""What the desk adds to the staff lists."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.desk.panels import numbers_made_by
from listing.facet_counts import bare
from listing.strict import Refused


class MineFilter(admin.SimpleListFilter):
    """What the person made who looks at the list."""

    title = gettext_lazy("who made it")
    parameter_name = "mine"

    @property
    def counts_depend_on(self) -> tuple:
        return (self.request.user.pk,)

    def lookups(self, request, model_admin):
        return [("yes", _("I did"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() != "yes":
            raise Refused(_("“Who made it” knows only “I did”: nothing is shown. Choose from the filters."))
        return queryset.filter(pk__in=numbers_made_by(request.user, queryset.model))

    def get_facet_queryset(self, changelist):
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        mine = bare(rows).filter(pk__in=numbers_made_by(self.request.user, changelist.model))
        return {"0__c": mine.count()}


class MineMixin:
    """For the staff list of what is made as a draft."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), MineFilter]
