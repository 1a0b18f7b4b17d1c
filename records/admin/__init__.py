"""What the staff pages of every room are built from. Registers nothing itself: the rooms do."""

from records.admin.base import REASON, HistoryMixin, RecordAdmin, RecordInline, RecordStacked
from records.admin.fields import StaffFields
from records.admin.forms import RecordForm
from records.admin.publishing import PublishableAdmin, PublishableForm
from records.admin.readonly import ReadOnlyAdmin

__all__ = [
    "REASON",
    "HistoryMixin",
    "PublishableAdmin",
    "PublishableForm",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "RecordForm",
    "RecordInline",
    "RecordStacked",
    "StaffFields",
]
