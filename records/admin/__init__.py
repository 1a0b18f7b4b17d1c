"""What the staff pages of every room are built from. Registers nothing itself: the rooms do."""

from records.admin.base import HistoryMixin, RecordAdmin, RecordInline, RecordStacked
from records.admin.fields import StaffFields
from records.admin.forms import RecordForm
from records.admin.history_pages import SEE_LOG, HistoryPage
from records.admin.log import ChangePages, OperationPages
from records.admin.publishing import PublishableAdmin, PublishableForm
from records.admin.readonly import ReadOnlyAdmin
from records.admin.reason import REASON

__all__ = [
    "REASON",
    "SEE_LOG",
    "ChangePages",
    "HistoryMixin",
    "HistoryPage",
    "OperationPages",
    "PublishableAdmin",
    "PublishableForm",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "RecordForm",
    "RecordInline",
    "RecordStacked",
    "StaffFields",
]
