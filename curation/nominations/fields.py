"""Text fields of the public forms: limited without cutting anything off, and saying what is wrong."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from listing.text import is_plain

_LINK = re.compile(r"https?:|www\.|\[url", re.IGNORECASE)


class Text(forms.CharField):
    """A text of at most `longest` characters with at most `links` links (None: as many as one likes).

    `needed` is asked for when the form is sent, and not while it is a draft. Browsers are not told the length: they
    would cut off what is pasted, and not say so.
    """

    def __init__(self, *, longest: int, links: int | None = 0, needed: str = "", rows: int = 0, **kwargs):
        self.longest, self.links, self.needed, self.rows = longest, links, needed, rows
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value):
        value = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return value if self.rows else value.replace("\t", " ")

    def validate(self, value):
        super().validate(value)
        if not is_plain(value.replace("\n", "").replace("\t", "") if self.rows else value):
            raise ValidationError(_("This holds characters that cannot be printed: type the text anew."))
        if len(value) > self.longest:
            words = {"most": self.longest, "now": len(value)}
            raise ValidationError(
                _("At most %(most)d characters can be kept here; these are %(now)d.") % words
            )
        if self.links is not None and len(_LINK.findall(value)) > self.links:
            raise ValidationError(_("Links belong under “Where it can be read”: take them out here."))
