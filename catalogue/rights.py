"""Forms in which rights are given, named in the language of the page."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import Permission

from records.rights import name_of_right


class RightsField(forms.ModelMultipleChoiceField):
    """Rights to choose from."""

    def label_from_instance(self, right: Permission) -> str:
        return name_of_right(right)


class RightsMixin:
    """For the forms in which rights are given."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.related_model is Permission:
            kwargs["form_class"] = RightsField
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)
