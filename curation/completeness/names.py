"""What each rule of completeness asks for, in words, by its key. Apart from the rules, which need the models."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "summary": _("summary"),
    "lines": _("source and lines"),
    "themes": _("themes"),
    "reasons": _("a reason for every theme"),
    "sections": _("sections"),
    "start": _("start"),
    "goals": _("goals"),
    "outcomes": _("outcomes with lines"),
    "partners": _("partners"),
    "figures": _("figures of the city"),
    "coordinates": _("coordinates"),
    "chinese": _("local name"),
    "figure-sets": _("figures"),
}
