"""How the staff pages ask for each kind of field, on pages and in rows alike."""

from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models

from records.admin.forms import LoadedAutocomplete, PlainDecimalField


class StaffFields:
    """Mixin for ModelAdmin and inlines: every foreign key is a search box, numbers are shown plainly."""

    formfield_overrides = {
        models.DecimalField: {"form_class": PlainDecimalField},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_autocomplete_fields(self, request):
        return [field.name for field in self.opts.fields if field.many_to_one or field.one_to_one]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", LoadedAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A bin beside the city of a case looks like "take it off this case", and would delete the city.
            field.widget.can_delete_related = False
        return field
