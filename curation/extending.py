"""Adds to the staff pages of lower rooms, which may not know of this one."""

from django.contrib import admin
from django.db import models


def extend(model: type[models.Model], *mixins: type) -> None:
    """Has the staff pages of a model, as they are registered now, made with more parts."""
    present = type(admin.site.get_model_admin(model))
    admin.site.unregister(model)
    admin.site.register(model, type(present.__name__, (*mixins, present), {"__doc__": present.__doc__}))
