"""Something that can be done to many records at once: it says of every record how it is and would be, then does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from records.models import Record
from records.operations import Operation
from records.workflow import is_locked


@dataclass
class Asked:
    """What somebody asks for: who, what was filled in, and why."""

    user: Any
    values: dict[str, Any]
    reason: str = ""


@dataclass
class Line:
    """One record: how it is, how it would be, and why not, where it is left as it is.

    `as_of` tells one state of the record from another where old and new do not. `is_other`: not as it was shown before.
    """

    record: Record
    old: str
    new: str
    refused: str = ""
    as_of: str = ""
    is_other: bool = False

    @property
    def changes(self) -> bool:
        return not self.refused and self.old != self.new


class BulkAction:
    """A subclass says what is asked (`fields`), what becomes of each record (`lines`), and does it (`apply`).

    `rights` are needed besides that to change the records. `said` is told afterwards, of how many records.
    """

    name: str
    label: Any
    rights: tuple[str, ...] = ()
    kind = Operation.Kind.BULK
    needs_reason = True
    reason_help: Any = gettext_lazy("Kept in the history.")
    said: Any = ngettext_lazy("%d record changed.", "%d records changed.")

    @property
    def choice(self) -> str:
        """What it is called in the menu above a list."""
        return f"bulk_{self.name}"

    def may(self, model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
        """Whether somebody may do it to records of this kind."""
        return model_admin.has_change_permission(request) and request.user.has_perms(self.rights)

    def closed(self, record: Record, user: Any) -> str:
        """Why this one is not theirs to change; "" where it is."""
        return _("readers see it: ask a curator") if is_locked(user, record) else ""

    def lost(self, records: list[Record]) -> str:
        """What readers lose sight of besides; "" where nothing."""
        return ""

    def fields(self) -> dict[str, forms.Field]:
        """The fields of the form, by name."""
        return {}

    def lines(self, records: list[Record], asked: Asked) -> list[Line]:
        raise NotImplementedError

    def apply(self, records: list[Record], asked: Asked) -> None:
        raise NotImplementedError
