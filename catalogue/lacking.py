"""Messages of Django's staff pages that its own Chinese lacks: named here, they stand among ours.

Those of its scripts are in `locale/zh_Hans/LC_MESSAGES/djangojs.po`, which is kept by hand.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

LACKING = (
    gettext_noop("Error:"),
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
