"""Template tags of charts."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def share(part: float) -> str:
    """A share in per cent as it is said: whole numbers, one more digit where it is small, never 0 for something."""
    if 0 < part < 0.1:
        return _("below %(share)s%%") % {"share": "0.1"}
    is_whole = part >= 10 or part == int(part)
    return _("%(share)s%%") % {"share": f"{part:.0f}" if is_whole else f"{part:.1f}"}
