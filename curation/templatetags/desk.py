"""What the desk shows on pages of lower rooms."""

from django import template

from curation.desk.lists import Shown, saved_for

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_lists(context, changelist) -> list[Shown]:
    """The saved lists of the kind of record of a staff list."""
    return saved_for(context["request"], changelist.model._meta.label_lower)
