"""What a source does not print, as a curator has looked: it is then not missing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Initiative
from cities.models import City
from curation.completeness.names import NAMES


class NotPrinted(models.Model):
    """For one case or city: the source does not print what a rule of completeness asks for, and why one is sure."""

    case = models.ForeignKey(
        Initiative,
        models.CASCADE,
        verbose_name=_("case"),
        related_name="not_printed",
        null=True,
        blank=True,
    )
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), related_name="not_printed", null=True, blank=True
    )
    rule = models.SlugField(_("what is not printed"), max_length=40)
    reason = models.TextField(
        _("reason"), help_text=_("where it was looked for, and why the source does not have it")
    )

    class Meta:
        verbose_name = _("not printed in the source")
        verbose_name_plural = _("not printed in the source")
        ordering = ["case", "city", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule"], name="not_printed_of_case_once"),
            models.UniqueConstraint(fields=["city", "rule"], name="not_printed_of_city_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=True, city__isnull=False) | Q(case__isnull=False, city__isnull=True),
                name="not_printed_of_one",
                violation_error_message=_("It is said of a case or of a city, one of them."),
            ),
        ]

    def __str__(self):
        return f"{self.case or self.city}: {self.what}"

    @property
    def what(self) -> str:
        """The name of the rule; its key where there is no such rule any more."""
        return str(NAMES.get(self.rule, self.rule))
